"""The ACL Anthology's XML: collections of volumes of papers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.corpus import dates, xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text, first_text, parts
from kg.errors import InputError

NAME = "acl"
LETTER_FOR_LETTER = False


def sniff(head: Head) -> str | None:
    """Recognised by a collection of volumes (or a volume) of papers."""
    if head.xml_root in ("collection", "volume") and head.xml_names & {"paper", "volume"}:
        return f"XML with the root {head.xml_root} and papers"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Papers in the order of the file; front matter is none."""
    book, when = "", None
    for element in xml.elements(source, ("meta", "paper")):
        if element.tag == "meta":
            book = _formulas(element.find("booktitle"))
            year = find_text(element, "year")
            month = dates.month_number(find_text(element, "month").split("-")[0].split("–")[0])
            when = dates.make(int(year), month) if year.isdigit() and len(year) == 4 else None
            continue
        found = parts(element)
        url = first_text(found, "url")
        name = url.rstrip("/").rpartition("/")[2].removesuffix(".pdf")
        yield Draft(
            title=_formulas(next(iter(found.get("title", ())), None)),
            abstract=_formulas(next(iter(found.get("abstract", ())), None)),
            date=when or first_text(found, "year") or None,
            authors=[_name(author) for author in found.get("author", ())],
            venue=book or first_text(found, "booktitle") or None,
            doi=first_text(found, "doi") or None,
            url=(url if url.startswith("http") else f"https://aclanthology.org/{url}/") if url else None,
            identifiers=[("acl", name)] if name else [],
            line=element.sourceline,
        )


def _name(author: Element) -> str:
    found = {child.tag: xml.text(child) for child in author}
    return f"{found.get('first', '')} {found.get('last', '')}".strip() or xml.text(author).strip()


def _formulas(element: Element | None) -> str:
    """The text, formulas between dollars as everywhere else."""
    if element is None:
        return ""
    if len(element) == 0:
        return (element.text or "").strip()
    for formula in element.iter("tex-math"):
        formula.text = f"${xml.text(formula)}$"
        for child in list(formula):
            formula.remove(child)
    return xml.text(element).strip()
