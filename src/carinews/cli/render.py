"""What a person sees on a terminal: the only importer of rich.

Article text is put into `rich.text.Text`, cleaned, never into markup: a title cannot draw.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from carinews.cli.articles import EDGES, facts
from carinews.cli.clean import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from carinews.indexing import Step
    from carinews.model import Article, Hit, SearchResult, Snippet, Span
    from carinews.query.explain import Explanation

    Explainer = Callable[[str], Explanation | None]

_MARK = "bold yellow"
_WIDEST = 100  # longer lines are hard to read
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "…")


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False, emoji=False, markup=False)
    console.width = min(console.width, _WIDEST)
    return console


def hits(result: SearchResult, found: Iterable[Hit], explainer: Explainer | None) -> None:
    """Print hits, one below the other, and the facets if they were asked for."""
    console = _console()
    for hit in found:
        console.print(_heading(hit))
        console.print(_indented(Text(clean(" · ".join(facts(hit.article))), style="dim")))
        for snippet in hit.snippets:
            console.print(_indented(_excerpt(hit.article.body, snippet)))
        for line in _stories(hit):
            console.print(_indented(line))
        console.print(_indented(Text(clean(hit.id), style="dim cyan")))
        if explainer and (explanation := explainer(hit.id)):
            for text in explanation.lines():
                console.print(_indented(Text(clean(text), style="cyan")))
        console.print()
    for name, counts in result.facets:
        shown = ", ".join(f"{clean(value)} {count:,}" for value, count in counts[:12])
        if shown:
            console.print(Text.assemble((f"{name}: ", "bold"), shown))


def article(whole: Article) -> None:
    """Print one article as a page."""
    console = _console()
    console.print(Text(clean(whole.title), style="bold"))
    console.print(Text(clean(" · ".join(facts(whole))), style="dim"))
    if whole.url:
        console.print(Text(clean(whole.url), style="dim"))
    if whole.caption:
        console.print()
        console.print(_indented(Text(clean(whole.caption), style="italic dim")))
    for paragraph in clean_lines(whole.body):
        console.print()
        console.print(Text(paragraph))
    if whole.credits:
        console.print()
        console.print(Text(clean(" | ".join(whole.credits)), style="dim"))
    if whole.related:
        console.print()
    for story in whole.related:
        age = f" ({story.age})" if story.age else ""
        console.print(Text.assemble((f"{EDGES[story.kind]}: ", "dim"), clean(story.title), (clean(age), "dim")))


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """A progress bar on stderr, fed with the steps of a build."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("indexing"),
        BarColumn(),
        TextColumn("{task.fields[documents]:,} articles"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None, documents=0)

        def show(step: Step) -> None:
            # One big file says nothing of how far it is: until it is done the bar only moves.
            total = step.total if step.done else None
            bar.update(task, completed=step.done, total=total, documents=step.documents)

        yield show


def _heading(hit: Hit) -> Table:
    heading = Table.grid(padding=(0, 2, 0, 0))
    heading.add_column(width=3, justify="right", style="dim")
    heading.add_row(str(hit.rank), _marked(hit.title, hit.title_highlights, "bold"))
    return heading


def _excerpt(body: str, snippet: Snippet) -> Text:
    end = snippet.start + len(snippet.text)
    begins = body[max(0, snippet.start - 2) : snippet.start].strip() in ("", *_SENTENCE_ENDS)
    ends = not body[end:].strip() or snippet.text.rstrip().endswith(_SENTENCE_ENDS)
    shown = _marked(snippet.text, snippet.highlights, "")
    return Text.assemble("" if begins else "… ", shown, "" if ends else " …")


def _marked(text: str, highlights: tuple[Span, ...], style: str) -> Text:
    """Text on one line, cleaned piece by piece so that the marks stay on their words."""
    shown, done = Text(style=style), 0
    for start, end in highlights:
        shown.append(_one_line(text[done:start])).append(_one_line(text[start:end]), _MARK)
        done = end
    return shown.append(_one_line(text[done:]))


def _one_line(text: str) -> str:
    return re.sub(" {2,}", " ", clean(text))


def _stories(hit: Hit) -> Iterator[Text]:
    if hit.related:
        titles = "; ".join(dict.fromkeys(clean(story.title) for story in hit.related))
        yield Text(f"{len(hit.related)} related: {titles}", "dim", no_wrap=True, overflow="ellipsis")


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 5), expand=False)
