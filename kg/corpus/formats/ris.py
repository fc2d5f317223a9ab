"""RIS, as Zotero, EndNote, PubMed, Scopus, Web of Science and many others export it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.tagged import Grammar, Tagged, records
from kg.errors import InputError

NAME = "ris"
LETTER_FOR_LETTER = False

_START = re.compile(r"TY {1,2}- ?\w*\s*$")
_GRAMMAR = Grammar(
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?=\s|$)(?P<value>.*)", re.DOTALL),
    start=frozenset({"TY"}),
    end=frozenset({"ER"}),
)
_BOOKS = frozenset({"BOOK", "EDBOOK", "WHOLE"})


def sniff(head: Head) -> str | None:
    """Recognised by a line ``TY  - …``."""
    if any(_START.match(line) for line in head.lines[:400]):
        return "it has lines that begin with TY  -"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file, from each TY to its ER."""
    for record in records(source, _GRAMMAR):
        yield _draft(record)


def _draft(record: Tagged) -> Draft:
    kind = record.first("TY").upper()
    title = record.first("TI", "T1", "CT") or (record.first("BT") if kind in _BOOKS else "")
    title = title or record.first("BT", "T2", "ST")
    journals = ("JO", "JF", "T2", "JA", "J2", "BT", "J1")
    if kind in ("JOUR", "MGZN", "NEWS", "EJOUR", "JFULL"):
        journals = ("JF", "T2", "JO", "JA", "J2", "J1", "BT")
    url = record.first("UR", "L2", "LK")
    return Draft(
        title=title,
        abstract=record.first("AB") or record.longest("N2"),
        date=_date(record),
        authors=_authors(record),
        venue=next((v for tag in journals if (v := record.first(tag)) and v != title), None),
        doi=_doi(record, url),
        url=url.split()[0] if url else None,
        keywords=record.all("KW"),
        line=record.line,
    )


def _authors(record: Tagged) -> list[str]:
    """First authors in the order of the file; one line may hold several, divided by semicolons."""
    names = [name for tag, values in record.values.items() if tag in ("AU", "A1") for name in values]
    if len(names) == 1 and ";" in names[0]:
        names = names[0].split(";")
    return [name.strip().strip(",") for name in names if name.strip(" ,")]


def _date(record: Tagged) -> str | None:
    """The date as ``YYYY/MM/DD/other``; a year alone gives way to a fuller date of that year."""
    candidates = [re.sub(r"/+$", "", value.split("///")[0]) for value in record.all("DA", "PY", "Y1")]
    year = record.first("PY")[:4]
    for value in candidates:
        found = re.match(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", value)
        if found and found.group(2) and (not year.isdigit() or found.group(1) == year):
            return "-".join(part for part in found.groups() if part)
    return record.first("PY", "DA", "Y1") or None


def _doi(record: Tagged, url: str) -> str | None:
    if found := record.first("DO", "DI"):
        return found
    for value in record.all("M3", "N1", "L3", "C7", "LK"):
        if value.lower().startswith(("doi", "10.", "https://doi.org", "http://dx.doi.org")):
            return value
    return url if "doi.org/10." in url else None
