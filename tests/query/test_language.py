"""What people type, and the tree it is read as."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carinews import QuerySyntaxError, QueryTooComplex
from carinews.model import WIB
from carinews.query.conditions import FIELDS
from carinews.query.language import MAX_CHARACTERS, MAX_DEPTH, MAX_SLOP, MAX_TERMS, Parsed, parse
from carinews.query.tree import (
    And,
    Category,
    Dated,
    Everything,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Joined,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Without,
    Word,
    children,
    leaves,
)
from strategies import ANALYZER, query_texts, words
from support import many_examples


def shown(node: Node) -> str:
    """A tree on one line: `[a b]` ranked, `{a & b}`, `{a | b}`, `{a - b}`, `{a ? b}` b preferred, `'a'` a form."""
    match node:
        case Form(scope, form):
            return _scoped(scope, f"'{form}'")
        case Phrase(scope, forms, slop):
            return _scoped(scope, f'"{" ".join(forms)}"' + (f"~{slop}" if slop != 1 else ""))
        case Word(form, family):
            assert family == Family(form.scope, ANALYZER.stem(form.form), form.boost)
            return _scoped(form.scope, form.form) + (f"^{form.boost}" if form.boost != 1 else "")
        case Pattern(scope, pattern):
            return _scoped(scope, pattern)
        case Fuzzy(scope, form, distance):
            return _scoped(scope, f"{form}~{distance}")
        case Near(parts, slop):
            return f"{{{f' <{slop}> '.join(map(shown, parts))}}}"
        case Joined(parts):
            return f"{{{' + '.join(map(shown, parts))}}}"
        case Filtered(inner, condition):
            return f"{{{shown(inner)} @ {shown(condition)}}}"
        case Dated(since, until):
            return f"date:{_day(since)}..{_day(until)}"
        case Category(name, value):
            return f"{name}:{value}"
        case Ranked(parts):
            return f"[{' '.join(map(shown, parts))}]"
        case And(parts):
            return f"{{{' & '.join(map(shown, parts))}}}"
        case Or(parts):
            return f"{{{' | '.join(map(shown, parts))}}}"
        case Without(inner, excluded):
            return f"{{{shown(inner)} - {shown(excluded)}}}"
        case Prefer(inner, preferred):
            return f"{{{shown(inner)} ? {shown(preferred)}}}"
        case Not(inner):
            return f"!{shown(inner)}"
        case Everything():
            return "*"
        case _:
            assert node == Nothing()
            return "–"


def _day(seconds: int | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, WIB).date().isoformat()


def _scoped(scope: str, text: str) -> str:
    return text if scope == "text" else f"{scope}:{text}"


READABLE = """
gempa                          gempa
gempa palu                     [gempa palu]
gempa palu gempa               [gempa palu]
GEMPA Mosul                    [gempa mosul]

"gempa bumi"                   "gempa bumi"
“gempa bumi”                   "gempa bumi"
«gempa bumi»                   "gempa bumi"
"gempa bumi"~3                 "gempa bumi"~3
"gempa bumi"~0                 "gempa bumi"
"gempa bumi"~999               "gempa bumi"~99
"Gempa"                        'gempa'
""                             –
"gempa bumi" palu              ["gempa bumi" palu]
"Al-Qaeda di Irak"             "al qaeda di irak"

gempa AND palu                 {gempa & palu}
gempa DAN palu                 {gempa & palu}
gempa OR palu                  {gempa | palu}
gempa ATAU palu                {gempa | palu}
NOT gempa                      {* - gempa}
BUKAN gempa                    {* - gempa}
gempa NOT palu                 {gempa - palu}
gempa AND NOT palu             {gempa - palu}
NOT palu AND gempa             {gempa - palu}
gempa DAN BUKAN palu           {gempa - palu}
gempa AND NOT palu AND NOT sigi  {gempa - {palu | sigi}}
NOT gempa AND NOT palu         {!gempa & !palu}
gempa OR NOT palu              {gempa | !palu}
gempa and palu                 [gempa and palu]
gempa dan palu                 [gempa dan palu]

