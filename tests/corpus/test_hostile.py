"""Files made to break readers: each ends in an error that says so, soon, and without growing."""

from __future__ import annotations

import io
import json
import time
import zipfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.corpus import read
from kg.corpus.formats import FORMATS
from kg.corpus.head import Head
from kg.corpus.source import Input, prepare
from kg.errors import InputError
from kg.model import Paper

NAMES = [reader.NAME for reader in FORMATS]


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        list(read("-", stdin=io.BytesIO(data)))
    return str(caught.value)


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet [
<!ENTITY a "ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha">
%s]>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<ArticleTitle>On Files %s</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>
"""


def test_entities_are_not_expanded_and_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    bomb = b"".join(b'<!ENTITY %c "%s">\n' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    for declared, used in ((bomb, b"&j;"), (b'<!ENTITY x SYSTEM "%s">' % secret.as_uri().encode(), b"&x;")):
        try:
            (paper,) = read("-", stdin=io.BytesIO(LAUGHS % (declared, used)))
        except InputError:
            continue
        assert paper.title.startswith("On Files")
        assert len(paper.title) < 100
        assert "secret" not in paper.title


def test_entities_in_attributes_are_not_expanded_without_end() -> None:
    bomb = b"".join(b'<!ENTITY %c "%s">\n' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    data = (LAUGHS % (bomb, b"")).replace(b"<PMID>", b'<PMID Version="&j;">')
    started = time.perf_counter()
    assert "no XML" in refused(data)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"title": "a", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "deep"),
        (b'[{"paperId": "1", "title": "a", "x": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}]", "deep"),
        (b"<feed><entry>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</entry></feed>", "no XML"),
        (b"<PubmedArticleSet><PubmedArticle>", "no XML"),
        (b"<dblp><article key='a'><title>" + b"x" * 30_000_000 + b"</title></article></dblp>", ""),
        (b"TY  - JOUR\nTI  - " + b"x" * 9_000_000 + b"\nER  - \n", "characters"),
        (b"TY  - JOUR\nTI  - a\n" + b"AU  - x\n" * 1_100_000 + b"ER  - \n", ""),
        (b"@article{a, title = {" + b"x" * 40_000_000 + b"}}", "characters"),
        (b"title,abstract\na," + b"x" * 5_000_000 + b"\n", "row"),
        (b'{"title": "' + b"x" * 40_000_000, "characters"),
        (b'{"title": "' + b"x" * 30_000 + b'"}', "title"),
    ],
    ids=[
        "json",
        "json-list",
        "xml",
        "xml-end",
        "xml-text",
        "ris",
        "ris-authors",
        "bibtex",
        "csv",
        "line",
        "title",
    ],
)
def test_depth_and_size_end_in_an_error(data: bytes, words: str) -> None:
    started = time.perf_counter()
    assert words in refused(data)
    assert time.perf_counter() - started < 20


def test_an_archive_that_grows_without_end(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as member:
        member.write(b'{"title": "a"}\n')
        for _ in range(100):
            member.write(b" " * (1 << 20) + b"\n")
    with pytest.raises(InputError, match="times its size"):
        list(read(file))


def test_an_encrypted_and_a_lying_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.jsonl", b'{"title": "a"}\n')
    data = bytearray(file.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    for position in (6, central + 8):
        data[position] |= 1  # the flag that says it is encrypted
    file.write_bytes(data)
    with pytest.raises(InputError, match="unpack"):
        list(read(file))


def xml_dump(records: int) -> io.RawIOBase:
    record = (
        b"<PubmedArticle><MedlineCitation><PMID>%d</PMID><Article><ArticleTitle>On Files</ArticleTitle>"
        b"<Abstract><AbstractText>" + b"words of it " * 90 + b"</AbstractText></Abstract></Article>"
        b"</MedlineCitation></PubmedArticle>"
    )

    class Dump(io.RawIOBase):
        def __init__(self) -> None:
            self.left, self.buffer = records, b"<PubmedArticleSet>"

        def readable(self) -> bool:
            return True

        def readinto(self, target: Any) -> int:
            while len(self.buffer) < len(target) and self.left >= 0:
                self.buffer += record % self.left if self.left else b"</PubmedArticleSet>"
                self.left -= 1
            piece, self.buffer = self.buffer[: len(target)], self.buffer[len(target) :]
            target[: len(piece)] = piece
            return len(piece)

    return Dump()


def test_memory_does_not_follow_the_size_of_an_xml_dump() -> None:
    resource = pytest.importorskip("resource")

    def grown(records: int) -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        stream = io.BufferedReader(xml_dump(records))  # type: ignore[type-var]
        assert sum(1 for _ in read("-", stdin=stream)) == records  # type: ignore[arg-type]
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

    grown(500)
    assert grown(40_000) < 20_000  # kilobytes, of about 48 megabytes read


# ruff: noqa: E501
SAMPLES = [
    b'{"title": "On Files", "abstract": "Text", "authors": ["A One"], "date": "2024-01-02", "doi": "10.1000/1"}\n',
    b'[{"title": "a", "abstract": "b", "author": "A; B"}, {"title": "c"}]',
    b'{"results": [{"id": "W1", "display_name": "a", "abstract_inverted_index": {"a": [0, 2], "b": [1]}}]}',
    b'{"data": [{"paperId": "1", "title": "a", "externalIds": {"DOI": "10.1000/1"}}]}',
    b'{"status": "ok", "message-version": "1", "message": {"items": [{"DOI": "10.1000/1", "title": ["a"]}]}}',
    b'[{"type": "book", "title": "a", "issued": {"date-parts": [[2024, 1]]}, "author": [{"family": "A"}]}]',
    b'{"id": "0704.0001", "submitter": "x", "title": "a", "abstract": "b", "journal-ref": "c", "versions": [{}]}',
    b'[{"paper": {"id": "2401.00001", "title": "a", "upvotes": 1}}]',
    b"[\"{'paper': {'id': '2401.00001', 'title': 'a'}}\"]",
    b'title,abstract,year\na,"b\nc",2024\n',
    b"TY  - JOUR\nTI  - a\nAU  - B, C\nPY  - 2024/01/02\nAB  - x\n  y\nER  - \n",
    b"FN x\nVR 1.0\nPT J\nAU A, B\n   C, D\nTI t\n  u\nPY 2024\nPD JAN\nER\n\nEF",
    b"PMID- 1\nOWN - NLM\nTI  - a\n      b\nDP  - 2024 Jan\nAU  - C D\n\nPMID- 2\nTI  - e\n",
    b'@string{a = "b"}\n@article{k, title = {A {B} $x$} # a, author = "C and D", year = 2024, month = jan}\n',
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/abs/1</id><title>a</title></entry></feed>",
    b"<OAI-PMH><record><header/><metadata><arXiv><id>1</id><title>a</title></arXiv></metadata></record></OAI-PMH>",
    b"<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><ArticleTitle>a<i>b</i></ArticleTitle></Article>"
    b"</MedlineCitation></PubmedArticle></PubmedArticleSet>",
    b"<collection id='x'><volume><meta><year>2024</year></meta><paper><title>a</title></paper></volume></collection>",
    b"<dblp><article key='a'><title>a&ouml;b.</title><year>2024</year></article></dblp>",
    b"<xml><records><record><ref-type>1</ref-type><titles><title>a</title></titles></record></records></xml>",
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:d='x'><d:Article><d:title>a</d:title>"
    b"<d:itemType>book</d:itemType><d:author>b</d:author></d:Article></rdf:RDF>",
    "Get trending papers in your email inbox!\n\nOn Files\n\nText.\n\n  • 2 authors\n·\nFeb 4 12\n".encode(),
]


def test_the_samples_are_read_by_every_reader() -> None:
    found = set()
    for sample in SAMPLES:
        corpus = read("-", stdin=io.BytesIO(sample))
        assert list(corpus), sample
        found.add(corpus.files[0].format)
    assert found == set(NAMES)


PIECES = st.sampled_from(
    [b"", b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"<", b">", b"</", b"&amp;", b"&x;", b"\n", b"\r", b"\x00",
     b"\xff", b"\xc3", "\u2028".encode(), b"@", b"=", b"#", b"$", b"  - ", b"null", b"1e999", b"-", b"9" * 30, b"3.0", b"[[]]",
     b"{}", b'{"a":', b"\\u", b"\xef\xbb\xbf", b"TY  - ", b"ER  - ", b"PT J", b"title", b"\t", b"NaN", b"\\ud800"]
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A good file with pieces taken out, doubled or put in."""
    data = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        upto = min(len(data), at + draw(st.integers(0, 12)))
        middle = draw(st.one_of(PIECES, st.binary(max_size=6), st.just(data[at:upto] * 2)))
        data = data[:at] + middle + data[upto:]
    return data


