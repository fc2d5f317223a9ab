"""Opening: folders, compressed files, archives, encodings, and what cannot be used."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from kg.corpus import read
from kg.errors import InputError, UnknownFormat

LINE = b'{"title": "On Files"}\n'


def refused(path: Path, **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        list(read(path, **options))  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_compressed_files_are_told_by_their_content(tmp_path: Path, pack: object) -> None:
    file = tmp_path / "papers"
    file.write_bytes(pack(LINE * 5))  # type: ignore[operator]
    assert len(list(read(file))) == 5


def test_zip_archives_and_their_tricks(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("../../etc/x.jsonl", "/root/y.jsonl", "b/z.jsonl", "__MACOSX/._z", ".DS_Store"):
            archive.writestr(name, LINE)
    corpus = read(file)
    assert {p.sources[0].file for p in corpus} == {
        "a.zip/etc/x.jsonl",
        "a.zip/root/y.jsonl",
        "a.zip/b/z.jsonl",
    }
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_read_in_the_order_of_names_with_relative_names(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/c.jsonl", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINE)
    assert [p.sources[0].file for p in read(tmp_path)] == ["b.jsonl", "a/c.jsonl"]
    assert [p.sources[0].file for p in read(tmp_path / "a" / "c.jsonl")] == ["c.jsonl"]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", InputError, "empty"),
        (b" \n\t\n", InputError, "empty"),
        (b"just some words\nand more\n", UnknownFormat, "not recognised"),
        (b"%PDF-1.7\n\x00\x01\x02", UnknownFormat, "a PDF"),
        (b"<!DOCTYPE html><html><title>x</title></html>", UnknownFormat, "a web page"),
        (b"<svg><title>x</title></svg>", UnknownFormat, "not recognised"),
        (b"name,age\nx,1\n", UnknownFormat, "not recognised"),
        (b'{"name": "x"}', UnknownFormat, "not recognised"),
        (b"\x1f\x8b\x08\x00broken", InputError, "damaged"),
        (b"PK\x03\x04broken", InputError, "damaged"),
        (gzip.compress(LINE * 1000, mtime=0)[:-30], InputError, "cut off"),
        (b'{"title": "a"}\n{"title": "caf\xe9"}\n', InputError, "not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(
    tmp_path: Path, data: bytes, kind: type[InputError], words: str
) -> None:
    file = tmp_path / "x.dat"
    file.write_bytes(data)
    problem = refused(file)
    assert isinstance(problem, kind)
    assert words in str(problem)
    assert problem.file == "x.dat"
    corpus = read([file], skip_invalid=True)
    list(corpus)
    assert len(corpus.skipped) == 1


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in str(refused(tmp_path / "none.bib"))
    assert "holds no file" in str(refused(tmp_path))


def test_the_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(LINE * 3000 + b'{"title": "caf\xe9"}\n' + LINE)
    assert refused(file).line == 3001
    assert [p.title for p in read(file, encoding="cp1252")][3000] == "café"
    assert "no encoding" in str(refused(file, encoding="klingon"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_that_show_themselves(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes('{"title": "Müller’s café"}\n{"title": "two"}\n'.encode(encoding))
    assert [p.title for p in read(file)] == ["Müller’s café", "two"]


def test_skipping_goes_on_with_the_next_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"no paper")
    (tmp_path / "b.jsonl").write_bytes(LINE)
    corpus = read([tmp_path, tmp_path / "none"], skip_invalid=True)
    assert [p.title for p in corpus] == ["On Files"]
    assert [problem.file for problem in corpus.skipped] == ["a.txt", str(tmp_path / "none")]
    assert [(f.file, f.format, f.records, f.skipped) for f in corpus.files] == [
        ("a.txt", "", 0, 1),
        ("b.jsonl", "json", 1, 0),
    ]


def test_a_bomb_ends_in_an_error(tmp_path: Path) -> None:
    file = tmp_path / "bomb.gz"
    with gzip.open(file, "wb", compresslevel=9) as packed:
        packed.write(LINE)
        for _ in range(90):
            packed.write(b" " * (1 << 20) + b"\n")
    assert "times its size" in str(refused(file))


@pytest.mark.parametrize("listed", [False, True])
def test_memory_does_not_follow_the_size_of_the_file(tmp_path: Path, listed: bool) -> None:
    record = '{"title": "On Files", "abstract": "%s"}' % ("word " * 200)
    file = tmp_path / "big.json"
    with file.open("w") as out:
        out.write("[" if listed else "")
        for i in range(20_000):
            out.write(("," if i and listed else "") + record + "\n")
        out.write("]" if listed else "")
    tracemalloc.start()
    assert sum(1 for _ in read(file)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000 < file.stat().st_size


def test_standard_input_can_be_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.left = LINE * 4

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            piece, self.left = self.left[:7], self.left[7:]
            buffer[: len(piece)] = piece
            return len(piece)

    corpus = read("-", stdin=io.BufferedReader(Pipe()))  # type: ignore[arg-type]
    assert len(list(corpus)) == 4
    assert corpus.files[0].file == "-"