gempa AND palu OR sigi         {{gempa & palu} | sigi}
gempa OR palu AND sigi         {gempa | {palu & sigi}}
gempa OR palu sigi             [{gempa | palu} sigi]
sigi gempa AND palu            [sigi {gempa & palu}]
gempa AND (palu OR sigi)       {gempa & {palu | sigi}}
gempa AND (palu sigi)          {gempa & [palu sigi]}
(gempa palu) sigi              [gempa palu sigi]
((gempa))                      gempa
gempa AND gempa                gempa

+gempa                         gempa
-gempa                         {* - gempa}
+gempa palu                    {gempa ? palu}
+gempa +palu sigi              {{gempa & palu} ? sigi}
gempa -palu                    {gempa - palu}
gempa -palu -sigi              {gempa - {palu | sigi}}
+gempa palu -sigi              {{gempa ? palu} - sigi}
-"gempa bumi"                  {* - "gempa bumi"}
-(gempa palu)                  {* - {gempa | palu}}
gempa AND -palu                {gempa - palu}
-palu AND gempa                {gempa - palu}
+gempa AND palu sigi           {{gempa & palu} ? sigi}
gempa OR +palu                 {gempa | palu}
＋gempa －palu                   {gempa - palu}
gempa - palu                   [gempa palu]
anak-anak                      anak-anak
gempa-palu                     {{gempa & palu} ? "gempa palu"}

=menembak                      'menembak'
=Menembak palu                 ['menembak' palu]
=Al-Qaeda                      "al qaeda"
-=gempa                        {* - 'gempa'}
judul:=gempa                   title:'gempa'

judul:gempa                    title:gempa
title:gempa                    title:gempa
isi:gempa                      body:gempa
body:gempa                     body:gempa
JUDUL:gempa                    title:gempa
judul：gempa                    title:gempa
judul:"gempa bumi"             title:"gempa bumi"
judul:(gempa OR palu)          {title:gempa | title:palu}
judul:gempa palu               [title:gempa palu]
judul:(gempa isi:palu)         [title:gempa body:palu]
-judul:gempa                   {* - title:gempa}
+judul:gempa palu              {title:gempa ? palu}
NOT judul:gempa                {* - title:gempa}
judul: gempa                   [judul gempa]
http://gempa.id                [http gempa id]
09:30                          [09 30]

gemp*                          gemp*
Gemp*,                         gemp*
te?bak                         te?bak
pem*an palu                    [pem*an palu]
judul:gemp*                    title:gemp*
siapa?                         siapa^0.25
apa??                          apa^0.25
tenbak~                        tenbak~1
tenbak~2 palu                  [tenbak~2 palu]
Tenbak~9                       tenbak~2
gempa ~                        gempa

gempa DEKAT palu               {gempa <10> palu}
gempa NEAR/3 palu              {gempa <3> palu}
gempa DEKAT palu DEKAT sigi    {{gempa <10> palu} <10> sigi}
"gempa bumi" DEKAT (palu OR sigi)  {"gempa bumi" <10> {palu + sigi}}
gempa DEKAT al-qaeda           {gempa <10> "al qaeda"}
gempa AND palu DEKAT sigi      {gempa & {palu <10> sigi}}
-gempa DEKAT palu              {* - {gempa <10> palu}}

