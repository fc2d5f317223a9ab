"""CSL-JSON, as Zotero, Mendeley and pandoc exchange it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.corpus import dates, json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, number, string
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "csl"
LETTER_FOR_LETTER = False

_SIGNS = {
    "issued",
    "container-title",
    "publisher-place",
    "title-short",
    "event-place",
    "number-of-pages",
    "citation-key",
}


def sniff(head: Head) -> str | None:
    """Recognised by the type and the names of fields that the Citation Style Language gives."""
    for place in ("", "[]", "items[]"):
        keys = head.json_keys(place)
        family = f"{place}.author[].family".lstrip(".") in head.json_paths
        if ("type" in keys or "citation-key" in keys) and (keys & _SIGNS or family):
            return "JSON with the fields of CSL"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Items in the order of the file."""
    inside = "items" if "items" in source.head.json_keys() and source.head.start == "{" else None
    for line, item in json_stream.values(source, inside):
        if isinstance(item, InputError):
            yield item
        elif not isinstance(item, dict):
            yield source.error("this is no item of CSL, but another value; remove it", line)
        else:
            yield _draft(item, line)


def _draft(item: dict[str, Any], line: int) -> Draft:
    return Draft(
        title=string(item.get("title")),
        abstract=string(item.get("abstract")),
        date=_date(item.get("issued")),
        authors=[name for person in dicts(item.get("author")) if (name := _name(person))],
        venue=string(item.get("container-title")) or None,
        doi=string(item.get("DOI")) or None,
        url=string(item.get("URL")) or None,
        identifiers=[(s, v) for s, k in (("pmid", "PMID"), ("pmcid", "PMCID")) if (v := string(item.get(k)))],
        keywords=[word for word in re.split(r"\s*[,;]\s*", string(item.get("keyword"))) if word],
        line=line,
    )


def _date(value: Any) -> str | None:
    """A date in parts, or in words; of a range the beginning."""
    if not isinstance(value, dict):
        return string(value) or None
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [number(part) for part in first[:3]]
    if numbers and numbers[0] and 1000 <= numbers[0] <= 9999:
        month = numbers[1] if len(numbers) > 1 else None
        return dates.make(numbers[0], month, numbers[2] if len(numbers) > 2 else None)
    return string(value.get("raw")) or string(value.get("literal")) or None


def _name(person: dict[str, Any]) -> str:
    particle = string(person.get("non-dropping-particle")) or string(person.get("dropping-particle"))
    family = " ".join(part for part in (particle, string(person.get("family"))) if part)
    given = string(person.get("given"))
    return f"{family}, {given}" if family and given else family or string(person.get("literal"))
