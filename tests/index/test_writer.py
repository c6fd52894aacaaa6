"""Adding, replacing, deleting: in batches that happen whole or not at all, whatever fails in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from itertools import count
from pathlib import Path

import pytest

from carinews import Article, CarinewsError, Index, IndexCorrupt, IndexMissing, IndexVersionError
from carinews.index import writer as writing
from carinews.index.manifest import OWN_FILE
from carinews.index.reader import IndexReader, verify
from carinews.index.storage import FileRecord, Folder
from carinews.index.writer import IndexWriter

NEW = Article(id="baru", title="Kabar Baru", body="Gempa susulan mengguncang Sigi.")


def ids(path: Path) -> set[str]:
    """The ids of all documents of an index, stand-ins too, after every byte of it was checked."""
    verify(path)
    return {segment.stored(doc)["id"] for segment in IndexReader(path).segments for doc in segment.live_docs()}


def break_off(writer: IndexWriter) -> None:
    """Write something, and fail."""
    writer.add(NEW)
    writer._flush()
    raise ZeroDivisionError


def own_files(path: Path) -> set[str]:
    return {file.name for file in path.iterdir() if OWN_FILE.fullmatch(file.name)}


def found(path: Path, query: str) -> set[str]:
    with Index.open(path) as index:
        return {hit.id for hit in index.search(query, limit=100)}


def test_an_added_article_is_found_after_the_commit(index_path: Path) -> None:
    """Until the commit nobody sees it; then who opens the index does."""
    with Index.writer(index_path) as writer:
        writer.add(NEW)
        assert found(index_path, '"susulan"') == set()
        writer.commit()
        assert found(index_path, '"susulan"') == {"baru"}


@pytest.mark.parametrize("method", ["add", "update"])
def test_an_article_with_a_known_id_replaces_the_old_one(index_path: Path, method: str) -> None:
    """The old words are gone, the new ones are found, and there is one document as before."""
    before = ids(index_path)
    with Index.writer(index_path) as writer:
        getattr(writer, method)(Article(id="beras", title="Harga Cabai"))
    assert ids(index_path) == before
    assert found(index_path, "cabai") == {"beras"}
    assert found(index_path, "liter") == set()


def test_a_deleted_article_is_gone(index_path: Path) -> None:
    """`delete` tells whether there was such an article, committed or just added."""
    with Index.writer(index_path) as writer:
        assert writer.delete("beras")
        assert not writer.delete("beras")
        assert not writer.delete("takada")
        writer.add(NEW)
        assert writer.delete("baru")
    assert found(index_path, '"liter" "susulan"') == set()
    with Index.open(index_path) as index:
        assert index.get("beras") is None


def test_what_is_deleted_and_added_again_is_there(index_path: Path) -> None:
    """The last word counts, within one batch too."""
    with Index.writer(index_path) as writer:
        writer.delete("beras")
        writer.add(Article(id="beras", title="Harga Cabai"))
    assert found(index_path, "cabai") == {"beras"}


def test_delete_path_takes_the_articles_of_a_file(tmp_path: Path) -> None:
    """All articles of the file and no other go, and their number is told."""
    with Index.writer(tmp_path) as writer:
        for number in range(6):
            writer.add(Article(id=f"a{number}", title="t", path=f"corpus/{number % 2}.jsonl"))
        writer.commit()
        assert writer.delete_path("corpus/0.jsonl") == 3
        assert writer.delete_path("corpus/0.jsonl") == 0
        assert writer.delete_path("corpus/7.jsonl") == 0
    assert ids(tmp_path) == {"a1", "a3", "a5"}


def test_cancel_leaves_the_old_generation(index_path: Path) -> None:
    """What was not committed is as if it had never been, files included."""
    before, files = ids(index_path), own_files(index_path)
    writer = Index.writer(index_path)
    writer.add(NEW)
    writer.delete("beras")
    writer._flush()
    writer.cancel()
    assert (ids(index_path), own_files(index_path)) == (before, files)


def test_an_exception_cancels(index_path: Path) -> None:
    """An exception inside `with` reaches the caller, and the index is as it was."""
    before = ids(index_path)
    with pytest.raises(ZeroDivisionError), Index.writer(index_path) as writer:
        break_off(writer)
    assert ids(index_path) == before
    Index.writer(index_path).close()


@pytest.mark.parametrize("use", [lambda w: w.add(NEW), lambda w: w.delete("x"), lambda w: w.commit()])
def test_a_closed_writer_says_so(index_path: Path, use: object) -> None:
    """After `close` every method but `close` itself raises, naming the index."""
    writer = Index.writer(index_path)
    writer.close()
    writer.close()
    with pytest.raises(CarinewsError, match="writer is closed; open another"):
        use(writer)  # type: ignore[operator]


def test_an_open_reader_keeps_its_generation(index_path: Path) -> None:
    """Who opened the index before a commit answers as before, though its files are gone by then."""
    with Index.open(index_path) as index:
        files = own_files(index_path)
        with Index.writer(index_path) as writer:
            for article in ("gempa-palu", "beras", "isis"):
                writer.delete(article)
            writer.add(NEW)
        with Index.build([NEW], index_path):
            pass
        assert not files & own_files(index_path)
        assert {hit.id for hit in index.search("gempa beras isis")} >= {"gempa-palu", "beras", "isis"}
        assert index.get("beras") is not None
        assert index.search('"susulan"').total == 0
    assert ids(index_path) == {"baru"}


def test_an_empty_index_works(tmp_path: Path) -> None:
    """No articles at all: searches find nothing, and nothing breaks."""
    with Index.build([], tmp_path) as index:
        assert len(index) == 0
        for query in ("gempa", '"gempa bumi"', "-gempa", "judul:gempa OR NOT palu", ""):
            assert index.search(query, facets=True, sort="newest").total == 0
        assert index.get("x") is None
    Index.verify(tmp_path)


def test_deleting_all_leaves_an_empty_index(index_path: Path) -> None:
    """The stand-ins go with the articles that point at them, and the index can be filled again."""
    with Index.writer(index_path) as writer:
        for name in ids(index_path):
            writer.delete(name)
    assert ids(index_path) == set()
    with Index.writer(index_path) as writer:
        writer.add(NEW)
    assert ids(index_path) == {"baru"}


def test_a_rebuild_that_is_given_up_changes_nothing(index_path: Path) -> None:
    """The old index answers until the new one is whole."""
    before, files = ids(index_path), own_files(index_path)
    with pytest.raises(ZeroDivisionError), IndexWriter(index_path, rebuild=True) as writer:
        break_off(writer)
    assert (ids(index_path), own_files(index_path)) == (before, files)


def test_orphans_are_swept_and_foreign_files_are_not(index_path: Path) -> None:
    """What a crash left of the index's own files goes with the next commit; what others put there stays."""
    orphans = {"segment-000009-001.bin", "deleted-000009-002.bin.tmp", "sources-000009-003.bin"}
    foreign = {"catatan.txt", "segment.bin", "segment-1-1.bin", "segment-000009-001.bin.bak", "CURRENT.alt"}
    for name in orphans | foreign:
        (index_path / name).write_bytes(b"?")
    with Index.writer(index_path) as writer:
        writer.add(NEW)
    left = {file.name for file in index_path.iterdir()}
    assert foreign <= left
    assert not orphans & left
    assert "baru" in ids(index_path)


