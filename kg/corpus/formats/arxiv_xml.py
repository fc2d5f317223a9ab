"""arXiv's XML: answers of its search interface (Atom) and of its harvesting interface (OAI-PMH)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.corpus import xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text, first_text, local, parts
from kg.errors import InputError

NAME = "arxiv"
LETTER_FOR_LETTER = False


def sniff(head: Head) -> str | None:
    """Recognised by an Atom feed, or by records of OAI-PMH, the one or the other of arXiv's shape."""
    root = (head.xml_root or "").rpartition(":")[2]
    if root == "feed" and ("arxiv.org" in head.text or "entry" in head.xml_names):
        return "an Atom feed"
    oai = (
        {"metadata", "header"} <= head.xml_names
        or "ListRecords" in head.xml_names
        or "GetRecord" in head.xml_names
    )
    if root in ("OAI-PMH", "record", "ListRecords") and oai:
        return "records of OAI-PMH"
    if root in ("arXiv", "OAI-PMH"):
        return f"XML with the root {root}"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Papers in the order of the file."""
    root = (source.head.xml_root or "").rpartition(":")[2]
    if root == "feed":
        yield from _atom(source)
    else:
        yield from _oai(source)


def _atom(source: Input) -> Iterator[Draft | InputError]:
    for entry in xml.elements(source, ("{*}entry",)):
        found = parts(entry)
        name = first_text(found, "id")
        line = entry.sourceline
        if "/api/errors" in name or "/help/api/user-manual#" in name:
            said = first_text(found, "summary") or "without a reason"
            yield source.error(f"arXiv answered with an error ({said}); correct the query", line)
            continue
        yield Draft(
            title=first_text(found, "title"),
            abstract=first_text(found, "summary", "content"),
            date=first_text(found, "published", "updated") or None,
            authors=[_name(author) for author in found.get("author", ())],
            venue=first_text(found, "journal_ref") or None,
            doi=first_text(found, "doi") or None,
            arxiv=name if "arxiv.org" in name else None,
            url=name if name.startswith("http") else None,
            line=line,
        )


def _name(author: Element) -> str:
    return next((xml.text(child) for child in author if local(child) == "name"), "")


def _oai(source: Input) -> Iterator[Draft | InputError]:
    for record in xml.elements(source, ("{*}record", "{*}error")):
        line = record.sourceline
        if local(record) == "error":
            said = xml.text(record).strip() or record.get("code", "")
            yield source.error(f"the archive answered with an error ({said}); correct the query", line)
            continue
        header = record.find("{*}header")
        if header is not None and header.get("status") == "deleted":
            continue
        metadata = record.find("{*}metadata")
        body = next((child for child in metadata if local(child)), None) if metadata is not None else None
        if body is None:
            yield source.error("the record has no metadata; harvest it again", line)
        elif local(body) == "dc":
            yield _dublin_core(body, find_text(record, "{*}header/{*}identifier"), line)
        else:
            yield _arxiv(body, line)


def _arxiv(body: Element, line: int | None) -> Draft:
    """The flavours ``arXiv`` and ``arXivRaw``."""
    authors = []
    for author in body.findall("{*}authors/{*}author"):
        last, first = find_text(author, "{*}keyname"), find_text(author, "{*}forenames")
        suffix = find_text(author, "{*}suffix")
        authors.append(", ".join(part for part in (last, f"{first} {suffix}".strip()) if part))
    raw = find_text(body, "{*}authors") if not authors else ""
    name = find_text(body, "{*}id")
    return Draft(
        title=find_text(body, "{*}title"),
        abstract=find_text(body, "{*}abstract"),
        date=find_text(body, "{*}created") or find_text(body, "{*}version/{*}date") or None,
        authors=authors or [part.strip() for part in raw.replace(" and ", ", ").split(",") if part.strip()],
        venue=find_text(body, "{*}journal-ref") or None,
        doi=next(iter(find_text(body, "{*}doi").split()), None),
        arxiv=name,
        url=f"https://arxiv.org/abs/{name}" if name else None,
        line=line,
    )


def _dublin_core(body: Element, name: str, line: int | None) -> Draft:
    values: dict[str, list[str]] = {}
    for child in body:
        if (value := xml.text(child).strip()) and local(child):
            values.setdefault(local(child), []).append(value)
    described = [text for text in values.get("description", ()) if not text.startswith("Comment:")]
    links = values.get("identifier", [])
    preprint = name.rpartition(":")[2] if name.lower().startswith("oai:arxiv") else None
    return Draft(
        title=next(iter(values.get("title", ())), ""),
        abstract=max(described, key=len, default=""),
        date=min(values.get("date", ()), default=None),
        authors=values.get("creator", []),
        doi=next(
            (link for link in links if "10." in link and ("doi" in link or link.startswith("10."))), None
        ),
        arxiv=preprint or next((link for link in links if "arxiv.org" in link), None),
        url=next((link for link in links if link.startswith("http")), None),
        keywords=values.get("subject", []),
        line=line,
    )
