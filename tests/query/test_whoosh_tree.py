"""Our trees and Whoosh's: each becomes the other and nothing is lost; what is foreign is refused."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from whoosh import query as whoosh_query
from whoosh.query import AndMaybe, AndNot, Every, NullQuery, Prefix, Term, spans

from carinews import Index, QuerySyntaxError, QueryTooComplex
from carinews.query.language import MAX_DEPTH, MAX_SLOP, MAX_TERMS, parse
from carinews.query.tree import (
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
    Without,
)
from carinews.query.whoosh_tree import from_whoosh, to_whoosh
from strategies import ANALYZER, query_texts, trees
from support import many_examples

GEMPA, PALU = Term("text", "gempa"), Term("title", "palu")


@many_examples
@given(trees)
def test_a_tree_survives_the_way_there_and_back(tree: Node) -> None:
    """Any tree, also one that no text is read as, is the same after a visit to Whoosh."""
    assert from_whoosh(to_whoosh(tree)) == tree


@given(query_texts)
def test_a_query_survives_the_way_there_and_back(text: str) -> None:
    """Whatever a person may type can be handed on as a Whoosh tree."""
    tree = parse(text, ANALYZER).tree
    assert from_whoosh(to_whoosh(tree)) == tree


def test_the_deepest_and_the_widest_query_survive() -> None:
    """The bounds of a tree are no narrower than those of the language."""
    deepest = nested = "a"
    for _ in range(MAX_TERMS // 7 - 1):
        deepest = f"(x OR NOT (+k l OR m AND {deepest} AND NOT n o -z))"
    for _ in range(MAX_DEPTH):
        nested = f"(-{nested} b OR c)"
    for text in (deepest, nested, "a-b " * (MAX_TERMS // 2), "a " * MAX_TERMS):
        tree = parse(text, ANALYZER).tree
        assert from_whoosh(to_whoosh(tree)) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        (GEMPA, Form("text", "gempa")),
        (Term("body_stem", "tembak"), Family("body", "tembak")),
        (Term("text", "gempa", boost=2.0), Form("text", "gempa", 2.0)),
        (whoosh_query.And([GEMPA, PALU], boost=3.0), And((Form("text", "gempa", 3.0), Form("title", "palu", 3.0)))),
        (whoosh_query.Or([GEMPA, PALU]), Or((Form("text", "gempa"), Form("title", "palu")))),
        (AndNot(GEMPA, PALU), Without(Form("text", "gempa"), Form("title", "palu"))),
        (AndMaybe(GEMPA, PALU), Prefer(Form("text", "gempa"), Form("title", "palu"))),
        (whoosh_query.Not(GEMPA), Not(Form("text", "gempa"))),
        (whoosh_query.Phrase("body", ["gempa", "bumi"], slop=3), Phrase("body", ("gempa", "bumi"), 3)),
        (Prefix("text", "gem"), Pattern("text", "gem*")),
        (Prefix("text", "g*m"), Nothing()),
        (whoosh_query.Wildcard("body", "g?m*", boost=2.0), Pattern("body", "g?m*", 2.0)),
        (whoosh_query.FuzzyTerm("text", "gempa", maxdist=2), Fuzzy("text", "gempa", 2, 1)),
        (whoosh_query.TermRange("text", "a", "c", endexcl=True), Between("text", "a", "c", True, False)),
        (whoosh_query.DateRange("published", datetime(1970, 1, 2), None), Dated(86_400, None)),
        (whoosh_query.DateRange("published", None, datetime(1970, 1, 2)), Dated(None, 86_401)),
        (
            whoosh_query.DateRange("published", *[datetime(1970, 1, 1, 0, 0, 9, 5)] * 2, startexcl=True, endexcl=True),
            Dated(10, 10),
        ),
        (Term("source", "tempo.co"), Category("source", "tempo.co")),
        (whoosh_query.Require(GEMPA, PALU), Filtered(Form("text", "gempa"), Form("title", "palu"))),
        (whoosh_query.Otherwise(GEMPA, PALU), Otherwise(Form("text", "gempa"), Form("title", "palu"))),
        (whoosh_query.DisjunctionMax([GEMPA, PALU]), Best((Form("text", "gempa"), Form("title", "palu")))),
        (whoosh_query.ConstantScoreQuery(GEMPA, 3.0), Constant(Form("text", "gempa"), 3.0)),
        (spans.SpanNear(GEMPA, GEMPA, 3, False), Near((Form("text", "gempa"),) * 2, 3, False)),
        (spans.SpanNear2([GEMPA] * 3, mindist=2), Near((Form("text", "gempa"),) * 3, least=2)),
        (spans.SpanOr([GEMPA, GEMPA]), Joined((Form("text", "gempa"),) * 2)),
        (spans.SpanNot(GEMPA, PALU), Apart(Form("text", "gempa"), Form("title", "palu"))),
        (spans.SpanContains(GEMPA, PALU), Around(Form("text", "gempa"), Form("title", "palu"))),
        (spans.SpanBefore(GEMPA, PALU), Before(Form("text", "gempa"), Form("title", "palu"))),
        (spans.SpanCondition(GEMPA, PALU), Given(Form("text", "gempa"), Form("title", "palu"))),
        (spans.SpanFirst(GEMPA, 4), Opening(Form("text", "gempa"), 4)),
        (
            whoosh_query.Sequence([GEMPA] * 3, slop=2),
            Near((Form("text", "gempa"), Near((Form("text", "gempa"),) * 2, 2)), 2),
        ),
        (whoosh_query.Ordered([GEMPA, PALU]), Before(Form("text", "gempa"), Form("title", "palu"))),
        (Every(), Everything()),
        (NullQuery, Nothing()),
        (whoosh_query.And([]), Nothing()),
        (whoosh_query.Or([]), Nothing()),
        (whoosh_query.Phrase("text", []), Nothing()),
        (whoosh_query.Or([GEMPA, whoosh_query.And([])]), Or((Form("text", "gempa"), Nothing()))),
    ],
)
def test_a_tree_of_whoosh_is_read(query: object, tree: Node) -> None:
    """The nodes of `whoosh.query` that we evaluate, boosts multiplied down; an empty group is nothing, as in Whoosh."""
    assert from_whoosh(query) == tree


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (whoosh_query.Regex("text", "g.*"), "cannot evaluate a Regex"),
        (whoosh_query.And([GEMPA, whoosh_query.Variations("text", "p")]), "cannot evaluate a Variations"),
        (whoosh_query.NumericRange("length", 1, 5), "no field 'length' of numbers; dates are in 'published'"),
        (Prefix("text_stem", "tem"), "a prefix is looked for in written forms: use 'text'"),
        (Term("content", "gempa"), "no field 'content'; the fields of a query tree are text, title, body"),
        (Term(None, "gempa"), "no field None"),
        (whoosh_query.Phrase("text_stem", ["gempa", "bumi"]), "use 'text', not 'text_stem'"),
        (None, "cannot evaluate a NoneType"),
        (b"gempa", "cannot evaluate a bytes"),
    ],
)
def test_what_is_foreign_is_refused(query: object, message: str) -> None:
    """A node or a field that we do not know is named, never passed over."""
    with pytest.raises(QuerySyntaxError, match=message):
        from_whoosh(query)


def test_a_tree_has_bounds_too() -> None:
    """Too deep, too wide, or a phrase looser than the gap between title and body."""
    deep = GEMPA
    for _ in range(1_000):
        deep = whoosh_query.Not(deep)
    wide = whoosh_query.Or([GEMPA] * (16 * MAX_TERMS + 1))
    loose = whoosh_query.Phrase("text", ["gempa", "bumi"], slop=MAX_SLOP + 1)
    for query, message in ((deep, "deep"), (wide, "leaves"), (loose, "slop of 100")):
        with pytest.raises(QueryTooComplex, match=message):
            from_whoosh(query)


def test_a_tree_of_whoosh_can_be_searched_and_explained(index: Index) -> None:
    """`Index.search` takes such a tree; so one that was typed and one that was built answer alike."""
    built = whoosh_query.And([Term("text_stem", "gempa"), whoosh_query.Phrase("body", ["kota", "palu"])])
    (hit,) = index.search(built)
    assert hit.id == "gempa-palu"
    assert hit.snippets[0].mark("[", "]").startswith("[Gempa] bumi mengguncang [Kota] [Palu]")
    assert index.explain(built, hit.id) is not None
    typed = to_whoosh(index.parse("gempa -lombok").tree)
    assert [(hit.id, hit.score) for hit in index.search(typed)] == [
        (hit.id, hit.score) for hit in index.search("gempa -lombok")
    ]


@pytest.mark.parametrize(
    "query", [Term("text", "\ud800"), Term("text_stem", "\ud800"), Term("text", ""), Term("text", 5)]
)
def test_a_term_that_no_text_holds_finds_nothing(index: Index, query: object) -> None:
    """Whatever stands in a term, the answer is an answer."""
    assert index.search(query).total == 0
