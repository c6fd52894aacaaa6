"""What a person types becomes a query tree.

The language::

    gempa palu               any of the words; documents that hold all of them come first
    "gempa bumi"             these written forms, in this order; "gempa palu"~5 at most five words apart
    gempa AND (palu OR donggala)      also DAN, ATAU; NOT and BUKAN: operators in capitals
    gempa DEKAT palu         near each other, in any order: ten words apart at most; also NEAR, DEKAT/5
    +gempa -lombok           must hold gempa, must not hold lombok
    =menembak                this written form only
    gemp*  te?bak            written forms that begin so; with any one letter in this place
    tenbak~  tenbak~2        written forms one letter off, or two
    gempa^2 palu             the first counts twice
    judul:gempa  isi:gempa   in the title, in the body (also title:, body:)
    sumber:tempo.co  rubrik:Dunia  kota:Palu  penulis:"Tio Laras"  jenis:terkait
                             of this source, section, city, author, kind (also in English)
    tanggal:2017-04          also 2016..2018, >=2019, kemarin, bulan-lalu, 7-hari, tidak-ada (also date:)

A word matches in all its forms. AND binds closer than OR, OR closer than a space. Parsing is
total: what makes no sense is read as words, with a warning. Only an unknown field and a date that
is none are refused (`QuerySyntaxError`), and a query past the bounds below (`QueryTooComplex`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import fold, uncased
from carinews.analysis.tokenize import WORD
from carinews.errors import QuerySyntaxError, QueryTooComplex
from carinews.query.dates import seconds
from carinews.query.tree import (
    MAX_DISTANCE,
    And,
    Category,
    Dated,
    Everything,
    Filtered,
    Form,
    Fuzzy,
    Joined,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Scope,
    Without,
    Word,
    boosted,
    children,
)
from carinews.query.widening import Typed, Widening, typed, widened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carinews.analysis.analyzer import Analyzer
    from carinews.analysis.variants import Variant
    from carinews.query.widening import Brought

MAX_CHARACTERS = 1_000
MAX_TERMS = 64
MAX_DEPTH = 20
MAX_SLOP = 99
"""Below `segment.TITLE_GAP`, so that no phrase runs from the title into the body."""

FIELDS: dict[str, Scope] = {"judul": "title", "title": "title", "isi": "body", "body": "body"}
CATEGORIES = {
    **dict.fromkeys(("sumber", "source"), "source"),
    **dict.fromkeys(("rubrik", "section"), "section"),
    **dict.fromkeys(("kota", "city"), "city"),
    **dict.fromkeys(("penulis", "author"), "author"),
    **dict.fromkeys(("jenis", "kind"), "kind"),
}
DATES = ("tanggal", "date")
KINDS = {"artikel": "article", "terkait": "related"}
UNDATED = ("tidak-ada", "none")
OPERATORS = {"AND": "AND", "DAN": "AND", "OR": "OR", "ATAU": "OR", "NOT": "NOT", "BUKAN": "NOT"}

NEAR = 10
"""So many words apart are near, where nothing else is said."""

MAX_BOOST = 100

_LONGEST_ACRONYM = 5
_NEAR = re.compile(r"(?:NEAR|DEKAT)(?:/(\d{1,2}))?")
_PATTERN = re.compile(r"[\w'’-]+[*?][\w'’*?-]*")
_CLOSE = re.compile(r"([\w'’-]+)~(\d?)")
_CLOSING = ".,;:!"

_QUOTES = "“”„‟«»″＂"
_SAME_SIGN = str.maketrans(
    dict.fromkeys(_QUOTES, '"')
    | {chr(wide): chr(wide - 0xFEE0) for wide in (0xFF08, 0xFF09, 0xFF0B, 0xFF0D, 0xFF1A, 0xFF1D)}
)
_LEXEME = re.compile(
    r"""(?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<sign>(?<![^\s(:])[+-](?=[^\s+)-]))
    | (?P<exact>(?<![^\s(:+-])=(?=\w))
    | (?P<field>(?<![^\s(+-])[^\W\d_]+:(?=[^\s:/)]))
    | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
    | (?P<boost>(?<=[\w")*~])\^\d{1,3}(?:\.\d{1,3})?(?![^\s()"]))
    | (?P<word>(?:(?!\^\d)[^\s()"]|(?<![\w*~])\^)+)
    | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)


class Parsed(NamedTuple):
    """A query that was read: its tree, what was odd about it, and the variants that words of it brought."""

    tree: Node
    warnings: tuple[str, ...]
    variants: Brought = ()


class Lexeme(NamedTuple):
    kind: str
    text: str
    position: int
    slop: int = 1


@dataclass(slots=True)
class _Sequence:
    """What stands side by side: wanted, required and excluded parts."""

    wanted: list[Node] = field(default_factory=list)
    required: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)

    def node(self) -> Node:
        """One node for the whole sequence; Nothing for an empty one."""
        if not self.conditions:
            return self._of_words()
        condition = _all(_unique(self.conditions))
        words = self._of_words()
        return condition if words == Nothing() else Filtered(words, condition)

    def _of_words(self) -> Node:
        wanted = _unique(self.wanted)
        required = _unique(self.required)
        node: Node = _all(required) if required else _ranked(wanted)
        if required and wanted:
            node = Prefer(node, _ranked(wanted))
        if not self.excluded:
            return node
        if not required and not wanted:
            node = Everything()
        return Without(node, _any(_unique(self.excluded)))


def parse(text: str, analyzer: Analyzer, *, variants: bool = False) -> Parsed:
    """Read a query; with `variants`, plain words bring the other forms of their meaning.

    Raises QuerySyntaxError for an unknown field or what is no date, QueryTooComplex past a bound.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryTooComplex(
            f"the query has {len(text)} characters, and {MAX_CHARACTERS} is the most; shorten it",
            text,
            MAX_CHARACTERS,
        )
    return _Parser(text, analyzer, variants).parse()


class _Parser:
    """Reads lexemes from left to right; each method takes one rule of the grammar."""

    def __init__(self, text: str, analyzer: Analyzer, variants: bool) -> None:
        self._text = text
        self._analyzer = analyzer
        self._warnings: list[str] = []
        self._terms = 0
        self._depth = 0
        self._at = 0
        self._lexemes = self._cut(text.translate(_SAME_SIGN))
        self._shouted = _is_shouted(text)
        self._negations = 0
        self._numbers: dict[int, int] = {}
        self._widening = Widening(self._runs(), analyzer) if variants else None

    def parse(self) -> Parsed:
        """The whole query."""
        tree = self._sequence("text")
        while self._at < len(self._lexemes):  # a closing parenthesis that nothing opened
            self._warn(f"the ')' at {self._lexemes[self._at].position} closes nothing and was left out")
            self._at += 1
            rest = self._sequence("text")
            tree = _ranked([part for part in (tree, rest) if part != Nothing()])
        if tree == Nothing():
            self._warn(f"no word to search for in {self._text!r}")
        brought = self._widening.brought if self._widening else ()
        return Parsed(tree, tuple(dict.fromkeys(self._warnings)), brought)

    def _cut(self, text: str) -> list[Lexeme]:
        lexemes = []
        for match in _LEXEME.finditer(text):
            kind = str(match.lastgroup)
            if kind == "slop":
                kind = "phrase"
            if kind == "odd":
                self._warn(f"the quote at {match.start()} is never closed; what follows was read as words")
            elif kind == "word" and (near := _NEAR.fullmatch(match[0])):
                lexemes.append(Lexeme("NEAR", match[0], match.start(), int(near[1] or NEAR)))
            elif kind == "word" and match[0] in OPERATORS:
                lexemes.append(Lexeme(OPERATORS[match[0]], match[0], match.start()))
            elif kind != "space":
                slop = int(match["slop"] or 1)
                lexemes.append(Lexeme(kind, match[kind], match.start(), min(max(1, slop), MAX_SLOP)))
        return lexemes

    def _runs(self) -> list[list[Typed]]:
        """The plain words that stand side by side, by their terms; the first term of each lexeme is numbered."""
        runs: list[list[Typed]] = []
        count, before = 0, ""
        for lexeme in self._lexemes:
            plain = lexeme.kind == "word" and before not in ("exact", "-", "NOT")
            if plain:
                terms = typed(self._letters(lexeme), self._analyzer)
                self._numbers[lexeme.position] = count
                count += len(terms)
                if before == "plain":
                    runs[-1] += terms
                else:
                    runs.append(terms)
            before = "plain" if plain else lexeme.text if lexeme.kind == "sign" else lexeme.kind
        return runs

    def _letters(self, lexeme: Lexeme) -> str:
        """A lexeme's text, without capitals that tell nothing."""
        return lexeme.text.lower() if self._shouted else lexeme.text

    # -- grammar: sequence = or+ ; or = and (OR and)* ; and = signed (AND signed)* ; primary (NEAR primary)*

    def _sequence(self, scope: Scope) -> Node:
        found = _Sequence()
        while (lexeme := self._peek()) and lexeme.kind != "close":
            required = lexeme.kind == "sign" and lexeme.text == "+"
            part = self._or(scope)
            if is_condition(part):
                found.conditions.append(part)
                continue
            place = found.excluded if isinstance(part, Not) else found.required if required else found.wanted
            if part != Nothing():
                place.append(part.node if isinstance(part, Not) else part)
        return found.node()

    def _or(self, scope: Scope) -> Node:
        parts = [self._and(scope)]
        while self._take_operator("OR"):
            parts.append(self._and(scope))
        return _any(_unique(parts))

    def _and(self, scope: Scope) -> Node:
        parts = [self._signed(scope)]
        while self._take_operator("AND"):
            parts.append(self._signed(scope))
        parts = _unique(parts)
        wanted: list[Node] = [part for part in parts if not isinstance(part, Not)]
        excluded: list[Node] = [part.node for part in parts if isinstance(part, Not)]
        if not excluded or not wanted:
            return _all(parts)
        return Without(_all(wanted), _any(excluded))

    def _signed(self, scope: Scope) -> Node:
        lexeme = self._peek()
        signed = lexeme is not None and lexeme.kind == "sign"
        negated = lexeme is not None and lexeme.kind == "NOT" and self._starts_primary(self._at + 1)
        if lexeme is None or not (signed or negated):
            return self._near(scope)
        self._at += 1
        if lexeme.text == "+":
            return self._near(scope)
        self._negations += 1  # who does not want a word says which: it brings no other
        part = self._near(scope)
        self._negations -= 1
        return part if part == Nothing() else Not(part)

    def _near(self, scope: Scope) -> Node:
        """Parts that stand near one another, or a single one."""
        node = self._boosted(scope)
        while (near := self._peek()) and near.kind == "NEAR" and self._starts_primary(self._at + 1):
            self._at += 1
            other = self._boosted(scope)
            if Nothing() not in (node, other):
                node = self._pair(node, other, near)
        return node

    def _pair(self, node: Node, other: Node, near: Lexeme) -> Node:
        places = standing(node), standing(other)
        if None not in places:
            return Near(places, near.slop, ordered=False)  # type: ignore[arg-type]
        self._warn(f"{near.text} at {near.position} wants words on both sides and was read as AND")
        return _all(_unique([node, other]))

    def _boosted(self, scope: Scope) -> Node:
        """A part of a query, with what it counts."""
        node = self._primary(scope)
        while (lexeme := self._peek()) and lexeme.kind == "boost":
            self._at += 1
            node = boosted(node, min(float(lexeme.text[1:]), MAX_BOOST))
        return node

    def _primary(self, scope: Scope) -> Node:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind == "close":
            return Nothing()
        self._at += 1
        match lexeme.kind:
            case "open":
                return self._group(scope, lexeme)
            case "field":
                return self._in_field(lexeme)
            case "phrase":
                return self._phrase(scope, lexeme)
            case "exact":
                return self._exact(scope)
            case "word":
                return self._words(scope, lexeme)
            case "sign":
                self._warn(
                    f"the {lexeme.text!r} at {lexeme.position} was left out; put it before the field or the word"
                )
                return self._primary(scope)
            case _:
                self._warn(f"{lexeme.text} at {lexeme.position} joins nothing and was read as a word")
                return self._words(scope, lexeme)

    def _group(self, scope: Scope, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryTooComplex(
                f"parentheses are nested more than {MAX_DEPTH} deep; take some away",
                self._text,
                opening.position,
            )
        node = self._sequence(scope)
        self._depth -= 1
        if self._peek() is None:
            self._warn(f"the '(' at {opening.position} is never closed")
        else:
            self._at += 1
        return node

    def _in_field(self, lexeme: Lexeme) -> Node:
        name = lexeme.text[:-1]
        if name.lower() in FIELDS:
            return self._primary(FIELDS[name.lower()])
        if name.lower() in CATEGORIES:
            return self._category(CATEGORIES[name.lower()])
        if name.lower() in DATES:
            return self._dated(lexeme)
        raise QuerySyntaxError(
            f"there is no field {name!r} (at {lexeme.position}); the fields are "
            f"{', '.join([*FIELDS, *CATEGORIES, *DATES])}. To search for the words, put a space behind the colon",
            self._text,
            lexeme.position,
        )

    def _category(self, name: str) -> Node:
        value = fold(self._value())
        if name == "kind":
            value = KINDS.get(value, value)
        return Category(name, value) if value else Nothing()

    def _dated(self, lexeme: Lexeme) -> Node:
        value = self._value()
        if value.lower() in UNDATED:
            return Not(Dated())
        try:
            return Dated(*seconds(value))
        except ValueError:
            raise QuerySyntaxError(
                f"{value!r} (at {lexeme.position}) is no date: write 2017-04, 2016..2018, >=2019, kemarin or 7-hari",
                self._text,
                lexeme.position,
            ) from None

    def _value(self) -> str:
        """What stands behind the colon of a field that holds no text."""
        lexeme = self._peek()
        if lexeme is None or lexeme.kind not in ("word", "phrase"):
            return ""
        self._at += 1
        return lexeme.text.strip().rstrip(_CLOSING)

    # -- leaves ----------------------------------------------------------------------------------

    def _phrase(self, scope: Scope, lexeme: Lexeme) -> Node:
        forms = tuple(uncased(form) for word in WORD.findall(lexeme.text) for form in self._forms(word, lexeme))
        if len(forms) > 1:
            return Phrase(scope, forms, lexeme.slop)
        return Form(scope, forms[0]) if forms else Nothing()

    def _exact(self, scope: Scope) -> Node:
        """What follows the `=`, as if it stood in quotes."""
        following = self._peek()
        if following is None or following.kind != "word":
            return self._primary(scope)
        self._at += 1
        return self._phrase(scope, following)

    def _words(self, scope: Scope, lexeme: Lexeme) -> Node:
        if (special := self._special(scope, lexeme)) is not None:
            return special
        parts: list[Node] = []
        number = self._numbers.get(lexeme.position) if self._widening and not self._negations else None
        for word in WORD.findall(self._letters(lexeme)):
            forms = self._forms(word, lexeme)
            parts.append(self._word(scope, forms, number))
            number = None if number is None else number + len(forms)
        return _ranked(_unique(parts))

    def _special(self, scope: Scope, lexeme: Lexeme) -> Node | None:
        """A pattern or a misspelt word; None for words. A question mark at the end is one of a question."""
        text = lexeme.text.rstrip(_CLOSING)
        if _PATTERN.fullmatch(text) and ("*" in text or not text.endswith("?")):
            self._count(1, lexeme)
            letters = "".join(sign if sign in "*?" else fold(sign) for sign in text)
            return Pattern(scope, letters.rstrip("?") if "*" not in letters else letters)
        if (close := _CLOSE.fullmatch(text)) and fold(close[1]):
            self._count(1, lexeme)
            return Fuzzy(scope, fold(close[1]), min(int(close[2] or 1), MAX_DISTANCE))
        return None

    def _word(self, scope: Scope, forms: list[str], number: int | None) -> Node:
        """One written word. One of several terms (Al-Qaeda) must hold them all, best side by side.

        `number` counts the first of its terms among all that may bring variants.
        """
        words = [widened(scope, form, self._variants(number, nth), self._analyzer) for nth, form in enumerate(forms)]
        if len(words) < 2:
            return words[0] if words else Nothing()
        return Prefer(_all(_unique(words)), Phrase(scope, tuple(map(uncased, forms))))

    def _variants(self, number: int | None, nth: int) -> tuple[Variant, ...]:
        return () if number is None or self._widening is None else self._widening.of(number + nth)

    def _forms(self, word: str, lexeme: Lexeme) -> list[str]:
        forms = [piece.form for piece in self._analyzer.pieces(word)]
        self._count(len(forms), lexeme)
        return forms

    def _count(self, terms: int, lexeme: Lexeme) -> None:
        self._terms += terms
        if self._terms > MAX_TERMS:
            raise QueryTooComplex(
                f"the query has more than {MAX_TERMS} words; leave some out", self._text, lexeme.position
            )

    # -- lexemes ---------------------------------------------------------------------------------

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take_operator(self, kind: str) -> bool:
        """Step over an operator that has something on its right side."""
        lexeme = self._peek()
        if lexeme is None or lexeme.kind != kind or not self._starts_primary(self._at + 1):
            return False
        self._at += 1
        return True

    def _starts_primary(self, at: int) -> bool:
        kinds = [lexeme.kind for lexeme in self._lexemes[at : at + 2]]
        if kinds[:1] in (["NOT"], ["sign"]):
            kinds = kinds[1:]
        return kinds[:1] in (["open"], ["field"], ["exact"], ["phrase"], ["word"])

    def _warn(self, message: str) -> None:
        self._warnings.append(message)


def standing(node: Node) -> Node | None:
    """A part of a query as what stands at places of a text; None for what does not, such as a date."""
    match node:
        case Ranked(parts) | Or(parts):
            places = tuple(map(standing, parts))
            return None if None in places else Joined(places)  # type: ignore[arg-type]
        case Prefer(_, Phrase() as phrase):
            return phrase
        case _ if isinstance(node, (Word, Leaf, Near)):
            return node
    return None


def is_condition(node: Node) -> bool:
    """Whether a node only says which documents may be found, not what they are about: dates and categories."""
    match node:
        case Dated() | Category():
            return True
        case Not() | Without() | And() | Or():
            return all(map(is_condition, children(node)))
        case _:
            return False


def _is_shouted(text: str) -> bool:
    """Whether a query is typed in capitals throughout, so that they do not tell an acronym from a word."""
    return text.isupper() and any(len(word) > _LONGEST_ACRONYM for word in text.split())


def _unique(parts: Iterable[Node]) -> list[Node]:
    """The parts that can match, each once."""
    return [part for part in dict.fromkeys(parts) if part != Nothing()]


def _ranked(parts: list[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Ranked) else [part]
    flat = _unique(flat)
    return _one(flat) or Ranked(tuple(flat))


def _all(parts: list[Node]) -> Node:
    return _one(parts) or And(tuple(parts))


def _any(parts: list[Node]) -> Node:
    return _one(parts) or Or(tuple(parts))


def _one(parts: list[Node]) -> Node | None:
    return None if len(parts) > 1 else parts[0] if parts else Nothing()
