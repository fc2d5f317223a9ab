"""From paths to streams of bytes: folders, compressed files, archives, standard input.

Nothing is unpacked to the disk, so no name inside an archive is ever used as a path.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from kg.errors import InputError

STANDARD_INPUT = "-"
MAX_RATIO = 300
"""Times that a file may grow by unpacking; text never does by more than some tens."""
FREE_SIZE = 64 << 20
"""Unpacked bytes up to which the ratio is not looked at."""
MAX_MEMBERS = 100_000
MAX_ARCHIVE_ON_STDIN = 512 << 20

_DAMAGED = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


def walk(paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, Path | None]]:
    """Every file of the paths, folders searched through in the order of their names.

    Parameters
    ----------
    paths : iterable of path
        Files, folders, and ``"-"`` for standard input.

    Yields
    ------
    name : str
        The file's name relative to the folder given, or its base name.
    path : Path or None
        None for standard input.

    Raises
    ------
    InputError
        If a path does not exist, or a folder holds no file.
    """
    for given in paths:
        if os.fspath(given) == STANDARD_INPUT:
            yield STANDARD_INPUT, None
            continue
        path = Path(given)
        if path.is_dir():
            found = False
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if name.startswith("."):
                        continue
                    found = True
                    file = Path(folder) / name
                    yield file.relative_to(path).as_posix(), file
            if not found:
                raise InputError("the folder holds no file; give one that does", file=str(given))
        elif path.exists():
            yield path.name, path
        else:
            raise InputError("there is no such file or folder; check the path", file=str(given))


class Prefixed(io.RawIOBase):
    """A stream whose beginning was read already.

    Parameters
    ----------
    head : bytes
        What was read.
    rest : BinaryIO
        The stream it was read from.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, from the beginning first."""
        wanted = len(buffer)
        if self._head:
            data, self._head = self._head[:wanted], self._head[wanted:]
        else:
            data = self._rest.read(wanted)
        buffer[: len(data)] = data
        return len(data)


class _Tells(Protocol):
    def tell(self) -> int: ...


class Unpacked(io.RawIOBase):
    """What a decompressor gives, with a watch on its size and errors that name the file.

    Parameters
    ----------
    stream : IO of bytes
        The decompressor.
    name : str
        The file's name, for messages.
    packed : object with ``tell``, or int
        The compressed stream (its position is the number of bytes used), or its size.
    """

    def __init__(self, stream: IO[bytes], name: str, packed: _Tells | int) -> None:
        self._stream, self._name, self._packed, self._size = stream, name, packed, 0

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; refuse a file that grows beyond all measure."""
        try:
            data = self._stream.read(len(buffer))
        except InputError:
            raise
        except _DAMAGED as problem:
            raise InputError(
                f"the compressed data are damaged or cut off ({problem}); fetch the file again",
                file=self._name,
            ) from problem
        self._size += len(data)
        if self._size > FREE_SIZE:
            packed = self._packed if isinstance(self._packed, int) else self._packed.tell()
            if self._size > MAX_RATIO * max(packed, 1):
                raise InputError(
                    f"unpacks to more than {MAX_RATIO} times its size, as no text does; "
                    "unpack it yourself if you trust it",
                    file=self._name,
                )
        buffer[: len(data)] = data
        return len(data)


def streams(name: str, stream: BinaryIO) -> Iterator[tuple[str, AbstractContextManager[BinaryIO]]]:
    """The stream itself, or what it holds where it is compressed (told by its first bytes).

    Parameters
    ----------
    name : str
        The file's name, for messages and for what comes out.
    stream : BinaryIO
        Positioned at the beginning; need not be seekable.

    Yields
    ------
    name : str
        `name`, for members of a ZIP archive followed by ``/`` and the member's name.
    opener : context manager of BinaryIO
        Buffered, uncompressed.
    """
    magic = stream.read(6)
    if magic.startswith(b"PK\x03\x04") or magic.startswith(b"PK\x05\x06"):
        yield from _members(name, magic, stream)
        return
    whole = io.BufferedReader(Prefixed(magic, stream), 1 << 16)
    if magic.startswith(b"\x1f\x8b"):
        packed = cast("IO[bytes]", gzip.GzipFile(fileobj=whole))
    elif magic.startswith(b"\xfd7zXZ\x00"):
        packed = cast("IO[bytes]", lzma.LZMAFile(whole, format=lzma.FORMAT_XZ))  # noqa: SIM115
    elif magic.startswith(b"BZh"):
        packed = cast("IO[bytes]", bz2.BZ2File(whole))
    else:
        yield name, _closing(whole)
        return
    yield name, _closing(io.BufferedReader(Unpacked(packed, name, _Position(stream)), 1 << 16))


class _Position:
    """How far a stream has been read, where it can say so."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def tell(self) -> int:
        try:
            return self._stream.tell()
        except OSError:
            return 1 << 40  # a pipe: memory stays bounded, and its sender can be stopped


@contextmanager
def _closing(stream: io.BufferedIOBase) -> Iterator[BinaryIO]:
    try:
        yield cast("BinaryIO", stream)
    finally:
        stream.close()


def _members(
    name: str, magic: bytes, stream: BinaryIO
) -> Iterator[tuple[str, AbstractContextManager[BinaryIO]]]:
    if stream.seekable():
        stream.seek(0)
        source: BinaryIO = stream
    else:
        data = magic + stream.read(MAX_ARCHIVE_ON_STDIN)
        if len(data) >= MAX_ARCHIVE_ON_STDIN:
            raise InputError("the archive is too big for a pipe; give it as a file", file=name)
        source = io.BytesIO(data)
    try:
        archive = zipfile.ZipFile(source)
        entries = sorted((e for e in archive.infolist() if not e.is_dir()), key=lambda e: e.filename)
    except (*_DAMAGED, ValueError) as problem:
        raise InputError(f"the ZIP archive is damaged ({problem}); fetch it again", file=name) from problem
    if any(e.filename == "[Content_Types].xml" for e in entries):
        raise InputError("this is an Office document; save the table as CSV (UTF-8)", file=name)
    with archive:
        entries = [e for e in entries if not _hidden(e.filename)]
        if not entries:
            raise InputError("the ZIP archive is empty; give one that holds papers", file=name)
        if len(entries) > MAX_MEMBERS:
            raise InputError(f"the ZIP archive holds more than {MAX_MEMBERS:,} files; split it", file=name)
        for entry in entries:
            member = f"{name}/{_harmless(entry.filename)}"
            yield member, _member(archive, entry, member)


@contextmanager
def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[BinaryIO]:
    try:
        opened = archive.open(entry)
    except (*_DAMAGED, ValueError) as problem:
        remedy = "unpack it yourself" if entry.flag_bits & 1 else "fetch the archive again"
        raise InputError(f"cannot be unpacked ({problem}); {remedy}", file=name) from problem
    with opened:
        yield cast("BinaryIO", io.BufferedReader(Unpacked(opened, name, entry.compress_size), 1 << 16))


def _hidden(member: str) -> bool:
    return any(part.startswith(".") and part != ".." and part != "." for part in member.split("/")) or (
        member.startswith("__MACOSX/")
    )


def _harmless(member: str) -> str:
    """A member's name as a label: no way up, no root, no control characters."""
    parts = [part for part in member.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(c if c.isprintable() else "?" for c in "/".join(parts))[:300] or "unnamed"
