"""Records of papers in anybody's JSON, the fields named as anybody names them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg.corpus import identity, json_stream
from kg.corpus.draft import Draft
from kg.corpus.formats.table import COLUMNS, column_name, split_names
from kg.corpus.head import Head
from kg.corpus.json_values import number, string, strings
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "json-other"
LETTER_FOR_LETTER = False

_LISTS = ("papers", "records", "items", "data", "results", "articles", "publications", "documents", "works")
_TITLES = frozenset(COLUMNS["title"]) - {"display name"}
_MORE = {
    "arxiv": ("arxiv id", "arxiv", "arxivid"),
    "url": (
        "url",
        "abs",
        "site",
        "pdf url",
        "url abs",
        "paper url",
        "pdf",
        "link",
        "url pdf",
        "openreview",
        "href",
    ),
    "pmid": ("pmid", "pubmed id"),
    "acl": ("acl id",),
    "pmcid": ("pmc id", "pmcid"),
    "mag": ("mag id",),
    "abstract": ("abstract", "summary", "abstract text", "description"),
}


def sniff(head: Head) -> str | None:
    """Recognised by a key for titles, in objects in a row, in a list, or in a list under a key."""
    if head.start not in ("{", "["):
        return None
    for place in ("", "[]", *(f"{name}[]" for name in _LISTS)):
        names = {column_name(key) for key in head.json_keys(place)}
        if found := sorted(names & _TITLES):
            return f"JSON records with the key {found[0]}"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file."""
    head = source.head
    inside = None
    if head.start == "{" and not {column_name(key) for key in head.json_keys()} & _TITLES:
        inside = next((name for name in _LISTS if f"{name}" in head.json_keys()), None)
    for line, value in json_stream.values(source, inside):
        if isinstance(value, InputError):
            yield value
        elif not isinstance(value, dict):
            yield source.error("this is no record of a paper, but another value; remove it", line)
        else:
            yield _draft(value, line)


@lru_cache(maxsize=1024)
def _plan(keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Which of a record's keys may hold which field, best first."""
    by_name: dict[str, str] = {}
    for key in keys:
        by_name.setdefault(column_name(key), key)
    return {
        field: tuple(by_name[name] for name in known if name in by_name)
        for field, known in {**COLUMNS, **_MORE}.items()
    }


def _draft(record: dict[str, Any], line: int) -> Draft:
    plan = _plan(tuple(record))

    def get(field: str) -> Any:
        for key in plan[field]:
            value = record[key]
            if value is not None and value != "" and value != []:
                return value
        return None

    given = string(record.get("id")) or string(record.get("paper_id"))
    arxiv = string(get("arxiv"))
    if not arxiv and identity.looks_like_arxiv(given):
        arxiv = given
    links = [link for key in plan["url"] for link in strings(record[key]) if link.startswith("http")]
    return Draft(
        title=string(get("title")),
        abstract=string(get("abstract")),
        date=string(get("date")) or None,
        authors=names(get("authors")),
        author_count=number(get("author_count")),
        venue=string(get("venue")) or None,
        doi=string(get("doi")) or None,
        arxiv=arxiv or next((link for link in links if identity.arxiv_in_url(link)), None),
        url=next(iter(links), None),
        identifiers=[(s, v) for s in ("pmid", "acl", "pmcid", "mag") if (v := string(get(s)))],
        upvotes=number(get("upvotes")),
        keywords=_keywords(get("keywords")),
        id=given or None,
        line=line,
    )


def names(value: Any) -> list[str]:
    """Authors out of one text, a list of texts, or a list of objects.

    Examples
    --------
    >>> names("A One; B Two"), names([{"first": "A", "middle": ["M."], "last": "One"}, {"name": "B Two"}])
    (['A One', 'B Two'], ['One, A M.', 'B Two'])
    """
    if isinstance(value, str):
        return split_names(value)
    found = []
    for item in value if isinstance(value, list) else ():
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            last = string(item.get("last")) or string(item.get("family")) or string(item.get("lastName"))
            first = string(item.get("first")) or string(item.get("given")) or string(item.get("firstName"))
            given = " ".join([first, *strings(item.get("middle"))] if first else strings(item.get("middle")))
            name = f"{last}, {given}" if last and given else last or given
            found.append(name or string(item.get("name")) or string(item.get("full_name")))
    return [name for name in found if name]


def _keywords(value: Any) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in value.replace(";", ",").split(",") if word.strip()]
    return strings(value)
