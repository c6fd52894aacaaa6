"""Promise 18, and the indexes it needs: small ones of every format there was, kept in `tests/golden/`.

`python tests/reliability/golden.py` writes the one of today's format, which whoever changes the format does,
and leaves the older ones as they are: each was written by the code of its time.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]

from carinews import Article, Index, IndexVersionError, RelatedStory, serialise
from carinews.index import manifest
from carinews.index.manifest import CURRENT, FORMAT
from carinews.index.reader import IndexReader, verify
from carinews.model import aware
from reliability.output import printed
from reliability.worlds import left_over, scratch

GOLDEN = Path(__file__).parents[1] / "golden"
QUERIES = ("gempa", '"kota palu"', "judul:padi -gempa", "gem*", "penuh~", "tanggal:2018", "kisah", "gempa DEKAT palu")
"""Of words that no change of a word list moves: they are their own stems."""


def old_indexes_are_told_apart(cases: int) -> Iterator[str]:
    """An index of today's format is read; one of any other is refused, and the message names the command."""
    folders = sorted(GOLDEN.glob("format-*"))
    yield "" if GOLDEN / f"format-{FORMAT}" in folders else f"there is no golden index of format {FORMAT}"
    for _ in range(cases):
        for folder in folders:
            yield _reads_as_it_did(folder) if folder.name == f"format-{FORMAT}" else _is_refused(folder)


def _is_refused(folder: Path) -> str:
    for open_it in (Index.open, Index.writer, Index.verify):
        with scratch() as place:
            copy = shutil.copytree(folder, place / "index", ignore=shutil.ignore_patterns("answers.json"))
            try:
                open_it(copy)
            except IndexVersionError as error:
                if "carinews rebuild" not in str(error) or folder.name.removeprefix("format-") not in str(error):
                    return f"{folder.name}: {error}"
            else:
                return f"{folder.name}: {open_it} took it"
            told = printed(["search", "gempa", "--index", str(copy)])
            if "carinews rebuild" not in told:
                return f"{folder.name}: {told}"
            Index.build([Article("baru", "Kabar Baru")], copy).close()  # what the command does
            if verify(copy).format != FORMAT or left_over(copy):
                return f"{folder.name}: the rebuild left {left_over(copy)}"
    return ""


def _reads_as_it_did(folder: Path) -> str:
    """The layout is read as it was written, though the words may be analysed otherwise by now."""
    given = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    made_by = json.loads((folder / CURRENT).read_text().split("\n")[1])["analysis"]
    today, manifest.fingerprint = manifest.fingerprint, lambda: made_by
    try:
        verify(folder)
        return "" if answers(folder) == given else f"{folder.name}: other answers"
    finally:
        manifest.fingerprint = today


def answers(folder: Path) -> dict[str, Any]:
    """What an index answers, as JSON keeps it."""
    with Index.open(folder) as index:
        found = {
            query: [
                [hit.id, round(hit.score, 3), [part.mark("[", "]") for part in hit.snippets]]
                for hit in index.search(query)
            ]
            for query in QUERIES
        }
        reader = IndexReader(folder)
        ids = sorted(segment.stored(doc)["id"] for segment in reader.segments for doc in segment.live_docs())
        whole = [serialise.article(article) for name in ids if (article := index.get(name))]
        return json.loads(json.dumps({"queries": found, "articles": whole}))  # type: ignore[no-any-return]


def write(folder: Path) -> None:
    """Write a golden index: several segments, deletions, links, dates, every field."""
    shutil.rmtree(folder, ignore_errors=True)
    story = RelatedStory("baca_juga", "Kisah Perahu", "https://contoh.example/p", "perahu kembali", "2 hari lalu")
    with Index.writer(folder) as writer:
        writer.add(
            Article(
                id="g1",
                title="Gempa di Palu",
                body="Gempa di kota Palu, kata warga.\nKota Palu penuh.",
                url="https://contoh.example/1",
                source="contoh.example",
                section="Nasional",
                city="Palu",
                author="Rara",
                published=aware("2018-09-28T18:02:00+08:00"),
                caption="Kota.",
                credits=("RARA",),
                related=(story,),
                path="corpus/a.txt",
            )
        )
        writer.add(Article("g2", "Padi", "Padi penuh di sawah. " * 20, source="contoh.example"))
        writer.add(Article("g3", "Gempa", "Terhapus."))
        writer.sources["corpus/a.txt"] = [1, 2, "ab"]
    with Index.writer(folder) as writer:
        writer.delete("g3")
        writer.add(Article("g4", "Padi di Palu", "Gempa " * 3 + "padi.", published=aware("2020-01-02")))
    (folder / "answers.json").write_text(json.dumps(answers(folder), ensure_ascii=False, indent=1), encoding="utf-8")
    for name in ("LOCK", "LOCK.holder"):
        (folder / name).unlink(missing_ok=True)


if __name__ == "__main__":
    write(GOLDEN / f"format-{FORMAT}")
