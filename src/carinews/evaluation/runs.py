"""Runs: what an engine found for each query, asked anew or read from a file in TREC's format.

    query Q0 document rank score name

Tools that read such a file go by the score, and some have only 32 bits for it. So equal scores are written a little
apart, in the order in which they were found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TextIO

from carinews.errors import CarinewsError, JudgementError, QuerySyntaxError
from carinews.evaluation.lines import lines
from carinews.query.lexemes import OPERATORS
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from carinews.facade import Index

Run = dict[str, list[tuple[str, float]]]
"""The documents found for each query, best first, with their scores."""

DEPTH = 100

_APART = 2.0**-20  # of the score: eight times what a 32-bit number tells apart
_SIGNS = re.compile(r'["()+:*~=^?-]')


class Answers(NamedTuple):
    """A run, and why some queries were refused; a refused query found nothing."""

    run: Run
    refused: dict[str, str]


def answers(
    index: Index, queries: Mapping[str, str], *, depth: int = DEPTH, plain: bool = False, variants: bool = True
) -> Answers:
    """Ask an index every query as if a person had typed it; `plain` takes the signs of the query language out first."""
    run: Run = {}
    refused = {}
    for query, text in queries.items():
        try:
            result = index.search(
                plain_words(text) if plain else text, limit=depth, passages=0, variants=variants, copies="all"
            )
        except QuerySyntaxError as error:
            run[query], refused[query] = [], error.args[0]
        else:
            run[query] = [(hit.id, hit.score) for hit in result.hits]
    return Answers(run, refused)


def plain_words(text: str) -> str:
    """A query without the signs and operators of the query language.

    >>> plain_words('Apa itu "PON": DAN siapa juara-juaranya?')
    'Apa itu PON dan siapa juara juaranya'
    """
    words = _SIGNS.sub(" ", text).split()
    return " ".join(word.lower() if word in OPERATORS else word for word in words)


def write_run(run: Run, file: TextIO, name: str = "carinews") -> None:
    """Write a run as other tools read it. Raises CarinewsError for an id that holds a blank, or is empty."""
    for query, hits in run.items():
        for rank, (document, score) in enumerate(_apart(hits), 1):
            for written in (query, document, name):
                if len(written.split()) != 1 or written != written.strip():
                    raise CarinewsError(
                        Message("{word!r} cannot stand in a TREC run: it is empty or holds a blank", word=written)
                    )
            file.write(f"{query} Q0 {document} {rank} {score:.9g} {name}\n")


def read_run(path: Path) -> Run:
    """Read a run. The order is that of the scores; equal scores are ordered by rank.

    Raises JudgementError, also where a query has a document twice.
    """
    found: dict[str, list[tuple[float, int, str]]] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in lines(path):
        try:
            query, _, document, rank, score, *_ = line.split()
            hit = (-float(score), int(rank), document)
        except ValueError:
            reason = Message("no line of a run: 'query Q0 document rank score name'")
            raise JudgementError(str(path), number, reason) from None
        if (query, document) in seen:
            reason = Message("{document!r} was found for {query!r} before", document=document, query=query)
            raise JudgementError(str(path), number, reason)
        seen.add((query, document))
        found.setdefault(query, []).append(hit)
    return {query: [(document, -minus) for minus, _, document in sorted(hits)] for query, hits in found.items()}


def _apart(hits: list[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The same hits with falling scores, however equal they were."""
    before = float("inf")
    for document, score in hits:
        before = min(score, before - max(abs(before), 1.0) * _APART) if before < float("inf") else score
        yield document, before