sumber:tempo.co                source:tempo.co
source:Tempo.co gempa          {gempa @ source:tempo.co}
gempa rubrik:"Ekonomi Bisnis"  {gempa @ section:ekonomi bisnis}
gempa palu kota:Palu jenis:terkait  {[gempa palu] @ {city:palu & kind:related}}
gempa -sumber:tempo.co         {gempa @ !source:tempo.co}
penulis:"Tio Laras"            author:tio laras
(sumber:a OR sumber:b) gempa   {gempa @ {source:a | source:b}}
gempa AND sumber:a             {gempa & source:a}
tanggal:2017                   date:2017-01-01..2018-01-01
tanggal:2017-04 gempa          {gempa @ date:2017-04-01..2017-05-01}
date:2017-04-01..2017-06-30    date:2017-04-01..2017-07-01
tanggal:>=2019                 date:2019-01-01..
tanggal:2019..                 date:2019-01-01..
tanggal:..2019                 date:..2020-01-01
tanggal:2019. gempa            {gempa @ date:2019-01-01..2020-01-01}
tanggal:april-2017             date:2017-04-01..2017-05-01
tanggal:"18 April 2017"        date:2017-04-18..2017-04-19
sumber:=tempo.co               source:=tempo.co
penulis:="Tio Laras" gempa     {gempa @ author:=tio laras}
="gempa bumi"                  "gempa bumi"
tanggal:<2019-05               date:..2019-05-01
gempa tanggal:tidak-ada        {gempa @ !date:..}

