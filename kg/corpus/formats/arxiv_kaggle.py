"""The arXiv metadata snapshot that Kaggle hosts: JSON Lines (or a list) of records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.corpus import dates, json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, string
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "arxiv-kaggle"
LETTER_FOR_LETTER = False

_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def sniff(head: Head) -> str | None:
    """Recognised by the snapshot's own keys."""
    for place in ("", "[]"):
        keys = head.json_keys(place)
        if {"title", "abstract"} <= keys and len(
            keys & {"submitter", "journal-ref", "report-no", "authors_parsed"}
        ) > 1:
            return "JSON with the keys of the arXiv snapshot"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Papers in the order of the file."""
    for line, paper in json_stream.values(source):
        if isinstance(paper, InputError):
            yield paper
        elif not isinstance(paper, dict):
            yield source.error("this is no record of the arXiv snapshot, but another value; remove it", line)
        else:
            yield _draft(paper, line)


def _draft(paper: dict[str, Any], line: int) -> Draft:
    name = string(paper.get("id"))
    versions = dicts(paper.get("versions"))
    first = dates.parse(string(versions[0].get("created"))) if versions else None
    return Draft(
        title=string(paper.get("title")),
        abstract=string(paper.get("abstract")),
        date=first or string(paper.get("update_date")) or None,
        authors=_authors(paper),
        venue=string(paper.get("journal-ref")) or None,
        doi=next(iter(string(paper.get("doi")).split()), None),
        arxiv=name or None,
        url=f"https://arxiv.org/abs/{name}" if name else None,
        keywords=string(paper.get("categories")).split(),
        line=line,
    )


def _authors(paper: dict[str, Any]) -> list[str]:
    parsed = paper.get("authors_parsed")
    names = []
    for parts in parsed if isinstance(parsed, list) else ():
        if isinstance(parts, list) and len(parts) > 1:
            last, first, suffix = (string(part) for part in (*parts, "", "")[:3])
            names.append(", ".join(part for part in (last, f"{first} {suffix}".strip()) if part))
    if names:
        return names
    text = _IN_BRACKETS.sub("", string(paper.get("authors")).replace("\n", " "))
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]
