"""Crossref: answers of its interface and dumps of it; abstracts are JATS, now and then escaped twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.corpus import dates, json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, number, string, strings
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "crossref"
LETTER_FOR_LETTER = False

_SIGNS = (
    "reference-count",
    "references-count",
    "is-referenced-by-count",
    "indexed",
    "member",
    "content-domain",
)
_DATES = ("published-print", "published-online", "issued", "published", "posted", "created")


def sniff(head: Head) -> str | None:
    """Recognised by keys that only Crossref has, at whatever depth."""
    if head.start not in ("{", "["):
        return None
    if "message" in head.json_keys() and {"status", "message-version"} & head.json_keys():
        return "an answer of Crossref"
    ends = {path.rpartition(".")[2] for path in head.json_paths}
    if len(ends.intersection(_SIGNS)) >= 2:
        return "JSON with the keys of Crossref works"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Works in the order of the file."""
    inside = "message.items" if "message.items" in source.head.json_paths else None
    for line, value in json_stream.values(source, inside):
        if isinstance(value, InputError):
            yield value
            continue
        works = _works(value)
        if not works:
            yield source.error("this is no work of Crossref, but another value; remove it", line)
        for work in works:
            yield _draft(work, line)


def _works(value: Any) -> list[dict[str, Any]]:
    """The works in a value: itself, the message of an answer, its items, or lists under any key."""
    if not isinstance(value, dict):
        return []
    message = value.get("message")
    if isinstance(message, dict):
        return dicts(message.get("items")) if "items" in message else [message]
    if "DOI" in value or "title" in value:
        return [value]
    return [
        work
        for works in value.values()
        for work in (dicts(works) if isinstance(works, list) else dicts([works]))
    ]


def _draft(work: dict[str, Any], line: int) -> Draft:
    title, under = string(work.get("title")), string(work.get("subtitle"))
    if title and under and under.casefold() not in title.casefold():
        title = f"{title.rstrip(':')}: {under}"
    return Draft(
        title=title or string(work.get("container-title")) * (work.get("type") in ("book", "monograph")),
        abstract=string(work.get("abstract")),
        date=next((date for key in _DATES if (date := _date(work.get(key)))), None),
        authors=[name for author in dicts(work.get("author")) if (name := _name(author))],
        venue=string(work.get("container-title")) or string(work.get("institution")) or None,
        doi=string(work.get("DOI")) or None,
        arxiv=None,
        url=string(work.get("URL")) or None,
        keywords=strings(work.get("subject")),
        line=line,
    )


def _date(value: Any) -> str | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [number(part) for part in first[:3]]
    if not numbers or not numbers[0] or not 1000 <= numbers[0] <= 9999:
        return None
    month = numbers[1] if len(numbers) > 1 else None
    return dates.make(numbers[0], month, numbers[2] if len(numbers) > 2 else None)


def _name(author: dict[str, Any]) -> str:
    family, given = string(author.get("family")), string(author.get("given"))
    return f"{family}, {given}" if family and given else family or given or string(author.get("name"))
