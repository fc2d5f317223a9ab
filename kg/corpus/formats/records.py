"""The project's own records, as `schemas/paper.schema.json` says: JSON Lines, a list, or an object.

Texts are taken letter for letter, so that offsets fit the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kg.contract import schema
from kg.corpus import dates, json_stream
from kg.corpus.draft import Draft, sound
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.errors import InputError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

NAME = "json"
LETTER_FOR_LETTER = True

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])([T ].*)?)?)?")
_TEXTS = ("date", "venue", "doi", "arxiv", "url", "organisation")
_FOREIGN = {
    "summary", "Title", "paperId", "abstract_inverted_index", "DOI", "container-title", "display_name",
    "author",
    "paper_id", "tldr", "pdf_url", "url_abs", "arxiv_id",
}  # fmt: skip
"""Keys that other people's records have and these do not; `kg.corpus.formats.json_any` reads those."""
_JOINED_AUTHORS = re.compile(r'"authors"\s*:\s*"')
_LISTS = ("papers", "records", "items", "data", "results")


def sniff(head: Head) -> str | None:
    """Recognised by the key ``title``, and no key or shape of somebody else's records."""
    if head.start not in ("{", "["):
        return None
    for place in ("", "[]"):
        if _ours(head, place):
            return "JSON records with the key title"
    return (
        f"JSON with a list of records with the key title under {found}" if (found := _under(head)) else None
    )


def _ours(head: Head, place: str) -> bool:
    keys = head.json_keys(place)
    if "title" not in keys or keys & _FOREIGN:
        return False
    authors = f"{place}.authors[].".lstrip(".")
    objects = any(path.startswith(authors) for path in head.json_paths)
    first_record = '"title"'.join(head.text.split('"title"', 2)[:2])
    return not objects and _JOINED_AUTHORS.search(first_record) is None


def _under(head: Head) -> str | None:
    if head.start != "{":
        return None
    return next((name for name in _LISTS if _ours(head, f"{name}[]")), None)


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file."""
    for line, value in json_stream.values(source, _under(source.head)):
        if isinstance(value, InputError):
            yield value
        elif _plain(value) or validator().is_valid(value):
            yield draft_of(value, line)
        else:
            yield source.error(complaint(validator(), value), line)


@cache
def validator() -> Draft202012Validator:
    """The validator of ``schemas/paper.schema.json``."""
    from jsonschema import Draft202012Validator  # only for records that are not plain

    return Draft202012Validator(json.loads(schema("paper.schema.json").read_text(encoding="utf-8")))


def complaint(valid: Draft202012Validator, value: object) -> str:
    """What is wrong with a record, and the remedy."""
    if not isinstance(value, dict):
        shown = json.dumps(value)[:40]
        return f'the record is {shown}, not an object such as {{"title": "…", "abstract": "…"}}; correct it'
    title = value.get("title")
    if title is None or (isinstance(title, str) and not title.strip()):
        return "the record has no title; give it one, or leave such records out with --skip-invalid"
    problem = min(
        valid.iter_errors(value), key=lambda error: ([str(step) for step in error.path], error.message)
    )
    where = ".".join(str(step) for step in problem.path) or "the record"
    message = (
        problem.message
        if len(problem.message) < 200
        else problem.message[:80] + " … " + problem.message[-100:]
    )
    return f"{where}: {message}; correct it (see schemas/paper.schema.json)"


def _plain(value: Any) -> bool:
    """Whether a record is certainly valid: a shorter way to what the schema says of common records."""
    if type(value) is not dict:
        return False
    title, abstract = value.get("title"), value.get("abstract")
    if type(title) is not str or not title or len(title) > 20_000 or title.isspace():
        return False
    if abstract is not None and (type(abstract) is not str or len(abstract) > 1_000_000):
        return False
    for key in _to_check(tuple(value)):
        item = value[key]
        if item is None:
            continue
        if key == "id":
            if type(item) is not str or not 0 < len(item) <= 1000:
                return False
        elif key == "authors" or key == "keywords":
            if type(item) is not list or len(item) > 100_000 or any(type(name) is not str for name in item):
                return False
        elif key in _TEXTS:
            if type(item) is not str or (key == "date" and not _DATE.fullmatch(item)):
                return False
        else:
            return False  # the others are seldom, and left to the schema itself
    return True


_FURTHER = frozenset(
    {
        "date", "date_inferred", "year", "authors", "author_count", "venue", "doi", "arxiv", "url",
        "identifiers", "upvotes", "organisation", "keywords",
    }
)  # fmt: skip
_CHECKED = _FURTHER | {"id", "sources"}


@lru_cache(maxsize=1024)
def _to_check(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in _CHECKED)


@lru_cache(maxsize=1024)
def _has_more(keys: tuple[str, ...]) -> bool:
    return any(key in _FURTHER for key in keys)


def draft_of(value: dict[str, Any], line: int | None) -> Draft:
    """The draft of a valid record."""
    given = value.get("id")
    draft = Draft(
        sound(value["title"]),
        sound(value.get("abstract") or ""),
        id=None if given is None else sound(str(given) if type(given) is not float else str(int(given))),
        line=line,
    )
    if _has_more(tuple(value)):
        _fill(draft, value)
    return draft


def _fill(draft: Draft, value: dict[str, Any]) -> None:
    text: Callable[[str], str | None] = value.get
    year = value.get("year")
    draft.date = value.get("date") or (dates.make(int(year)) if year else None)
    draft.date_inferred = bool(value.get("date_inferred"))
    draft.authors = [sound(name) for name in value.get("authors") or ()]
    draft.author_count = _integer(value.get("author_count"))
    draft.venue, draft.doi = _optional(text("venue")), _optional(text("doi"))
    draft.arxiv, draft.url = _optional(text("arxiv")), _optional(text("url"))
    draft.identifiers = [(sound(scheme), sound(item)) for scheme, item in value.get("identifiers") or ()]
    draft.upvotes, draft.organisation = _integer(value.get("upvotes")), _optional(text("organisation"))
    draft.keywords = [sound(word) for word in value.get("keywords") or ()]


def _optional(text: str | None) -> str | None:
    return sound(text) if text else None


def _integer(value: float | None) -> int | None:
    """A whole number; JSON writes it as ``3`` or ``3.0``."""
    return None if value is None else int(value)
