"""Our query tree as a `whoosh.query` tree, and back.

Whoosh is the common language: whoever has such a tree can hand it to `Index.search`, and
`whoosh_query` gives what a person typed to whoever searches with Whoosh. Fields are `text`,
`title` and `body` for written forms, and `text_stem`, `title_stem`, `body_stem` for stems. Three
nodes are ours so that the way back loses nothing, to Whoosh an ordinary `Or`; one mends a fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import query as whoosh_query
from whoosh.matching import AndNotMatcher

from carinews.errors import QuerySyntaxError, QueryTooComplex
from carinews.query.language import MAX_DEPTH, MAX_SLOP, MAX_TERMS
from carinews.query.tree import (
    SCOPES,
    And,
    Everything,
    Family,
    Form,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Ranked,
    Scope,
    Synonyms,
    Without,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

STEM_FIELD = "_stem"

_MAX_LEAVES = 16 * MAX_TERMS  # a word has a form, a family, and perhaps a dozen variants
_MAX_DEPTH = 7 * MAX_DEPTH  # the language makes six nodes at most of a pair of parentheses, and five of a word


class WordQuery(whoosh_query.Or):  # type: ignore[misc]
    """A plain word: the term of its written form, and the term of its stem."""


class SynonymsQuery(whoosh_query.Or):  # type: ignore[misc]
    """Terms and phrases that mean the same; what was typed stands first."""


class RankedQuery(whoosh_query.Or):  # type: ignore[misc]
    """Plain words, ranked by how much of the query a document covers where the engine can."""


class WithoutQuery(whoosh_query.AndNot):  # type: ignore[misc]
    """Documents of one query less those of another.

    Whoosh's own AndNot lets the first document through where the excluded documents begin before it
    (whoosh-community/whoosh issue 419): so these are moved up to it first.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        wanted = self.a.matcher(searcher, context)
        excluded = self.b.matcher(searcher, searcher.boolean_context())
        if wanted.is_active() and excluded.is_active() and excluded.id() < wanted.id():
            excluded.skip_to(wanted.id())
        return AndNotMatcher(wanted, excluded)


def to_whoosh(node: Node) -> Any:
    """The `whoosh.query` tree that means the same."""
    match node:
        case Form(scope, form, boost):
            return whoosh_query.Term(scope, form, boost)
        case Family(scope, stem, boost):
            return whoosh_query.Term(scope + STEM_FIELD, stem, boost)
        case Phrase(scope, forms, slop, boost):
            return whoosh_query.Phrase(scope, list(forms), slop, boost)
        case Synonyms(parts):
            return SynonymsQuery([to_whoosh(part) for part in parts])
        case Word(form, family):
            return WordQuery([to_whoosh(form), to_whoosh(family)])
        case Ranked(parts):
            return RankedQuery([to_whoosh(part) for part in parts])
        case And(parts):
            return whoosh_query.And([to_whoosh(part) for part in parts])
        case Or(parts):
            return whoosh_query.Or([to_whoosh(part) for part in parts])
        case Without(inner, excluded):
            return WithoutQuery(to_whoosh(inner), to_whoosh(excluded))
        case Prefer(inner, preferred):
            return whoosh_query.AndMaybe(to_whoosh(inner), to_whoosh(preferred))
        case Not(inner):
            return whoosh_query.Not(to_whoosh(inner))
        case Everything():
            return whoosh_query.Every()
        case Nothing():
            return whoosh_query.NullQuery


def from_whoosh(query: Any) -> Node:
    """The tree of a `whoosh.query` query.

    Raises QuerySyntaxError for a node or a field that carinews does not know, QueryTooComplex for
    a tree past the bounds of the query language.
    """
    reader = _Reader()
    return reader.read(query, 1.0, 0)


class _Reader:
    """Reads a Whoosh tree within the bounds of a query."""

    def __init__(self) -> None:
        self._leaves = 0

    def read(self, query: Any, boost: float, depth: int) -> Node:
        """One node; `boost` is what the nodes above it multiply it with."""
        if depth > _MAX_DEPTH:
            raise QueryTooComplex(f"the query tree is more than {_MAX_DEPTH} deep; flatten it")
        boost *= getattr(query, "boost", 1.0)
        if isinstance(query, (whoosh_query.Term, whoosh_query.Phrase)):
            return self._leaf(query, boost)
        if isinstance(query, whoosh_query.compound.CompoundQuery) and not len(query):
            return Nothing()
        # The more special class first: AndNot and AndMaybe are binary, WordQuery is an Or.
        match query:
            case whoosh_query.NullQuery.__class__():
                return Nothing()
            case whoosh_query.Every():
                return Everything()
            case WordQuery():
                form, family = self._all(query.subqueries, boost, depth)
                return Word(form, family)  # type: ignore[arg-type]
            case SynonymsQuery():
                return Synonyms(self._all(query.subqueries, boost, depth))  # type: ignore[arg-type]
            case RankedQuery():
                return Ranked(self._all(query.subqueries, boost, depth))
            case whoosh_query.DisjunctionMax():
                pass
            case whoosh_query.And():
                return And(self._all(query.subqueries, boost, depth))
            case whoosh_query.Or():
                return Or(self._all(query.subqueries, boost, depth))
            case whoosh_query.AndNot():
                return Without(*self._all([query.a, query.b], boost, depth))
            case whoosh_query.AndMaybe():
                return Prefer(*self._all([query.a, query.b], boost, depth))
            case whoosh_query.Not():
                return Not(self.read(query.query, boost, depth + 1))
        raise QuerySyntaxError(f"carinews cannot evaluate a {type(query).__name__} of whoosh.query: {query!r}")

    def _all(self, queries: Iterable[Any], boost: float, depth: int) -> tuple[Node, ...]:
        return tuple(self.read(query, boost, depth + 1) for query in queries)

    def _leaf(self, query: Any, boost: float) -> Node:
        self._leaves += 1
        if self._leaves > _MAX_LEAVES:
            raise QueryTooComplex(f"the query tree has more than {_MAX_LEAVES} leaves; leave some out")
        scope, stems = _scope(query.fieldname)
        if isinstance(query, whoosh_query.Phrase):
            if query.slop > MAX_SLOP:
                raise QueryTooComplex(f"a phrase with a slop of {query.slop}; {MAX_SLOP} is the most")
            if not query.words:
                return Nothing()
            if not stems:
                return Phrase(scope, tuple(map(str, query.words)), query.slop, boost)
            raise QuerySyntaxError(f"a phrase is looked for in written forms: use {scope!r}, not {query.fieldname!r}")
        return Family(scope, str(query.text), boost) if stems else Form(scope, str(query.text), boost)


def _scope(field: str) -> tuple[Scope, bool]:
    for scope in SCOPES:
        if field in (scope, scope + STEM_FIELD):
            return scope, field != scope
    known = ", ".join([*SCOPES, *(scope + STEM_FIELD for scope in SCOPES)])
    raise QuerySyntaxError(f"there is no field {field!r}; the fields of a query tree are {known}")
