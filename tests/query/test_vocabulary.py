"""The words of an index, counted, against a count by hand."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from carinews.analysis.normalize import uncased
from carinews.model import Article
from carinews.query.expansion import edit_distance
from carinews.query.tree import Everything
from carinews.query.vocabulary import Vocabulary
from strategies import ANALYZER, FORMS, corpora
from support import documents, engine_of


def counted(articles: list[Article]) -> Counter[str]:
    """How many documents hold each form; of a name that is told apart from a word, both spellings are one."""
    return Counter(form for one in documents(articles).values() for form in {uncased(token[1]) for token in one.tokens})


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(corpora(), st.sampled_from(FORMS), st.sampled_from(["", "g", "me", "an", "se", "z"]))
def test_words_are_counted_over_all_segments(articles: list[Article], form: str, prefix: str) -> None:
    """Documents of a form, words close to it, words that begin so: as counted one by one."""
    counts = counted(articles)
    with engine_of(articles, commit_every=20) as engine:
        vocabulary = Vocabulary(engine.reader)
        assert vocabulary.documents(form.lower()) == counts[form.lower()]
        close = {other: count for other, count in counts.items() if edit_distance(form, other) <= 2}
        assert vocabulary.close(form, 2, 0) == close
        beginning = sorted((-count, other) for other, count in counts.items() if other.startswith(prefix))
        found = vocabulary.beginning(prefix, 1_000)
        assert [(-count, other) for other, count in found] == beginning
        assert [count for _, count in vocabulary.beginning(prefix, 2)] == [count for _, count in found[:2]]
        everywhere = vocabulary.beginning_among(prefix, 1_000, engine.mask(Everything()))
        assert sorted(everywhere) == sorted(found)


@given(corpora())
def test_a_family_is_no_rarer_than_its_forms(articles: list[Article]) -> None:
    """What is known of a word's relatives is never less than what is known of itself."""
    with engine_of(articles) as engine:
        vocabulary = Vocabulary(engine.reader)
        for form in FORMS:
            if form == uncased(form):
                assert vocabulary.relatives(form) >= vocabulary.documents(form)
            assert vocabulary.family(ANALYZER.stem(form)) == vocabulary.relatives(form)
