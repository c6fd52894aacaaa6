"""What a person types becomes a query tree.

    text ──lexemes──▶ words, phrases, signs, fields ──this grammar──▶ tree

`carinews help query` tells the language to people (`cli/pages/query.md`). A word matches in all
its forms. AND binds closer than OR, OR closer than a space. Parsing is total: what makes no sense is
read as words, with a warning. Only an unknown field and a date that is none are refused
(`QuerySyntaxError`), and a query past the bounds below (`QueryTooComplex`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import fold, uncased
from carinews.analysis.tokenize import WORD
from carinews.errors import QueryTooComplex
from carinews.query.conditions import CATEGORIES, DATES, FIELDS, category, dated, is_condition, unknown_field
from carinews.query.groups import Sequence, all_of, any_of, ranked, standing, unique
from carinews.query.lexemes import MAX_SLOP, RESERVED, Lexeme, cut, is_shouted
from carinews.query.tree import (
    MAX_DISTANCE,
    Form,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Scope,
    Without,
    boosted,
)
from carinews.query.widening import Typed, Widening, typed, widened
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.analysis.analyzer import Analyzer
    from carinews.analysis.variants import Variant
    from carinews.query.widening import Brought

__all__ = ["MAX_SLOP", "Parsed", "parse"]

MAX_CHARACTERS = 1_000
MAX_TERMS = 64
MAX_DEPTH = 20
MAX_BOOST = 100

_PATTERN = re.compile(r"[\w'’-]+[*?][\w'’*?-]*")
_CLOSE = re.compile(r"([\w'’-]+)~(\d?)")
_SPECIAL = re.compile(r"[*?~]")
_CLOSING = ".,;:!"


class Parsed(NamedTuple):
    """A query that was read: its tree, what was odd about it, and the variants that words of it brought."""

    tree: Node
    warnings: tuple[str, ...]
    variants: Brought = ()


def parse(text: str, analyzer: Analyzer, *, variants: bool = False) -> Parsed:
    """Read a query; with `variants`, plain words bring the other forms of their meaning.

    Raises QuerySyntaxError for an unknown field or what is no date, QueryTooComplex past a bound.
    """
    if len(text) > MAX_CHARACTERS:
        message = Message(
            "the query has {length} characters, and {most} is the most; shorten it",
            length=len(text),
            most=MAX_CHARACTERS,
        )
        raise QueryTooComplex(message, text, MAX_CHARACTERS)
    plain = _plain(text, analyzer, variants) if text.replace(" ", "").isalnum() else None
    return plain or _Parser(text, analyzer, variants).parse()


def _plain(text: str, analyzer: Analyzer, variants: bool) -> Parsed | None:
    """A query of nothing but words, as most are, read in a third of the time.

    None where a word is an operator or has several terms: then the whole grammar is needed.
    """
    words = text.split()
    run = typed(text.lower() if is_shouted(text) else text, analyzer)
    if len(run) != len(words) or len(run) > MAX_TERMS or not RESERVED.isdisjoint(words):
        return None
    if not variants:
        return Parsed(ranked([widened("text", term.form, (), analyzer) for term in run]), ())
    widening = Widening([run], analyzer)
    parts = [widened("text", term.form, widening.of(number), analyzer) for number, term in enumerate(run)]
    return Parsed(ranked(parts), (), widening.brought)


class _Parser:
    """Reads lexemes from left to right; each method takes one rule of the grammar."""

    def __init__(self, text: str, analyzer: Analyzer, variants: bool) -> None:
        self._text = text
        self._analyzer = analyzer
        self._lexemes, self._warnings = cut(text)
        self._terms = 0
        self._depth = 0
        self._at = 0
        self._shouted = is_shouted(text)
        self._negations = 0
        self._numbers: dict[int, int] = {}
        self._widening = Widening(self._runs(), analyzer) if variants else None

    def parse(self) -> Parsed:
        """The whole query."""
        tree = self._sequence("text")
        while self._at < len(self._lexemes):  # a closing parenthesis that nothing opened
            place = self._lexemes[self._at].position
            self._warn("the ')' at {place} closes nothing and was left out", place=place)
            self._at += 1
            tree = ranked([tree, self._sequence("text")])
        if tree == Nothing():
            self._warn("no word to search for in {text!r}", text=self._text)
        brought = self._widening.brought if self._widening else ()
        return Parsed(tree, tuple(dict.fromkeys(self._warnings)), brought)

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
        found = Sequence()
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
        return any_of(unique(parts))

    def _and(self, scope: Scope) -> Node:
        parts = [self._signed(scope)]
        while self._take_operator("AND"):
            parts.append(self._signed(scope))
        parts = unique(parts)
        wanted: list[Node] = [part for part in parts if not isinstance(part, Not)]
        excluded: list[Node] = [part.node for part in parts if isinstance(part, Not)]
        if not excluded or not wanted:
            return all_of(parts)
        return Without(all_of(wanted), any_of(excluded))

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
        if isinstance(part, Ranked):
            part = any_of(list(part.parts))  # not even a weak match is wanted
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
        self._warn(
            "{word} at {place} wants words on both sides and was read as AND", word=near.text, place=near.position
        )
        return all_of(unique([node, other]))

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
                    "the {sign!r} at {place} was left out; put it before the field or the word",
                    sign=lexeme.text,
                    place=lexeme.position,
                )
                return self._primary(scope)
            case _:
                self._warn(
                    "{word} at {place} joins nothing and was read as a word", word=lexeme.text, place=lexeme.position
                )
                return self._words(scope, lexeme)

    def _group(self, scope: Scope, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            message = Message("parentheses are nested more than {most} deep; take some away", most=MAX_DEPTH)
            raise QueryTooComplex(message, self._text, opening.position)
        node = self._sequence(scope)
        self._depth -= 1
        if self._peek() is None:
            self._warn("the '(' at {place} is never closed", place=opening.position)
        else:
            self._at += 1
        return node

    def _in_field(self, lexeme: Lexeme) -> Node:
        name = lexeme.text[:-1].lower()
        if name in FIELDS:
            return self._primary(FIELDS[name])
        if name in CATEGORIES:
            return category(CATEGORIES[name], self._value(), self._text, lexeme.position)
        if name in DATES:
            return dated(self._value(), self._text, lexeme.position)
        raise unknown_field(lexeme.text[:-1], self._text, lexeme.position)

    def _value(self) -> str:
        """What stands behind the colon of a field that holds no text."""
        whole = self._peek_kind() == "exact"
        self._at += whole
        if self._peek_kind() not in ("word", "phrase"):
            return ""
        self._at += 1
        value = self._lexemes[self._at - 1].text.strip()
        return "=" * whole + (value if value.endswith("..") else value.rstrip(_CLOSING))

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
        if _SPECIAL.search(lexeme.text) and (special := self._special(scope, lexeme)) is not None:
            return special
        parts: list[Node] = []
        number = self._numbers.get(lexeme.position) if self._widening and not self._negations else None
        for word in WORD.findall(self._letters(lexeme)):
            forms = self._forms(word, lexeme)
            parts.append(self._word(scope, forms, number))
            number = None if number is None else number + len(forms)
        return ranked(unique(parts))

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
        return Prefer(all_of(unique(words)), Phrase(scope, tuple(map(uncased, forms))))

    def _variants(self, number: int | None, nth: int) -> tuple[Variant, ...]:
        return () if number is None or self._widening is None else self._widening.of(number + nth)

    def _forms(self, word: str, lexeme: Lexeme) -> list[str]:
        forms = [piece.form for piece in self._analyzer.pieces(word)]
        self._count(len(forms), lexeme)
        return forms

    def _count(self, terms: int, lexeme: Lexeme) -> None:
        self._terms += terms
        if self._terms > MAX_TERMS:
            message = Message("the query has more than {most} words; leave some out", most=MAX_TERMS)
            raise QueryTooComplex(message, self._text, lexeme.position)

    # -- lexemes ---------------------------------------------------------------------------------

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _peek_kind(self) -> str:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else ""

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

    def _warn(self, pattern: str, **values: object) -> None:
        self._warnings.append(Message(pattern, **values))
