"""What a shell completes besides commands and options: words of the articles, sources, ids.

Only an index that is there is asked; whatever goes wrong completes nothing, for a person is typing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carinews.cli.settings import index_folder
from carinews.errors import CarinewsError

if TYPE_CHECKING:
    import click

    from carinews.facade import Index


def words(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The word that has begun, completed; the words before it count."""
    before = " ".join(ctx.params.get("query") or ())
    with_before = f"{before} {begun}" if before else begun
    index = _index(ctx)
    found = index.suggest(with_before, limit=10) if index else ()
    return [one.text[len(with_before) - len(begun) :] for one in found]


def sources(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The sources of the index that begin so."""
    index = _index(ctx)
    if index is None:
        return []
    counts = dict(index.search("tanggal:none OR tanggal:1000..", limit=0, facets=True).facets)  # all there is
    return [name for name, _ in counts["source"] if name.lower().startswith(begun.lower())]


def _index(ctx: click.Context) -> Index | None:
    from carinews.facade import Index

    flag: Any = ctx.params.get("index_flag")
    try:
        return Index.open(index_folder(flag))
    except (CarinewsError, OSError):
        return None
