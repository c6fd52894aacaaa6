"""How often is a stem right, and are the names left alone?

    python benchmarks/stems.py ../shared/data [--misses] [--json out.json]

Three ways, from the plainest: no stemming; the rules and dictionary of PySastrawi (our `Stemmer`);
those and the lexicon (what search uses). Against the hand-corrected lemmas of the Indonesian
treebank UD CSUI (`stems/ud_csui_lemma.tsv`), in per cent:

types, tokens    words whose stem is the lemma, each counted once, or as often as the news has it
inflected        the same, of the types whose lemma is another word
recall           of the pairs of types that share a lemma, those that share a stem
precision        of the pairs of types that share a stem, those that share a lemma
names            of the names in `lexicon/`, those whose stem is the name itself
protected        the same, of the names in carinews's own names.tsv
of the 45        how many of the 45 failures in `tests/analysis/test_lexicon.py` are mended, a number

Left out: what the analyser cuts in several words (`non-migas`), and words that tell of no matter,
because the treebank's word classes are not in the file. The lemmas are no roots: the treebank leaves
half of all derivations whole (`penyelesaian` beside `menyelesaikan` → `selesai`), so that no stemmer
can reach 100; compare the lines with each other.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from measure import machine, print_table, read_news, write_json

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import default_lexicon
from carinews.analysis.stem import default_stemmer
from carinews.analysis.tokenize import WORD, pieces

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "analysis"))
from test_lexicon import APART, FAMILIES, KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

NAME_FILES = {"names_places.tsv": 6, "names_people.tsv": 4, "names_orgs.tsv": 5}
"""Each with the column that says how often, of all occurrences, the name is written with a capital."""

MOSTLY = 0.75

# The prepositions, conjunctions, determiners and adverbs of the gold file that function_words.tsv lacks.
FUNCTION_WORDS = frozenset(
    """
    sebagai sebagaimana secara sebuah seorang sebelum sesudah setelah seusai selama terhadap tersebut sejumlah
    sebagian melalui mengenai menurut bersama beserta berbagai seluruh setiap sepanjang seiring sehubungan sedangkan
    melainkan selain meskipun tertentu
    """.split()
)


def rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file without its comments."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


def gold_lemmas(data: Path) -> dict[str, str]:
    """The lemma of every content word of the treebank."""
    function_words = FUNCTION_WORDS.union(row[0] for row in rows(data / "lexicon" / "function_words.tsv"))
    return {
        form.lower(): lemma.lower()
        for form, lemma in rows(data / "stems" / "ud_csui_lemma.tsv")
        if form.lower() not in function_words and len(pieces(form)) == 1
    }


def counts_in_news(data: Path) -> Counter[str]:
    """How often each word stands in the news, in lower case."""
    counts: Counter[str] = Counter()
    for record in read_news(data / "news" / "news.jsonl.xz"):
        counts.update(word.lower() for word in WORD.findall(f"{record['title']}\n{record['body']}"))
    return counts


def listed_names(data: Path) -> set[str]:
    """The names of one word in the reference lists that are mostly written with a capital."""
    return {
        row[0]
        for name, share in NAME_FILES.items()
        for row in rows(data / "lexicon" / name)
        if row[0].isascii() and row[0].isalpha() and float(row[share] or 1) >= MOSTLY
    }


def pairs(words: Iterable[str], key: Callable[[str], str]) -> set[tuple[str, str]]:
    """All pairs of words with the same key."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        families[key(word)].append(word)
    return {pair for family in families.values() for pair in combinations(family, 2)}


def mended(stem: Callable[[str], str]) -> int:
    """How many of the 45 failures do not happen: families together, unrelated words apart, names whole."""

    def together(forms: str) -> bool:
        return len({stem(form) for form in forms.split()}) == 1

    def apart(line: str) -> bool:
        forms, _, other = line.partition(" | ")
        return together(forms) and stem(other) != stem(forms.split()[0])

    return (
        sum(all(map(together, lines)) for lines in FAMILIES.values())
        + sum(all(map(apart, lines)) for lines in APART.values())
        + sum(all(stem(name) == name for name in names.split()) for names in KEPT.values())
    )


def score(
    stem: Callable[[str], str], gold: dict[str, str], counts: Counter[str], names: set[str], protected: Collection[str]
) -> dict[str, float]:
    """The measures named above, in per cent."""
    right = {word for word, lemma in gold.items() if stem(word) == lemma}
    inflected = {word for word, lemma in gold.items() if word != lemma}
    wanted, found = pairs(gold, gold.__getitem__), pairs(gold, stem)
    both = len(wanted & found)
    shares = {
        "types": (len(right), len(gold)),
        "tokens": (sum(counts[word] for word in right), sum(counts[word] for word in gold)),
        "inflected": (len(right & inflected), len(inflected)),
        "recall": (both, len(wanted)),
        "precision": (both, len(found)),
        "names": (sum(stem(name) == name for name in names), len(names)),
        "protected": (sum(stem(name) == name for name in protected), len(protected)),
    }
    return {name: 100 * part / whole if whole else 100.0 for name, (part, whole) in shares.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds stems/, lexicon/ and news/")
    parser.add_argument("--misses", action="store_true", help="also list the words that the lexicon's stem misses")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()

    stems: dict[str, Callable[[str], str]] = {
        "no stemming": str,
        "PySastrawi": default_stemmer().stem,
        "with the lexicon": Analyzer().stem,
    }
    gold, counts, names = gold_lemmas(options.data), counts_in_news(options.data), listed_names(options.data)
    measured = {name: score(stem, gold, counts, names, default_lexicon().names) for name, stem in stems.items()}
    print(f"{len(gold):,} words, {len(names):,} names, {len(default_lexicon().names):,} protected\n")
    print_table(
        ("", *measured["PySastrawi"], "of the 45"),
        [
            (name, *(f"{share:.1f}" for share in shares.values()), str(mended(stems[name])))
            for name, shares in measured.items()
        ],
    )
    if options.misses:
        stem = stems["with the lexicon"]
        print(*(f"{word}: {stem(word)}, gold {lemma}" for word, lemma in gold.items() if stem(word) != lemma), sep="\n")
        print("names changed:", *(f"{name} → {stem(name)}" for name in sorted(names) if stem(name) != name))
    print(json.dumps(machine()))
    write_json(
        options.json,
        {
            "machine": machine(),
            "words": len(gold),
            "names": len(names),
            "stems": measured,
            "mended": {name: mended(stem) for name, stem in stems.items()},
        },
    )


if __name__ == "__main__":
    main()
