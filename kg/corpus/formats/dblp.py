"""DBLP's XML: the dump, pages of persons, and pieces of them. DBLP never has abstracts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.corpus import dates, xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text
from kg.errors import InputError

NAME = "dblp"
LETTER_FOR_LETTER = False

_KINDS = (
    "article",
    "inproceedings",
    "incollection",
    "book",
    "phdthesis",
    "mastersthesis",
    "proceedings",
    "data",
)
_NUMBER = re.compile(r" \d{4}$")
_FIRST = re.compile(rb"<(?:article|inproceedings|incollection|book|phdthesis|mastersthesis)\s[^>]*\bkey=")
_RECORD = re.compile(
    r"<(?:article|inproceedings|incollection|book|phdthesis|mastersthesis)\s[^>]*\b(?:mdate|key)="
)


def sniff(head: Head) -> str | None:
    """Recognised by the root, or by DBLP's records where the file is a piece of the dump."""
    if head.xml_root in ("dblp", "dblpperson"):
        return f"XML with the root {head.xml_root}; DBLP never has abstracts"
    if head.start == "<" and _RECORD.search(head.text) and "key=" in head.text:
        return "records of DBLP's dump; DBLP never has abstracts"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Publications in the order of the file."""
    whole = source.head.xml_root in ("dblp", "dblpperson")
    if not whole and (first := _FIRST.search(source.head.data)):
        source.stream.read(first.start())  # a piece may begin in the middle of a record
    for record in xml.elements(source, _KINDS, forgiving=True, wrap=not whole):
        yield _draft(record)


def _draft(record: Element) -> Draft:
    links = [xml.text(link).strip() for link in record.findall("ee")]
    year = find_text(record, "year")
    month = dates.month_number(find_text(record, "month").split("-")[0].split("/")[0])
    title = find_text(record, "title")
    people = record.findall("author") or record.findall("editor")
    return Draft(
        # DBLP ends every title with a full stop.
        title=title[:-1] if title.endswith(".") and not title.endswith("..") else title,
        date=dates.make(int(year), month) if re.fullmatch(r"\d{4}", year) else None,
        # Numbers tell people of one name apart.
        authors=[_NUMBER.sub("", xml.text(person).strip()) for person in people],
        venue=find_text(record, "journal")
        or find_text(record, "booktitle")
        or find_text(record, "school")
        or None,
        doi=next((link for link in links if "doi.org/" in link), None),
        url=next(iter(links), None),
        identifiers=[("dblp", record.get("key"))],
        line=record.sourceline,
    )
