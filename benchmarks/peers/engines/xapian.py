"""Xapian, through its own bindings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.peers.engines.engine import TEN, Engine, Unsupported
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query, Term


class Xapian(Engine):
    """Forms as they are, stems and the title's words behind a capital letter. Xapian 1.4 knows no fuzzy words, and
    of wildcards those at the end of a word."""

    name = "xapian"
    needs = ("xapian",)
    most = 200_000
    first_answer = """
import json, sys, xapian
base = xapian.Database(sys.argv[1])
enquire = xapian.Enquire(base)
enquire.set_query(xapian.Query(xapian.Query.OP_OR, [sys.argv[2], "S" + sys.argv[3]]))
assert [json.loads(hit.document.get_data()) for hit in enquire.get_mset(0, 10)][0][1]
"""
    _PUBLISHED, _COUNTED = 0, (1, 2, 3)  # slots; the latter of year, source and section
    _LONGEST = 200  # letters of a term
    _GAP = 100  # places between title and body

    def __init__(self, folder: Path) -> None:
        import xapian

        self._xapian = xapian
        self._base = xapian.Database(str(folder))

    @classmethod
    def version(cls) -> str:
        import xapian

        return xapian.version_string()

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import xapian

        base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        for row in rows:
            document = xapian.Document()
            document.set_data(json.dumps([row.title, row.body], ensure_ascii=False))
            title, body = row.title_forms.split(), row.body_forms.split()
            places = [*enumerate(title), *enumerate(body, len(title) + Xapian._GAP)]
            for place, form in places:
                document.add_posting(form[: Xapian._LONGEST], place)
            stems = {"S": f"{row.title_stems} {row.body_stems}", "XT": row.title_forms, "XS": row.title_stems}
            for prefix, words in stems.items():
                for word in words.split():
                    document.add_term(prefix + word[: Xapian._LONGEST])
            if row.published is not None:
                document.add_value(Xapian._PUBLISHED, xapian.sortable_serialise(row.published))
            for slot, value in zip(Xapian._COUNTED, (row.year, row.source, row.section), strict=True):
                if value:
                    document.add_value(slot, str(value))
            base.add_document(document)
        base.commit()
        base.close()

    def ask(self, query: Query) -> Any:
        enquire = self._enquire(query)
        match query.wants:
            case "total":
                return self.count(query)
            case "newest":
                enquire.set_sort_by_value(self._PUBLISHED, True)
            case "facets":
                return self._facets(enquire)
            case "hits":
                found = enquire.get_mset(0, TEN)
                return [self._hit(found, json.loads(hit.document.get_data())) for hit in found]
        return [hit.docid for hit in enquire.get_mset(0, TEN)]

    def count(self, query: Query) -> int:
        return self._enquire(query).get_mset(0, 0, self._base.get_doccount()).get_matches_estimated()

    def numbers(self, query: Query, most: int) -> set[int]:
        return {hit.docid - 1 for hit in self._enquire(query).get_mset(0, most)}  # numbered in the order of the rows

    def _facets(self, enquire: Any) -> Any:
        spies = [self._xapian.ValueCountMatchSpy(slot) for slot in self._COUNTED]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = [hit.docid for hit in enquire.get_mset(0, TEN, self._base.get_doccount())]
        return found, [[(value.term, value.termfreq) for value in spy.top_values(100)] for spy in spies]

    def _hit(self, found: Any, article: Sequence[str]) -> tuple[str, str]:
        title, body = article
        return title, found.snippet(body, 220).decode()

    def _enquire(self, query: Query) -> Any:
        enquire = self._xapian.Enquire(self._base)
        enquire.set_query(self._tree(query))
        return enquire

    def _tree(self, query: Query) -> Any:
        nodes = self._xapian.Query
        forms = [word.form for word in query.words]
        match query.shape:
            case "any":
                tree = nodes(nodes.OP_OR, [term for word in query.words for term in self._word(word, query.title)])
            case "all":
                words = [nodes(nodes.OP_OR, self._word(word, query.title)) for word in query.words]
                tree = nodes(nodes.OP_AND, words)
            case "phrase":
                tree = nodes(nodes.OP_PHRASE, forms, len(forms))
            case "near":
                tree = nodes(nodes.OP_PHRASE, forms, REACH + 1)
            case "prefix":
                tree = nodes(nodes.OP_WILDCARD, forms[0], 0, nodes.WILDCARD_LIMIT_ERROR)
            case _:
                raise Unsupported(query.shape)
        if query.dates is None:
            return tree
        first, last = map(self._xapian.sortable_serialise, (query.dates[0], query.dates[1] - 1))
        return nodes(nodes.OP_FILTER, tree, nodes(nodes.OP_VALUE_RANGE, self._PUBLISHED, first, last))

    @staticmethod
    def _word(word: Term, title: bool) -> list[str]:
        return ["XT" + word.form, "XS" + word.stem] if title else [word.form, "S" + word.stem]
