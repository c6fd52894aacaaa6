"""Our query tree as a `whoosh.query` tree, and back.

Whoosh is the common language: whoever has such a tree can hand it to `Index.search`, and
`whoosh_query` gives what a person typed to whoever searches with Whoosh. Fields are `text`,
`title` and `body` for written forms, `text_stem`, `title_stem`, `body_stem` for stems, `published`
for dates, and `source`, `section`, `city`, `author`, `kind`. Three nodes are ours so that the way back loses
nothing, to Whoosh an ordinary `Or`; four mend faults of Whoosh's.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial, reduce
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from whoosh import query as whoosh_query
from whoosh.matching import AndNotMatcher, RequireMatcher
from whoosh.query import spans
from whoosh.util import make_binary_tree

from carinews.analysis.normalize import fold
from carinews.errors import EngineUnavailable, QuerySyntaxError, QueryTooComplex
from carinews.model import aware
from carinews.query.language import MAX_DEPTH, MAX_SLOP, MAX_TERMS
from carinews.query.tree import (
    SCOPES,
    And,
    Apart,
    Around,
    Before,
    Best,
    Between,
    Category,
    Constant,
    Dated,
    Everything,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Given,
    Joined,
    Near,
    Node,
    Not,
    Nothing,
    Opening,
    Or,
    Otherwise,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Recent,
    Scope,
    Synonyms,
    Without,
    Word,
)
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STEM_FIELD = "_stem"
DATE_FIELD = "published"
CATEGORY_FIELDS = ("source", "section", "city", "author", "kind")

_LEAVES = (
    whoosh_query.Term,
    whoosh_query.Phrase,
    whoosh_query.Prefix,
    whoosh_query.Wildcard,
    whoosh_query.FuzzyTerm,
    whoosh_query.TermRange,
    whoosh_query.NumericRange,
)

_MAX_LEAVES = 16 * MAX_TERMS  # a word has a form, a family, and perhaps a dozen variants
_MAX_DEPTH = 7 * MAX_DEPTH  # the language makes six nodes at most of a pair of parentheses, and five of a word


class WordQuery(whoosh_query.Or):  # type: ignore[misc]
    """A plain word: the term of its written form, and the term of its stem."""


class SynonymsQuery(whoosh_query.Or):  # type: ignore[misc]
    """Terms and phrases that mean the same; what was typed stands first."""


class RankedQuery(whoosh_query.Or):  # type: ignore[misc]
    """Plain words, ranked by how much of the query a document covers, without the weak, where the engine can."""

    all_weak = False


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


class RequireQuery(whoosh_query.Require):  # type: ignore[misc]
    """Documents of both queries, with the score of the first. Whoosh's own Require gives those of the first alone."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        required = self.b.matcher(searcher, searcher.boolean_context())
        return RequireMatcher(self.a.matcher(searcher, context), required)


class NearQuery(spans.SpanNear2):  # type: ignore[misc]
    """Spans near one another. Whoosh's own SpanNear2 overlooks a long one that begins far before the other."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        pair = partial(spans.SpanNear.SpanNearMatcher, slop=self.slop, ordered=self.ordered, mindist=self.mindist)
        return reduce(pair, [query.matcher(searcher, context) for query in self.qs])


class SpanNotQuery(spans.SpanNot):  # type: ignore[misc]
    """Spans of one query that none of another overlaps. Whoosh's own asks a matcher that is done where it stands."""

    class _Matcher(spans.SpanNot._Matcher):  # type: ignore[misc]
        def _get_spans(self) -> Any:
            return super()._get_spans() if self.b.is_active() else self.a.spans()