def consume(data: bytes, **options: Any) -> list[Paper]:
    corpus = read("-", stdin=io.BytesIO(data), skip_invalid=True, **options)
    papers = list(corpus)
    assert corpus.records == len(papers)
    for paper in papers:
        assert paper.title.strip()
        json.dumps(asdict(paper), ensure_ascii=False).encode()  # no half characters
        assert paper.upvotes is None or type(paper.upvotes) is int
    return papers


@given(spoilt(), st.sampled_from([None, True, False]))
@settings(max_examples=1500, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
def test_no_exception_but_our_own(data: bytes, clean: bool | None) -> None:
    consume(data, clean=clean)
    with suppress(InputError):
        list(read("-", stdin=io.BytesIO(data)))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.one_of(spoilt(), st.binary(max_size=200)))
@settings(max_examples=120, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@example(data=b"\xff\xfe")
def test_every_reader_on_everything(name: str, data: bytes) -> None:
    """Also on files of other formats, as if the choice had gone wrong."""
    reader = next(reader for reader in FORMATS if name == reader.NAME)
    head, stream = prepare("x", io.BytesIO(data))
    assert isinstance(head, Head)
    reader.sniff(head)
    with suppress(InputError):
        for item in reader.read(Input("x", stream, head)):
            assert item is not None


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "title",
        "abstract",
        "summary",
        "authors",
        "author",
        "id",
        "DOI",
        "doi",
        "issued",
        "date-parts",
        "published",
        "year",
        "venues",
        "paper",
        "externalIds",
        "primary_location",
        "abstract_inverted_index",
        "authorships",
        "versions",
        "authors_parsed",
        "message",
        "items",
        "keywords",
        "url",
        "upvotes",
        "author_count",
        "organisation",
    ]
)


@pytest.mark.parametrize(
    "name",
    ["openalex", "semantic-scholar", "crossref", "csl", "arxiv-kaggle", "daily-papers", "json-other", "json"],
)
@given(record=st.dictionaries(KEYS, VALUES, max_size=6), nested=st.booleans())
@settings(max_examples=80, deadline=2000)
def test_json_readers_on_values_of_any_type(name: str, record: dict[str, Any], nested: bool) -> None:
    value: Any = {"paper": record} if name == "daily-papers" and nested else record
    data = json.dumps([value] if nested else value).encode()
    reader = next(reader for reader in FORMATS if name == reader.NAME)
    head, stream = prepare("x", io.BytesIO(data))
    with suppress(InputError):
        list(reader.read(Input("x", stream, head)))
    consume(data)
