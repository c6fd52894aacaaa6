"""The Indonesian of all that the command line says: sentences by their English pattern, help by command.

`tests/cli/test_messages.py` holds the tables to what is said: no sentence is missing, none is left over.
"""

from __future__ import annotations

from carinews.cli.indonesian import answers, commands, corpus, evaluation, index, query, system, usage, web

__all__ = ["HELP", "SENTENCES"]

_TABLES = (answers, commands, corpus, evaluation, index, query, system, usage, web)

SENTENCES: dict[str, str] = {english: ours for table in _TABLES for english, ours in table.SENTENCES.items()}

HELP = commands.HELP