def to_whoosh(node: Node) -> Any:
    """The `whoosh.query` tree that means the same."""
    match node:
        case Form(scope, form, boost):
            return whoosh_query.Term(scope, form, boost)
        case Family(scope, stem, boost):
            return whoosh_query.Term(scope + STEM_FIELD, stem, boost)
        case Phrase(scope, forms, slop, boost):
            return whoosh_query.Phrase(scope, list(forms), slop, boost)
        case Synonyms(parts, boost):
            return SynonymsQuery([to_whoosh(part) for part in parts], boost)
        case Word(form, family):
            return WordQuery([to_whoosh(form), to_whoosh(family)])
        case Ranked(parts, all_weak):
            ranked = RankedQuery([to_whoosh(part) for part in parts])
            ranked.all_weak = all_weak
            return ranked
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
        case Pattern(scope, pattern, boost):
            return _pattern_query(scope, pattern, boost)
        case Fuzzy(scope, form, distance, prefix, boost):
            return whoosh_query.FuzzyTerm(scope, form, boost, distance, prefix)
        case Between(scope, first, last, with_first, with_last, boost):
            return whoosh_query.TermRange(scope, first, last, not with_first, not with_last, boost)
        case Dated(since, until):
            return whoosh_query.DateRange(DATE_FIELD, _moment(since), _moment(until), endexcl=True)
        case Category(name, value):
            return whoosh_query.Term(name, fold(value))
        case Recent():
            raise EngineUnavailable(Message("a plain Whoosh index does not weigh what is new: ask the local engine"))
        case Filtered(inner, condition):
            return RequireQuery(to_whoosh(inner), to_whoosh(condition))
        case Otherwise(first, second):
            return whoosh_query.Otherwise(to_whoosh(first), to_whoosh(second))
        case Best(parts):
            return whoosh_query.DisjunctionMax([to_whoosh(part) for part in parts])
        case Constant(inner, score):
            return whoosh_query.ConstantScoreQuery(to_whoosh(inner), score)
        case Near(parts, slop, ordered, least):
            return NearQuery([to_whoosh(part) for part in parts], slop, ordered, least)
        case Joined(parts):
            return spans.SpanOr([to_whoosh(part) for part in parts])
        case Apart(inner, other):
            return SpanNotQuery(to_whoosh(inner), to_whoosh(other))
        case Around(outer, inner):
            return spans.SpanContains(to_whoosh(outer), to_whoosh(inner))
        case Before(inner, other):
            return spans.SpanBefore(to_whoosh(inner), to_whoosh(other))
        case Given(inner, condition):
            return spans.SpanCondition(to_whoosh(inner), to_whoosh(condition))
        case Opening(inner, limit):
            return spans.SpanFirst(to_whoosh(inner), limit)
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
        if isinstance(query, _LEAVES):
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
                return Synonyms(self._all(query.subqueries, 1.0, depth), boost)  # type: ignore[arg-type]
            case RankedQuery():
                return Ranked(self._all(query.subqueries, boost, depth), query.all_weak)
            case whoosh_query.DisjunctionMax():
                return Best(self._all(query.subqueries, boost, depth))
            case whoosh_query.Ordered():
                return _tree(Before, self._all(query.subqueries, boost, depth))
            case whoosh_query.Sequence():
                pair = partial(_near, slop=query.slop, ordered=query.ordered)
                return _tree(pair, self._all(query.subqueries, boost, depth))
            case spans.SpanNear():
                return Near(self._all([query.a, query.b], boost, depth), query.slop, query.ordered, query.mindist)
            case spans.SpanNear2():
                return Near(self._all(query.qs, boost, depth), query.slop, query.ordered, query.mindist)
            case spans.SpanOr():
                return Joined(self._all(query.subqs, boost, depth))
            case spans.SpanFirst():
                return Opening(self.read(query.q, boost, depth + 1), query.limit)
            case spans.SpanBiQuery():
                return _of_two(query, *self._all([query.a, query.b], boost, depth))
            case whoosh_query.ConstantScoreQuery():
                return Constant(self.read(query.child, 1.0, depth + 1), query.score * boost)
            case whoosh_query.Require():
                return Filtered(*self._all([query.a, query.b], boost, depth))
            case whoosh_query.Otherwise():
                return Otherwise(*self._all([query.a, query.b], boost, depth))
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
        if isinstance(query, whoosh_query.NumericRange):
            return _dated(query)
        if isinstance(query, whoosh_query.Term) and query.fieldname in CATEGORY_FIELDS:
            return Category(query.fieldname, str(query.text))
        self._leaves += 1
        if self._leaves > _MAX_LEAVES:
            raise QueryTooComplex(f"the query tree has more than {_MAX_LEAVES} leaves; leave some out")
        scope, stems = _scope(query.fieldname)
        if stems and not isinstance(query, whoosh_query.Term):
            kind = type(query).__name__.lower()
            raise QuerySyntaxError(f"a {kind} is looked for in written forms: use {scope!r}, not {query.fieldname!r}")
        match query:
            case whoosh_query.Prefix():
                return Pattern(scope, f"{query.text}*", boost) if not set(query.text) & set("*?") else Nothing()
            case whoosh_query.Wildcard():
                return Pattern(scope, query.text, boost)
            case whoosh_query.FuzzyTerm():
                return Fuzzy(scope, query.text, int(query.maxdist), query.prefixlength, boost)
            case whoosh_query.TermRange():
                return Between(scope, query.start, query.end, not query.startexcl, not query.endexcl, boost)
        if isinstance(query, whoosh_query.Phrase):
            if query.slop > MAX_SLOP:
                raise QueryTooComplex(f"a phrase with a slop of {query.slop}; {MAX_SLOP} is the most")
            if not query.words:
                return Nothing()
            return Phrase(scope, tuple(map(str, query.words)), query.slop, boost)
        return Family(scope, str(query.text), boost) if stems else Form(scope, str(query.text), boost)


