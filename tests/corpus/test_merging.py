"""Repeats: what joins, what keeps apart, and that the order changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.corpus import merge
from kg.corpus.identity import paper_id
from kg.model import Paper, Source


def record(title: str = "On Files", file: str = "a", position: int = 1, **fields: object) -> Paper:
    name = fields.pop("id", None) or paper_id(title, fields.get("doi"), fields.get("arxiv"))  # type: ignore[arg-type]
    return Paper(id=name, title=title, sources=(Source(file, position),), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(doi="10.1/a"), record("Another Title", doi="10.1/a")),
        (record(arxiv="2401.00001"), record("Another Title", arxiv="2401.00001")),
        (record(), record("on files.")),
        (record(date="2020"), record(date="2021-03")),
        (record(date="2020"), record()),
        (record(doi="10.1/a"), record(arxiv="2401.00001")),
        (record(doi="10.1/a", identifiers=(("pmid", "1"),)), record(identifiers=(("pmid", "1"),))),
        (record(doi="10.1/a"), record("Another", identifiers=(("doi", "10.1/a"),))),
    ],
)
def test_one_paper(one: Paper, other: Paper) -> None:
    other = replace(other, sources=(Source("b", 1),))
    (paper,) = merge([one, other])
    assert {source.file for source in paper.sources} == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(doi="10.1/a"), record(doi="10.1/b")),
        (record(arxiv="2401.00001"), record(arxiv="2401.00002")),
        (record(identifiers=(("pmid", "1"),)), record(identifiers=(("pmid", "2"),))),
        (record(date="2010"), record(date="2020")),
        (record("On Files I"), record("On Files II")),
        (record(id="1"), record("Something Else", id="1")),
    ],
)
def test_two_papers_with_ids_of_their_own(one: Paper, other: Paper) -> None:
    merged = merge([one, other])
    assert len({paper.id for paper in merged}) == 2


def test_a_title_reached_through_an_identifier() -> None:
    merged = merge([record("Z", doi="10.1/a"), record("A", doi="10.1/a"), record("Z")])
    assert len(merged) == 1


def test_the_richest_record_speaks_and_the_others_fill_in() -> None:
    poor = record(title="ON FILES", file="b", date="2024-03-05", upvotes=9, url="https://example.org/")
    rich = record(abstract="Text.", date="2024", authors=("A", "B"), venue="J", upvotes=2)
    (paper,) = merge([poor, rich])
    assert (paper.title, paper.abstract, paper.authors, paper.venue) == ("On Files", "Text.", ("A", "B"), "J")
    assert (paper.date, paper.upvotes, paper.url) == ("2024-03-05", 9, "https://example.org/")


def test_a_year_that_was_read_goes_before_one_that_was_inferred() -> None:
    (paper,) = merge([record(date="2025-01-02", date_inferred=True), record(date="2024", file="b")])
    assert (paper.date, paper.date_inferred) == ("2024", False)


def test_a_given_id_is_kept_and_the_others_are_not_lost() -> None:
    (paper,) = merge(
        [record(id="mine", abstract="Text."), record(id="yours", file="b"), record(doi="10.1/a")]
    )
    assert paper.id == "mine"
    assert ("id", "yours") in paper.identifiers
    assert paper.doi == "10.1/a"


def test_both_dois_of_a_paper_are_kept() -> None:
    (paper,) = merge([record(doi="10.1/a", arxiv="2401.00001"), record(doi="10.1/b", arxiv="2401.00001")])
    assert {paper.doi, *(value for scheme, value in paper.identifiers if scheme == "doi")} == {
        "10.1/a",
        "10.1/b",
    }


RECORDS = st.lists(
    st.builds(
        record,
        title=st.sampled_from(["On Files", "on files", "On Flies", "X"]),
        file=st.sampled_from(["a", "b"]),
        position=st.integers(1, 9),
        id=st.sampled_from([None, None, None, "one", "two"]),
        abstract=st.sampled_from(["", "Text.", "Other text."]),
        date=st.sampled_from([None, "2019", "2020", "2021-02", "2030"]),
        doi=st.sampled_from([None, None, "10.1/a", "10.1/b"]),
        arxiv=st.sampled_from([None, None, "2401.00001", "2401.00002"]),
        identifiers=st.sampled_from([(), (("pmid", "1"),), (("pmid", "2"),)]),
        upvotes=st.sampled_from([None, 1, 2]),
    ),
    max_size=9,
)


@given(RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_order_of_records_changes_nothing_and_nothing_is_lost(
    records: list[Paper], random: object
) -> None:
    merged = merge(records)
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merged
    assert {s for p in merged for s in p.sources} == {s for p in records for s in p.sources}
    assert [p.id for p in merged] == sorted({p.id for p in merged})
    for scheme in ("doi", "arxiv"):
        kept = [getattr(p, scheme) for p in merged if getattr(p, scheme)]
        assert len(kept) == len(set(kept))
        assert set(kept) <= {getattr(p, scheme) for p in records}
