"""From files to a graph: reading, extraction, resolution and the store, put together."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg import concepts, corpus, extraction
from kg.api import Graph
from kg.assembling import Options, Progress, assemble, claim
from kg.errors import CurationError, StoreError
from kg.garbage import all_stays
from kg.graph import reading
from kg.graph.store import Store, connect_for_writing, partial_path
from kg.graph.store import writing as exclusive
from kg.model import Paper

log = logging.getLogger(__name__)


def build(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    store: str | os.PathLike[str] | None = None,
    workers: int = 1,
    listing_year: int | None = None,
    skip_invalid: bool = False,
    clean: bool | None = None,
    encoding: str | None = None,
    curation: str | os.PathLike[str] | None = None,
    vocabularies: Sequence[str | os.PathLike[str]] = (),
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Read papers and build their graph.

    What an earlier build of the same store has extracted is used again for papers whose texts are
    the same; an interrupted build goes on where it stopped. The store appears whole or not at all.

    Parameters
    ----------
    inputs : sequence of path
        Files and folders; ``-`` is `stdin`.
    store : path, optional
        Where to keep the graph; in memory if not given.
    workers : int
        Processes that extract; the result does not depend on it.
    listing_year : int, optional
        Year of listing pages whose own dates lack it; inferred if not given.
    skip_invalid : bool
        Leave broken records out (they are logged) instead of raising.
    clean : bool, optional
        Clean the texts of mark-up; by default all but the project's own JSON and listing pages.
    encoding : str, optional
        Of all the files; by default a byte-order mark, a declaration, or UTF-8 decides.
    curation : path, optional
        A ``curation.toml``.
    vocabularies : sequence of path
        Outside vocabularies (SKOS, OWL, OBO in RDF, CSV).
    stdin : binary stream, optional
        What ``-`` stands for; the process's own by default.
    progress : callable, optional
        Told of each step.

    Returns
    -------
    kg.Graph

    Raises
    ------
    InputError
        If an input cannot be read; the store that was there stays as it was.
    StoreError
        If the store cannot be written.

    Examples
    --------
    >>> import kg
    >>> graph = kg.build([kg.sample()])
    >>> graph.concept("Transformer").type.value
    'Method'
    """
    options = Options(
        workers=workers,
        curation=_curation_text(curation),
        vocabularies=tuple(os.fspath(v) for v in vocabularies),
    )
    found = corpus.read(
        [os.fspath(p) for p in inputs],
        listing_year=listing_year,
        skip_invalid=skip_invalid,
        clean=clean,
        encoding=encoding,
        stdin=stdin,
    )
    with all_stays():
        records = list(_counted(found, progress))
    for skipped in found.skipped:
        log.warning("left out: %s", skipped)
    if store is None:
        connection = connect_for_writing(None)
        assemble(connection, records, options, progress)
        return Graph(Store(connection))
    path = Path(store)
    with exclusive(path):
        _write(path, records, options, progress)
    return Graph.load(path)


def load(store: str | os.PathLike[str]) -> Graph:
    """Open a store that :func:`build` wrote; raises :class:`kg.errors.StoreError`."""
    return Graph.load(store)


def add(
    store: str | os.PathLike[str],
    inputs: Sequence[str | os.PathLike[str]],
    *,
    workers: int = 1,
    listing_year: int | None = None,
    skip_invalid: bool = False,
    clean: bool | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Add papers to a store; the result equals a fresh build of all of them.

    Parameters are those of :func:`build`. Only new or changed papers are extracted.
    """
    path = Path(store)
    found = corpus.read(
        [os.fspath(p) for p in inputs],
        listing_year=listing_year,
        skip_invalid=skip_invalid,
        clean=clean,
        encoding=encoding,
        stdin=stdin,
    )
    with all_stays():
        fresh = list(_counted(found, progress))
    for skipped in found.skipped:
        log.warning("left out: %s", skipped)
    with exclusive(path):
        with Store.open(path) as old:
            records = [*reading.records(old), *fresh]
            options = _options(old, workers)
        _write(path, records, options, progress)
    return Graph.load(path)


def remove(
    store: str | os.PathLike[str],
    papers: Iterable[str],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Graph:
    """Remove papers by id, DOI, arXiv id or title; the result equals a build without them.

    Raises
    ------
    PaperNotFound
        If one of them is not there; then nothing is removed.
    """
    path = Path(store)
    with exclusive(path):
        with Graph.load(path) as graph:
            gone = {graph.paper(name).id for name in papers}
            keys = {
                row[0]: row[1] in gone
                for row in graph.store.rows("SELECT key, paper FROM records ORDER BY key")
            }
            records = [
                r for r, drop in zip(reading.records(graph.store), keys.values(), strict=True) if not drop
            ]
            options = _options(graph.store, workers)
        _write(path, records, options, progress)
    return Graph.load(path)


def curate(
    store: str | os.PathLike[str],
    curation: str | os.PathLike[str] | None,
    *,
    progress: Progress | None = None,
) -> Graph:
    """Apply a ``curation.toml`` to a store in place of the one it has; None takes it away."""
    path = Path(store)
    text = _curation_text(curation)
    with exclusive(path):
        with Store.open(path) as old:
            records = list(reading.records(old))
            options = Options(curation=text, vocabularies=_options(old, 1).vocabularies)
        _write(path, records, options, progress)
    return Graph.load(path)


def _curation_text(path: str | os.PathLike[str] | None) -> str | None:
    """Text of a curation file, checked before anything else is done."""
    if path is None:
        return None
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"{path} cannot be read ({error}); give a curation.toml in UTF-8") from error
    concepts.parse_curation(text, file=os.fspath(path))
    return text


def _counted(found: Iterable[Paper], progress: Progress | None) -> Iterator[Paper]:
    for number, paper in enumerate(found, 1):
        if progress and number % 100 == 0:
            progress("reading", number, 0)
        yield paper


def _options(store: Store, workers: int) -> Options:
    vocabularies = store.meta("vocabularies")
    return Options(
        workers=workers,
        curation=store.meta("curation") or None,
        vocabularies=tuple(vocabularies.split("\n")) if vocabularies else (),
    )


def _write(path: Path, records: Iterable[Paper], options: Options, progress: Progress | None) -> None:
    """Write a new store beside the old one and put it in its place at the end."""
    partial = partial_path(path)
    try:
        connection = connect_for_writing(partial)
        try:
            # A damaged working file is noticed and thrown away, so syncing each commit buys nothing.
            connection.execute("PRAGMA synchronous = OFF")
            if path.exists():
                _reuse(connection, path)
            assemble(connection, records, options, progress)
            whole = path.with_name(path.name + ".whole")
            whole.unlink(missing_ok=True)
            connection.execute("VACUUM INTO ?", (str(whole),))
        finally:
            connection.close()
        with whole.open("rb+") as stream:
            os.fsync(stream.fileno())
        whole.replace(path)
        partial.unlink(missing_ok=True)
    except (sqlite3.OperationalError, OSError) as error:
        with contextlib.suppress(OSError):
            path.with_name(path.name + ".whole").unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written ({error}); what was there before is untouched") from error


def _reuse(connection: sqlite3.Connection, path: Path) -> None:
    """Take over what the old store has extracted with the same pipeline."""
    with Store.open(path) as old:
        if old.meta("pipeline") != extraction.fingerprint():
            return
        claim(connection)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT OR IGNORE INTO extractions VALUES (?, ?)",
            old.rows("SELECT text_hash, extraction FROM extractions"),
        )
        connection.execute("COMMIT")
