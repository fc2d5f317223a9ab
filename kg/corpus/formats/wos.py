"""Web of Science's tagged export (and ISI's and Inspec's, which are older)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.tagged import Grammar, Tagged, records
from kg.errors import InputError

NAME = "wos"
LETTER_FOR_LETTER = False

_MAIL = re.compile(r"\s*\([^()]*@[^()]*\)")
_START = re.compile(r"PT [JBSPC](?:\s|$)")
_GRAMMAR = Grammar(
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?=\s|$)(?P<value>.*)", re.DOTALL),
    start=frozenset({"PT"}),
    end=frozenset({"ER", "EF"}),
    joint="\n",
)


def sniff(head: Head) -> str | None:
    """Recognised by a line ``PT J`` above tagged lines."""
    lines = head.lines[:400]
    if any(_START.match(line) for line in lines) and any(
        line.startswith(("TI ", "AU ", "SO ")) for line in lines
    ):
        return "it has lines that begin with PT and TI"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file, from each PT to its ER."""
    for record in records(source, _GRAMMAR):
        yield _draft(record)


def _draft(record: Tagged) -> Draft:
    names = record.first("AF", "AU", "BF", "BA", "GP", "CA")
    return Draft(
        title=record.first("TI", "FT", "BT", "CT"),
        abstract=record.first("AB"),
        date=_date(record),
        authors=[_MAIL.sub("", name).strip() for name in names.split("\n")] if names else [],
        venue=record.first("SO", "JF", "SE", "J9") or None,
        doi=record.first("DI", "DOI") or None,
        identifiers=[
            (scheme, value)
            for scheme, value in (("wos", record.first("UT")), ("pmid", record.first("PM")))
            if value
        ],
        keywords=[word for word in re.split(r"\s*;\s*", record.first("DE").replace("\n", " ")) if word],
        line=record.line,
    )


def _date(record: Tagged) -> str | None:
    """Year and, where it names a month, the date of the issue."""
    year, issue = record.first("PY"), record.first("PD")
    if not year:
        return issue or record.first("EA", "EY", "CY") or None
    return f"{issue} {year}" if issue and not re.search(r"\d{4}", issue) else issue if year in issue else year
