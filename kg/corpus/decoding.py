"""From bytes to text: byte-order marks, declared encodings, UTF-8, and lines that end in any way."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.errors import InputError

PIECE = 1 << 17
MAX_LINE = 32 << 20
"""Characters in one line; the longest record seen in the wild has under one million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = (
    re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']"""),
    re.compile(rb"^%\s*Encoding:\s*([A-Za-z0-9._-]{2,40})", re.MULTILINE | re.IGNORECASE),
    re.compile(rb"^[%#].{0,80}-\*-.{0,80}coding:\s*([A-Za-z0-9._-]{2,40})"),
)
_OTHER_NAMES = {
    "utf8": "utf-8",
    "ansi": "cp1252",
    "macroman": "mac-roman",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
}


def detect(head: bytes) -> tuple[str, str]:
    r"""The encoding of a file, and why it is taken to be that.

    Parameters
    ----------
    head : bytes
        The file's beginning.

    Returns
    -------
    encoding : str
        A codec that Python knows.
    why : str

    Examples
    --------
    >>> detect(b"% Encoding: Cp1252\n@article{")
    ('cp1252', 'declared')
    >>> detect(b"plain")
    ('utf-8', 'default')
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, "byte-order mark"
    pairs = head[: len(head) & ~1][:400]
    if len(pairs) >= 4:
        # Text in a Latin script written as UTF-16 has a zero in every other byte.
        if pairs[::2].count(0) * 10 >= 9 * len(pairs[::2]) and 0 not in pairs[1::2]:
            return "utf-16-be", "every other byte is zero"
        if pairs[1::2].count(0) * 10 >= 9 * len(pairs[1::2]) and 0 not in pairs[::2]:
            return "utf-16-le", "every other byte is zero"
    for pattern in _DECLARED:
        if found := pattern.search(head[:4096]):
            name = found.group(1).decode("ascii").lower().replace("_", "-")
            name = _OTHER_NAMES.get(name, name)
            try:
                codec = codecs.lookup(name)
            except LookupError:
                continue
            # Not every codec is one of text (there are "rot13" and "zip").
            if getattr(codec, "_is_text_encoding", True) and not name.startswith(("utf-16", "utf-32")):
                return codec.name, "declared"
    return "utf-8", "default"


class _Counting(io.BufferedIOBase):
    """Passes bytes on, and knows how many lines ended before the last piece."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        self._stream, self.lines, self._last, self._open = stream, 0, 0, 0

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size and size > 0 else io.DEFAULT_BUFFER_SIZE)
        self.lines += self._last
        self._last = data.count(b"\n") or data.count(b"\r")
        self._open = self._open + len(data) if not self._last else 0
        if self._open > MAX_LINE:
            raise InputError(
                f"a line of more than {MAX_LINE:,} characters; this is no text of papers", file=self._name
            )
        return data

    read = read1  # type: ignore[assignment]


class Text:
    r"""The text of a stream, read by lines or in pieces, with errors that say where.

    Parameters
    ----------
    stream : BinaryIO
        The bytes, from the beginning.
    encoding : str
    name : str
        The file's name, for messages.
    newline : str or None
        As for `open`: None makes every line end ``\\n``, ``""`` leaves them.
    """

    def __init__(self, stream: BinaryIO, encoding: str, name: str, newline: str | None = None) -> None:
        self._counting = _Counting(stream, name)
        self._text = io.TextIOWrapper(
            cast("BinaryIO", self._counting), encoding=encoding, errors="strict", newline=newline
        )
        self._text._CHUNK_SIZE = PIECE  # type: ignore[attr-defined]
        self._encoding, self._name = encoding, name

    def lines(self) -> Iterator[str]:
        r"""Lines with their ends; only ``\\n``, ``\\r\\n`` and ``\\r`` end one."""
        try:
            yield from self._text
        except UnicodeError as problem:
            raise self._refusal(problem) from problem

    def read(self, size: int) -> str:
        """The next piece, of at most `size` characters; empty at the end."""
        try:
            return self._text.read(size)
        except UnicodeError as problem:
            raise self._refusal(problem) from problem

    def _refusal(self, problem: UnicodeError) -> InputError:
        line = None
        if isinstance(problem, UnicodeDecodeError):
            line = self._counting.lines + problem.object[: problem.start].count(b"\n") + 1
        name = "UTF-8" if self._encoding.startswith("utf-8") else self._encoding
        return InputError(
            f"the text is not {name}; say which encoding it has (--encoding cp1252), or save it as UTF-8",
            file=self._name,
            line=line,
        )
