"""The engines of the comparison, carinews first: it is what the others are held against."""

from __future__ import annotations

from benchmarks.peers.engines.bm25s import Bm25s, Bm25sNumba
from benchmarks.peers.engines.carinews import Carinews
from benchmarks.peers.engines.engine import Engine, Unsupported
from benchmarks.peers.engines.lucene import Lucene
from benchmarks.peers.engines.sqlite import Sqlite
from benchmarks.peers.engines.tantivy import Tantivy, TantivyRaw
from benchmarks.peers.engines.whoosh import Whoosh
from benchmarks.peers.engines.xapian import Xapian

__all__ = ["ENGINES", "OURS", "Engine", "Unsupported"]

OURS = Carinews.name
ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (Carinews, Tantivy, TantivyRaw, Sqlite, Bm25s, Bm25sNumba, Whoosh, Xapian, Lucene)
}
