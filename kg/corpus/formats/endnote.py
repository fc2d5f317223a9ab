"""EndNote's XML export."""

from __future__ import annotations

from collections.abc import Iterator

from kg.corpus import xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text
from kg.errors import InputError

NAME = "endnote"
LETTER_FOR_LETTER = False


def sniff(head: Head) -> str | None:
    """Recognised by records with a reference type."""
    if head.xml_root in ("xml", "records", "record") and head.xml_names & {"ref-type", "contributors"}:
        return "XML with EndNote's records"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the file."""
    for record in xml.elements(source, ("record",)):
        title = find_text(record, "titles/title")
        other = find_text(record, "titles/secondary-title")
        urls = [xml.text(url).strip() for url in record.findall("urls/related-urls/url")]
        web = [url for url in urls if url.startswith("http")]
        yield Draft(
            title=title or other,
            abstract=find_text(record, "abstract"),
            date=_date(record),
            authors=[
                name for a in record.findall("contributors/authors/author") if (name := xml.text(a).strip())
            ],
            venue=find_text(record, "periodical/full-title") or (other if title else "") or None,
            doi=find_text(record, "electronic-resource-num")
            or next((u for u in web if "doi.org/" in u), None),
            url=next(iter(web), None),
            identifiers=[("pmid", number)]
            if (number := find_text(record, "accession-num")).isdigit()
            else [],
            keywords=[word for k in record.findall("keywords/keyword") if (word := xml.text(k).strip())],
            line=record.sourceline,
        )


def _date(record: Element) -> str | None:
    year = find_text(record, "dates/year")
    day = find_text(record, "dates/pub-dates/date")
    if year and day and year not in day:
        return f"{day} {year}"
    return day or year or None
