"""The root of an Indonesian word: *menembak*, *penembakan* and *tertembak* are all *tembak*.

Indonesian builds words by affixes around a root, so a stemmer takes affixes off until a word of
its dictionary is left. Which affix goes first, and which sound it swallowed (*menulis* from
*tulis*), is settled by numbered rules. Nazief and Adriani wrote them (1996); Asian, "Effective
Techniques for Indonesian Text Retrieval" (RMIT, 2007), made the *confix stripping* stemmer (CS);
Arifin, Mahendra and Ciptaningtyas (2009) enhanced it (ECS), Tahitoe and Purwarianti (2010)
modified that. Sastrawi gathered it all in one program and added a few rules of its own.

`Stemmer` gives the very answers of PySastrawi 1.2.1, oddities included, at a small part of the
cost: the tests and `benchmarks/stemmer.py` hold the two against each other. Its dictionary is the
file that PySastrawi installs. No root is read and no rule compiled before the first `Stemmer`.
"""

from __future__ import annotations

import importlib.util
import os
import re
from functools import cache
from typing import TYPE_CHECKING

from carinews.errors import CarinewsError
from carinews.wording import Message, cause

if TYPE_CHECKING:
    from collections.abc import Callable

    Gives = tuple[str, ...]
    Family = tuple[Callable[[str], re.Match[str] | None], dict[int | None, Gives]]

# Suffixes in their three layers, the outermost first: buku-ku-lah. In each layer the longer of
# two like endings comes first. `is`, `isme` and `isasi` are Sastrawi's, for borrowed words.
_PARTICLES = ("lah", "kah", "tah", "pun")
_POSSESSIVES = ("nya", "ku", "mu")
_DERIVATIONS = ("isasi", "isme", "kan", "is", "an", "i")
_CLITICS = frozenset(_PARTICLES + _POSSESSIVES)  # the endings that a hyphen may part from the word

# Prefixes that swallow nothing, whatever follows: di-tembak, ke-luar, se-jalan.
_PLAIN_PREFIXES = frozenset({"di", "ke", "se"})

# Prefixes that depend on what follows. Of the rows, the first that fits the word is its rule:
# take off `cut` where `before` follows, and put each of `gives` in its place in turn ("-" is
# nothing) until a root comes out; if none does, the last one stays for the next round.
#
#    V  a vowel        C  a consonant            R  a consonant, but not r
#    A  any letter     D  one but l m n r w y    !er  not "er"     $  the word's end     *  anything
_PREFIX_RULES = """
# rule   cut     before       gives
#
# ber-, which a root may share its r with: be-rambut
  1      ber     V            -  r
  2      ber     CA!er        -
  3      ber     RAerV        -
  4      bel     ajar$        -
  5      be      RerC         -
#
# ter-
  6      ter     V            -  r
  7      ter     RerV         -
  8      ter     R!er         -
  9      te      RerC         -
  35     ter     DerC         -              # CS
#
# me-, mem-, men-, meng-, meny-, which swallow p, t, k and s
  10     me      [lrwy]V      -
  11     mem     [bfv]        -
  12     mem     pe           -              # CS, for mempengaruhi
  13     mem     V            m  p
  14     men     [cdjstz]     -              # s by ECS, for mensyukuri; t by Sastrawi, for mentaati
  15     men     V            n  t
  16     meng    [ghqk]       -              # k by CS, for mengkritik
  17     menge   *            e  ke -  nge   # menge-cat
  17     meng    V            -  k  ng
  18     meny    V            ny s
  19     mem     p[a-df-mo-z] -              # ECS, for memproteksi; Sastrawi leaves out n
#
# pe-, per-, pem-, pen-, peng-, peny-: the nouns of ber- and me-
  20     pe      [wy]V        -
  21     per     V            -  r
  23     per     CA!er        -
  24     per     RAerV        -
  25     pem     [bfv]        -
  26     pem     V            m  p
  27     pen     [cdjstz]     -              # s, t by Sastrawi, for penstabilan
  28     pen     V            n  t
  29     peng    C            -              # any consonant by ECS
  30     penge   *            e  ke -        # penge-bom
  30     peng    V            -  k  ng       # ng is rule 34 at work: 30 falls through to it
  31     peny    V            ny s
  32     pel     ajar$        -
  32     pe      lV           -
  34     pe      C!er         -
  36     pe      DerC         -              # CS
#
# ku-, kau-, as in kuambil: Sastrawi's
  41     ku      *            -
  42     kau     *            -
"""

