"""Many machines: Spark, with the same SQL, and the same functions through ``mapInArrow``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import InputError, StoreError
from kg.scale.engine import partitions
from kg.scale.rows import Columns, spark_schema
from kg.scale.stages import Stage


class SparkEngine:
    """A Spark session with tables in Parquet.

    Parameters
    ----------
    master : str
        ``local[2]``, ``spark://host:7077``, ``yarn`` …; a session that runs already is used as it is.

    Raises
    ------
    StoreError
        If PySpark or Java is not there.
    """

    def __init__(self, master: str) -> None:
        # The executors of a local session are children of this process; a cluster sets its own.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession

            session = (
                SparkSession.builder.master(master)
                .appName("kg")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.ansi.doubleQuotedIdentifiers", "true")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1024")
            )
            if master.startswith("local"):
                # One machine needs no two hundred parts of every table, and no other address.
                session = (
                    session.config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", "8")
                )
            self._session = session.getOrCreate()
        except ImportError as error:
            raise StoreError(
                f"this needs PySpark ({error}); install it with: pip install 'paperkg[spark]', and Java 17"
            ) from error
        except Exception as error:
            raise StoreError(f"Spark does not start ({error}); Java 17 and the master are needed") from error
        self._failure = PySparkException

    def put(self, name: str, rows: Sequence[tuple[Any, ...]], columns: Columns) -> None:
        """Make a table of a few rows that are at hand."""
        found = self._session.createDataFrame(list(rows), spark_schema(columns))
        found.createOrReplaceTempView(name)

    def make(self, name: str, query: str, folder: Path) -> None:
        """Make a table of what a query gives, as Parquet in a new folder; an older table gives way."""
        self._write(name, self._session.sql(query), folder)

    def apply(self, stage: Stage, source: str, folder: Path) -> None:
        """Make the table ``stage.name`` of what a stage gives for the rows of `source`."""
        self._write(stage.name, self._applied(stage, source), folder)

    def text(self, stage: Stage, source: str, folder: Path, suffix: str) -> None:
        """Write the one column of a stage as gzipped text files in a new folder, a line or more a row."""
        frame = self._applied(stage, source)
        with self._explained(stage.name):
            frame.write.option("compression", "gzip").text(str(folder))
        for number, part in enumerate(sorted(folder.glob("part-*"))):
            part.rename(folder / f"part-{number}{suffix}.gz")
        for beside in (*folder.glob("_*"), *folder.glob(".*")):  # Spark's marks and checksums
            beside.unlink()

    def _applied(self, stage: Stage, source: str) -> Any:
        table = self._session.table(source)
        number = max(partitions(table.count(), stage), self._session.sparkContext.defaultParallelism)
        if stage.together:
            # Without this, what was read in one piece would be extracted in one task.
            table = table.repartition(number, stage.together).sortWithinPartitions(stage.together)
        else:
            table = table.repartition(number)
        return table.mapInArrow(stage, spark_schema(stage.columns))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        return [tuple(row) for row in self._session.sql(query).collect()]

    def _write(self, name: str, frame: Any, folder: Path) -> None:
        with self._explained(name):
            frame.write.parquet(str(folder))
        self._session.read.parquet(str(folder)).createOrReplaceTempView(name)

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        """Spark's errors as ours."""
        try:
            yield
        except self._failure as error:
            kind, words = _cause(str(error))
            if kind == "kg.errors.InputError":
                raise InputError(words) from error
            raise StoreError(f"{name} cannot be made ({kind}: {words})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.stop()


def _cause(text: str) -> tuple[str, str]:
    """Kind and words of the error that a worker's traceback ends with; Spark's own if there is none."""
    found = re.search(r"^([\w.]+Error): (.*)$", text, re.MULTILINE)
    return (found[1], found[2]) if found else ("Spark", text.split("\n", 1)[0])
