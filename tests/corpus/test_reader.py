"""A corpus is walked in order, and whatever is wrong with it comes out as a value."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from carinews.corpus.reader import corpus_files, read_corpus, read_file
from carinews.errors import CorpusError
from carinews.model import Article

from . import pages


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with every kind of file, good and bad."""
    root = tmp_path / "corpus"
    for folder in ("a", "b/c", ".git"):
        (root / folder).mkdir(parents=True)
    (root / "a.txt").write_text(pages.SEED)
    (root / "a" / "plain.TXT").write_text(pages.PLAIN)
    (root / "b" / "c" / "records.jsonl.gz").write_bytes(gzip.compress(b'{"title": "Perahu"}\n{\n'))
    (root / "b" / "table.csv").write_text("title\nLayar\n")
    (root / "one.json").write_text(json.dumps({"title": "Dermaga"}))
    (root / "empty.txt").touch()
    for ignored in (".hidden.txt", ".git/x.txt", "picture.png", "page.docx", "archive.zip", "notes.txt.bak"):
        (root / ignored).write_text("Judul")
    return root


def names(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in corpus_files(root)]


def test_files_are_found_sorted_and_only_those_we_read(corpus: Path) -> None:
    """Hidden files and other kinds are passed over; the order is that of the paths."""
    found = list(corpus_files(corpus))
    assert names(corpus) == [
        "a/plain.TXT",
        "a.txt",
        "b/c/records.jsonl.gz",
        "b/table.csv",
        "empty.txt",
        "one.json",
    ]
    assert found == sorted(found)


def test_a_corpus_gives_articles_and_errors_in_one_stream(corpus: Path) -> None:
    """Every good article is there, every bad input is named, and the paths are as given."""
    found = list(read_corpus(corpus))
    assert [item.title for item in found if isinstance(item, Article)] == [
        "Menanam Bakau di Teluk Rindang",
        "Air Sungai Seni Surut, Warga Mulai Pulang",
        "Perahu",
        "Layar",
        "Dermaga",
    ]
    refused = [str(item).removeprefix(corpus.as_posix()) for item in found if isinstance(item, CorpusError)]
    assert len(refused) == 2
    assert refused[0].startswith("/b/c/records.jsonl.gz:2: not JSON")
    assert refused[1] == "/empty.txt: the file is empty"
    assert {item.path for item in found} == {path.as_posix() for path in corpus_files(corpus)}


def test_a_relative_path_stays_relative(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Article.path` is the path as it was given."""
    monkeypatch.chdir(corpus.parent)
    assert {item.path for item in read_corpus(Path("corpus/a"))} == {"corpus/a/plain.TXT"}


def test_a_single_file_is_a_corpus(corpus: Path) -> None:
    """And a file of another kind is refused with the kinds that are read."""
    assert list(corpus_files(corpus / "a.txt")) == [corpus / "a.txt"]
    (bad,) = read_corpus(corpus / "picture.png")
    assert "not a kind of file that is read; those are .txt .html .htm .jsonl .json .csv .xml .rss .atom .warc" in str(
        bad
    )


def test_a_missing_root_is_an_error_at_once(tmp_path: Path) -> None:
    """Before the first article is asked for."""
    for ask in (corpus_files, read_corpus):
        with pytest.raises(CorpusError, match="there is no such file or folder"):
            ask(tmp_path / "missing")


def test_an_empty_folder_is_an_empty_corpus(tmp_path: Path) -> None:
    """Nothing is wrong with it."""
    assert list(read_corpus(tmp_path)) == []


def test_links_do_not_lead_out(corpus: Path, tmp_path: Path) -> None:
    """A link to a file inside is a file; links out of the root, to folders and to nothing are passed over."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("Rahasia")
    before = names(corpus)
    (corpus / "l-in.txt").symlink_to(corpus / "a.txt")
    (corpus / "l-hidden.txt").symlink_to(corpus / ".hidden.txt")
    (corpus / "l-out.txt").symlink_to(outside / "secret.txt")
    (corpus / "l-up.txt").symlink_to("../outside/secret.txt")
    (corpus / "l-folder").symlink_to(outside)
    (corpus / "l-loop").symlink_to(corpus)
    (corpus / "l-broken.txt").symlink_to(corpus / "nowhere.txt")
    (corpus / "l-self.txt").symlink_to(corpus / "l-self.txt")
    assert sorted(set(names(corpus)) - set(before)) == ["l-hidden.txt", "l-in.txt"]


def test_a_root_may_itself_be_a_link(corpus: Path, tmp_path: Path) -> None:
    """Whoever names a link means what it leads to."""
    (tmp_path / "link").symlink_to(corpus)
    assert names(tmp_path / "link") == names(corpus)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_fifos_are_passed_over(corpus: Path) -> None:
    """Only regular files are corpus files; a FIFO named directly is refused, unopened."""
    before = names(corpus)
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "folder.txt").mkdir()
    assert names(corpus) == before
    (bad,) = read_file(corpus / "pipe.txt")
    assert "not a regular file" in str(bad)


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(corpus: Path) -> None:
    """Files and folders without permission are errors among the articles."""
    (corpus / "a.txt").chmod(0)
    (corpus / "b").chmod(0)
    refused = [item.reason for item in read_corpus(corpus) if isinstance(item, CorpusError)]
    (corpus / "b").chmod(0o700)
    assert sum("cannot be read" in reason for reason in refused) == 1
    assert sum("cannot be listed" in reason for reason in refused) == 1


def test_a_cut_file_keeps_the_records_before_the_cut(tmp_path: Path) -> None:
    """Articles come out until the stream breaks, then the reason."""
    records = b"".join(b'{"title": "%s"}\n' % os.urandom(50).hex().encode() for _ in range(20_000))
    path = tmp_path / "k.jsonl.gz"
    path.write_bytes(gzip.compress(records)[:-1000])
    *articles, last = read_file(path)
    assert len(articles) > 10_000
    assert all(isinstance(item, Article) for item in articles)
    assert isinstance(last, CorpusError)


def test_good_articles_among_hostile_files_are_all_read(tmp_path: Path) -> None:
    """A thousand files, every second one broken: each good one is read and each bad one named."""
    broken = [b"", b"\x00\xff\x81", b"\x89PNG\r\n\x1a\n\x00\x00", b"KABAR.ID, Solo - Isi.", b"Iklan\n"]
    for number in range(1000):
        good = b"Judul %d\n\nIsi." % number
        (tmp_path / f"{number:04}.txt").write_bytes(good if number % 2 else broken[number // 2 % len(broken)])
    found = list(read_corpus(tmp_path))
    assert [isinstance(item, Article) for item in found] == [False, True] * 500
    assert len({item.path for item in found}) == 1000
