"""CPU seconds of every step at growing sizes, and how the cost of a paper grows.

Sizes are those of KG_SCALE_SIZES (``400,2000`` if not set; ``400,5000,50000,185000`` takes some two
hours on two cores). Every size has a fresh process, which builds with two workers; what the build has
extracted is used again for the tables. KG_SCALE_FOLDER names a folder that keeps everything: a size
whose figures are there is not measured again.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from scripts.benchmarks.texts import papers, write

T = TypeVar("T")
WORKERS = 2
LEAST = 5000
"""Papers below which starting costs more than the work: growth is counted from the first size above."""


def run(shared: Path) -> list[dict[str, Any]]:
    """One row a step: its figure at each size, and a paper's cost at the last size over that at the first."""
    sizes = [int(size) for size in os.environ.get("KG_SCALE_SIZES", "400,2000").split(",")]
    kept = os.environ.get("KG_SCALE_FOLDER")
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
        figures = {size: _figures(shared, size, Path(folder) / str(size)) for size in sizes}
    base = next((size for size in sizes if size >= LEAST), sizes[0])
    rows = []
    for step in dict.fromkeys(step for size in sizes for step in figures[size]):
        row: dict[str, Any] = {"step": step}
        for size in sizes:
            row[f"{size:,}"] = round(figures[size][step], 2) if step in figures[size] else ""
        both = [figures[size].get(step, 0.0) / size for size in (base, sizes[-1])]
        if step.endswith("CPU s") and all(both):
            row[GROWTH.format(f"{base:,}")] = round(both[1] / both[0], 2)
        rows.append(row)
    return rows


GROWTH = "a paper, last to {}"
"""Name of the column with the growth of a paper's cost."""


def _figures(shared: Path, size: int, folder: Path) -> dict[str, float]:
    """Figures of one size, measured by a process of its own, or those that are there."""
    done = folder / "figures.json"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path = write(papers(shared, size), folder / "papers.jsonl")
        root = Path(__file__).resolve().parents[2]
        subprocess.run([sys.executable, "-m", "scripts.benchmarks.scale", str(path)], check=True, cwd=root)
    found: dict[str, float] = json.loads(done.read_text())
    return found


class _Clock:
    """CPU seconds of each step, those of workers that have ended included."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def step(self, name: str, do: Callable[[], T]) -> T:
        started = _cpu()
        found = do()
        self.seconds[f"{name}, CPU s"] = _cpu() - started
        return found


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def measure(path: Path) -> dict[str, float]:
    """All steps on one file, in this process and its workers."""
    import kg
    from kg import corpus
    from kg.errors import StoreError
    from kg.garbage import all_stays

    clock = _Clock()
    with all_stays():
        records = clock.step("reading", lambda: list(corpus.read([path])))
    clock.step("merging", lambda: corpus.merge(records))
    number = len(records)
    records.clear()
    store = path.parent / "papers.kg"
    store.unlink(missing_ok=True)
    built = _build(path, store, clock)
    built["kg build, papers a second"] = number / built["kg build, wall s"]
    with clock.step("load", lambda: kg.load(store)) as graph:
        counts = graph.stats()
        names = [f"concept:{concept.id}" for concept in graph.concepts()]
        step = max(1, len(names) // 1000)
        looked_up = names[::step][:1000]
        clock.seconds["1,000 look-ups, ms"] = _milliseconds(lambda: [graph.concept(n) for n in looked_up])
        for suffix in (".nt", ".ttl"):
            out = path.with_suffix(suffix)
            clock.step(f"export {suffix}", lambda out=out: graph.export(out))  # type: ignore[misc]
            out.unlink()
        try:
            clock.step("graph.nx", lambda: graph.nx)
        except StoreError:
            clock.seconds.pop("graph.nx, CPU s", None)  # more edges than it takes
        memory = {"peak, look-ups, exports and graph too, MB": _peak(resource.RUSAGE_SELF)}
    disk = {
        "rows: papers": counts["papers"],
        "rows: concepts": counts["concepts"],
        "rows: links": counts["links"],
        "rows: relations": counts["relations"],
        "store, MB": store.stat().st_size / 1e6,
        "abstracts as JSON, MB": path.stat().st_size / 1e6,
    }
    if find_spec("duckdb") and find_spec("pyarrow"):
        disk |= _tables(path, store, clock)
    return clock.seconds | built | memory | disk


def _build(path: Path, store: Path, clock: _Clock) -> dict[str, float]:
    """The whole build, and its halves by the step that it tells."""
    import kg

    marks: dict[str, float] = {}

    def note(name: str, _: int, __: int) -> None:
        # The last of reading, the first of resolving: between them merging and extraction.
        if name == "reading" or name not in marks:
            marks[name] = _cpu()

    started, began = _cpu(), time.perf_counter()
    kg.build([path], store=store, workers=WORKERS, progress=note).close()
    wall, ended = time.perf_counter() - began, _cpu()
    clock.seconds["kg build: merging and extraction, CPU s"] = marks["resolving"] - marks["reading"]
    clock.seconds["kg build: resolution, links, relations, store, CPU s"] = ended - marks["resolving"]
    clock.seconds["kg build, CPU s"] = ended - started
    return {
        "kg build, wall s": wall,
        "kg build, peak MB": _peak(resource.RUSAGE_SELF),
        "kg build, peak MB of a worker": _peak(resource.RUSAGE_CHILDREN),
    }


def _tables(path: Path, store: Path, clock: _Clock) -> dict[str, float]:
    """The build by SQL, with what is extracted already: what runs on batches, and what DuckDB does."""
    from kg import scale

    marks: list[tuple[str, float]] = []

    def note(name: str, _: int, __: int) -> None:
        marks.append((name, _cpu()))

    out = path.parent / "tables"
    with patch("kg.extraction.extract", _extracted(store)):
        scale.build([path], out, master="local[1]", progress=note)
    marks.append(("", _cpu()))
    spent: dict[str, float] = {}
    for (name, started), (_, ended) in pairwise(marks):
        spent[name] = spent.get(name, 0.0) + ended - started
    batches = {
        "reading": "reading",
        "extracting": "rows of what was extracted",
        "naming": "naming",
        "paper_triples": "N-Triples of papers",
        "concept_triples": "N-Triples of concepts",
    }
    for name, shown in batches.items():
        clock.seconds[f"tables: {shown}, CPU s"] = spent[name]
    clock.seconds["tables: SQL in all, CPU s"] = sum(s for n, s in spent.items() if n not in batches)
    for name in ("links", "mentions", "together"):
        clock.seconds[f"tables: SQL {name}, CPU s"] = spent[name]
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    return {"tables, MB": size / 1e6}


def _extracted(store: Path) -> Callable[..., Iterator[Any]]:
    """What :func:`kg.extraction.extract` would give, from a store that has it."""
    from kg.graph import codec
    from kg.graph.store import Store
    from kg.model import Extraction, Paper

    def extract(found: Iterable[Paper]) -> Iterator[Extraction]:
        with Store.open(store) as opened:
            for paper in found:
                row = opened.one(
                    "SELECT extraction FROM extractions WHERE text_hash = ?", (codec.text_hash(paper),)
                )
                assert row is not None
                yield codec.extraction_from_json(paper.id, row[0])

    return extract


def _milliseconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return (time.perf_counter() - started) * 1e3


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    file = Path(sys.argv[1])
    (file.parent / "figures.json").write_text(json.dumps(measure(file), indent=1) + "\n", encoding="utf-8")
