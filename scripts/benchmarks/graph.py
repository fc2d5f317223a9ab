"""Loading a store of 10,000 papers and asking it."""

from __future__ import annotations

import contextlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg
from kg.errors import AmbiguousConcept
from scripts.benchmarks.texts import papers, write

NUMBER = 10_000


def run(shared: Path, store: Path | None = None) -> list[dict[str, Any]]:
    """Seconds and megabytes, in a fresh process; `store` is used instead of a new one if given."""
    with tempfile.TemporaryDirectory() as folder:
        if store is None:
            store = Path(folder) / "papers.kg"
            inputs = write(papers(shared, NUMBER), Path(folder) / "papers.jsonl")
            kg.build([inputs], store=store, workers=2).close()
        command = [
            sys.executable,
            "-c",
            f"from scripts.benchmarks.graph import measure; measure({str(store)!r})",
        ]
        root = Path(__file__).resolve().parents[2]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [{"what": what, "figure": figure} for what, figure in rows]


def measure(store: str) -> None:
    """Print one line a figure; called in a process of its own, so that memory is only ours."""
    started = time.perf_counter()
    graph = kg.load(store)
    network = graph.nx
    print(f"load {graph.stats()['papers']} papers\t{time.perf_counter() - started:.2f} s")
    print(f"nodes, edges\t{network.number_of_nodes()}, {network.number_of_edges()}")
    print(f"memory\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    names = [c.label for c in graph.concepts(min_papers=20)][:200]
    print(f"look-up by name\t{1000 * _median(lambda: [_look(graph, n) for n in names]) / len(names):.3f} ms")
    best = graph.concepts(min_papers=20)[0]
    paper = next(iter(graph.iter_papers()))
    for what, ask in {
        "papers of the commonest concept": lambda: graph.papers(concept=best),
        "related": lambda: graph.related(best),
        "search": lambda: graph.search("low rank adapt"),
        "similar papers": lambda: graph.similar_papers(paper),
        "trend": lambda: graph.trend(best),
        "explain": lambda: graph.explain(best),
        "path (the second time)": lambda: graph.path(best, paper),
        "communities": graph.communities,
        "central": graph.central,
        "gaps": graph.gaps,
        "findings": graph.findings,
    }.items():
        print(f"{what}\t{_median(ask, 1 if what in ('communities', 'gaps', 'findings') else 3):.3f} s")


def _look(graph: kg.Graph, name: str) -> None:
    with contextlib.suppress(AmbiguousConcept):
        graph.concept(name)


def _median(ask: Callable[[], object], rounds: int = 3) -> float:
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)
