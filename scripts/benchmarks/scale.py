"""CPU seconds of every step at growing sizes, and how the cost of a paper grows from the first to the last.

Sizes are those of KG_SCALE_SIZES (``400,2000`` if not set; ``400,5000,50000,185000`` takes hours). Every
size has a fresh process, everything in one thread, so that seconds of CPU add up.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from scripts.benchmarks.texts import papers, write

T = TypeVar("T")


def run(shared: Path) -> list[dict[str, Any]]:
    """One row a step: seconds at each size, and a paper's cost at the last size over that at the first."""
    sizes = [int(size) for size in os.environ.get("KG_SCALE_SIZES", "400,2000").split(",")]
    figures: dict[int, dict[str, float]] = {}
    root = Path(__file__).resolve().parents[2]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write(papers(shared, size), Path(folder) / "papers.jsonl")
            command = [sys.executable, "-m", "scripts.benchmarks.scale", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
        figures[size] = json.loads(done.stdout)
    rows = []
    for step in figures[sizes[0]]:
        row: dict[str, Any] = {"step": step}
        for size in sizes:
            row[f"{size:,}"] = round(figures[size][step], 2)
        if step.endswith("CPU s"):
            cost = [figures[size][step] / size for size in (sizes[0], sizes[-1])]
            row["a paper, last to first"] = round(cost[1] / cost[0], 2) if cost[0] else ""
        rows.append(row)
    return rows


class _Clock:
    """CPU seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def step(self, name: str, do: Callable[[], T]) -> T:
        started = time.process_time()
        found = do()
        self.seconds[f"{name}, CPU s"] = time.process_time() - started
        return found


def measure(path: Path) -> dict[str, float]:
    """All steps on one file, in this process."""
    import kg
    from kg import concepts, corpus, extraction

    clock = _Clock()
    records = clock.step("reading", lambda: list(corpus.read([path])))
    merged = clock.step("merging", lambda: corpus.merge(records))
    found = clock.step("extraction", lambda: list(extraction.extract(merged)))
    resolution = clock.step("resolution", lambda: concepts.resolve(found))
    clock.step("linking", lambda: [resolution.apply(one) for one in found])
    clock.step("relations", lambda: resolution.relations(found))
    store = path.parent / "papers.kg"
    clock.step("kg.build, whole", lambda: kg.build([path], store=store).close())
    memory = {"peak so far, MB": _peak()}
    with kg.load(store) as graph:
        counts = graph.stats()
        clock.step("graph.nx", lambda: graph.nx)
        for suffix in (".nt", ".ttl"):
            clock.step(f"export {suffix}", lambda suffix=suffix: graph.export(path.with_suffix(suffix)))  # type: ignore[misc]
    disk = {
        "rows: concepts": counts["concepts"],
        "rows: links": counts["links"],
        "rows: relations": counts["relations"],
        "store, MB": store.stat().st_size / 1e6,
        "abstracts as JSON, MB": path.stat().st_size / 1e6,
    }
    if find_spec("duckdb") and find_spec("pyarrow"):
        disk |= _tables(path, clock)
    return clock.seconds | memory | disk


def _tables(path: Path, clock: _Clock) -> dict[str, float]:
    """The build by SQL: what is extracted on batches, and what DuckDB does."""
    from kg import scale

    marks: list[tuple[str, float]] = []

    def note(name: str, _: int, __: int) -> None:
        marks.append((name, time.process_time()))

    out = path.parent / "tables"
    scale.build([path], out, master="local[1]", progress=note)
    marks.append(("", time.process_time()))
    spent: dict[str, float] = {}
    for (name, started), (_, ended) in pairwise(marks):
        spent[name] = spent.get(name, 0.0) + ended - started
    batches = ("reading", "extracting", "naming")
    for name in batches:
        clock.seconds[f"tables: {name}, CPU s"] = spent[name]
    clock.seconds["tables: SQL in all, CPU s"] = sum(s for n, s in spent.items() if n not in batches)
    for name in ("links", "mentions", "together"):
        clock.seconds[f"tables: SQL {name}, CPU s"] = spent[name]
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    return {"tables, MB": size / 1e6}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
