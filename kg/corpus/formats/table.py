"""CSV and TSV with a header, the columns named as anybody names them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from kg.corpus import identity
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "table"
LETTER_FOR_LETTER = False
MAX_FIELD = 4 << 20

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "article title", "document title", "item title", "primary title", "paper title", "titles",
        "display name", "ti",
    ),
    "abstract": (
        "abstract", "abstract note", "summary", "abstracts", "summaries", "description", "abstract text",
        "ab",
    ),
    "date": (
        "date", "publication date", "date published", "published", "cover date", "publication year", "year",
        "pub year", "pubyear", "published date", "year published", "py", "update date",
    ),
    "authors": (
        "authors", "author", "author names", "author full names", "author s", "authors with affiliations",
        "authorships author display name", "au", "creators",
    ),
    "venue": (
        "source title", "journal", "publication title", "venue", "journal name", "source", "journal title",
        "secondary title",
        "primary location source display name", "host venue", "book title", "conference",
        "host venue display name", "so",
    ),
    "doi": ("doi", "digital object identifier", "item doi", "di", "doi link"),
    "arxiv": ("arxiv", "arxiv id", "eprint"),
    "url": ("url", "link", "pdf link", "urls", "source url", "lens url", "entry id", "pdf url", "site"),
    "keywords": ("keywords", "author keywords", "key words", "manual tags", "tags", "de"),
    "id": ("id", "paper id"),
    "pmid": ("pmid", "pubmed id", "medline pmid", "pubmed"),
    "author_count": ("author count", "number of authors"),
    "upvotes": ("upvotes",),
    "organisation": ("organisation", "organization"),
}  # fmt: skip
"""Column names, in lower case and with blanks for everything but letters and digits; best first."""

_DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
_LINES_ABOVE = 4
"""Lines looked at; some exports begin with one about themselves."""
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"\s*;\s*|\s*\|\s*|\s+and\s+")


@lru_cache(maxsize=4096)
def column_name(name: str) -> str:
    """A column's name in the form of `COLUMNS`.

    Examples
    --------
    >>> column_name("Abstract_Note"), column_name("sourceTitle")
    ('abstract note', 'source title')
    """
    return _NOT_NAME.sub(" ", _CAMEL.sub(" ", name).lower()).strip()


def fields(names: list[str]) -> dict[str, int]:
    """Which column holds what.

    Parameters
    ----------
    names : list of str
        The header.

    Returns
    -------
    dict
        From a field's name to the column's number.

    Examples
    --------
    >>> fields(["Publication Title", "Title", "DOI"])
    {'title': 1, 'venue': 0, 'doi': 2}
    """
    at: dict[str, int] = {}
    for position, name in enumerate(names):
        at.setdefault(column_name(name), position)
    chosen: dict[str, int] = {}
    for field, known in COLUMNS.items():
        for name in known:
            if name in at and at[name] not in chosen.values():
                chosen[field] = at[name]
                break
    return chosen


@dataclass(frozen=True, slots=True)
class _Header:
    """The line that names the columns: how many lines stand above it, and what it says."""

    above: int
    delimiter: str
    names: list[str]
    at: dict[str, int]


def _header(head: Head) -> _Header | None:
    """The first of the first lines that names a column for titles, or else one for abstracts."""
    if head.start in ("{", "[", "<", "@", "%"):
        return None
    candidates = []
    for above, line in enumerate(head.lines[:_LINES_ABOVE]):
        for delimiter in _DELIMITERS:
            if delimiter in line:
                try:
                    names = next(csv.reader([line], delimiter=delimiter), [])
                except csv.Error:
                    continue
                names = [name.strip().strip("\ufeff\"'").strip() for name in names]
                candidates.append(_Header(above, delimiter, names, fields(names)))
    for wanted in ("title", "abstract"):
        for header in candidates:
            if wanted in header.at and len(header.names) > 1:
                return header
    return None


def sniff(head: Head) -> str | None:
    """Recognised by a header with a column for the title, or for the abstract."""
    header = _header(head)
    if header is None:
        return None
    shown = _DELIMITERS[header.delimiter]
    if "title" in header.at:
        return f"a table divided by {shown}, with a column {header.names[header.at['title']]!r}"
    name = header.names[header.at["abstract"]]
    return f"a table divided by {shown}, with a column {name!r} but none for titles"


def read(source: Input) -> Iterator[Draft | InputError]:
    """Rows in the order of the file."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD))
    header = _header(source.head)
    if header is None:
        raise source.error("no line names columns; let the first one name them", 1)
    if "title" not in header.at:
        shown = ", ".join(header.names)[:200]
        raise source.error(f"no column holds titles (there are: {shown}); name it title", header.above + 1)
    above, at = header.above + 1, header.at
    lines = islice(source.text(newline="").lines(), above, None)
    rows = csv.reader(lines, delimiter=header.delimiter)
    line = above + 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            yield source.error(f"the row cannot be read ({problem}); correct it", line)
            line = above + rows.line_num + 1
            continue
        if row and any(row):
            yield _draft(row, at, line)
        line = above + rows.line_num + 1


def _draft(row: list[str], at: dict[str, int], line: int) -> Draft:
    def cell(field: str) -> str:
        position = at.get(field, -1)
        return row[position].strip() if 0 <= position < len(row) else ""

    given, arxiv = cell("id"), cell("arxiv")
    if not arxiv and identity.looks_like_arxiv(given):
        arxiv = given
    return Draft(
        title=cell("title"),
        abstract=cell("abstract"),
        date=cell("date") or None,
        authors=split_names(cell("authors")),
        author_count=_number(cell("author_count")),
        venue=cell("venue") or None,
        doi=cell("doi") or None,
        arxiv=arxiv or None,
        url=cell("url").split()[0] if cell("url") else None,
        identifiers=[("pmid", cell("pmid"))] if cell("pmid") else [],
        keywords=[word for word in re.split(r"\s*[;|]\s*", cell("keywords")) if word],
        upvotes=_number(cell("upvotes")),
        organisation=cell("organisation") or None,
        id=given or None,
        line=line,
    )


def split_names(text: str) -> list[str]:
    """Names out of one cell: divided by semicolons, bars or "and", else by commas.

    Examples
    --------
    >>> split_names("Curie, M.; Noether, E."), split_names("Marie Curie, Emmy Noether")
    (['Curie, M.', 'Noether, E.'], ['Marie Curie', 'Emmy Noether'])
    >>> split_names("Curie M., Noether E."), split_names("Curie, Marie")
    (['Curie M.', 'Noether E.'], ['Curie, Marie'])
    """
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) != 1 or "," not in text:
        return parts
    names = [part.strip() for part in text.split(",") if part.strip()]
    if len(names) == 2 and " " not in names[0]:
        return [text.strip()]
    return names


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
