"""What a stemmer cannot know: its exceptions, the names, and the words its dictionary lacks.

PySastrawi finds most roots, but takes `kerusakan` (damage) for `rusa` (deer), `Bali` for `bal`,
and knows neither `instagram` nor `caleg`. Three short files beside this module put that right, each
row read by a person. They are tab-separated, one word a line; a line that begins with `#` is a comment.

overrides.tsv   form, stem   the stem of a word that PySastrawi takes for another; also of a word whose
                             root is right but makes a poor family: `pengadilan` (court) is not `adil` (just)
names.tsv       name, kind   its own stem, whatever it looks like
loanwords.tsv   root, kind   joins the dictionary, and so do its derivations: `memviralkan` is `viral`

A stem from the dictionary is looked up among the overrides, too: the row `gera → gerak` mends
`pergerakan` and all of its kin. An ending such as *-nya* comes off any word that is listed, so that
no file need hold `Jakartanya`.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from carinews.analysis.stem import Stemmer, pysastrawi_dictionary, pysastrawi_roots
from carinews.errors import CarinewsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OVERRIDES, NAMES, LOANWORDS = FILES = ("overrides.tsv", "names.tsv", "loanwords.tsv")

_ITS = "nya"
_CLITICS = (_ITS, "lah", "kah", "pun", "ku", "mu")
_PREFIXES = ("ber", "ter", "di", "me", "pe", "se")  # as they stand before a root that loses no sound to them
_LIKE_SUFFIXES = ("i", "is")
_ROW = re.compile(r"([a-z]+(?:-[a-z]+)*)\t([a-z]+(?:-[a-z]+)*)")
_SHORTEST_BASE = 4  # a word of three letters is never changed, nor does an ending come off to leave one


class Lexicon:
    """Gives the stem of a word: pure, so that any number of threads may share one.

    The stem of a stem is that stem again; the tests hold the shipped files to it, and so must a
    file of one's own. PySastrawi's dictionary is not read before a word needs it.
    """

    def __init__(
        self, overrides: Mapping[str, str], names: Mapping[str, str], loanwords: Mapping[str, str], digest: str = ""
    ) -> None:
        self.overrides = overrides
        self.names = names
        self.loanwords = loanwords
        self._digest = digest

    @classmethod
    def load(cls, extra: Path | str | None = None) -> Lexicon:
        """The lexicon that carinews ships; `extra`, a file like overrides.tsv, has the last word.

        A row of `extra` whose stem is the form itself protects a name.

        Raises CarinewsError where `extra` cannot be read or a line of it is not a form, a tab and a stem.
        """
        folder = Path(__file__).with_name("data")
        sources = {name: (folder / name).read_bytes() for name in FILES}
        overrides, names, loanwords = (dict(_shipped_rows(source)) for source in sources.values())
        if extra is not None:
            try:
                sources[str(extra)] = Path(extra).read_bytes()
            except OSError as error:
                raise CarinewsError(f"{extra}: cannot read the lexicon ({error.strerror})") from error
            overrides.update(_rows(str(extra), sources[str(extra)]))
        digest = hashlib.sha256(b"\0".join(sources.values())).hexdigest()
        return cls(overrides, names, loanwords, digest)

    def fingerprint(self) -> str:
        """Names what the stems come from: it differs where a byte of the files or of the dictionary does."""
        return hashlib.sha256((self._digest + pysastrawi_dictionary()).encode()).hexdigest()

    def stem(self, form: str) -> str:
        """The stem of a folded word: from the lists, or from the dictionary, or else the word itself."""
        found = self._listed(form) or self._without_clitic(form)
        if found is not None:
            return found
        return self._stem_doubled(form) if "-" in form else self._from_dictionary(form)

    def _listed(self, form: str) -> str | None:
        return self.overrides.get(form) or (form if form in self.names else None)

    def _without_clitic(self, form: str) -> str | None:
        """The stem of a listed word with an ending: penyelidikanlah, instagramku, Jakartanya.

        -nya comes off words of the dictionary, too, before any other ending does: PySastrawi takes
        `memulainya` for `mula`, `membelinya` for `bel`. Nothing else comes off a name: Saifullah.
        """
        for clitic in _CLITICS:
            base = form.removesuffix(clitic)
            if base == form or len(base) < _SHORTEST_BASE or form in self._roots:
                continue
            if base in self.overrides:
                return self.overrides[base]
            if base in self.loanwords:
                return self._from_dictionary(base)
            if clitic is _ITS and "-" not in base:
                if base in self.names:
                    return base
                if (root := self._stemmer.stem(base)) in self._roots:
                    return self._renamed(root)
        return None

    def _stem_doubled(self, form: str) -> str:
        """The stem of a word said twice: `gerakan-gerakan`, `ormas-ormas`, which no dictionary joins."""
        first = form.partition("-")[0]
        root = self._stemmer.stem(form)
        if first and ("-" in root or self._listed(first)):
            return self.stem(first)
        return self._renamed(root)

    def _from_dictionary(self, form: str) -> str:
        """The dictionary's stem. A root keeps an ending that only looks like a suffix: ber-diskus-i, pe-luk-is."""
        root = self._stemmer.stem(form)
        if form.endswith(_LIKE_SUFFIXES) and not form.startswith(root):
            behind = (form.removeprefix(prefix) for prefix in _PREFIXES if form.startswith(prefix))
            root = next((rest for rest in behind if rest in self._roots), root)
        return self._renamed(root)

    def _renamed(self, root: str) -> str:
        return self.overrides.get(root, root)

    @cached_property
    def _roots(self) -> frozenset[str]:
        return pysastrawi_roots().union(self.loanwords)

    @cached_property
    def _stemmer(self) -> Stemmer:
        return Stemmer(self._roots)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that carinews ships, read at the first call and shared from then on."""
    return Lexicon.load()


def _shipped_rows(source: bytes) -> Iterator[list[str]]:
    """The rows of a file that ships: the tests have looked at each, so nobody's start-up need."""
    return (line.split("\t") for line in source.decode().splitlines() if line and not line.startswith("#"))


def _rows(name: str, source: bytes) -> Iterator[tuple[str, str]]:
    """The rows of a lexicon file. `name` is for the message when a line is not one."""
    try:
        lines = source.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CarinewsError(f"{name}: not UTF-8 ({error.reason} at byte {error.start})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = _ROW.fullmatch(line)
        if row is None:
            raise CarinewsError(f"{name}, line {number}: want a word, a tab and a word in lower case, found {line!r}")
        yield row[1], row[2]
