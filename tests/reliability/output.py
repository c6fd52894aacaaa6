"""Promises 10 and 11: a text of an article, a query or a file name is nothing but text to a terminal or a program."""

from __future__ import annotations

import io
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carinews import Article, Index, RelatedStory, serialise
from carinews.cli import run
from carinews.cli.clean import clean
from reliability.worlds import WORDS, scratch, seeds

_TRICKS = (
    *"\x1b[31m \x1b]0;judul\x07 \x1b]8;;https://a.example\x1b\\klik \x1b[?1049h \x9b2J \x9d0;x\x9c \x1bP \b\b".split(
        " "
    ),
    *"\x7f \x00 \u202e \u2066 \u200b \u200f \u061c \ufeff \u00ad \u180e \U000e0041 \u034f \u115f \u3164".split(" "),
    *"\ud800 \udfff [/foo] [red] [link=https://contoh.example] :smile: </script><b> \"'&<>".split(" "),
    *("\r", "\t", "\n", "\v\f", "\x85", "\u2028", "\u2029"),
)
_OWN_STYLES = re.compile(r"\x1b\[(?:0|1|2|3|4|1;2|1;33|2;3|3;2|2;36|36|1;36)?m")
_HARMLESS_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs that stand before digits in Arabic and Syriac, and are drawn."""


def text(chance: random.Random) -> str:
    """Words with tricks between them, and letters of all scripts."""
    letters = [chr(chance.choice([chance.randrange(0x250), chance.randrange(0x11_0000)])) for _ in range(4)]
    return "".join(
        chance.choices([*_TRICKS, *(f" {word} " for word in WORDS[:6]), *letters], k=chance.randrange(1, 12))
    )


def is_safe(shown: str) -> bool:
    """Whether a terminal finds nothing in a text that it would obey, or that cannot be seen."""
    return all(
        sign == "\n"
        or not (unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in _HARMLESS_FORMATS)
        for sign in shown
    )


def terminal_is_safe(cases: int) -> Iterator[str]:
    """Every command, on a terminal and in a pipe, with hostile texts in all fields, in messages and file names."""
    with scratch() as folder:
        for start in range(0, cases, 2_000):
            strings = [text(random.Random(seed)) for seed in seeds(min(cases, start + 2_000))][start:]
            yield from ("" if is_safe(clean(string)) else f"{string!r} is not cleaned" for string in strings)
            for problem in _commands(folder, strings):
                if problem:
                    yield problem


def _commands(folder: Path, strings: list[str]) -> Iterator[str]:
    """What the commands print of articles made of these strings."""
    articles = list(_articles(strings))
    index = folder / "index"
    Index.build(articles, index, workers=1).close()
    records = folder / "berita.jsonl"
    records.write_text("".join(json.dumps(serialise.article(article)) + "\n" for article in articles), encoding="utf-8")
    typed = (strings * 8)[:8]
    asked = [
        ["search", "gempa OR palu OR warga", "-n", "200", "--facets", "--explain", "--passages", "2"],
        *(["search", "gempa OR palu", form, "--all"] for form in ("--csv", "--jsonl", "--json", "--ids")),
        ["search", typed[0] or "x"],
        ["search", "x", "--since", typed[1]],
        ["search", "x", "--sort", typed[2]],
        ["search", "x", f"--{typed[3]}"],
        [typed[4]],
        *([command, "--", article.id] for article in articles[:5] for command in ("show", "related")),
        *([command, "--json", "--", article.id] for article in articles[:5] for command in ("show", "related")),
        ["explain", "gempa", articles[0].id],
        ["show", typed[5]],
        ["words", typed[6]],
        ["words", "gempa", "--json"],
        ["stats"],
        ["stats", "--json"],
        ["parse", str(records), "--all"],
        ["parse", str(records), "--all", "--json"],
        ["index", str(folder / "\x1b[31mtidak\u202eada")],
    ]
    for terminal in (False, True):
        for arguments in asked:
            place = ["--index", str(index), "--corpus", str(folder)]
            shown = printed([arguments[0], *place, *arguments[1:]], terminal=terminal)
            shown = _OWN_STYLES.sub("", shown) if terminal else shown
            shown = shown.replace("\r\n", "\n") if "--csv" in arguments else shown
            unsafe = [ascii(sign) for sign in shown if sign != "\t" and not is_safe(sign)]
            yield f"{arguments[:4]} lets {unsafe[:3]} through" if unsafe else ""


def _articles(strings: list[str]) -> Iterator[Article]:
    """Articles with these strings in every field."""
    for number in range(0, len(strings), 10):
        part = (strings[number : number + 10] * 10)[:10]
        filled = [one.strip() or "judul" for one in part]
        yield Article(
            id=f"{filled[0]}-{number}",
            title=f"gempa {filled[1]}",
            body=f"palu {part[2]} warga\n{part[3]}",
            url=part[4],
            source=part[5] or None,
            section=part[6] or None,
            city=part[7] or None,
            author=part[8] or None,
            caption=part[9],
            credits=(part[0], part[1]),
            age=part[2],
            path=part[3],
            related=(RelatedStory("baca_juga", filled[4], part[5], part[6], part[7]),),
        )


def printed(arguments: list[str], *, terminal: bool = False) -> str:
    """All that a command prints, as to a terminal or a pipe."""

    class Stream(io.TextIOWrapper):
        def isatty(self) -> bool:
            return terminal

    streams = [Stream(io.BytesIO(), "utf-8", "surrogatepass", newline="\n") for _ in range(2)]
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        run(arguments)
    finally:
        sys.stdout, sys.stderr = before
    found = ""
    for stream in streams:
        stream.flush()
        found += stream.buffer.getvalue().decode("utf-8", "surrogatepass")  # type: ignore[attr-defined]
    return found


# -- programs --------------------------------------------------------------------------------------------


def programs_get_the_text(cases: int) -> Iterator[str]:
    """JSON and JSON lines give back every string as it is stored, and hold no control character themselves."""
    with scratch() as folder:
        for start in range(0, cases, 2_000):
            strings = [text(random.Random(seed)) for seed in seeds(min(cases, start + 2_000))][start:]
            articles = {_in_utf8(article.id): article for article in _articles(strings)}
            Index.build(articles.values(), folder, workers=1).close()
            lines = printed(["search", "gempa", "--jsonl", "--all", "--kind", "article", "--index", str(folder)])
            found = {hit["id"]: hit for hit in map(json.loads, lines.splitlines())}
            yield from (_same(found.get(name), article) for name, article in articles.items() for _ in range(10))
            for article in list(articles.values())[:20]:
                document = json.loads(printed(["show", "--json", "--index", str(folder), "--", article.id]))
                if (document["body"], document["caption"]) != (_in_utf8(article.body), _in_utf8(article.caption)):
                    yield f"show --json {article.id!r} has another text"


def _same(hit: dict[str, Any] | None, article: Article) -> str:
    if hit is None:
        return f"{article.id!r} is not found"
    names = ("title", "url", "source", "section", "city", "age", "path")
    wanted = {name: _in_utf8(getattr(article, name)) for name in names}
    if different := {name: hit[name] for name, value in wanted.items() if hit[name] != value}:
        return f"{article.id!r}: {different}"
    body = _in_utf8(article.body)
    snippets = [part for part in hit["snippets"] if body[part["start"] :].startswith(part["text"])]
    return "" if snippets == hit["snippets"] else f"{article.id!r}: another excerpt"


def _in_utf8(string: str | None) -> Any:
    """A string as UTF-8 can hold it: a lone surrogate is no character."""
    return None if string is None else string.encode("utf-8", "replace").decode()
