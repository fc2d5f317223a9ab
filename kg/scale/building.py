"""The large build: files to Parquet tables, on one machine or many."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from kg import extraction
from kg.concepts.statements import acyclic
from kg.corpus.files import STANDARD_INPUT, walk
from kg.errors import InputError, StoreError
from kg.export.rdf.iris import DEFAULT_BASE, valid_base
from kg.model import Relation, RelationType
from kg.scale.engine import Engine, query
from kg.scale.rows import FILES, TABLES
from kg.scale.stages import Stage, describing_concepts, describing_papers, extracting, naming, reading

MANIFEST = "tables.json"
"""Names what a folder holds; written last."""

_ROUNDS = 30
"""Most rounds of a step that is repeated until nothing changes."""

Progress = Callable[[str, int, int], None]


def build(
    inputs: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    engine: str = "duckdb",
    master: str = "local[2]",
    memory: str | None = None,
    listing_year: int | None = None,
    skip_invalid: bool = False,
    clean: bool | None = None,
    base_iri: str = DEFAULT_BASE,
    progress: Progress | None = None,
) -> Path:
    """Read papers and write their graph as Parquet tables and as N-Triples in parts.

    Parameters
    ----------
    inputs : sequence of path
        Files and folders; each file is one task, so many files of some 10,000 records are best.
    out : path
        New folder for the tables; it appears whole or not at all.
    engine : {"duckdb", "spark"}
        DuckDB and a process pool on one machine, or Spark.
    master : str
        Spark's master. For DuckDB ``local[N]`` gives the number of processes.
    memory : str, optional
        DuckDB's memory limit, such as ``"4GB"``.
    listing_year, skip_invalid, clean
        As in :func:`kg.build`.
    base_iri : str
        Under which the IRIs of the N-Triples are minted.
    progress : callable, optional
        Told of each step: its name, its number, the number of steps.

    Returns
    -------
    Path
        The folder, with one folder of Parquet files a table of ``schemas/tables.md``, and
        ``triples/`` with the plain profile.

    Raises
    ------
    InputError
        If an input cannot be read.
    StoreError
        If the folder is there already or cannot be written, or the engine is not installed.
    ExportError
        If `base_iri` is none.
    """
    target = Path(out)
    base_iri = valid_base(base_iri)
    partial = target.with_name(target.name + ".partial")
    if target.exists():
        raise StoreError(f"{target} is there already; give a new folder, or remove it first")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"there is no folder {target.absolute().parent}; make it first")
    files = _files(inputs)
    first = reading(listing_year=listing_year, skip_invalid=skip_invalid, clean=clean)
    try:
        shutil.rmtree(partial, ignore_errors=True)
        work = partial / "work"
        work.mkdir(parents=True)
        with _engine(engine, master, work, memory) as running:
            steps = _Steps(running, partial, work, progress)
            steps.run(files, first, base_iri)
            manifest = {"format": 1, "pipeline": extraction.fingerprint(), "rows": steps.counts()}
        shutil.rmtree(work)
        text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
        (partial / MANIFEST).write_text(text, encoding="utf-8")
        partial.rename(target)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error}); nothing was there before") from error
    return target


def _files(inputs: Sequence[str | os.PathLike[str]]) -> list[tuple[int, str, str]]:
    """Every file, numbered, with the name that sources show and its path."""
    found = []
    for name, path in walk(inputs):
        if path is None:
            raise InputError(f"{STANDARD_INPUT} cannot be cut into parts; give files")
        found.append((name, str(path.absolute())))
    return [(number, *pair) for number, pair in enumerate(found)]


def _engine(name: str, master: str, work: Path, memory: str | None) -> Engine:
    if name == "duckdb":
        from kg.scale.duck import DuckEngine

        wanted = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
        if wanted is None:
            raise StoreError(f"DuckDB runs on one machine; give local[N], not {master!r}, or --engine spark")
        number = wanted[1]
        workers = (os.cpu_count() or 1) if number == "*" else int(number or 1)
        return DuckEngine(work, max(1, workers), memory)
    if name == "spark":
        from kg.scale.spark import SparkEngine

        return SparkEngine(master)
    raise StoreError(f"there is no engine {name!r}; there are duckdb and spark")


_BEFORE = ("groups", "spellings", "misspelt", "meanings", "joins", "targets", "words", "parts")
_AFTER = ("concepts", "aliases", "homes", "mentions", "links", "said", "stated")
_LAST = ("statements", "frequent", "together", "co_occurrences", "relations")


class _Steps:
    """The steps in their order."""

    def __init__(self, engine: Engine, out: Path, work: Path, progress: Progress | None) -> None:
        self._engine, self._out, self._work, self._progress = engine, out, work, progress
        self._done = 0

    def run(self, files: list[tuple[int, str, str]], first: Stage, base_iri: str) -> None:
        """All of them."""
        self._engine.put("files", files, FILES)
        self._tell("reading")
        self._engine.apply(first, "files", self._work / "records")
        self._make("blocks")
        self._repeat("blocks", "spread", "SELECT SUM(CAST(block AS DECIMAL(38, 0))) FROM blocks")
        self._make("blocked")
        self._tell("extracting")
        self._engine.apply(extracting(), "blocked", self._work / "found")
        for name in ("papers", *_BEFORE):
            self._make(name)
        self._tell("naming")
        self._engine.apply(naming(), "parts", self._work / "made")
        for name in _AFTER:
            self._make(name)
        self._put_dropped()
        for name in _LAST:
            self._make(name)
        self._write_triples(base_iri)

    def _write_triples(self, base_iri: str) -> None:
        """The plain profile, beside the tables."""
        for name, stage in (
            ("papers", describing_papers(base_iri)),
            ("concepts", describing_concepts(base_iri)),
        ):
            self._make(f"told_{name}")
            self._tell(stage.name)
            self._engine.text(stage, f"told_{name}", self._out / "triples" / name, ".nt")

    def _tell(self, name: str) -> None:
        self._done += 1
        if self._progress:
            self._progress(name, self._done, 0)

    def _make(self, name: str, text: str | None = None, folder: str | None = None) -> None:
        self._tell(name)
        home = self._out if name in TABLES else self._work
        self._engine.make(name, query(text or name), home / (folder or name))

    def _repeat(self, name: str, text: str, state: str) -> None:
        """Make a table anew from itself until nothing changes."""
        before = self._engine.rows(state)
        for number in range(_ROUNDS):
            self._make(name, text, f"{name}.{number}")
            after = self._engine.rows(state)
            if after == before:
                return
            before = after

    def _put_dropped(self) -> None:
        """The weakest ``is_a`` of each cycle. Only what may be in a cycle leaves the engine."""
        self._make("kinds")
        self._repeat("kinds", "narrowed", "SELECT COUNT(*) FROM kinds")
        edges = [
            Relation(head, RelationType.IS_A, tail, confidence, support)
            for head, tail, confidence, support in sorted(self._engine.rows("SELECT * FROM kinds"))
        ]
        kept = {(r.head, r.tail) for r in acyclic(edges)}
        dropped = [(r.head, r.tail) for r in edges if (r.head, r.tail) not in kept]
        self._engine.put("dropped", dropped, (("head", "string"), ("tail", "string")))

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: self._engine.rows(f"SELECT COUNT(*) FROM {name}")[0][0] for name in TABLES}