_SYMBOLS = {
    "V": "[aiueo]",
    "C": "[bcdfghjklmnpqrstvwxyz]",
    "R": "[bcdfghjklmnpqstvwxyz]",
    "D": "[bcdfghjkpqstvxz]",
    "A": "[a-z]",
    "!er": "(?!er)",
    "$": r"\Z",
    "*": "",
}

_PREFIX_ROUNDS = 3

# Infixes stand after the first consonant and before a vowel (rules 37 to 40): g-er-igi,
# t-el-unjuk, g-em-uruh, k-in-erja. They are looked for where no prefix fits.
_INFIXES = frozenset({"er", "el", "em", "in"})
_VOWELS = frozenset("aiueo")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")

# PySastrawi's normaliser is blind to case, and so lets the long s and the dotless i pass.
_NOT_IN_A_WORD = re.compile("[^a-z0-9ſı-]+")

_REMEDY = 'pip install "PySastrawi>=1.2.1,<1.3"'


class Stemmer:
    """Finds the root of a word: one dictionary, no other state, so threads may share it.

    `dictionary` holds the roots, in lower case and of two letters or more; None stands for
    PySastrawi's. Reading that takes a few milliseconds, so make one stemmer and keep it
    (`default_stemmer`).

    Raises CarinewsError where PySastrawi's dictionary is wanted and cannot be read.

    >>> Stemmer().stem("penembakan"), Stemmer().stem("buku-bukunya")
    ('tembak', 'buku')
    """

    def __init__(self, dictionary: frozenset[str] | None = None) -> None:
        self._roots = pysastrawi_roots() if dictionary is None else dictionary
        self._families = _prefix_families()

    def stem(self, word: str) -> str:
        """The root of `word`, or the word itself where no root is found. Takes any string.

        Like PySastrawi, it reads capitals as small letters and drops what is no part of a word:
        `"(Menembak)"` gives `tembak`. A string that holds no word, or several, comes back as it is.
        """
        if word.isascii() and word.isalnum() and word.islower():
            return self._stem_single(word)
        words = _NOT_IN_A_WORD.sub(" ", word.lower()).split()
        if len(words) != 1:
            return word
        return self._stem_hyphenated(words[0]) if "-" in words[0] else self._stem_single(words[0])

    def _stem_hyphenated(self, word: str) -> str:
        """Reduplication (Asian, p. 76): two halves of one root are that root, as in berbalas-balasan."""
        first, _, second = word.rpartition("-")
        if second in _CLITICS:
            if "-" not in first:  # kpk-nya: no two halves
                return self._stem_single(word)
            first, _, middle = first.rpartition("-")  # malaikat-malaikat-nya
            second = f"{middle}-{second}"
        root, second_root = self._stem_single(first), self._stem_single(second)
        if second_root == second and second not in self._roots:
            second_root = self._stem_single("me" + second)  # meniru-nirukan: me- serves both halves
        return root if root == second_root else word

    def _stem_single(self, word: str) -> str:
        """The root of a word that is not doubled: suffixes off, then prefixes, then second thoughts."""
        roots = self._roots
        if len(word) <= 3 or word in roots:
            return word
        if _prefix_goes_first(word):
            root = self._peel_suffixes(self._strip_prefixes(word))[-1]
            if root in roots:
                return root
        peeled = self._peel_suffixes(word)
        if peeled[-1] in roots:
            return peeled[-1]
        root = self._strip_prefixes(peeled[-1])
        if root in roots:
            return root
        return self._put_suffixes_back(peeled) if len(peeled) > 1 else word

    def _peel_suffixes(self, word: str) -> list[str]:
        """`word`, then what is left of it after each suffix. Stops at a root."""
        peeled = [word]
        for layer in (_PARTICLES, _POSSESSIVES, _DERIVATIONS):
            if word in self._roots:
                break
            if word.endswith(layer):
                word = word.removesuffix(next(filter(word.endswith, layer)))
                if layer is not _DERIVATIONS:
                    word = word.rstrip("-")
                peeled.append(word)
        return peeled

    def _strip_prefixes(self, word: str) -> str:
        """What is left of `word` after up to three prefixes. Stops at a root."""
        for _ in range(_PREFIX_ROUNDS):
            shorter = self._strip_prefix(word)
            if shorter == word:
                break
            word = shorter
            if word in self._roots:
                break
        return word

    def _strip_prefix(self, word: str) -> str:
        """`word` without its first prefix, or else its infix, or else as it is."""
        opening = word[:2]
        if opening in _PLAIN_PREFIXES:  # not even a root is spared: that is Sastrawi's order
            return word[2:]
        if word in self._roots:
            return word
        if opening in self._families:
            fit, gives = self._families[opening]
            if rule := fit(word):
                rest = word[rule.end() :]
                *tries, last = gives[rule.lastindex]
                for swallowed in tries:
                    if swallowed + rest in self._roots:
                        return swallowed + rest
                return last + rest
        if word[1:3] in _INFIXES and word[0] in _CONSONANTS and word[3:4] in _VOWELS:
            return word[0] + word[3:]
        return word

    def _put_suffixes_back(self, peeled: list[str]) -> str:
        """The prefixes once more, with the suffixes back one by one: a root may end like one (ECS).

        Of -kan the k is tried alone, too: penembakan is pe-tembak-an. If all fails, the whole word.
        """
        for longer, shorter in zip(peeled[-2::-1], peeled[:0:-1], strict=True):
            kan = longer == shorter + "kan"
            for restored in (shorter + "k", longer) if kan else (longer,):
                root = self._strip_prefixes(restored)
                if root in self._roots:
                    return root
        return peeled[0]


