"""What a set-based engine must do for the build; one class an engine, the same SQL for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from kg.scale.rows import Columns
from kg.scale.stages import Stage


class Engine(Protocol):
    """Tables by name, each written to Parquet as soon as it is made, so that no step is done twice."""

    def put(self, name: str, rows: Sequence[tuple[Any, ...]], columns: Columns) -> None:
        """Make a table of a few rows that are at hand."""

    def make(self, name: str, query: str, folder: Path) -> None:
        """Make a table of what a query gives, as Parquet in a new folder; an older table gives way."""

    def apply(self, stage: Stage, source: str, folder: Path) -> None:
        """Make the table ``stage.name`` of what a stage gives for the rows of `source`."""

    def text(self, stage: Stage, source: str, folder: Path, suffix: str) -> None:
        """Write the one column of a stage as gzipped text files in a new folder, a line or more a row."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def query(name: str) -> str:
    """The text of one of the SQL files.

    Examples
    --------
    >>> query("kinds").splitlines()[1]
    "SELECT head, tail, confidence, support FROM stated WHERE relation = 'is_a'"
    """
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8").strip()


def partitions(rows: int, stage: Stage) -> int:
    """How many parts a stage's source is cut into."""
    return max(1, -(-rows // stage.size))


def quoted(path: Path | str) -> str:
    """A path as an SQL string.

    Examples
    --------
    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + str(path).replace("'", "''") + "'"
