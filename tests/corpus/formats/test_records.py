"""The project's own JSON and JSON Lines, held against the schema."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import read
from kg.corpus.formats import records
from kg.errors import InputError
from kg.model import Paper

FULL: dict[str, Any] = {
    "id": "x-1",
    "title": r"A {\em Title}  with <b>marks</b>",
    "abstract": "Line one\nline two &amp; more ",
    "date": "2024-03-05",
    "date_inferred": True,
    "authors": ["Ada One", "Bo Two"],
    "venue": "A Journal",
    "doi": "https://doi.org/10.1000/ABC",
    "arxiv": "arXiv:2401.00001v3",
    "url": "https://example.org/1",
    "identifiers": [["pmid", "12"]],
    "upvotes": 3,
    "organisation": "Acme",
    "keywords": ["files"],
}


def papers(data: bytes | str, **options: Any) -> list[Paper]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read("-", stdin=io.BytesIO(raw), **options))


def refused(data: bytes | str) -> InputError:
    with pytest.raises(InputError) as caught:
        papers(data)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(FULL) + "\n",
        json.dumps(FULL),
        json.dumps([FULL], indent=2),
        json.dumps(FULL, indent=1),
        "\ufeff" + json.dumps(FULL),
        json.dumps({"total": 1, "papers": [FULL]}),
        "\r\n\r\n" + json.dumps(FULL) + "\r\n",
    ],
)
def test_every_field_is_kept_and_texts_are_letter_for_letter(text: str) -> None:
    (paper,) = papers(text)
    assert (paper.id, paper.title, paper.abstract) == (FULL["id"], FULL["title"], FULL["abstract"])
    assert (paper.date, paper.date_inferred, paper.authors) == ("2024-03-05", True, ("Ada One", "Bo Two"))
    assert (paper.doi, paper.arxiv, paper.author_count) == ("10.1000/abc", "2401.00001", 2)
    assert (paper.venue, paper.url, paper.upvotes) == ("A Journal", "https://example.org/1", 3)
    assert (paper.identifiers, paper.organisation, paper.keywords) == (
        (("pmid", "12"),),
        "Acme",
        ("files",),
    )


def test_lines_are_counted_in_lines_and_in_lists() -> None:
    lines = '{"title": "One"}\n\n{"title": "Two\u2028 still"}\n'
    assert [(p.title, p.sources[0].position, p.sources[0].line) for p in papers(lines)] == [
        ("One", 1, 1),
        ("Two\u2028 still", 2, 3),
    ]
    listed = '[\n{"title": "One"},\n\n{"title":\n "Two"}]'
    assert [p.sources[0].line for p in papers(listed)] == [2, 4]


def test_ids_are_kept_or_made() -> None:
    texts = (
        '{"title": "One", "id": 7}\n{"title": "One", "doi": "10.1000/1"}\n{"title": "One"}\n{"title": "ONE."}'
    )
    first, second, third, fourth = papers(texts)
    assert (first.id, second.id) == ("7", "doi:10.1000/1")
    assert third.id == fourth.id
    assert third.id.startswith("title:")
    assert len(third.id) == 22


def test_cleaning_on_demand() -> None:
    (paper,) = papers(json.dumps(FULL), clean=True)
    assert paper.abstract == "Line one line two & more"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"title": "a"}\n{"abstract": "b"}\n', 2, "no title"),
        ('{"title": "a"}\n{"title": ""}\n', 2, "no title"),
        ('{"title": "a"}\n{"title": "b", "date": "March"}\n', 2, "date"),
        ('{"title": "a"}\n{"title": "b", "authors": "X; Y"}\n', 2, "authors"),
        ('{"title": "a"}\n{"title": "b"\n', 2, "no JSON"),
        ('{"title": "a"}\n[1]\n', 2, "not an object"),
        ('[{"title": "a"},\n {"title": "b"} {', 2, "no JSON"),
        ('[{"title": "a"},\n {"title": "b"', 2, "no JSON"),
        ('{"title": "a", "upvotes": 1.5}', 1, "upvotes"),
    ],
)
def test_a_broken_record_is_named_with_its_line(text: str, line: int, words: str) -> None:
    problem = refused(text)
    assert (problem.file, problem.line) == ("-", line)
    assert words in str(problem)


def test_broken_records_are_left_out_counted_and_listed() -> None:
    corpus = read(
        "-",
        stdin=io.BytesIO(b'{"title": "a"}\nnonsense\n{"abstract": "b"}\n{"title": "c"}\n'),
        skip_invalid=True,
    )
    assert [p.title for p in corpus] == ["a", "c"]
    assert [(problem.line, problem.record) for problem in corpus.skipped] == [(2, 2), (3, 3)]
    assert (corpus.records, corpus.files[0].records, corpus.files[0].skipped) == (2, 2, 2)


def test_ten_thousand_brackets_are_refused() -> None:
    assert "deep" in str(
        refused('{"title": "a"}\n{"title": "b", "x": ' + "[" * 10_000 + "]" * 10_000 + "}\n")
    )
    assert "deep" in str(refused('[{"title": "a"}, ' + '{"title": ' * 10_000 + "1" + "}" * 10_000 + "]"))


def test_half_characters_become_whole_ones() -> None:
    (paper,) = papers('{"title": "a \\ud800 b\\u0000"}')
    assert paper.title == "a \ufffd b\ufffd"


def test_compressed(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"title": "One"}\n' * 3))
    corpus = read(file)
    assert len(list(corpus)) == 3
    assert corpus.files[0].file == "p.jsonl.gz"


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10_000), st.text(max_size=6), st.just("2024-02-03")
)
VALUES = st.one_of(
    SCALARS, st.lists(SCALARS, max_size=3), st.lists(st.lists(SCALARS, max_size=3), max_size=2)
)


@given(
    st.dictionaries(st.sampled_from([*FULL, "author_count", "year", "sources", "other"]), VALUES, max_size=8)
)
def test_the_short_way_lets_through_what_the_schema_lets_through(record: dict[str, Any]) -> None:
    if records._plain(record):
        assert records.validator().is_valid(record)


@given(st.text(min_size=1, max_size=30), st.text(max_size=60))
def test_any_text_comes_back_as_it_is(title: str, abstract: str) -> None:
    if not title.strip() or "\x00" in title + abstract:
        return
    (paper,) = papers(json.dumps({"title": title, "abstract": abstract}))
    assert (paper.title, paper.abstract) == (title, abstract)
