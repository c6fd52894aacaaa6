"""What the plain words of a query bring besides what was typed.

    typed words ──runs──▶ lists of variants ──▶ leaves beside the word's family (`Synonyms`)

Words that stand side by side are looked up together, the longest run first, so that `komisi
pemberantasan korupsi` brings `KPK`; in a document, KPK then counts as an occurrence of each of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import uncased
from carinews.analysis.tokenize import WORD
from carinews.analysis.variants import WEIGHTS, Variant
from carinews.query.tree import Family, Form, Phrase, Scope, Synonyms, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from carinews.analysis.analyzer import Analyzer

    Brought = tuple[tuple[str, tuple[str, ...]], ...]

WORD_OF_A_NAME = 0.3
"""What `serang` and `menyerang` count where the city `Serang` was typed: the name comes first, no word is lost."""


BOUND = ("antar", "anti", "multi", "non", "pasca", "semi")
"""Forms that belong to the word behind them, which the press joins or not: antikorupsi, anti-korupsi, anti korupsi."""

_SHORTEST = 3  # a word behind a bound form has more letters: nonton is no ton


QUESTION_WORDS = frozenset(
    "apa apakah siapa siapakah kapan kapankah mana manakah dimana dimanakah kemana darimana bagaimana "
    "bagaimanakah mengapa kenapa berapa berapakah bilamana".split()
)
"""What makes a question of a query, and is seldom in the answer."""

OF_A_QUESTION = 0.25
"""What a question word counts: on 2,412 questions MRR@10 gains .005 [.003, .008], elsewhere nothing changes."""


class Typed(NamedTuple):
    """One term as it was typed: its form, and its letters with their capitals."""

    form: str
    written: str


def typed(text: str, analyzer: Analyzer) -> list[Typed]:
    """The terms of some typed words."""
    return [
        Typed(piece.form, word[piece.start : piece.end])
        for word in WORD.findall(text)
        for piece in analyzer.pieces(word)
    ]


class Widening:
    """The variants of some runs of typed terms, of each term by its number over all runs."""

    def __init__(self, runs: Iterable[Sequence[Typed]], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._lists = analyzer.lexicon.variants
        self._found: list[tuple[str, tuple[Variant, ...]]] = []
        self._brought: dict[str, tuple[str, ...]] = {}
        for run in runs:
            self._look_up(run)

    def of(self, number: int) -> tuple[Variant, ...]:
        """What the term of this number brings."""
        name, variants = self._found[number]
        if variants:
            self._brought[name] = tuple(variant.text for variant in variants)
        return variants

    @property
    def brought(self) -> Brought:
        """Of what was asked for so far: what was typed and what it brought, each as it is written."""
        return tuple(self._brought.items())

    def _look_up(self, run: Sequence[Typed]) -> None:
        done = 0
        while done < len(run):
            length, variants = self._longest(run[done:])
            name = " ".join(term.written for term in run[done : done + length])
            self._found += [(name, variants)] * length
            done += length

    def _longest(self, run: Sequence[Typed]) -> tuple[int, tuple[Variant, ...]]:
        """The variants of the longest run of terms that has any, from the first term on."""
        forms = [uncased(term.form) for term in run[: self._lists.longest]]
        first = forms[0]
        for length in range(len(forms), 1, -1):
            if found := self._lists.of(forms[:length]):
                return length, found
        if len(forms) > 1 and first in BOUND and self._analyzer.knows(first + forms[1]):
            return 2, (Variant(first + forms[1], WEIGHTS["spelling"]),)
        found = self._lists.of([first], run[0].written) or self._lists.of([self._analyzer.stem(first)])
        return 1, found or self._parted(first)

    def _parted(self, form: str) -> tuple[Variant, ...]:
        """A word with a bound form before it, as two words: `pascagempa`, also written `pasca gempa`."""
        if not form.startswith(BOUND):
            return ()
        cut = ((bound, form.removeprefix(bound)) for bound in BOUND if form.startswith(bound))
        return tuple(
            Variant(f"{bound} {word}", WEIGHTS["spelling"])
            for bound, word in cut
            if len(word) > _SHORTEST and self._analyzer.knows(word)
        )


def widened(scope: Scope, form: str, variants: Sequence[Variant], analyzer: Analyzer) -> Word:
    """The node of a plain word with its variants; a name that is told apart stands before its word."""
    boost = OF_A_QUESTION if form in QUESTION_WORDS else 1.0
    written, family = Form(scope, form, boost), Family(scope, analyzer.stem(form), boost)
    if not variants and form == uncased(form):
        return Word(written, family)
    counted = Family(scope, family.stem)
    first = (counted,) if form == uncased(form) else (Form(scope, form), replace(counted, boost=WORD_OF_A_NAME))
    parts = (*first, *(_leaf(scope, variant, analyzer) for variant in variants))
    return Word(written, family if parts == (counted,) else Synonyms(parts, boost))


def _leaf(scope: Scope, variant: Variant, analyzer: Analyzer) -> Form | Family | Phrase:
    forms = [term.form for term in typed(variant.text, analyzer)]
    if len(forms) > 1:
        return Phrase(scope, tuple(map(uncased, forms)), boost=variant.weight)
    if forms[0] != uncased(forms[0]):
        return Form(scope, forms[0], variant.weight)
    return Family(scope, analyzer.stem(forms[0]), variant.weight)