@contextmanager
def failing_at(call: int) -> Iterator[None]:
    """Let the `call`-th file (from 0) that is written fail, as a full disk would."""
    write, calls = Folder.write, count()

    def fail(folder: Folder, name: str, chunks: Iterable[bytes | memoryview]) -> FileRecord:
        if next(calls) == call:
            raise OSError(ENOSPC, "No space left on device", name)
        return write(folder, name, chunks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "write", fail)
        yield


def eventful_batch(path: Path) -> None:
    """A commit that writes every kind of file: segments, stand-ins, a fold, deletions, notes, CURRENT."""
    with Index.writer(path) as writer:
        writer.add(NEW)
        writer.add(Article(id="baru-2", title="Tsunami Menerjang Donggala", body="Lengkap."))
        writer.add(Article(id="beras", title="Harga Cabai"))
        writer.delete("gempa-palu")
        writer.delete("moskow")


def fails_at(call: int, path: Path) -> bool:
    """Whether the batch failed because its `call`-th write did; False where it has no such write."""
    with failing_at(call):
        try:
            eventful_batch(path)
        except OSError as error:
            return error.errno == ENOSPC
    return False


@pytest.mark.parametrize("several_segments", [False, True])
def test_a_full_disk_leaves_the_old_generation(
    index_path: Path, monkeypatch: pytest.MonkeyPatch, several_segments: bool
) -> None:
    """Whichever write fails, the old index is whole, and the next batch works as if nothing had been."""
    if several_segments:
        monkeypatch.setattr(writing, "BATCH_SIZE", 1)
        for number in range(7):
            with Index.writer(index_path) as writer:
                writer.add(Article(id=f"isi-{number}", title=f"Isi {number}"))
    before = ids(index_path)
    failures = 0
    while fails_at(failures, index_path):
        failures += 1
        assert ids(index_path) == before
        assert found(index_path, "liter") == {"beras"}
    assert failures >= 4
    assert {"baru", "baru-2", "beras", "bantuan-palu"} <= ids(index_path)
    assert not {"gempa-palu", "moskow"} & ids(index_path)
    assert found(index_path, "cabai") == {"beras"}


