"""What a reader is handed: one file's stream, its beginning, and what the user said about it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol, cast

from kg.corpus.decoding import Text
from kg.corpus.draft import Draft
from kg.corpus.files import Prefixed
from kg.corpus.head import SIZE, Head
from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Input:
    """One file to be read, once.

    Parameters
    ----------
    name : str
        As the user is to see it.
    stream : BinaryIO
        Uncompressed, from the beginning.
    head : Head
    listing_year : int or None
        The year of dates that have none.
    clean : bool
        Whether texts will be cleaned; a reader may then leave that to the cleaner.
    """

    name: str
    stream: BinaryIO
    head: Head
    listing_year: int | None = None
    clean: bool = field(default=True)

    def text(self, newline: str | None = None) -> Text:
        """The file's text, decoded; see :class:`kg.corpus.decoding.Text`."""
        return Text(self.stream, self.head.encoding, self.name, newline)

    def error(self, message: str, line: int | None = None, record: int | None = None) -> InputError:
        """An error that names this file."""
        return InputError(message, file=self.name, line=line, record=record)


class Format(Protocol):
    """A reader: a module of `kg.corpus.formats`."""

    NAME: str
    """The reader's name, as in ``Source.format``."""
    LETTER_FOR_LETTER: bool
    """Whether texts stay as they are unless cleaning is asked for."""

    def sniff(self, head: Head) -> str | None:
        """Why the file is of this format, or None where it is not."""

    def read(self, source: Input) -> Iterator[Draft | InputError]:
        """Records in the order of the file; a broken one as the error that says so.

        Raises
        ------
        InputError
            Where the file cannot be read any further.
        """


def prepare(name: str, stream: BinaryIO, encoding: str | None = None) -> tuple[Head, BinaryIO]:
    """Look at the beginning of a stream without losing it.

    Parameters
    ----------
    name : str
    stream : BinaryIO
    encoding : str or None
        As the user says.

    Returns
    -------
    head : Head
    stream : BinaryIO
        The whole stream again.

    Raises
    ------
    InputError
        If the encoding is unknown.
    """
    pieces, size = [], 0
    while size < SIZE and (piece := stream.read(SIZE - size)):
        pieces.append(piece)
        size += len(piece)
    data = b"".join(pieces)
    if encoding is not None:
        try:
            "".encode(encoding)
        except LookupError as problem:
            raise InputError(
                f"no encoding is called {encoding!r}; try utf-8 or cp1252", file=name
            ) from problem
    whole = io.BufferedReader(Prefixed(data, stream), 1 << 17)
    return Head(data, encoding), cast("BinaryIO", whole)
