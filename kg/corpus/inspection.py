"""What files hold, told before anything is built from them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from kg.corpus.merging import same
from kg.corpus.reading import Corpus, read
from kg.model import Paper

MAX_ERRORS = 1000
"""Errors kept of one file; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one file is taken for, and what is in it.

    Parameters
    ----------
    file : str
        Its name, relative to the folder given.
    format : str
        Name of the reader; empty where no reader recognises it.
    why : str
        What it was recognised by.
    records : int
        Papers read.
    with_abstract, with_authors, with_date, with_identifier : int
        How many of them have one. A DOI, an arXiv id or any other counts as identifier; so
        does a number of authors as authors.
    repeats : int
        How many records are of a paper that an earlier record (of this file or of one before
        it) has given already.
    skipped : int
        Records, or the file itself, that were left out.
    first : Paper or None
        The first paper.
    errors : tuple of str
        Why they were left out, with line and remedy.
    notes : tuple of str
        What the user should know besides.
    """

    file: str
    format: str
    why: str
    records: int
    with_abstract: int
    with_authors: int
    with_date: int
    with_identifier: int
    repeats: int
    skipped: int = 0
    first: Paper | None = None
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values that `json` writes."""
        return asdict(self)


def inspect(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    listing_year: int | None = None,
    clean: bool | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
) -> list[Inspection]:
    r"""Read files, and tell what they are taken for, and what is in them.

    Parameters
    ----------
    paths, listing_year, clean, encoding, stdin
        As for :func:`kg.corpus.read`. Nothing is raised for a broken file or record.

    Returns
    -------
    list of Inspection
        One a file (a member of an archive is a file), in the order of reading. Files that do not
        exist come at the end.

    Examples
    --------
    >>> import io
    >>> (found,) = inspect("-", stdin=io.BytesIO(b"title,year\nOn Files,2024\nOn files,2024\n"))
    >>> found.format, found.records, found.with_date, found.repeats, found.first.title
    ('table', 2, 2, 1, 'On Files')
    """
    corpus = read(
        paths, listing_year=listing_year, skip_invalid=True, clean=clean, encoding=encoding, stdin=stdin
    )
    counts: dict[str, Counter[str]] = {}
    first: dict[str, Paper] = {}
    slim: list[Paper] = []  # enough to tell repeats, without the abstracts
    for paper in corpus:
        name = paper.sources[0].file
        first.setdefault(name, paper)
        count = counts.setdefault(name, Counter())
        count["abstract"] += bool(paper.abstract)
        count["authors"] += bool(paper.authors or paper.author_count)
        count["date"] += bool(paper.date)
        count["identifier"] += bool(paper.doi or paper.arxiv or paper.identifiers)
        slim.append(_slim(paper))
    return _told(corpus, counts, first, _repeats(slim))


def _slim(paper: Paper) -> Paper:
    return Paper(
        paper.id,
        paper.title,
        date=paper.date,
        doi=paper.doi,
        arxiv=paper.arxiv,
        identifiers=paper.identifiers,
        sources=paper.sources,
    )


def _repeats(papers: list[Paper]) -> Counter[str]:
    """Number of repeats by file: every record of a paper but the first one read."""
    place = {id(paper): n for n, paper in enumerate(papers)}
    repeats: Counter[str] = Counter()
    for group in same(papers):
        ordered = sorted(group, key=lambda paper: place[id(paper)])
        repeats.update(paper.sources[0].file for paper in ordered[1:])
    return repeats


def _told(
    corpus: Corpus, counts: dict[str, Counter[str]], first: dict[str, Paper], repeats: Counter[str]
) -> list[Inspection]:
    errors: dict[str, list[str]] = {}
    for problem in corpus.skipped:
        errors.setdefault(problem.file or "", []).append(str(problem))
    told = []
    for read_file in corpus.files:
        name, count = read_file.file, counts.get(read_file.file, Counter())
        mistakes = errors.pop(name, [])
        told.append(
            Inspection(
                file=name,
                format=read_file.format,
                why=read_file.why,
                records=read_file.records,
                with_abstract=count["abstract"],
                with_authors=count["authors"],
                with_date=count["date"],
                with_identifier=count["identifier"],
                repeats=repeats[name],
                skipped=max(read_file.skipped, len(mistakes)),
                first=first.get(name),
                errors=tuple(mistakes[:MAX_ERRORS]),
                notes=_notes(read_file.format, read_file.records, count),
            )
        )
    for name, mistakes in errors.items():
        kept = tuple(mistakes[:MAX_ERRORS])
        told.append(Inspection(name, "", "", 0, 0, 0, 0, 0, 0, skipped=len(mistakes), errors=kept))
    return told


def _notes(format: str, records: int, count: Counter[str]) -> tuple[str, ...]:
    if format == "dblp":
        return ("DBLP never has abstracts: only titles will be read for concepts",)
    if records and not count["abstract"]:
        return ("no record has an abstract: only titles will be read for concepts",)
    return ()
