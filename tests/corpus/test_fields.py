"""Records of other archives are read under names that a person maps to ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carinews.corpus.fields import KEYS, Fields
from carinews.corpus.reader import Reading, read_file
from carinews.errors import CarinewsError, CorpusError
from carinews.model import Article

FOREIGN = {"judul": "Perahu Baru", "isi": "Kapal datang.", "tanggal": "18/04/2017", "media": {"nama": "kabar.id"}}
NAMES = Fields.parse(["title=judul", "body = isi", "published=tanggal", "source=media.nama"])


def read(path: Path, fields: Fields = NAMES) -> list[Article | CorpusError]:
    return list(read_file(path, Reading(fields=fields)))


@pytest.mark.parametrize("name", ["k.json", "k.jsonl"])
def test_names_are_mapped(tmp_path: Path, name: str) -> None:
    """A dot leads into an object; a key that really holds a dot comes first."""
    (tmp_path / name).write_text(json.dumps(FOREIGN))
    (article,) = read(tmp_path / name)
    assert isinstance(article, Article)
    assert (article.title, article.body, article.source) == ("Perahu Baru", "Kapal datang.", "kabar.id")
    assert article.published is not None
    (tmp_path / name).write_text(json.dumps({**FOREIGN, "media.nama": "lain.id"}))
    assert [item.source for item in read(tmp_path / name) if isinstance(item, Article)] == ["lain.id"]


def test_columns_are_mapped(tmp_path: Path) -> None:
    """In any case of letters, as the header may have it."""
    (tmp_path / "k.csv").write_text("Judul;ISI\nPerahu;Kapal datang.\n")
    (article,) = read(tmp_path / "k.csv", Fields.parse(["title=JUDUL", "body=Isi"]))
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Perahu", "Kapal datang.")


def test_a_record_in_other_words_says_what_to_do(tmp_path: Path) -> None:
    """The message lists its keys and names the option."""
    (tmp_path / "k.jsonl").write_text(json.dumps(FOREIGN))
    (tmp_path / "k.csv").write_text("Judul,Isi\nPerahu,x\n")
    for name, keys in (("k.jsonl", "isi, judul, media, tanggal"), ("k.csv", "isi, judul")):
        (refused,) = read(tmp_path / name, Fields())
        assert isinstance(refused, CorpusError)
        assert refused.reason.endswith(f"its parts are called {keys}: name the title's with --field title=NAME")


@pytest.mark.parametrize("option", ["judul", "title=", "=judul", "judul=title", ""])
def test_an_option_in_another_form_is_refused(option: str) -> None:
    """The message shows the form and all keys."""
    with pytest.raises(CarinewsError, match=rf"write OURS=THEIRS, such as title=judul,.*{KEYS[0]}, .*{KEYS[-1]}"):
        Fields.parse([option])
