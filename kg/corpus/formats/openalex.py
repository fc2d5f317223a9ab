"""OpenAlex works: pages of results, JSON Lines of the snapshot, single works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.corpus import json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, dig, string
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "openalex"
LETTER_FOR_LETTER = False
MAX_WORDS = 200_000

_PLACES = ("", "[]", "results[]")
_SIGNS = {"abstract_inverted_index", "authorships", "primary_location", "referenced_works", "host_venue"}


def sniff(head: Head) -> str | None:
    """Recognised by keys that only OpenAlex has."""
    for place in _PLACES:
        keys = head.json_keys(place)
        if keys & _SIGNS and keys & {"display_name", "title"}:
            return "JSON with the keys of OpenAlex works"
    if "results" in head.json_keys() and {"db_response_time_ms", "per_page"} <= head.json_keys("meta"):
        return "an answer of OpenAlex"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Works in the order of the file."""
    inside = "results" if "results" in source.head.json_keys() else None
    for line, work in json_stream.values(source, inside):
        if isinstance(work, InputError):
            yield work
        elif not isinstance(work, dict):
            yield source.error("this is no work of OpenAlex, but another value; remove it", line)
        else:
            yield _draft(work, line)


def _draft(work: dict[str, Any], line: int) -> Draft:
    ids = work.get("ids") if isinstance(work.get("ids"), dict) else {}
    name = string(work.get("id"))
    pairs = [("openalex", name.rpartition("/")[2])] if name else []
    for scheme in ("mag", "pmid", "pmcid"):
        if value := string(ids.get(scheme) if ids else None).rstrip("/"):
            pairs.append((scheme, value.rpartition("/")[2]))
    venue = string(dig(work, "primary_location", "source", "display_name")) or string(
        dig(work, "host_venue", "display_name")
    )
    place = string(dig(work, "primary_location", "landing_page_url"))
    return Draft(
        title=string(work.get("title")) or string(work.get("display_name")),
        abstract=string(work.get("abstract")) or in_order(work.get("abstract_inverted_index")),
        date=string(work.get("publication_date")) or string(work.get("publication_year")) or None,
        authors=_authors(work.get("authorships")),
        venue=venue or None,
        doi=string(work.get("doi")) or string(ids.get("doi") if ids else None) or None,
        arxiv=place if "arxiv.org" in place else None,
        url=place or name or None,
        identifiers=pairs,
        keywords=[
            word
            for k in dicts(work.get("keywords"))
            if (word := string(k.get("display_name") or k.get("keyword")))
        ],
        line=line,
    )


def _authors(authorships: Any) -> list[str]:
    names = []
    for one in dicts(authorships):
        name = string(dig(one, "author", "display_name")) or string(one.get("raw_author_name"))
        if name or (name := string(one.get("display_name"))):
            names.append(name)
    return names


def in_order(index: Any) -> str:
    """The text of an inverted index: words and the positions where they stand.

    Parameters
    ----------
    index : dict of str to list of int
        Anything else gives an empty text. Gaps are passed over; of two words at one position
        the first is taken.

    Returns
    -------
    str

    Examples
    --------
    >>> in_order({"We": [0], "show": [1], "files": [2, 4], "and": [3]})
    'We show files and files'
    """
    if not isinstance(index, dict):
        return ""
    if isinstance(index.get("InvertedIndex"), dict):
        index = index["InvertedIndex"]
    words: dict[int, str] = {}
    for word, positions in index.items():
        for position in positions if isinstance(positions, list) else ():
            if type(position) is int and len(words) < MAX_WORDS:
                words.setdefault(position, word)
    return " ".join(words[position] for position in sorted(words))
