"""BibTeX and BibLaTeX, split by bibtexparser and read a piece at a time.

What an entry lacks and its ``crossref`` has (date, venue) is taken from there where both stand
within one piece of 4 MB, as they do in every library of a person.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.corpus import dates, tex
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.errors import InputError

if TYPE_CHECKING:
    from bibtexparser.model import Entry

NAME = "bibtex"
LETTER_FOR_LETTER = False
PIECE = 4 << 20

_BLOCK = re.compile(r"\s*@\s*[A-Za-z]\w*\s*[{(]")
_ENTRY = re.compile(r"^\s*@\s*(?!comment|string|preamble)[A-Za-z]\w*\s*[{(]", re.IGNORECASE)
_MACRO = re.compile(r"[^\s\"#%'(),={}]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OTHERS = {"others", "et al.", "et al"}
_NO_PAPER = {"comment", "string", "preamble", "xdata", "set", "control"}


def sniff(head: Head) -> str | None:
    """Recognised by an entry: ``@article{…``."""
    if head.start in ("{", "[", "<"):
        return None
    entries = any(line.lstrip()[:1] == "@" and _ENTRY.match(line) for line in head.lines)
    return "it has entries such as @article{" if entries else None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Entries in the order of the file."""
    from bibtexparser.exceptions import ParserStateException  # only when there is BibTeX to read
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its complaints become ours
    macros: dict[str, str] = {}
    for line, text in _pieces(source):
        try:
            blocks = Splitter(text).split().blocks
        except (
            ParserStateException,
            RecursionError,
            ValueError,
            KeyError,
            IndexError,
            AttributeError,
        ) as problem:
            raise source.error(
                f"the entries cannot be told apart ({problem}); correct the file", line
            ) from problem
        yield from _drafts(source, blocks, line, macros)


def _pieces(source: Input) -> Iterator[tuple[int, str]]:
    """The text in pieces that begin where a block begins, each with the line before its first."""
    lines: list[str] = []
    start, size = 0, 0
    for number, line in enumerate(source.text().lines()):
        if size > PIECE and line.lstrip()[:1] == "@" and _BLOCK.match(line):
            yield start, "".join(lines)
            lines, start, size = [], number, 0
        lines.append(line)
        size += len(line)
        if size > 16 * PIECE:
            raise source.error("an entry does not end; is a brace missing?", start + 1)
    yield start, "".join(lines)


def _drafts(
    source: Input, blocks: list[Any], before: int, macros: dict[str, str]
) -> Iterator[Draft | InputError]:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

    entries: list[tuple[int, Any]] = []
    parents: dict[str, dict[str, str]] = {}
    for block in blocks:
        line = before + (block.start_line or 0) + 1
        if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
            block = block.ignore_error_block
        if isinstance(block, Entry):
            if block.entry_type.lower() in _NO_PAPER:
                continue
            fields = _fields(block, macros)
            parents.setdefault(block.key, fields)
            entries.append((line, fields))
        elif isinstance(block, ParsingFailedBlock):
            if not block.raw or not re.match(r"\s*@(?:comment|string|preamble)", block.raw, re.IGNORECASE):
                reason = getattr(block.error, "abort_reason", None) or str(block.error)
                entries.append(
                    (line, source.error(f"the entry is broken ({reason[:200]}); correct it", line))
                )
        elif type(block).__name__ == "String":
            macros[block.key.lower()] = _value(block.value, macros)
    for line, fields in entries:
        yield fields if isinstance(fields, InputError) else _draft(fields, parents, line)


def _fields(entry: Entry, macros: dict[str, str]) -> dict[str, str]:
    """Values by the names of their fields in lower case; of fields given twice the first."""
    fields: dict[str, str] = {"entrytype": entry.entry_type.lower()}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), _value(field.value, macros))
    return fields