def test_a_failed_commit_can_be_tried_again(index_path: Path) -> None:
    """The writer keeps what it was given: once there is room, the same commit succeeds."""
    for call in range(4):
        with Index.writer(index_path) as writer:
            writer.add(Article(id=f"baru-{call}", title="Tsunami Menerjang Donggala"))
            writer.delete("isis")
            with pytest.raises(OSError, match="No space left"), failing_at(call):
                writer.commit()
        assert f"baru-{call}" in ids(index_path)
        assert found(index_path, "isis") == set()
        with Index.writer(index_path) as writer:
            writer.add(Article(id="isis", title="ISIS"))


def test_a_first_build_that_fails_leaves_no_index(tmp_path: Path) -> None:
    """Where there was no index there is none, and no index is not a corrupt one."""
    with pytest.raises(OSError, match="No space left"), failing_at(1):
        Index.build([NEW], tmp_path)
    with pytest.raises(IndexMissing):
        Index.open(tmp_path)
    assert own_files(tmp_path) == set()


def test_a_corrupt_index_is_not_built_upon(index_path: Path) -> None:
    """A writer refuses a damaged index and leaves its files alone; a rebuild replaces it."""
    (index_path / "CURRENT").write_bytes(b"damaged")
    files = own_files(index_path)
    with pytest.raises(IndexCorrupt):
        Index.writer(index_path)
    assert own_files(index_path) == files
    with Index.build([NEW], index_path) as index:
        assert index.search("susulan").total == 1


# -- word lists of one's own ------------------------------------------------------------------------


def test_an_index_keeps_the_lexicon_it_was_made_with(tmp_path: Path) -> None:
    """Searches, later commits and rebuilds analyse by the maker's lists, also when the file is gone."""
    (tmp_path / "lists").mkdir()
    stems, variants = tmp_path / "lists" / "overrides.tsv", tmp_path / "lists" / "variants.tsv"
    stems.write_text("ngopi\tkopi\n")
    variants.write_text("synonym\tboth\tkopi darat, kopdar\n")
    article = Article("a", "Ngopi", "Warga ngopi di teras.")
    with Index.build([article], tmp_path / "index", lexicon=tmp_path / "lists") as index:
        assert [hit.id for hit in index.search("kopi")] == ["a"]
        assert index.search("kopdar").variants == (("kopdar", ("kopi darat",)),)
    stems.unlink()
    variants.unlink()
    with Index.writer(tmp_path / "index") as writer:
        writer.add(Article("b", "Kopdar", "Mereka ngopi."))
    with Index.open(tmp_path / "index") as index:
        assert {hit.id for hit in index.search("kopi")} == {"a", "b"}
    with Index.build([article], tmp_path / "index") as rebuilt:
        assert [hit.id for hit in rebuilt.search("kopi")] == ["a"]
    assert Index.verify(tmp_path / "index") == 4


def test_other_terms_are_not_mixed_in(tmp_path: Path) -> None:
    """A lexicon that makes other terms is refused with the command that mends it; new variants alone are taken."""
    stems, variants = tmp_path / "overrides.tsv", tmp_path / "variants.tsv"
    stems.write_text("ngopi\tkopi\n")
    variants.write_text("synonym\tboth\tkopi darat, kopdar\n")
    Index.build([Article("a", "Ngopi", "Kopi darat.")], tmp_path / "index").close()
    with pytest.raises(IndexVersionError, match=r"other word lists than those given now; .*carinews rebuild"):
        Index.writer(tmp_path / "index", lexicon=stems)
    with Index.writer(tmp_path / "index", lexicon=variants):
        pass
    with Index.open(tmp_path / "index") as index:
        assert [hit.id for hit in index.search("kopdar")] == ["a"]


def test_a_damaged_lexicon_is_found_out(tmp_path: Path) -> None:
    """Its bytes are vouched for like all others; a rebuild goes on without it."""
    stems = tmp_path / "overrides.tsv"
    stems.write_text("ngopi\tkopi\n")
    Index.build([Article("a", "Ngopi", "Kopi.")], tmp_path / "index", lexicon=stems).close()
    (kept,) = (tmp_path / "index").glob("lexicon-*.bin")
    kept.write_text("{}")
    for use in (Index.open, Index.verify, Index.writer):
        with pytest.raises(IndexCorrupt, match=kept.name):
            use(tmp_path / "index")
    with Index.build([Article("a", "Ngopi", "Kopi.")], tmp_path / "index") as rebuilt:
        assert len(rebuilt) == 1
