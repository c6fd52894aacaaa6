"""Forms that mean the same: what a group brings in each direction, and the lists that ship, row by row."""

from __future__ import annotations

from collections import Counter

import pytest

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import default_lexicon
from carinews.analysis.variants import WEIGHTS, Variants
from carinews.analysis.word_lists import ACRONYMS, ASKED, VARIANTS, shipped
from carinews.query.widening import typed

ANALYZER = Analyzer()
SOME = Variants(
    [
        "# comment\nspelling\tboth\tIdulfitri, Idul Fitri\nexonym\tboth\tTiongkok, China, Cina\n",
        "colloquial\tfirst\ttidak, gak, nggak\nacronym\tcapitals\tPAN, Partai Amanat Nasional\n",
        "acronym\tboth\tKPK, Komisi Pemberantasan Korupsi\nsynonym\tboth\tkpk, antirasuah\n",
    ]
)


@pytest.mark.parametrize(
    ("terms", "written", "expected"),
    [
        ("idulfitri", "", "Idul Fitri"),
        ("idul fitri", "", "Idulfitri"),
        ("cina", "Cina", "Tiongkok China"),
        ("gak", "", "tidak"),
        ("tidak", "", ""),
        ("pan", "PAN", "Partai Amanat Nasional"),
        ("pan", "pan", ""),
        ("pan", "Pan", ""),
        ("partai amanat nasional", "", "PAN"),
        ("kpk", "", "Komisi Pemberantasan Korupsi antirasuah"),
        ("idul", "", ""),
        ("", "", ""),
    ],
)
def test_a_group_brings_its_forms_in_its_direction(terms: str, written: str, expected: str) -> None:
    """`both` brings all others, `first` only the first, `capitals` only where they were typed."""
    assert " ".join(variant.text for variant in SOME.of(terms.split(), written)) == expected


def test_a_variant_weighs_by_its_kind() -> None:
    """Every kind has a weight below that of what was typed, and the first list that has a form decides."""
    assert SOME.of(["cina"])[0].weight == WEIGHTS["exonym"]
    assert all(0 < weight < 1 for weight in WEIGHTS.values())
    twice = Variants(["synonym\tboth\ta, b", "spelling\tboth\ta, B"])
    assert twice.of(["a"]) == (("b", WEIGHTS["synonym"]),)


def test_no_group_is_no_trouble() -> None:
    """Empty lists bring nothing."""
    assert Variants([]).of(["gempa"]) == ()
    assert len(Variants(["# nothing\n"])) == Variants([]).longest == 0


# -- the lists that ship ----------------------------------------------------------------------------


def groups(name: str) -> list[tuple[str, str, list[str]]]:
    """The rows of a list: kind, direction, forms."""
    lines = (line.split("\t") for line in shipped(name).splitlines() if not line.startswith("#"))
    return [(kind, direction, forms.split(", ")) for kind, direction, forms in lines]


def brought(form: str, *, as_written: bool) -> set[str]:
    """What a form brings, taken apart and looked up as a query does it."""
    terms = typed(form, ANALYZER)
    written = terms[0].written if as_written and len(terms) == 1 else ""
    found = default_lexicon().variants.of([term.form.lower() for term in terms], written)
    return {variant.text.lower() for variant in found}


@pytest.mark.parametrize("name", ASKED)
def test_every_row_brings_what_it_says(name: str) -> None:
    """Each form of each row, through the analyser, brings the others in the direction of the row."""
    wrong = []
    for _, direction, forms in groups(name):
        first, *others = lowered = [form.lower() for form in forms]
        for form in forms:
            missing = ({first} if direction != "both" else set(lowered)) - {form.lower()}
            if form == forms[0] and direction != "both":
                missing = set(others) if direction == "capitals" else set()
                if brought(form, as_written=False) & set(others):
                    wrong.append(form)
            if not missing <= brought(form, as_written=True):
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize("name", ASKED)
def test_no_form_stands_in_two_rows_of_a_list(name: str) -> None:
    """So every row can be read alone; no row holds a form twice in other letters."""
    keys = Counter(
        " ".join(term.form.lower() for term in typed(form, ANALYZER)) for row in groups(name) for form in row[2]
    )
    assert [key for key, count in keys.items() if count > 1 or not key] == []


@pytest.mark.parametrize("name", ASKED)
def test_no_row_is_needless(name: str) -> None:
    """No row joins only words of one family, which a query finds together anyway."""
    needless = []
    for _, _, forms in groups(name):
        terms = [typed(form, ANALYZER) for form in forms]
        if all(len(found) == 1 for found in terms) and len({ANALYZER.stem(found[0].form) for found in terms}) == 1:
            needless.append(forms)
    assert needless == []


def test_there_are_groups_enough() -> None:
    """Over 300 groups of spellings, exonyms and synonyms, over 300 acronyms, and colloquial words, which bring only."""
    kinds = Counter(kind for kind, _, _ in groups(VARIANTS))
    assert sum(kinds[kind] for kind in ("spelling", "exonym", "synonym")) >= 300
    assert len(groups(ACRONYMS)) >= 300
    assert {direction for kind, direction, _ in groups(VARIANTS) if kind == "colloquial"} == {"first"}
    assert {kind for kind, _, _ in groups(ACRONYMS)} == {"acronym"}