Al-Qaeda                       {{al & qaeda} ? "al qaeda"}
Jum’at                         jumat
17.000                         17000
3,5                            3.5
Erdoğan                        erdogan
"""


@pytest.mark.parametrize(
    ("text", "tree"), [[part.strip() for part in line.rsplit("  ", 1)] for line in READABLE.splitlines() if line]
)
def test_a_query_is_read_without_a_warning(text: str, tree: str) -> None:
    """Every rule of the language gives its tree; AND binds closer than OR, OR closer than a space."""
    parsed = parse(text, ANALYZER)
    assert shown(parsed.tree) == tree
    assert parsed.warnings == () or tree == "–"


ODD = """
gempa DEKAT                    [gempa dekat]             DEKAT at 6 joins nothing
gempa DEKAT (a -b)             {gempa & {a - b}}         DEKAT at 6 wants words on both sides
gempa AND                      [gempa and]               AND at 6 joins nothing
AND gempa                      [and gempa]               AND at 0 joins nothing
OR                             or                        OR at 0 joins nothing
gempa ATAU                     [gempa atau]              ATAU at 6 joins nothing
gempa NOT                      [gempa not]               NOT at 6 joins nothing
gempa AND OR palu              [gempa {and | palu}]      AND at 6 joins nothing
gempa AND ()                   gempa                     -
NOT gempa AND ()               {* - gempa}               -
"gempa bumi                    [gempa bumi]              the quote at 0 is never closed
gempa "palu                    [gempa palu]              the quote at 6 is never closed
"gempa" bumi"                  ['gempa' bumi]            the quote at 12 is never closed
(gempa palu                    [gempa palu]              the '(' at 0 is never closed
gempa) palu                    [gempa palu]              the ')' at 5 closes nothing
)gempa(                        gempa                     the ')' at 0 closes nothing
()                             –                         no word to search for in '()'
?!                             –                         no word to search for in '?!'
+                              –                         no word to search for
-                              –                         no word to search for
"…"                            –                         no word to search for
judul:"!"                      –                         no word to search for
judul:-gempa                   title:gempa               the '-' at 6 was left out
NOT -gempa                     {* - gempa}               the '-' at 4 was left out
-AND                           {* - and}                 AND at 1 joins nothing
"""


@pytest.mark.parametrize(
    ("text", "tree", "warning"),
    [(line[:31].strip(), line[31:57].strip(), line[57:].strip()) for line in ODD.splitlines() if line],
)
def test_what_makes_no_sense_is_read_as_words_with_a_warning(text: str, tree: str, warning: str) -> None:
    """Parsing is total: dangling operators, open quotes and parentheses cost a warning and nothing else."""
    parsed = parse(text, ANALYZER)
    assert shown(parsed.tree) == tree
    assert any(warning in one for one in parsed.warnings) or warning == "-"


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "()", '""', "~", "\x00", "\ud800", "’"])
def test_no_word_is_nothing(text: str) -> None:
    """A query without a word matches nothing and says so."""
    parsed = parse(text, ANALYZER)
    assert parsed.tree == Nothing()
    assert any("no word to search for" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(("text", "position"), [("pengarang:budi", 0), ("gempa +tema:palu", 7), ("(x:y", 1)])
def test_an_unknown_field_is_refused(text: str, position: int) -> None:
    """The message names the field, the known ones and the way out; `position` is where the field stands."""
    with pytest.raises(
        QuerySyntaxError, match=r"no field '\w+'.*judul, title, isi, body.*space behind the colon"
    ) as error:
        parse(text, ANALYZER)
    assert (error.value.text, error.value.position) == (text, position)
    assert not isinstance(error.value, QueryTooComplex)


def test_an_unknown_kind_is_refused() -> None:
    """There are two kinds, so what is neither finds nothing by a slip: it is named, and they are."""
    with pytest.raises(QuerySyntaxError, match=r"no kind 'opini' \(at 6\); the kinds are artikel, terkait") as error:
        parse("gempa jenis:opini", ANALYZER)
    assert error.value.position == 6


@pytest.mark.parametrize(
    ("most", "more", "message"),
    [
        ("a".ljust(MAX_CHARACTERS), "a".ljust(MAX_CHARACTERS + 1), "1001 characters, and 1000 is the most"),
        ("a " * MAX_TERMS, "a " * (MAX_TERMS + 1), "more than 64 words"),
        ("a-" * (MAX_TERMS - 1) + "a", "a-" * MAX_TERMS + "a", "more than 64 words"),
        ('"' + "a " * MAX_TERMS + '"', '"' + "a " * (MAX_TERMS + 1) + '"', "more than 64 words"),
        ("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, "(" * (MAX_DEPTH + 1) + "a", "nested more than 20 deep"),
    ],
)
def test_a_query_has_bounds(most: str, more: str, message: str) -> None:
    """The largest query is read, the next larger one refused: length, words, depth."""
    assert parse(most, ANALYZER).tree != Nothing()
    with pytest.raises(QueryTooComplex, match=message) as error:
        parse(more, ANALYZER)
    assert error.value.text == more
    assert 0 <= error.value.position <= len(more)


@many_examples
@given(st.one_of(st.text(), query_texts, st.text(alphabet='ab ()"+-:~3ANDORT\u00ad’', max_size=60)))
@example("judul:judul:judul:a")
@example('("(" ")" -')
def test_any_text_is_a_tree_or_a_syntax_error(text: str) -> None:
    """Nothing else comes out of any string, and what comes out is sound."""
    parsed, refused = None, None
    try:
        parsed = parse(text, ANALYZER)
    except QuerySyntaxError as error:
        refused = error
    if refused:
        assert refused.text == text
        assert 0 <= refused.position <= len(text)
        assert str(refused)
    else:
        check_sound(parsed.tree)


def check_sound(tree: Node) -> None:
    """No empty leaf, no group of one, and Nothing only where there is nothing else."""
    for leaf in leaves(tree):
        match leaf:
            case Phrase(_, forms, slop):
                assert len(forms) > 1
                assert 1 <= slop <= MAX_SLOP
                assert all(forms)
            case Form(_, term) | Family(_, term):
                assert term
                assert not set(term) & set(" \n")
    nodes = [tree]
    for node in nodes:
        nodes += children(node)
        assert not isinstance(node, (Ranked, And, Or)) or len(node.parts) > 1
        assert node != Nothing() or node is tree


@many_examples
@given(query_texts)
def test_a_query_of_known_fields_is_always_read(text: str) -> None:
    """With known fields and few words no query is refused, however its signs stand."""
    parse(text, ANALYZER)
    assert set(FIELDS.values()) == {"title", "body"}


@many_examples
@given(st.lists(st.one_of(words, st.text(max_size=8)), max_size=6).map(" ".join), st.booleans())
def test_the_short_way_of_plain_words_reads_as_the_whole_grammar(text: str, variants: bool) -> None:
    """A query of words alone is read without the grammar; with the grammar (in parentheses) it gives the same."""
    parsed = parse(text, ANALYZER, variants=variants)
    if not set(text) & set("()"):
        other = parse(f"({text})", ANALYZER, variants=variants)
        assert (parsed.tree, parsed.variants) == (other.tree, other.variants)
    assert isinstance(parsed, Parsed)
