"""MEDLINE's display format (``.nbib``), from PubMed and from ERIC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.tagged import Grammar, Tagged, records
from kg.errors import InputError

NAME = "medline"
LETTER_FOR_LETTER = False

_START = re.compile(r"(?:PMID- ?\d|OWN ?- \w|STAT ?- \w)")
_SECOND = re.compile(r"(?:TI|AU|FAU|DP|AB|JT|BTI|PT) {1,2}- ")
_GRAMMAR = Grammar(
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,4}) {0,3}-(?=\s|$)(?P<value>.*)", re.DOTALL),
    start=frozenset({"PMID"}),
    end=frozenset(),
    blank_ends=True,
)
_ID = re.compile(r"(\S+)\s*\[(\w+)\]")


def sniff(head: Head) -> str | None:
    """Recognised by ``PMID-`` or ``OWN -`` above lines such as ``TI  - …``."""
    lines = head.lines[:400]
    if any(_START.match(line) for line in lines) and any(_SECOND.match(line) for line in lines):
        return "it has lines such as PMID- or OWN -, and TI  -"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file, divided by empty lines."""
    for record in records(source, _GRAMMAR):
        if len(record.values) > 1:  # a line of its own, such as PubMed's search terms, is no record
            yield _draft(record)


def _draft(record: Tagged) -> Draft:
    ids: dict[str, str] = {}
    for value in record.all("LID", "AID"):
        if found := _ID.search(value):
            ids.setdefault(found.group(2).lower(), found.group(1))
    pmid = record.first("PMID")
    pmc = record.first("PMC")
    url = next((value for value in record.all("LID", "AID") if value.startswith("http")), None)
    return Draft(
        title=record.first("TI", "BTI", "CTI", "TT"),
        abstract=record.first("AB", "OAB"),
        date=record.first("DP", "DEP", "EDAT") or None,
        authors=record.all("FAU") or record.all("AU") or record.all("FED") or record.all("CN"),
        venue=record.first("JT", "TA", "BTI") or None,
        doi=ids.get("doi"),
        url=url,
        identifiers=[
            (scheme, value)
            for scheme, value in (("pmid", pmid), ("pmcid", pmc), ("eric", record.first("OID")))
            if value
        ],
        keywords=[word.strip("*") for word in record.all("OT")],
        line=record.line,
    )
