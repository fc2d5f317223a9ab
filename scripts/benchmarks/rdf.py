"""Writing RDF, beside rdflib building and serialising the same triples; and memory as files grow."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.export.rdf import write
from kg.export.rdf.rdflib_graph import to_rdflib
from kg.graph import KnowledgeGraph, writing
from kg.graph.store import connect_for_writing
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Rule,
    Span,
    Statement,
)

ROOT = Path(__file__).resolve().parents[2]
SENTENCES, MENTIONS, CONCEPTS = 8, 40, 12
REPEATS = 3
COMPARED = {"plain": 5000, "evidence": 200}
"""Papers of the graphs that are written beside rdflib: about 200,000 triples in either profile."""
SIZES = (100, 1000, 5000)
"""Papers of the graphs whose export's memory is measured: about 0.1, 1 and 5 million triples."""


def run(shared: Path) -> list[dict[str, Any]]:
    """Ratios of time to rdflib's, medians of several runs in turn, and peak memory by size."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for profile, papers in COMPARED.items():
            graph = KnowledgeGraph.load(make_store(Path(folder) / f"{profile}.kg", papers))
            for suffix, name in (("nt", "nt"), ("ttl", "turtle")):
                rows.append(_compare(graph, Path(folder), suffix, name, profile))
        for papers in SIZES:
            store = make_store(Path(folder) / f"{papers}.kg", papers)
            for suffix in ("nt", "ttl"):
                rows.append(_memory(store, Path(folder) / f"out.{suffix}"))
            store.unlink()
    return rows


def measure(store: str, out: str) -> None:
    """Export, and print triples and peak memory; called in a process of its own."""
    graph = KnowledgeGraph.load(store)
    before = _peak()
    total = write(graph, out, profile="evidence")
    print(total, before, _peak())


def _peak() -> int:
    """Peak memory of this process in kB; getrusage would count the parent's, from before the exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def make_store(path: Path, papers: int) -> Path:
    """Write a store of made-up papers, the same each time, without holding it in memory."""
    connection = connect_for_writing(path)
    connection.execute("BEGIN")
    writing.write_papers(connection, ((_paper(n), _sentences()) for n in range(papers)))
    writing.index_papers(connection)
    writing.write_concepts(connection, map(_concept, range(papers)))
    writing.write_links(connection, (link for n in range(papers) for link in _links(n, papers)))
    writing.write_mentions(connection, (m for n in range(papers) for m in _mentions(n, papers)))
    writing.write_relations(connection, map(_relation, range(1, papers)))
    connection.execute("COMMIT")
    connection.close()
    return path


def with_rdflib(graph: KnowledgeGraph, out: Path, format: str, profile: str) -> None:
    """Make the graph's triples an rdflib.Graph, and serialise that: both ways begin at the same graph."""
    to_rdflib(graph, profile=profile).serialize(out, format=format, encoding="utf-8")  # type: ignore[arg-type]


def _compare(graph: KnowledgeGraph, folder: Path, suffix: str, name: str, profile: str) -> dict[str, Any]:
    total = 0

    def ours() -> None:
        nonlocal total
        total = write(graph, folder / f"ours.{suffix}", profile=profile)  # type: ignore[arg-type]

    def theirs() -> None:
        with_rdflib(graph, folder / f"theirs.{suffix}", name, profile)

    times: dict[str, list[float]] = {"kg": [], "rdflib": []}
    for _ in range(REPEATS):
        for who, work in (("kg", ours), ("rdflib", theirs)):
            started = time.process_time()
            work()
            times[who].append(time.process_time() - started)
    kg, rdflib = statistics.median(times["kg"]), statistics.median(times["rdflib"])
    return {
        "what": f"{name}, {profile}",
        "triples": total,
        "kg M/s": round(total / kg / 1e6, 2),
        "rdflib M/s": round(total / rdflib / 1e6, 3),
        "times as fast": round(rdflib / kg, 1),
    }


def _memory(store: Path, out: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "-c",
        f"from scripts.benchmarks.rdf import measure; measure({str(store)!r}, {str(out)!r})",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    total, before, peak = map(int, done.stdout.split())
    out.unlink()
    return {
        "what": f"peak memory, {out.suffix[1:]}, evidence",
        "triples": total,
        "MB before": round(before / 1024),
        "MB peak": round(peak / 1024),
    }


def _id(number: int) -> str:
    return f"doi:10.1000/p{number:07}"


def _paper(number: int) -> Paper:
    return Paper(
        _id(number),
        f"A made-up paper, number {number}, with a title of the usual length",
        " ".join(
            f'Sentence {s} says "something" about concept {s * 7} and the rest.' for s in range(SENTENCES)
        ),
        date=f"20{number % 25:02}-05-17",
        author_count=4,
        doi=f"10.1000/p{number:07}",
    )


def _sentences() -> tuple[Span, ...]:
    length = len(_paper(0).abstract) // SENTENCES
    return tuple(Span("abstract", s * length, (s + 1) * length) for s in range(SENTENCES))


def _concepts_of(number: int, papers: int) -> list[str]:
    chosen = random.Random(number).sample(range(papers), min(papers, CONCEPTS))
    return sorted(f"concept-{c:07}" for c in chosen)


def _concept(number: int) -> Concept:
    name = f"concept-{number:07}"
    kind = list(ConceptType)[number % 5]
    aliases = (Alias(f"alias {number}", Rule.CASE, 2, _id(number)), Alias(name, Rule.LABEL, 3, _id(number)))
    return Concept(name, name, kind, aliases, papers=CONCEPTS, confidence=0.5)


def _links(number: int, papers: int) -> Iterator[Link]:
    for place, concept in enumerate(_concepts_of(number, papers)):
        sentence = _sentences()[place % SENTENCES]
        yield Link(_id(number), concept, list(Role)[place % 8], 0.75, 0.5, 3, sentence, sentence)


def _mentions(number: int, papers: int) -> Iterator[Mention]:
    concepts, text = _concepts_of(number, papers), _paper(number).abstract
    step = len(text) // MENTIONS
    for place in range(MENTIONS):
        concept = concepts[place % len(concepts)]
        start = place * step
        yield Mention(_id(number), "abstract", start, start + step - 1, ConceptType.METHOD, concept, 0.9)


def _relation(number: int) -> Relation:
    kind = list(RelationType)[number % 6]
    said = Statement(_id(number), _sentences()[0], 0.5)
    return Relation(f"concept-{number:07}", kind, f"concept-{number // 2:07}", 0.5, 1, (said,))
