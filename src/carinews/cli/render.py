"""What a person sees on a terminal: the only importer of rich.

Article text is put into `rich.text.Text`, cleaned, never into markup: a title cannot draw.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from carinews.cli.articles import EDGES, facts
from carinews.cli.clean import clean, clean_lines
from carinews.cli.histogram import bar, histogram
from carinews.cli.messages import counted, day, month, said
from carinews.cli.messages import text as say
from carinews.cli.output import explanation_lines
from carinews.cli.width import WIDEST, fitted
from carinews.engines.protocol import PERIODS
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from carinews.cli.articles import Story
    from carinews.cli.output import Answer
    from carinews.indexing import Step
    from carinews.model import Article, Hit, SearchResult, Snippet, Span

_MARK = "bold yellow"
_VALUES = 12  # of a facet
_PARTS = {"title": "bold", "id": "dim cyan", "date": "green", "caption": "italic dim", "link": "dim"}
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "…")


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console


def answer(shown: Answer) -> None:
    """Print hits, one below the other, and the counts that were asked for."""
    console = _console()
    for hit in shown.hits:
        console.print(_heading(hit))
        console.print(_indented(Text(clean(" · ".join(facts(hit.article))), style="dim")))
        for snippet in hit.snippets:
            console.print(_indented(_excerpt(hit.article.body, snippet)))
        for line in _stories(hit):
            console.print(_indented(line))
        console.print(_whole(hit.id, 5, console))
        if shown.explain and (explanation := shown.explain(hit.id)):
            for part in explanation_lines(explanation, indent=" " * 5):
                console.print(Text(part, style="cyan"))
        console.print()
    if shown.facets:
        _facets(console, shown.result)
    if shown.histogram:
        _histogram(console, shown.result)


def _facets(console: Console, result: SearchResult) -> None:
    for name, counts in result.facets:
        shown = counts[-_VALUES:] if name in PERIODS else counts[:_VALUES]  # the latest, or the most frequent
        values = [f"{clean(_value(name, value))}\N{NO-BREAK SPACE}{_number(count)}" for value, count in shown]
        if len(counts) > _VALUES:
            rest = say("and {number:,} more", number=len(counts) - _VALUES)
            values.append(rest if name not in PERIODS else say("and {number:,} earlier", number=len(counts) - _VALUES))
        if values:
            label = f"{said(Message(name))}: "
            line = Text(fitted(", ".join(values), sys.stdout, beside=label))  # rich breaks at no-break spaces
            line.stylize("bold", 0, len(label))
            console.print(line)
    console.print()


def _value(name: str, value: str) -> str:
    return said(Message(value)) if name == "kind" else value


def _number(count: int) -> str:
    return say("{number:,}", number=count)


def _histogram(console: Console, result: SearchResult) -> None:
    periods = histogram(result)
    most = max((count for _, count in periods), default=0)
    widest = len(_number(most))
    for period, count in periods:
        name = period if len(period) == 4 else f"{month(int(period[5:]))} {period[:4]}"
        drawn = bar(count, most, console.width - len(name) - widest - 3)
        console.print(
            Text.assemble(f"{name} ", (f"{_number(count):>{widest}} ", "dim"), (drawn, "yellow")), no_wrap=True
        )
    console.print()


def article(whole: Article, *, pager: bool) -> None:
    """Print one article as a page, in a pager where it is longer than the terminal."""
    console = _console()
    with console.capture() as captured:
        _page(console, whole)
    page = captured.get()
    if pager and page.count("\n") >= console.height:
        click.echo_via_pager(page)  # which asks less for colours, and takes them out for a pager that has none
    else:
        console.file.write(page)


def _page(console: Console, whole: Article) -> None:
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


def stories(listed: Iterable[Story]) -> None:
    """Print stories under the names of their groups: day, title, and the id to go on with."""
    console, before = _console(), ""
    for story in listed:
        if story.group != before:
            console.print(Text(story.group, style="bold"))
        when = day(story.published) if story.published else say("undated")
        console.print(Text(fitted(clean(story.title), sys.stdout, beside=f"  {when:<13}  ")))
        console.print(_whole(story.id, 4, console))
        before = story.group


def parts(named: Iterable[tuple[str, str]]) -> None:
    """Print the parts of an article, the name of each before it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    before = ""
    for name, text in named:
        if name == before == "body":
            table.add_row("", "")
        table.add_row("" if name == before else said(Message(name)), Text(clean(text), style=_PARTS.get(name, "")))
        before = name
    _console().print(table)


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """A progress bar on stderr, fed with the steps of a build."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn(say("indexing")),
        BarColumn(),
        TextColumn("{task.fields[documents]:,} " + say("articles")),
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
        line = say("{number} related: {titles}", number=len(hit.related), titles=titles)
        yield Text(line, "dim", no_wrap=True, overflow="ellipsis")
    if hit.copies:
        sources = ", ".join(dict.fromkeys(clean(copy.source) for copy in hit.copies if copy.source))
        line = say("+{copies}: {sources}", copies=counted(len(hit.copies), "copy"), sources=sources or "?")
        yield Text(line, "dim", no_wrap=True, overflow="ellipsis")


def _whole(name: str, cells: int, console: Console) -> Padding:
    """An id on a line of its own, indented as far as it stays whole: it is there to be copied."""
    shown = Text(clean(name), style="dim cyan")
    return _indented(shown, min(cells, max(0, console.width - len(shown))))


def _indented(text: Text, cells: int = 5) -> Padding:
    return Padding(text, (0, 0, 0, cells), expand=False)
