"""How fast files are read, beside the bare parser library on the same bytes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import rispy
from lxml import etree

from kg.corpus import read

ROUNDS = 5
SIZE = 3_000_000
"""Bytes up to which records are repeated, so that starting up does not count."""


def _csv(data: bytes) -> int:
    return sum(1 for _ in csv.DictReader(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="")))


def _lines(data: bytes) -> int:
    return sum(1 for line in io.TextIOWrapper(io.BytesIO(data), "utf-8") if json.loads(line))


def _packed_lines(data: bytes) -> int:
    return sum(1 for line in gzip.GzipFile(fileobj=io.BytesIO(data)) if json.loads(line))


def _json(data: bytes) -> int:
    return len(json.loads(data))


def _bibtex(data: bytes) -> int:
    return len(bibtexparser.parse_string(data.decode("utf-8-sig")).blocks)


def _ris(data: bytes) -> int:
    return len(rispy.loads(data.decode("utf-8-sig").replace("\r\n", "\n")))


def _wos(data: bytes) -> int:
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return len(rispy.loads(text, implementation=rispy.WokParser, skip_unknown_tags=True))


def _xml(*tags: str) -> Callable[[bytes], int]:
    def parse(data: bytes) -> int:
        count = 0
        for _, element in etree.iterparse(
            io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True
        ):
            count += 1
            element.clear()
        return count

    return parse


def _repeat_lines(data: bytes) -> bytes:
    data = data.removeprefix(b"\xef\xbb\xbf")
    return (
        data.rstrip(b"\r\n") + b"\n"
        if len(data) > SIZE
        else (data.rstrip(b"\r\n") + b"\n") * (SIZE // len(data) + 1)
    )


def _repeat_records(data: bytes) -> bytes:
    data = data.removeprefix(b"\xef\xbb\xbf").rstrip() + b"\n\n"
    return data * (SIZE // len(data) + 1)


def _repeat_list(data: bytes) -> bytes:
    value = json.loads(data)
    items = value if isinstance(value, list) else value["message"]["items"]
    return json.dumps(items * (SIZE // len(data) + 1)).encode()


def _repeat_results(data: bytes) -> bytes:
    value = json.loads(data)
    value["results"] = value["results"] * (SIZE // len(data) + 1)
    return json.dumps(value).encode()


def _repeat_rows(data: bytes) -> bytes:
    head, _, rows = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    return head + b"\n" + (rows.rstrip(b"\r\n") + b"\n") * (SIZE // len(data) + 1)


def _repeat_children(data: bytes) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    children = b"".join(etree.tostring(child, encoding="utf-8") for child in root)
    name = root.tag.encode() if "}" not in root.tag else b"feed xmlns='http://www.w3.org/2005/Atom'"
    return b"<" + name + b">" + children * (SIZE // len(data) + 1) + b"</" + name.split()[0] + b">"


Case = tuple[str, str, str, Callable[[bytes], int], Callable[[bytes], bytes]]

CASES: tuple[Case, ...] = (
    ("json", "json", "data/arxiv_daily_2025-2026.jsonl.gz", _packed_lines, lambda data: data),
    ("json", "json", "data/mixed_5k.jsonl.gz", _lines, _repeat_lines),
    ("json-other", "json", "json_generic/s2orc_metadata_sample.jsonl", _lines, _repeat_lines),
    ("arxiv-kaggle", "json", "arxiv_kaggle_jsonl/arxivSpider_*.json", _lines, _repeat_lines),
    ("openalex", "json", "openalex_json/openalexPro__005-*.json", _lines, _repeat_lines),
    ("crossref", "json", "crossref_json/habanero__test_works_field_queries_0.json", _json, _repeat_list),
    ("daily-papers", "json", "hf_daily_papers/hf_daily_2025-09-30.json", _json, _repeat_list),
    ("csl", "json", "csl_json/bbt__Deterministic_*.csl.json", _json, _repeat_list),
    ("table", "csv", "scopus_csv/litstudy__scopus.csv", _csv, _repeat_rows),
    ("bibtex", "bibtexparser", "bibtex/scalefreegan__refs.bib", _bibtex, _repeat_records),
    ("ris", "rispy", "ris/CiteSource__search4_460.ris", _ris, _repeat_records),
    ("wos", "rispy", "wos/bibliometrix__wos_sample.txt", _wos, _repeat_records),
    ("pubmed", "lxml", "pubmed_xml/fatcat__pubmedsample_2019.xml", _xml("PubmedArticle"), _repeat_children),
    ("arxiv", "lxml", "arxiv_atom/arxiv.py__q_testing_*.xml", _xml("{*}entry"), _repeat_children),
    ("acl", "lxml", "acl_xml/N19.xml", _xml("paper"), _repeat_children),
    ("zotero-rdf", "lxml", "zotero_rdf/scalefreegan__My_Library.rdf", _xml("{*}Article"), lambda data: data),
)


def _file(shared: Path, pattern: str) -> Path:
    (found,) = shared.glob(pattern if pattern.startswith("data/") else f"inputs/{pattern}")
    return found


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def run(shared: Path) -> list[dict[str, Any]]:
    """Time every format's reader, and the bare library behind it (or beside it).

    Parameters
    ----------
    shared : Path
        The folder that holds ``inputs/`` and ``data/``.

    Returns
    -------
    list of dict
        ``format``, ``library``, ``file``, ``megabytes``, ``records``, ``seconds``,
        ``bare_seconds`` (of the processor, so that other work does not count) and their ``ratio``
        (at most 2 is the aim).
    """
    results = []
    for name, library, file, bare, repeat in CASES:
        path = _file(shared, file)
        data = path.read_bytes()
        if path.suffix == ".gz" and bare is not _packed_lines:
            data = gzip.decompress(data)
        data = repeat(data)
        corpus = read("-", stdin=io.BytesIO(data), skip_invalid=True)
        records = sum(1 for _ in corpus)
        found = corpus.files[0].format
        if found != name:
            raise SystemExit(f"{path.name}: taken for {found}, not {name}")

        def ours(data: bytes = data) -> int:
            return sum(1 for _ in read("-", stdin=io.BytesIO(data), skip_invalid=True))

        seconds, bare_seconds = _best(ours), _best(lambda data=data, bare=bare: bare(data))  # type: ignore[misc]
        results.append(
            {
                "format": name,
                "library": library,
                "file": path.name,
                "megabytes": round(len(data) / 1e6, 1),
                "records": records,
                "seconds": round(seconds, 3),
                "bare_seconds": round(bare_seconds, 3),
                "ratio": round(seconds / bare_seconds, 2),
            }
        )
    return results


if __name__ == "__main__":
    for row in run(Path(sys.argv[1])):
        print(json.dumps(row))
