"""One machine: DuckDB for the SQL (it spills to the disk), a process pool for what runs on batches."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.errors import StoreError
from kg.processes import end_with_parent
from kg.scale.engine import partitions, quoted
from kg.scale.rows import Columns, arrow_schema
from kg.scale.stages import Stage

if TYPE_CHECKING:
    from kg.scale.stages import Batches

_Task = Callable[[Stage, list[str], str], None]
_BATCH = 1024
_NAME = "part-0.parquet"


class DuckEngine:
    """DuckDB with tables in Parquet.

    Parameters
    ----------
    work : Path
        Folder for what spills.
    workers : int
        Processes that extract; threads of DuckDB.
    memory : str or None
        DuckDB's own limit, such as ``"4GB"``; None leaves it four fifths of the machine.

    Raises
    ------
    StoreError
        If DuckDB or PyArrow is not installed.
    """

    def __init__(self, work: Path, workers: int, memory: str | None = None) -> None:
        try:
            import duckdb
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise StoreError(
                f"this needs DuckDB and PyArrow ({error}); install them with: pip install 'paperkg[tables]'"
            ) from error
        # One thread a worker: the pool already has as many as there are cores. Read when NumPy is loaded.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._work, self._workers, self._failure = work, workers, duckdb.Error
        self._connection = duckdb.connect(str(work / "duck.db"))
        self._connection.execute(f"SET threads = {workers}")
        self._connection.execute(f"SET temp_directory = {quoted(work / 'spill')}")
        self._connection.execute("SET preserve_insertion_order = false")
        if memory:
            self._connection.execute(f"SET memory_limit = {quoted(memory)}")

    def put(self, name: str, rows: Sequence[tuple[Any, ...]], columns: Columns) -> None:
        """Make a table of a few rows that are at hand."""
        kinds = {"string": "VARCHAR", "bigint": "BIGINT", "double": "DOUBLE"}
        wanted = ", ".join(f'"{column}" {kinds[kind]}' for column, kind in columns)
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({wanted})")
        if rows:
            places = ", ".join("?" * len(columns))
            self._connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    def make(self, name: str, query: str, folder: Path) -> None:
        """Make a table of what a query gives, as Parquet in a new folder; an older table gives way."""
        folder.mkdir(parents=True)
        try:
            self._connection.execute(f"COPY ({query}) TO {quoted(folder / _NAME)} (FORMAT parquet)")
        except self._failure as error:
            raise StoreError(f"{name} cannot be made ({error})") from error
        self._view(name, folder)

    def apply(self, stage: Stage, source: str, folder: Path) -> None:
        """Make the table ``stage.name`` of what a stage gives for the rows of `source`."""
        self._run(_to_parquet, stage, source, folder, "part-{}.parquet")
        self._view(stage.name, folder)

    def text(self, stage: Stage, source: str, folder: Path, suffix: str) -> None:
        """Write the one column of a stage as gzipped text files in a new folder, a line or more a row."""
        self._run(_to_text, stage, source, folder, f"part-{{}}{suffix}.gz")

    def _run(self, task: _Task, stage: Stage, source: str, folder: Path, name: str) -> None:
        """Put every part of a source through a stage, in as many processes as there are workers."""
        folder.mkdir(parents=True)
        tasks = [
            (stage, files, str(folder / name.format(number)))
            for number, files in enumerate(self._parts(stage, source))
        ]
        # One process a part: what the pipeline has learned of words goes with it.
        if self._workers == 1 or len(tasks) == 1:
            for one in tasks:
                task(*one)
        else:
            with ProcessPoolExecutor(
                self._workers,
                mp_context=get_context("spawn"),
                initializer=end_with_parent,
                max_tasks_per_child=4,
            ) as pool:
                for future in [pool.submit(task, *one) for one in tasks]:
                    future.result()

    def _parts(self, stage: Stage, source: str) -> list[list[str]]:
        """The source cut into parts on the disk, rows that belong together in one."""
        folder = self._work / f"{stage.name}.parts"
        (count,) = self.rows(f"SELECT COUNT(*) FROM {source}")[0]
        number = max(partitions(count, stage), min(count, self._workers))
        by = f'hash("{stage.together}")' if stage.together else "number"
        self._connection.execute(
            f"COPY (SELECT *, CAST({by} % {number} AS BIGINT) AS kg_part FROM {source})"
            f" TO {quoted(folder)} (FORMAT parquet, PARTITION_BY (kg_part))"
        )
        return [sorted(map(str, part.glob("*.parquet"))) for part in sorted(folder.glob("kg_part=*"))]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def _view(self, name: str, folder: Path) -> None:
        files = quoted(folder / "*.parquet")
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({files})")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()


def _to_parquet(stage: Stage, files: list[str], target: str) -> None:
    """One part through a stage, from Parquet to Parquet."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(target, arrow_schema(stage.columns)) as writer:
        for batch in stage(_batches(stage, files)):
            writer.write_batch(batch)


def _to_text(stage: Stage, files: list[str], target: str) -> None:
    """One part through a stage, from Parquet to gzipped text."""
    # No name and no time in the header: the same rows give the same bytes.
    with Path(target).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for batch in stage(_batches(stage, files)):
            file.write("".join(f"{row}\n" for row in batch.column(0).to_pylist()).encode())


def _batches(stage: Stage, files: list[str]) -> Batches:
    """The rows of one part, those that belong together one after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.concat_tables(pq.ParquetFile(file).read() for file in files)
    if stage.together:
        table = table.sort_by(stage.together)
    return iter(table.to_batches(max_chunksize=_BATCH))
