"""The store on disk: one SQLite file, opened for reading or written as a whole."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from kg.errors import StoreError

log = logging.getLogger(__name__)

APPLICATION_ID = 0x6B_67_72_66
"""Marks a SQLite file as a store of this package ("kgrf")."""

FORMAT_VERSION = 1
"""Version of the tables in ``schema.sql``."""


class Store:
    """A store opened for reading.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open connection to the file (or to memory).
    path : Path or None
        The file; None for a store in memory.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self.connection, self.path = connection, path

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """Open a store for reading; the file is not touched.

        Raises
        ------
        StoreError
            If the file is missing, no store, damaged, or written by a newer version.
        """
        file = Path(path)
        if not file.is_file():
            raise StoreError(f"there is no store {file}; make one with: kg build INPUT -o {file}")
        with file.open("rb") as stream:
            head = stream.read(16)
        if head != b"SQLite format 3\0":
            raise StoreError(f"{file} is no store of kg; give a file that `kg build` wrote")
        try:
            connection = sqlite3.connect(
                file.absolute().as_uri() + "?mode=ro", uri=True, isolation_level=None
            )
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise StoreError(f"{file} is damaged ({error}); build it again, or restore a copy") from error
        if application != APPLICATION_ID:
            connection.close()
            raise StoreError(
                f"{file} is a SQLite file, but no store of kg; give a file that `kg build` wrote"
            )
        if version != FORMAT_VERSION:
            connection.close()
            newer = (
                "a newer version of kg: update kg"
                if version > FORMAT_VERSION
                else "an older version of kg: build it again"
            )
            raise StoreError(
                f"{file} has store format {version} (this kg reads {FORMAT_VERSION}), from {newer}"
            )
        return cls(connection, file)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a query and stream its rows.

        Raises
        ------
        StoreError
            If the file turns out to be damaged.
        """
        try:
            found = self.connection.execute(sql, [_bindable(value) for value in parameters])
            # `yield from` would close the cursor of a store that is closed already, which is an error.
            for row in found:  # noqa: UP028
                yield row
        except sqlite3.ProgrammingError:
            raise
        # What SQLite says of a damaged schema quotes it, and may be no UTF-8 either.
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise StoreError(
                f"{self.path or 'the store'} is damaged ({error}); build it again, or restore a copy"
            ) from error

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """First row of a query, or None."""
        return next(self.rows(sql, parameters), None)

    def count(self, table: str) -> int:
        """Number of rows of a table of ``schema.sql``."""
        row = self.one(f"SELECT COUNT(*) FROM {table}")
        return int(row[0]) if row else 0

    def meta(self, key: str, default: str = "") -> str:
        """One entry of the table ``meta``."""
        row = self.one("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else default

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bindable(value: Any) -> Any:
    """A value that SQLite takes: half characters (a broken command line has some) match nothing."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def partial_path(path: Path) -> Path:
    """Where an unfinished build of `path` keeps what it has extracted.

    Examples
    --------
    >>> str(partial_path(Path("papers.kg")))
    'papers.kg.partial'
    """
    return path.with_name(path.name + ".partial")


@contextmanager
def writing(path: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold the right to write the store at `path`; a second writer waits, then is told.

    Parameters
    ----------
    path : Path
        The store.
    wait : float
        Seconds to wait for another writer.

    Raises
    ------
    StoreError
        If another process still writes after `wait` seconds, or the folder cannot be written.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StoreError(f"there is no folder {folder}; make it first, or give another path for the store")
    lock = FileLock(folder / f".{path.name}.lock")
    try:
        with lock.acquire(timeout=wait):
            yield
    except Timeout as busy:
        raise StoreError(
            f"another process is writing {path}; wait for it to end, then run this again"
        ) from busy
    except PermissionError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}); choose another place for the store"
        ) from error


def connect_for_writing(path: Path | None) -> sqlite3.Connection:
    """Open the working file of a build (or memory), with nothing committed by itself.

    A working file that is damaged or of another version is thrown away: all that it holds can
    be extracted again.
    """
    if path is None:
        return _prepared(sqlite3.connect(":memory:", isolation_level=None))
    if path.exists():
        try:
            connection = sqlite3.connect(path, isolation_level=None)
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if (application, version) == (APPLICATION_ID, FORMAT_VERSION) and sound:
                return connection
            connection.close()
        except sqlite3.DatabaseError as error:
            log.warning("the unfinished build %s is damaged (%s); starting afresh", path, error)
        for suffix in ("", "-journal"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    return _prepared(sqlite3.connect(path, isolation_level=None))


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables and mark the file as ours, all or nothing."""
    schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    # A row of `extractions` has some 3 kB; smaller pages would give each a page of its own beside its tree.
    connection.executescript(
        f"PRAGMA page_size = 32768; BEGIN; PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {FORMAT_VERSION}; {schema} COMMIT;"
    )
    return connection
