"""Every real input file: how many papers it gives, how many records are refused, and what was expected."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.corpus import read
from kg.model import Paper

TABLE = Path(__file__).with_name("inputs.tsv")
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t"))


@pytest.mark.shared
@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_papers_refused_records_and_abstracts(shared: Path, row: dict[str, str]) -> None:
    corpus = read(shared / "inputs" / row["file"], skip_invalid=True)
    papers = list(corpus)
    found = (corpus.files[0].format, len(papers), len(corpus.skipped), sum(bool(p.abstract) for p in papers))
    assert found == (row["format"], int(row["papers"]), int(row["refused"]), int(row["abstracts"]))
    assert all(p.title.strip() and p.sources[0].format == row["format"] for p in papers)


@pytest.mark.shared
def test_the_table_covers_every_file_and_says_why_it_differs(shared: Path) -> None:
    with (shared / "inputs" / "manifest.tsv").open(encoding="utf-8") as lines:
        manifest = {row["file"]: row for row in csv.DictReader(lines, delimiter="\t")}
    there = {
        path.relative_to(shared / "inputs").as_posix()
        for path in (shared / "inputs").glob("*/*")
        if not path.name.endswith(".expected.json")
    }
    assert {row["file"] for row in ROWS} == there
    for row in ROWS:
        stated = manifest.get(row["file"], {}).get("records", "")
        same = stated == str(int(row["papers"]) + int(row["refused"]))
        assert same != bool(row["why_other_than_manifest"]), row["file"]


def words(text: str | None) -> str:
    """A text without accents, mark-up, punctuation and case."""
    text = re.sub(r"</?[a-z]+[^>]*>", "", text or "")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def authors(item: dict[str, Any]) -> list[frozenset[str]]:
    people = [c for c in item.get("creators", []) if c.get("creatorType", "author") == "author"]
    return [
        frozenset(words(f"{c.get('firstName', '')} {c.get('lastName') or c.get('name', '')}").split())
        for c in people
    ]


def year(item: dict[str, Any]) -> int | None:
    stated = next((item[k] for k in ("date", "dateDecided", "issueDate", "dateEnacted") if item.get(k)), "")
    found = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", stated)
    return int(found.group()) if found else None


def difference(item: dict[str, Any], paper: Paper) -> set[str]:
    """Names of the fields in which a paper is not what the independent reader made of it."""
    title = item.get("title") or item.get("caseName") or item.get("nameOfAct") or item.get("subject")
    found = set()
    if words(title) != words(paper.title):
        found.add("title")
    if authors(item) and authors(item) != [frozenset(words(name).split()) for name in paper.authors]:
        found.add("authors")
    if year(item) != paper.year:
        found.add("year")
    if words(item.get("abstractNote")) != words(paper.abstract):
        found.add("abstract")
    return found


KNOWN = {
    # A formula stays a formula; the independent reader writes it with characters.
    ("bibtex/zotero_BibTeX_06.bib", 0): {"title"},
    ("bibtex/zotero_BibTeX_22.bib", 0): {"title"},
    # "KC Wright" is kept as it is written; the independent reader makes "K. C." of it.
    ("bibtex/zotero_BibTeX_19.bib", 0): {"authors"},
    # A book has the title of the tag BTI; the independent reader leaves it without one.
    ("nbib/zotero_MEDLINEnbib_07.nbib", 1): {"title"},
    # The independent reader does not read abstracts of OpenAlex.
    **{(f"openalex_json/zotero_OpenAlex_JSON_0{n}.json", 0): {"abstract"} for n in (0, 2, 4, 7)},
    # The template of all RIS types: its abstracts are the word "Abstract", which goes as a heading;
    # sponsors, directors and inventors of items that are no papers are no authors.
    **{("ris/zotero_RIS_02.ris", n): {"abstract"} for n in range(48) if n != 24},
    ("ris/zotero_RIS_02.ris", 8): {"abstract", "title"},
    ("ris/zotero_RIS_02.ris", 44): {"abstract", "title"},
}

EXACT = Counter(title=139, authors=143, year=144, abstract=93)
"""Of 144 items, those in which our field and the independent reader's are the same."""


@pytest.mark.shared
def test_title_authors_year_and_abstract_against_an_independent_reader(shared: Path) -> None:
    differing: dict[tuple[str, int], set[str]] = {}
    agreed: Counter[str] = Counter()
    for expected in sorted((shared / "inputs").glob("*/*.expected.json")):
        file = expected.with_name(expected.name.removesuffix(".expected.json"))
        items = [
            i for i in json.loads(expected.read_text("utf-8")) if i["itemType"] not in ("note", "attachment")
        ]
        papers = list(read(file, skip_invalid=True))
        name = file.relative_to(shared / "inputs").as_posix()
        assert len(papers) == len(items), name
        for n, (item, paper) in enumerate(zip(items, papers, strict=True)):
            wrong = difference(item, paper)
            agreed.update({"title", "authors", "year", "abstract"} - wrong)
            if wrong:
                differing[name, n] = wrong
    assert differing == KNOWN
    assert agreed == EXACT
