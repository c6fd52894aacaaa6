"""Does `carinews.analysis.stem` say what PySastrawi says, and how much sooner?

    python benchmarks/stemmer.py ../shared/data/news/news.jsonl.xz

Stems every distinct word of a news file (one JSON object a line, with `title` and `body`; plain
or .xz) with both stemmers and prints their differences. Exit status 1 if there is one. Seconds are
those of the processor, so that a busy machine matters little.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from carinews.analysis.stem import Stemmer

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHOWN = 50


def distinct_words(path: Path) -> list[str]:
    """The lower-case words of all titles and bodies, each once, sorted."""
    words: set[str] = set()
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            words.update(WORD.findall(f"{article['title']}\n{article['body']}".lower()))
    return sorted(words)


def timed(make: Callable[[], Callable[[str], str]], words: list[str]) -> tuple[list[str], float]:
    """The stems of `words`, and the seconds that making the stemmer and stemming them took."""
    start = time.process_time()
    stem = make()
    stems = [stem(word) for word in words]
    return stems, time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, help="JSON lines, .jsonl or .jsonl.xz")
    words = distinct_words(parser.parse_args().news)

    ours, our_seconds = timed(lambda: Stemmer().stem, words)
    theirs, their_seconds = timed(lambda: StemmerFactory().create_stemmer().stem, words)
    differences = [row for row in zip(words, ours, theirs, strict=True) if row[1] != row[2]]

    for word, our_stem, their_stem in differences[:SHOWN]:
        print(f"{word}: carinews {our_stem}, PySastrawi {their_stem}")
    print(f"words        {len(words):>10,}")
    print(f"changed      {sum(map(str.__ne__, words, ours)):>10,}")
    print(f"differences  {len(differences):>10,}")
    print(f"PySastrawi   {their_seconds:>10.2f} s")
    print(f"carinews     {our_seconds:>10.2f} s")
    print(f"ratio        {their_seconds / our_seconds:>10.1f}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
