"""The ACL Anthology's XML: collections of volumes of papers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.corpus import dates, xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text
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
        yield Draft(
            title=_formulas(element.find("title")),
            abstract=_formulas(element.find("abstract")),
            date=when or find_text(element, "year") or None,
            authors=[_name(author) for author in element.findall("author")],
            venue=book or find_text(element, "booktitle") or None,
            doi=find_text(element, "doi") or None,
            url=_url(find_text(element, "url")),
            identifiers=_identifier(element),
            line=element.sourceline,
        )


def _name(author: Element) -> str:
    first, last = find_text(author, "first"), find_text(author, "last")
    return f"{first} {last}".strip() or xml.text(author).strip()


def _formulas(element: Element | None) -> str:
    """The text, formulas between dollars as everywhere else."""
    if element is None:
        return ""
    for formula in element.iter("tex-math"):
        formula.text = f"${xml.text(formula)}$"
        for child in list(formula):
            formula.remove(child)
    return xml.text(element).strip()


def _url(value: str) -> str | None:
    if not value:
        return None
    return value if value.startswith("http") else f"https://aclanthology.org/{value}/"


def _identifier(element: Element) -> list[tuple[str, str]]:
    value = find_text(element, "url")
    name = value.rstrip("/").rpartition("/")[2].removesuffix(".pdf")
    return [("acl", name)] if name else []