@cache
def default_stemmer() -> Stemmer:
    """The stemmer with PySastrawi's dictionary, made at the first call and shared from then on.

    Threads that make the first call together may make one each; all give the same roots.

    Raises CarinewsError like `Stemmer`, and tries again at the next call.
    """
    return Stemmer()


def _prefix_goes_first(word: str) -> bool:
    """The confixes whose prefix comes off before the suffix (Asian, p. 78): be-...-lah, me-...-i, ..."""
    if word.endswith("i"):
        return word.startswith(("me", "di", "pe", "ter"))
    return word.startswith("be") and word.endswith(("lah", "an"))


@cache
def _prefix_families() -> dict[str, Family]:
    """`_PREFIX_RULES`, ready to run: the rows by their first two letters, each family one pattern.

    A row is one branch `cut(?=before)()`; regex branches are tried in order, as the rules ask, and
    the empty group tells (by `lastindex`) which row it was.
    """
    rows: dict[str, list[tuple[str, Gives]]] = {}
    for line in _PREFIX_RULES.splitlines():
        if fields := line.partition("#")[0].split():
            _, cut, before, *gives = fields
            for symbol, pattern in _SYMBOLS.items():
                before = before.replace(symbol, pattern)
            branch = f"{cut}(?={before})()"
            rows.setdefault(cut[:2], []).append((branch, tuple(give.strip("-") for give in gives)))
    return {
        opening: (
            re.compile("|".join(branch for branch, _ in family)).match,
            dict(enumerate((gives for _, gives in family), start=1)),
        )
        for opening, family in rows.items()
    }


def pysastrawi_roots() -> frozenset[str]:
    """The roots of PySastrawi's dictionary. Raises CarinewsError where it is missing."""
    return frozenset(filter(None, pysastrawi_dictionary().split("\n")))


@cache
def pysastrawi_dictionary() -> str:
    """The text of PySastrawi's dictionary, one root a line, read without importing the package.

    Raises CarinewsError where it is missing.
    """
    package = importlib.util.find_spec("Sastrawi")
    if package is None or not package.submodule_search_locations:
        raise CarinewsError(
            Message("PySastrawi, which holds the dictionary of roots, is missing: {remedy}", remedy=_REMEDY)
        )
    path = os.path.join(package.submodule_search_locations[0], "Stemmer", "data", "kata-dasar.txt")
    try:
        with open(path, encoding="utf-8") as lines:
            return lines.read()
    except (OSError, UnicodeDecodeError) as error:
        message = Message(
            "{path}: cannot read the dictionary of roots ({error}): {remedy}",
            path=path,
            error=cause(error),
            remedy=_REMEDY,
        )
        raise CarinewsError(message) from error
