"""Does the default search find what is sought, and is it better than plainer ways and than others?

    python benchmarks/relevance.py ../shared/data [--lucene JARS] [--systems carinews,SQLite] [--runs FOLDER]

MRR@10, nDCG@10, recall@100 and success@1 of each system (`relevance_systems.py`) on each collection
(`relevance_collections.py`), and how far carinews is ahead of each Lucene, with paired bootstrap intervals of 95 %; at
the end the same over all collections, each weighing the same. JARS is a folder with lucene-core and
lucene-analysis-common; Maven's `dependency:copy` fetches them. Queries are plain words: signs of the query language are
taken out. A lone difference below .005 means nothing.

In FOLDER each collection is kept as `carinews eval` reads it, with a run a system. A run that is there is not made
again, so a long measurement can be interrupted.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import machine, print_table, write_json
from relevance_collections import SEED, Documents, Topic, collections
from relevance_systems import LUCENES, SYSTEMS, Lucene, System, has_java

from carinews.evaluation import MEASURES, Difference, Scores, averaged, compare, measure, read_run, write_run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Of = dict[str, Scores]  # what each system reaches


def measured(documents: Documents, systems: Sequence[type[System]], kept: Path) -> dict[str, Of]:
    """The scores of every system on every set of queries over some documents, by queries and system."""
    size = sum(1 for _ in documents.articles())
    found: dict[str, Of] = {topic.name: {} for topic in documents.topics}
    for topic in documents.topics:
        write_topic(topic, kept / topic.name)
    with tempfile.TemporaryDirectory() as folder:
        for system in systems:
            if size <= system.most:
                make_runs(documents, system, kept, Path(folder))
                for topic in documents.topics:
                    run = read_run(_run_file(kept, topic, system))
                    found[topic.name][system.name] = measure(run, topic.judgements)
    return found


def make_runs(documents: Documents, system: type[System], kept: Path, folder: Path) -> None:
    """Write the runs of a system that are not there."""
    missing = [topic for topic in documents.topics if not _run_file(kept, topic, system).exists()]
    if not missing:
        return
    started = time.perf_counter()
    opened = system(documents.articles(), folder)
    print(f"{documents.name}: {system.name}, index {time.perf_counter() - started:.0f} s", flush=True)
    for topic in missing:
        started = time.perf_counter()
        run = opened.run(topic.queries)
        place = _run_file(kept, topic, system)
        part = place.with_suffix(".part")
        with open(part, "w", encoding="utf-8") as file:
            write_run(run, file, system.__name__)
        part.replace(place)
        print(f"    {topic.name}, {time.perf_counter() - started:.0f} s", flush=True)


def write_topic(topic: Topic, folder: Path) -> None:
    """Queries and judgements as files of BEIR."""
    folder.mkdir(parents=True, exist_ok=True)
    queries = (json.dumps({"_id": query, "text": text}, ensure_ascii=False) for query, text in topic.queries.items())
    (folder / "queries.jsonl").write_text("".join(f"{line}\n" for line in queries), encoding="utf-8")
    grades = (
        f"{query}\t{document}\t{grade}\n"
        for query, documents in topic.judgements.items()
        for document, grade in documents.items()
    )
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(grades), encoding="utf-8")


def _run_file(kept: Path, topic: Topic, system: type[System]) -> Path:
    return kept / topic.name / f"{system.__name__.lower()}.run"


def ahead(found: Of) -> dict[str, Difference]:
    """How far carinews is ahead of every Lucene in MRR@10."""
    others = [system.name for system in LUCENES if system.name in found]
    return {name: compare(found["carinews"], found[name], "mrr@10") for name in others if "carinews" in found}


def summary(found: Of) -> dict[str, Any]:
    """The means of each system, and the lead of carinews over each Lucene, as JSON."""
    return {
        "queries": len(next(iter(found.values()), ())),
        "systems": {name: of.means() for name, of in found.items()},
        "ahead": {name: lead._asdict() for name, lead in ahead(found).items()},
    }


def overall(figures: Mapping[str, Of]) -> dict[str, Any]:
    """The mean of MRR@10 over all collections, of what was measured on each of them, and the lead of carinews.

    `best of each`: the Lucene that is best on that collection, which nobody could choose beforehand.
    """
    several = list(figures.values())
    names = [name for name in several[0] if all(name in found for found in several)]
    lucenes = [system.name for system in LUCENES if system.name in names]
    means = {name: sum(found[name].mean("mrr@10") for found in several) / len(several) for name in names}
    leads: dict[str, Any] = {}
    if lucenes and "carinews" in names:
        best = [max((found[name] for name in lucenes), key=lambda of: of.mean("mrr@10")) for found in several]
        ours = [found["carinews"] for found in several]
        leads = {name: averaged(ours, [found[name] for found in several], "mrr@10")._asdict() for name in lucenes}
        leads["best of each"] = averaged(ours, best, "mrr@10")._asdict()
    return {"collections": list(figures), "mrr@10": means, "ahead": leads}


def show(figures: dict[str, Any]) -> None:
    for name, found in figures.items():
        rows = [(system, *(f"{of[which]:.3f}" for which in MEASURES)) for system, of in found["systems"].items()]
        print_table((f"{name} ({found['queries']:,} queries)", *MEASURES), rows)
        show_leads(found["ahead"])


def show_leads(leads: Mapping[str, Mapping[str, float]]) -> None:
    rows = [(name, f"{of['mean']:+.3f} [{of['low']:+.3f}, {of['high']:+.3f}]") for name, of in leads.items()]
    if rows:
        print_table(("carinews before", "MRR@10"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds relevance/ and news/")
    parser.add_argument("--lucene", type=Path, metavar="JARS", help="the folder with Lucene's jars")
    parser.add_argument("--systems", help="only systems whose names begin so, parted by commas")
    parser.add_argument("--collections", help="only documents whose names begin so, parted by commas")
    parser.add_argument("--runs", type=Path, metavar="FOLDER", help="keep the runs there, and do not make them again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    systems: list[type[System]] = list(SYSTEMS)
    if options.lucene and has_java():
        Lucene.jars = options.lucene.resolve()
        systems += LUCENES
    else:
        print("Lucene is not measured: name its jars with --lucene, and have java on the path")
    if options.systems:
        systems = [system for system in systems if system.name.startswith(tuple(options.systems.split(",")))]
    wanted = tuple((options.collections or "").split(","))
    scores: dict[str, Of] = {}
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for documents in collections(options.data):
            if documents.name.startswith(wanted):
                here = measured(documents, systems, options.runs or Path(folder))
                scores |= here
                figures |= (shown := {name: summary(of) for name, of in here.items()})
                show(shown)
                result = {"machine": machine(), "seed": SEED, "figures": figures, "overall": overall(scores)}
                write_json(options.json, result)
    print(f"Over {', '.join(scores)}:\n")
    print_table(("system", "MRR@10"), [(name, f"{mean:.3f}") for name, mean in overall(scores)["mrr@10"].items()])
    show_leads(overall(scores)["ahead"])
    print(json.dumps(machine()))


if __name__ == "__main__":
    main()
