"""What the index stores of an article comes back as it was."""

from __future__ import annotations

import json
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from carinews.index.records import to_article, to_record
from carinews.model import WIB, Article, Link, RelatedStory

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(WIB))
STORIES = st.builds(RelatedStory, st.sampled_from(["baca_juga", "berita_terkait"]), TEXT, st.none() | TEXT, TEXT) | (
    st.builds(
        RelatedStory,
        st.just("berita_terkait"),
        TEXT,
        age=st.none() | TEXT,
        published=MOMENTS,
        date_certainty=st.sampled_from(["exact", "relative", "inferred"]),
    )
)
ARTICLES = st.builds(
    Article,
    id=st.just("a1"),
    title=st.just("Judul"),
    body=TEXT,
    published=st.none() | MOMENTS,
    credits=st.lists(TEXT, max_size=2).map(tuple),
    related=st.lists(STORIES, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, TEXT, TEXT), max_size=2).map(tuple),
)


@given(ARTICLES)
def test_a_stored_article_comes_back(article: Article) -> None:
    """Dates of related stories, their certainty, and links in the text included; through JSON, as in a segment."""
    assert to_article(json.loads(json.dumps(to_record(article)))) == article
