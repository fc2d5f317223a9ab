"""Texts from outside: files for the readers, curation files, SPARQL, searches and names."""

from __future__ import annotations

import io
import random
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg
from kg.concepts import parse_curation
from kg.corpus import read
from kg.errors import AmbiguousConcept, ConceptNotFound, CurationError, InputError, PaperNotFound, QueryError

_SAMPLES = [
    b'{"title": "On Files", "abstract": "Text", "authors": ["A One"], "date": "2024-01-02"}\n',
    b'{"data": [{"paperId": "1", "title": "a", "externalIds": {"DOI": "10.1000/1"}}]}',
    b'title,abstract,year\na,"b\nc",2024\n',
    b"TY  - JOUR\nTI  - a\nAU  - B, C\nPY  - 2024/01/02\nAB  - x\n  y\nER  - \n",
    b"FN x\nVR 1.0\nPT J\nAU A, B\n   C, D\nTI t\n  u\nPY 2024\nPD JAN\nER\n\nEF",
    b"PMID- 1\nOWN - NLM\nTI  - a\n      b\nDP  - 2024 Jan\nAU  - C D\n\nPMID- 2\nTI  - e\n",
    b'@article{k, title = {A {B} $x$} # a, author = "C and D", year = 2024, month = jan}\n',
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/abs/1</id><title>a</title></entry></feed>",
    b"<dblp><article key='a'><title>a&ouml;b.</title><year>2024</year></article></dblp>",
    "Get trending papers in your email inbox!\n\nOn Files\n\nText.\n\n  • 2 authors\n·\nFeb 4 12\n".encode(),
]  # fmt: skip
_BYTES = [
    b"",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\",
    b",",
    b"<",
    b">",
    b"&x;",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"]]>",
    b"<!--",
    b"9" * 400,
    b"\\ud800",
    "\u2028".encode(),
    b"-" * 50,
    b"TI  - ",
    b"@string{",
]
_CURATION = [
    "block",
    "split",
    "[merge]",
    "[rename]",
    "[retype]",
    "[broader]",
    "=",
    '"a"',
    '"b"',
    "[",
    "]",
    "\n",
    "1",
    '["a"]',
    "{",
    "}",
    "'",
    '"""',
    "#",
    "true",
    "2020-01-01",
    '"Method"',
    "\\",
    "\u0000",
    ".",
]
_SPARQL = [
    "SELECT",
    "*",
    "WHERE",
    "{",
    "}",
    "?a",
    "?b",
    "?c",
    ".",
    "<x:y>",
    "kg:Concept",
    "FILTER(",
    ")",
    "UNION",
    "GRAPH",
    "LIMIT 9",
    "'x'",
    "DROP ALL",
    "SERVICE <http://127.0.0.1:9/>",
    "LOAD <file:///etc/passwd>",
    "\\u",
    "INSERT DATA",
    "CONSTRUCT",
    "DESCRIBE",
    "ASK",
    "REGEX(?a, '(((('",
    "BIND(1/0 AS ?z)",
    "^",
    "+",
]
_WORDS = [
    "GNN",
    '"',
    "'",
    "*",
    "(",
    ")",
    ":",
    "^",
    "-",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "%",
    "_",
    ";",
    "DROP TABLE papers",
    "--",
    "\\",
    "\u0000",
    "🐦",
    " ",
    "title",
    "{",
    "}",
    "x" * 300,
    "\ud800",
    "ﬁ",
    "İ",
]


def _fuzz(
    seconds: float, seed: int, make: Callable[[random.Random], Any], do: Callable[[Any], object], *fine: type
) -> dict[str, Any]:
    """Make inputs and use them until the time is over; errors of the kinds `fine` are as they should be."""
    figures: dict[str, Any] = {"tries": 0, "refused": 0, "slowest": 0.0, "other": {}}
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        given = make(random.Random(seed + figures["tries"]))
        figures["tries"] += 1
        started = time.monotonic()
        try:
            do(given)
        except fine:
            figures["refused"] += 1
        except Exception as error:
            # Where in the text does not matter: one of a kind is shown.
            words = re.sub(r"\d+", "…", f"{type(error).__name__}: {error}")[:100]
            figures["other"].setdefault(words, repr(given)[:300])
        figures["slowest"] = round(max(figures["slowest"], time.monotonic() - started), 3)
    return figures


def _pieces(pieces: list[str], most: int = 12) -> Callable[[random.Random], str]:
    return lambda chance: " ".join(chance.choices(pieces, k=chance.randrange(most)))


def _file(chance: random.Random) -> bytes:
    data = chance.choice(_SAMPLES)
    for _ in range(chance.randrange(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 0, 1, 9))
        data = data[:at] + chance.choice(_BYTES) + data[at + length :]
    return data * chance.choice((1, 1, 2))


def readers(seconds: float, seed: int) -> dict[str, Any]:
    """Files of every family, changed here and there."""
    return _fuzz(seconds, seed, _file, lambda data: list(read("-", stdin=io.BytesIO(data))), InputError)


def curation(seconds: float, seed: int) -> dict[str, Any]:
    """Curation files made of what they are made of, in any order."""
    return _fuzz(seconds, seed, _pieces(_CURATION), parse_curation, CurationError)


def sparql(seconds: float, seed: int) -> dict[str, Any]:
    """Queries, also such as would write, load or call."""
    from kg.export.rdf.sparql import Endpoint

    with kg.build([kg.sample()]) as graph:
        endpoint = Endpoint(graph)
        return _fuzz(seconds, seed, _pieces(_SPARQL), endpoint.query, QueryError)


def search(seconds: float, seed: int) -> dict[str, Any]:
    """Names and searches with the syntax of SQL and FTS5 in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "papers.kg"
        kg.build([kg.sample()], store=path).close()
        with kg.load(path) as graph:

            def ask(words: str) -> None:
                graph.search(words)
                for question in (graph.concept, graph.paper, graph.explain):
                    try:
                        question(words)
                    except (ConceptNotFound, AmbiguousConcept, PaperNotFound):
                        continue

            return _fuzz(seconds, seed, _pieces(_WORDS), ask, QueryError)


RUNS: dict[str, Callable[[float, int], dict[str, Any]]] = {
    "readers": readers,
    "curation": curation,
    "sparql": sparql,
    "search": search,
}
