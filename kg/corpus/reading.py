"""From paths to papers: every file opened, its reader chosen, every record finished or refused."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from kg.corpus import files
from kg.corpus.draft import Draft, finish
from kg.corpus.formats import choose
from kg.corpus.source import Format, Input, prepare
from kg.errors import InputError
from kg.model import Paper

MAX_SKIPPED = 10_000
"""Errors kept; the rest is only counted, so that memory does not grow with a broken file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file was taken for.

    Parameters
    ----------
    file : str
        Its name, relative to the folder given.
    format : str
        Name of the reader; empty where there was none.
    why : str
        What it was recognised by.
    records : int
        Records that became papers.
    skipped : int
        Records that were left out.
    """

    file: str
    format: str
    why: str
    records: int
    skipped: int


class Corpus(Iterable[Paper]):
    """The papers of some files, read while being iterated over; nothing is kept of them.

    Parameters
    ----------
    paths : sequence of path
        Files, folders, ``"-"`` for standard input.
    listing_year : int or None
        The year of dates that have none, on listing pages.
    skip_invalid : bool
        Leave broken records and files out, and list them, instead of raising.
    clean : bool or None
        Clean texts; None leaves the project's own JSON and the listing pages letter for letter.
    encoding : str or None
        Of all the files; None finds out.
    stdin : BinaryIO or None
        What ``"-"`` stands for; None is the process's standard input.

    Attributes
    ----------
    records : int
        Papers given so far.
    skipped : tuple of InputError
        What was left out so far; at most the first `MAX_SKIPPED`.
    left_out : int
        How much was left out so far, records and files.
    files : tuple of FileRead
        The files finished so far.
    """

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        listing_year: int | None = None,
        skip_invalid: bool = False,
        clean: bool | None = None,
        encoding: str | None = None,
        stdin: BinaryIO | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._listing_year, self._skip_invalid, self._clean = listing_year, skip_invalid, clean
        self._encoding, self._stdin = encoding, stdin
        self._start_again()

    def _start_again(self) -> None:
        self.records = 0
        self.left_out = 0
        self._skipped: list[InputError] = []
        self._files: list[FileRead] = []

    @property
    def skipped(self) -> tuple[InputError, ...]:
        """What was left out so far, in the order of reading."""
        return tuple(self._skipped)

    @property
    def files(self) -> tuple[FileRead, ...]:
        """The files finished so far, in the order of reading."""
        return tuple(self._files)

    def __iter__(self) -> Iterator[Paper]:
        """Read everything from the beginning.

        Yields
        ------
        Paper
            With one source each.

        Raises
        ------
        InputError
            At the first thing that cannot be used, unless such things are to be skipped.
        """
        self._start_again()
        for given in self._paths:
            try:
                for name, path in files.walk([given]):
                    with ExitStack() as stack:
                        try:
                            stream = (
                                stack.enter_context(path.open("rb"))
                                if path is not None
                                else self._stdin or sys.stdin.buffer
                            )
                        except OSError as problem:
                            self._refuse(
                                InputError(f"cannot be opened ({problem.strerror}); check it", file=name)
                            )
                            continue
                        yield from self._streams(name, stream)
            except InputError as problem:
                self._refuse(problem)

    def _refuse(self, problem: InputError) -> None:
        if not self._skip_invalid:
            raise problem
        log.info("left out: %s", problem)
        self.left_out += 1
        if len(self._skipped) < MAX_SKIPPED:
            self._skipped.append(problem)

    def _streams(self, name: str, stream: BinaryIO) -> Iterator[Paper]:
        try:
            for member, opened in files.streams(name, stream):
                try:
                    with opened as unpacked:
                        yield from self._file(member, unpacked)
                except InputError as problem:
                    self._refuse(problem)
        except InputError as problem:
            self._refuse(problem)

    def _file(self, name: str, stream: BinaryIO) -> Iterator[Paper]:
        before, skipped = self.records, self.left_out
        kind, why = "", ""
        try:
            head, whole = prepare(name, stream, self._encoding)
            reader, why = choose(head, name)
            kind = reader.NAME
            clean = (not reader.LETTER_FOR_LETTER) if self._clean is None else self._clean
            source = Input(name, whole, head, self._listing_year, clean)
            yield from self._records(reader, source)
        except InputError as problem:
            self._refuse(problem)
        finally:
            self._files.append(FileRead(name, kind, why, self.records - before, self.left_out - skipped))

    def _records(self, reader: Format, source: Input) -> Iterator[Paper]:
        position = 0
        for item in reader.read(source):
            position += 1
            if isinstance(item, Draft):
                try:
                    paper = finish(item, source.name, position, reader.NAME, source.clean)
                except InputError as problem:
                    self._refuse(problem)
                    continue
                self.records += 1
                yield paper
            else:
                self._refuse(InputError(item.message, file=item.file, line=item.line, record=position))


def read(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    listing_year: int | None = None,
    skip_invalid: bool = False,
    clean: bool | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
) -> Corpus:
    r"""Papers of files in any of the known formats, told apart by what they hold.

    Parameters
    ----------
    paths : path or iterable of path
        Files (also compressed by gzip, xz, bzip2 or as ZIP), folders, ``"-"`` for standard input.
    listing_year : int, optional
        The year of dates that have none, on listing pages. By default the year after the
        newest one on the page, since pages write the year of other years only.
    skip_invalid : bool, optional
        Leave broken records and files out and list them in ``skipped``, instead of raising.
    clean : bool, optional
        Clean titles and abstracts of mark-up. By default everything is cleaned but the
        project's own JSON and the listing pages, which are taken letter for letter.
    encoding : str, optional
        Of all the files; by default a byte-order mark, a declaration, or UTF-8 decides.
    stdin : BinaryIO, optional
        What ``"-"`` stands for, by default the process's standard input.

    Returns
    -------
    Corpus
        To be iterated over; one paper a record, each with its one source.

    Examples
    --------
    >>> import io
    >>> lines = io.BytesIO(b'{"title": "A Title", "date": "2024-03"}\n')
    >>> corpus = read("-", stdin=lines)
    >>> [(paper.title, paper.year) for paper in corpus], corpus.records
    ([('A Title', 2024)], 1)
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    return Corpus(
        paths,
        listing_year=listing_year,
        skip_invalid=skip_invalid,
        clean=clean,
        encoding=encoding,
        stdin=stdin,
    )