def _value(text: str, macros: dict[str, str]) -> str:
    """A value without its quotes or braces; parts joined by ``#``, macros replaced where known."""
    text = text.strip()
    if len(text) > 1 and text[0] == "{" and text[-1] == "}" and "#" not in text:
        return text[1:-1]
    if _MACRO.fullmatch(text):
        return macros.get(text.lower(), text)
    parts, position = [], 0
    while position < len(text):
        character = text[position]
        if character in '{"':
            end = _end(text, position)
            parts.append(text[position + 1 : end])
            position = end + 1
            if not text[position:].lstrip().startswith("#"):
                break  # a comma is missing, and the next field hangs on
        elif found := _MACRO.match(text, position):
            parts.append(macros.get(found.group().lower(), found.group()))
            position = found.end()
        else:
            position += 1
    return "".join(parts)


def _end(text: str, start: int) -> int:
    """Where the quotes or braces that begin at `start` end."""
    depth, closing = 0, '"' if text[start] == '"' else "}"
    for position in range(start + 1, len(text)):
        character = text[position]
        if text[position - 1] == "\\":
            continue
        if character == closing and depth == 0:
            return position
        depth += (character == "{") - (character == "}")
    return len(text)


def _draft(fields: dict[str, str], parents: dict[str, dict[str, str]], line: int) -> Draft:
    def get(*names: str) -> str:
        for name in names:
            if value := fields.get(name, "").strip():
                return value
        return ""

    parent = parents.get(get("crossref", "xref"), {})
    people = get("author") or (
        get("editor") if get("entrytype") in ("proceedings", "book", "collection") else ""
    )
    preprint = (
        get("eprint", "arxivid") if "arxiv" in (get("archiveprefix", "eprinttype") or "arxiv").lower() else ""
    )
    title = tex.plain(get("title"))
    if (under := get("subtitle")) and title:
        title = f"{title}: {tex.plain(under)}"
    venue = get("journal", "journaltitle", "booktitle", "fjournal", "school", "institution", "publisher")
    return Draft(
        title=title or tex.plain(get("booktitle", "maintitle")),
        abstract=tex.plain(get("abstract")),
        date=_date(fields) or _date(parent),
        authors=[tex.plain(name) for name in _people(people)],
        venue=tex.plain(venue or parent.get("title", "") or parent.get("booktitle", "")) or None,
        doi=tex.plain(get("doi")) or None,
        arxiv=preprint or None,
        url=tex.plain(get("url", "howpublished", "link", "ee")).split(" ")[0] or None,
        identifiers=[(scheme, value) for scheme in ("pmid", "pmcid") if (value := get(scheme))],
        keywords=[
            w for w in re.split(r"\s*[;,]\s*", tex.plain(get("keywords", "keyword", "author-keywords"))) if w
        ],
        line=line,
    )


def _people(text: str) -> list[str]:
    """Names, divided by "and" outside of braces."""
    if not text:
        return []
    text = re.sub(r"\s+", " ", text)
    if "{" not in text:
        names = _AND.split(text)
    else:
        names, depth, start = [], 0, 0
        for found in re.finditer(r"[{}]| and (?=\S)", text, re.IGNORECASE):
            if found.group() == "{":
                depth += 1
            elif found.group() == "}":
                depth = max(0, depth - 1)
            elif depth == 0:
                names.append(text[start : found.start()])
                start = found.end()
        names.append(text[start:])
    return [name.strip() for name in names if name.strip() and name.strip().lower() not in _OTHERS]


def _date(fields: dict[str, str]) -> str | None:
    if found := dates.parse(fields.get("date", "").split("/")[0]):
        return found
    year = tex.plain(fields.get("year", ""))
    found = dates.parse(year)
    if found is None or len(found) > 4:
        return found
    month = fields.get("month", "")
    number = dates.month_number(re.sub(r"[^A-Za-z0-9].*", "", tex.plain(month).strip()))
    day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", month) if number and not month.strip().isdigit() else None
    given = fields.get("day", "")
    return dates.make(
        int(found), number, int(day.group(1)) if day else int(given) if given.isdigit() else None
    )
