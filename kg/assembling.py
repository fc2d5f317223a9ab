"""From records to the tables of a store: extracted where it is new, resolved, linked."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg import concepts, corpus, extraction
from kg.garbage import all_stays
from kg.graph import codec, writing
from kg.model import Extraction, Paper

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, the number done and the number in all (0: unknown)."""

_BATCH = 200
"""Papers whose extraction is saved at once: what a kill can cost."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is done with; stored with the graph so that updates do the same.

    Parameters
    ----------
    workers : int
        Processes that extract.
    curation : str or None
        Text of a ``curation.toml``.
    vocabularies : tuple of str
        Files of outside vocabularies.
    """

    workers: int = 1
    curation: str | None = None
    vocabularies: tuple[str, ...] = ()


def claim(connection: sqlite3.Connection) -> None:
    """Throw away extractions of another pipeline, and name ours."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'pipeline'").fetchone()
    if row is None or row[0] != extraction.fingerprint():
        connection.execute("BEGIN")
        connection.execute("DELETE FROM extractions")
        writing.write_meta(connection, {"pipeline": extraction.fingerprint()})
        connection.execute("COMMIT")


def assemble(
    connection: sqlite3.Connection, records: Iterable[Paper], options: Options, progress: Progress | None
) -> None:
    """Fill the tables from records, extracting what is not there yet.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of the working file; extractions are saved as they come, all else in one transaction.
    records : iterable of Paper
        As they were read, repeats and all.
    options : Options
        What the graph is built with.
    progress : callable, optional
        Told of each step.
    """
    records = list(records)
    papers = corpus.merge(records)
    claim(connection)
    _extract_missing(connection, papers, options.workers, progress)
    if progress:
        progress("resolving", 0, 0)
    with all_stays():
        _bring_together(connection, records, papers, options, progress)
    if progress:
        progress("linking", len(papers), len(papers))


def _bring_together(
    connection: sqlite3.Connection,
    records: Sequence[Paper],
    papers: Sequence[Paper],
    options: Options,
    progress: Progress | None,
) -> None:
    """From the extraction of every paper to all the tables, in one transaction."""
    vocabularies = [concepts.read_vocabulary(path) for path in options.vocabularies]

    def extractions() -> Iterator[Extraction]:
        for paper in papers:
            yield concepts.with_names(paper, _extraction(connection, paper), vocabularies)

    resolution = concepts.resolve(
        extractions(),
        curation=concepts.parse_curation(options.curation) if options.curation else None,
        vocabularies=vocabularies,
    )
    for warning in resolution.warnings:
        log.warning("%s", warning)
    connection.execute("BEGIN")
    try:
        writing.clear(connection)
        writing.write_meta(
            connection,
            {
                "pipeline": extraction.fingerprint(),
                "curation": options.curation or "",
                "vocabularies": "\n".join(options.vocabularies),
            },
        )
        writing.write_records(connection, _with_papers(records, papers))
        writing.write_concepts(connection, resolution.concepts)

        def linked() -> Iterator[Extraction]:
            """Every paper once more, written on its way to the relations."""
            for number, (paper, found) in enumerate(zip(papers, extractions(), strict=True), 1):
                mentions, links = resolution.apply(found)
                writing.write_papers(connection, [(paper, found.sentences)])
                writing.write_mentions(connection, mentions)
                writing.write_links(connection, links)
                if progress and number % 100 == 0:
                    progress("linking", number, len(papers))
                yield found

        relations = resolution.relations(linked())
        writing.index_papers(connection)
        writing.count_papers(connection)
        writing.write_relations(connection, relations)
        _prune(connection, papers)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _extract_missing(
    connection: sqlite3.Connection, papers: Sequence[Paper], workers: int, progress: Progress | None
) -> None:
    """Extract papers whose texts are new, saving every `_BATCH` of them."""
    known = {row[0] for row in connection.execute("SELECT text_hash FROM extractions")}
    missing: dict[str, Paper] = {}
    for paper in papers:
        digest = codec.text_hash(paper)
        if digest not in known:
            missing.setdefault(digest, paper)
    if not missing:
        return
    found = zip(missing, extraction.extract(missing.values(), workers=workers), strict=True)
    done = 0
    while batch := list(islice(found, _BATCH)):
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT OR REPLACE INTO extractions VALUES (?, ?)",
            ((digest, codec.extraction_to_json(extracted)) for digest, extracted in batch),
        )
        connection.execute("COMMIT")
        done += len(batch)
        if progress:
            progress("extracting", done, len(missing))


def _extraction(connection: sqlite3.Connection, paper: Paper) -> Extraction:
    digest = codec.text_hash(paper)
    row = connection.execute("SELECT extraction FROM extractions WHERE text_hash = ?", (digest,)).fetchone()
    return codec.extraction_from_json(paper.id, row[0])


def _with_papers(records: Sequence[Paper], papers: Sequence[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Each record with the paper that has its source."""
    home = {source: paper for paper in papers for source in paper.sources}
    for record in records:
        yield record, home[record.sources[0]]


def _prune(connection: sqlite3.Connection, papers: Sequence[Paper]) -> None:
    """Forget extractions of papers that are gone."""
    kept = {codec.text_hash(paper) for paper in papers}
    gone = [
        (row[0],) for row in connection.execute("SELECT text_hash FROM extractions") if row[0] not in kept
    ]
    connection.executemany("DELETE FROM extractions WHERE text_hash = ?", gone)