def _pattern_query(scope: Scope, pattern: str, boost: float) -> Any:
    literal = pattern[:-1]
    if pattern.endswith("*") and not set(literal) & set("*?"):
        return whoosh_query.Prefix(scope, literal, boost)
    return whoosh_query.Wildcard(scope, pattern, boost)


def _near(first: Node, second: Node, *, slop: int, ordered: bool) -> Node:
    return Near((first, second), slop, ordered)


def _tree(pair: Callable[[Node, Node], Node], parts: tuple[Node, ...]) -> Node:
    """Parts joined two by two, and these two by two, as Whoosh evaluates them."""
    tree: Node = make_binary_tree(pair, parts)
    return tree


def _of_two(query: Any, first: Node, second: Node) -> Node:
    match query:
        case spans.SpanNot():
            return Apart(first, second)
        case spans.SpanContains():
            return Around(first, second)
        case spans.SpanBefore():
            return Before(first, second)
        case spans.SpanCondition():
            return Given(first, second)
    raise QuerySyntaxError(f"carinews cannot evaluate a {type(query).__name__} of whoosh.query: {query!r}")


def _moment(seconds: int | None) -> datetime | None:
    """A moment as Whoosh keeps it, in UTC without a zone; the ends of time where it is beyond them."""
    if seconds is None:
        return None
    first, last = datetime(1, 1, 2), datetime(9999, 12, 31)
    low, high = (int(moment.replace(tzinfo=UTC).timestamp()) for moment in (first, last))
    return datetime.fromtimestamp(min(max(seconds, low), high), UTC).replace(tzinfo=None)


def _dated(query: Any) -> Node:
    """A range of dates in whole seconds, the first within and the last not."""
    if query.fieldname != DATE_FIELD or not isinstance(query, whoosh_query.DateRange):
        raise QuerySyntaxError(f"there is no field {query.fieldname!r} of numbers; dates are in {DATE_FIELD!r}")
    since, until = (
        None if moment is None else aware(moment.replace(tzinfo=moment.tzinfo or UTC)).timestamp()  # type: ignore[union-attr]
        for moment in (query.startdate, query.enddate)
    )
    return Dated(
        None if since is None else floor(since) + 1 if query.startexcl else ceil(since),
        None if until is None else ceil(until) if query.endexcl else floor(until) + 1,
    )


def _scope(field: str) -> tuple[Scope, bool]:
    for scope in SCOPES:
        if field in (scope, scope + STEM_FIELD):
            return scope, field != scope
    known = ", ".join([*SCOPES, *(scope + STEM_FIELD for scope in SCOPES), DATE_FIELD, *CATEGORY_FIELDS])
    raise QuerySyntaxError(f"there is no field {field!r}; the fields of a query tree are {known}")
