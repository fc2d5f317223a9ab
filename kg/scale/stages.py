"""What runs on record batches: reading, extracting, naming. Pure functions, the same on every engine.

Each takes an iterator of record batches and gives one; what it keeps in memory is one piece at a time.
Rows that belong together (one file, one block of repeats, one concept) come one after the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice, tee
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kg import corpus, extraction
from kg.corpus.identity import title_key
from kg.graph import codec
from kg.model import Paper
from kg.scale.found import rows_of
from kg.scale.naming import concept_rows
from kg.scale.rows import FOUND, MADE, RECORDS, TRIPLES, Columns, arrow_schema
from kg.scale.triples import concept_triples, paper_triples

if TYPE_CHECKING:
    import pyarrow as pa

    Batches = Iterator[pa.RecordBatch]

Row = dict[str, Any]
_ROWS = 4096
"""Rows of a batch that is given back."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A function on rows with what an engine must know of it.

    Parameters
    ----------
    name : str
        For messages and folders.
    columns : tuple of (str, str)
        What comes out.
    function : callable
        From an iterator of rows to an iterator of rows; importable by name, so that other processes
        find it.
    together : str or None
        Rows with the same value of this column come to one call, one after the other.
    size : int
        Rows of the source that one call gets, more or less: what bounds the memory.
    options : tuple of (str, value)
        Further arguments of the function.
    """

    name: str
    columns: Columns
    function: Callable[..., Iterator[Row]]
    together: str | None
    size: int
    options: tuple[tuple[str, Any], ...] = ()

    def __call__(self, batches: Batches) -> Batches:
        """Record batches in, record batches out."""
        import pyarrow as pa

        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        out = self.function(rows, **dict(self.options))
        schema = arrow_schema(self.columns)
        while piece := list(islice(out, _ROWS)):
            yield pa.RecordBatch.from_pylist(piece, schema=schema)


def reading(
    *, listing_year: int | None = None, skip_invalid: bool = False, clean: bool | None = None
) -> Stage:
    """Read files; options are those of :func:`kg.corpus.read`."""
    options = (("listing_year", listing_year), ("skip_invalid", skip_invalid), ("clean", clean))
    return Stage("records", RECORDS, read_records, None, 1, options)


def extracting() -> Stage:
    """Join repeats and extract."""
    return Stage("found", FOUND, extract_records, "block", 5_000)


def naming() -> Stage:
    """Give every concept its label, type and aliases."""
    return Stage("made", MADE, name_concepts, "target", 200_000)


def describing_papers(base_iri: str) -> Stage:
    """Write papers and their links as N-Triples."""
    return Stage("paper_triples", TRIPLES, paper_triples, "id", 500_000, (("base_iri", base_iri),))


def describing_concepts(base_iri: str) -> Stage:
    """Write concepts, their names and relations as N-Triples."""
    return Stage("concept_triples", TRIPLES, concept_triples, "id", 500_000, (("base_iri", base_iri),))


def read_records(rows: Iterable[Row], **options: Any) -> Iterator[Row]:
    """From rows of ``FILES`` to rows of ``RECORDS``."""
    for row in rows:
        folder = row["name"].removesuffix(PurePath(row["path"]).name)
        for paper in corpus.read([row["path"]], **options):
            sources = tuple(replace(s, file=folder + s.file) for s in paper.sources)
            yield from _record_rows(replace(paper, sources=sources))


def _record_rows(paper: Paper) -> Iterator[Row]:
    text = codec.dumps(codec.paper_to_dict(paper))
    record = hashlib.sha256(text.encode()).hexdigest()[:32]
    keys = {f"title {title_key(paper.title)}", f"id {paper.id}"}
    keys |= {f"{name} {value}" for name, value in paper.identifiers if name in ("doi", "arxiv")}
    keys |= {f"{name} {value}" for name, value in (("doi", paper.doi), ("arxiv", paper.arxiv)) if value}
    numbers = sorted({_number(key) for key in keys})
    yield {"record": record, "block": numbers[0], "json": text}
    for number in numbers:
        yield {"record": record, "block": numbers[0], "join_key": number}


def _number(key: str) -> int:
    """A key as a number.

    Two keys with one number only make a block larger: what is one paper is decided on the records.
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def extract_records(rows: Iterable[Row]) -> Iterator[Row]:
    """From rows with ``block`` and ``json``, blocks together, to rows of ``FOUND``."""
    papers, beside = tee(_papers(rows))
    for paper, found in zip(beside, extraction.extract(papers), strict=True):
        yield from rows_of(paper, found)


def _papers(rows: Iterable[Row]) -> Iterator[Paper]:
    for _, block in groupby(rows, key=itemgetter("block")):
        unique = dict.fromkeys(row["json"] for row in block)
        yield from corpus.merge(codec.paper_from_dict(json.loads(text)) for text in unique)


def name_concepts(rows: Iterable[Row]) -> Iterator[Row]:
    """From rows of ``PARTS``, targets together, to rows of ``MADE``."""
    for target, group in groupby(rows, key=itemgetter("target")):
        yield from concept_rows(target, list(group))
