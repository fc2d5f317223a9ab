"""What the user is told of files before anything is built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.corpus import inspect, read, reading


def test_counts_repeats_and_errors_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "On Files", "abstract": "Text.", "authors": ["A"], "date": "2024", "doi": "10.1000/1"}\n'
        '{"title": "On files", "author_count": 3}\n'
        '{"abstract": "lost"}\n'
        '{"title": "More", "arxiv": "2401.00001"}\n'
    )
    (tmp_path / "b.csv").write_text("title,doi\nAnother Name,10.1000/1\nNew,\n")
    (tmp_path / "c.txt").write_text("nothing that is known")
    one, two, three, four = inspect([tmp_path, tmp_path / "none.bib"])
    assert (one.file, one.format, one.records, one.skipped) == ("a.jsonl", "json", 3, 1)
    assert (one.with_abstract, one.with_authors, one.with_date, one.with_identifier) == (1, 2, 1, 2)
    assert (one.repeats, two.repeats) == (1, 1)
    assert one.first is not None
    assert one.first.title == "On Files"
    assert one.errors == (
        "a.jsonl, line 3, record 3: the record has no title; give it one, "
        "or leave such records out with --skip-invalid",
    )
    assert (two.format, two.records, two.notes) == (
        "table",
        2,
        ("no record has an abstract: only titles will be read for concepts",),
    )
    assert (three.format, three.records, three.skipped) == ("", 0, 1)
    assert "not recognised" in three.errors[0]
    assert "no such file" in four.errors[0]
    for found in (one, two, three, four):
        said = json.loads(json.dumps(found.to_dict()))
        assert {"file", "format", "why", "records", "with_abstract", "repeats", "errors"} <= said.keys()


def test_dblp_is_said_to_have_no_abstracts(tmp_path: Path) -> None:
    file = tmp_path / "d.xml"
    file.write_text("<dblp><article key='a'><title>On Files.</title><year>2024</year></article></dblp>")
    (found,) = inspect(file)
    assert "never has abstracts" in found.why
    assert "never has abstracts" in found.notes[0]


def test_errors_are_counted_beyond_those_that_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_SKIPPED", 3)
    file = tmp_path / "a.jsonl"
    file.write_text('{"title": "a"}\n' + "{}\n" * 10)
    corpus = read(file, skip_invalid=True)
    assert len(list(corpus)) == 1
    assert (len(corpus.skipped), corpus.left_out, corpus.files[0].skipped) == (3, 10, 10)


@pytest.mark.shared
def test_annotated_texts_are_read_letter_for_letter(shared: Path) -> None:
    for name in ("dev.jsonl", "train.jsonl"):
        lines = (shared / "gold" / name).read_text(encoding="utf-8").split("\n")
        records = [json.loads(line) for line in lines if line]
        papers = list(read(shared / "gold" / name))
        assert [(p.id, p.title, p.abstract) for p in papers] == [
            (r["id"], r["title"], r["abstract"]) for r in records
        ]
