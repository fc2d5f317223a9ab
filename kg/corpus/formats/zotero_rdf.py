"""RDF/XML of libraries: Zotero's own, and lists in Dublin Core, BIBO or schema.org.

Journals stand apart from their articles, often behind them: the titles of such containers, and
the papers without texts of their own, wait until the end of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.corpus import xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, local
from kg.errors import InputError

NAME = "zotero-rdf"
LETTER_FOR_LETTER = False

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_TITLES = ("title", "name", "headline")
_ABSTRACTS = ("abstract", "description")
_DATES = ("date", "issued", "datePublished", "created", "dateCreated")
_PEOPLE = ("authors", "creator", "author", "contributors")
_NO_PAPER = {
    "Journal", "Series", "Collection", "Person", "Organization", "Memo", "Attachment", "Periodical",
    "PublicationIssue", "PublicationVolume", "CreativeWorkSeries", "Issue", "Website", "Review", "Seq", "Bag",
    "Alt", "List", "AddressBookEntry", "PersonalProfileDocument", "Concept", "ConceptScheme", "Class",
    "Ontology", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual",
}  # fmt: skip
_WORKS = {"Article", "AcademicArticle", "Book", "ScholarlyArticle", "Thesis", "Document"}
_NO_ITEM = {"attachment", "note", "annotation"}


def sniff(head: Head) -> str | None:
    """Recognised by RDF/XML whose resources have titles and makers."""
    if (head.xml_root or "").rpartition(":")[2] != "RDF":
        return None
    names = {name.rpartition(":")[2] for name in head.xml_names}
    if "itemType" in names:
        return "RDF/XML with Zotero's item types"
    if names & set(_TITLES) and names & {
        "creator",
        "author",
        "authors",
        "isbn",
        "isPartOf",
        "issued",
        "date",
    }:
        return "RDF/XML with titles and authors"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Items in the order of the file; notes, attachments and containers are none."""
    containers: dict[str, str] = {}
    found: list[tuple[Draft, str]] = []
    people: dict[str, str] = {}
    for node in xml.children(source):
        about = node.get(_RDF + "about") or node.get(_RDF + "nodeID") or node.get(_RDF + "ID") or ""
        values = _values(node)
        title = _first(values, _TITLES)
        if about and title:
            containers.setdefault(about, title)
        if local(node) in ("Person", "Organization") and about and (name := _person(node)):
            people[about] = name
        kind = _first(values, ("itemType",))
        paper = local(node) not in _NO_PAPER and kind not in _NO_ITEM
        if paper and (title or kind) and (kind or _is_work(values, node)):
            found.append(_draft(node, values, about, title))
    for draft, container in found:
        draft.venue = draft.venue or containers.get(container)
        draft.authors = [people.get(name, name) for name in draft.authors]
        draft.authors = [name for name in draft.authors if not name.startswith(("http://", "https://"))]
        yield draft


def _values(node: Element) -> dict[str, list[Element]]:
    values: dict[str, list[Element]] = {}
    for child in node:
        if name := local(child):
            values.setdefault(name, []).append(child)
    return values


def _first(values: dict[str, list[Element]], names: tuple[str, ...]) -> str:
    for name in names:
        for element in values.get(name, ()):
            if value := xml.text(element).strip():
                return value
    return ""


def _is_work(values: dict[str, list[Element]], node: Element) -> bool:
    told = values.keys() & {*_PEOPLE, *_DATES, "abstract", "isbn13", "isbn10", "pages"}
    return bool(told) or local(node) in _WORKS


def _draft(node: Element, values: dict[str, list[Element]], about: str, title: str) -> tuple[Draft, str]:
    part = values.get("isPartOf", [])
    container = next((p.get(_RDF + "resource") for p in part if p.get(_RDF + "resource")), "") or ""
    inline = next((t for p in part for t in _inside(p, ("title", "name"))), None)
    named = [e for name in ("identifier", "sameAs", "doi", "uri") for e in values.get(name, ())]
    links = [xml.text(element).strip() or element.get(_RDF + "resource", "") for element in named]
    links += [xml.text(element).strip() for p in part for element in p.iter("{*}identifier")]
    doi = next(
        (link for link in links if link.lower().startswith(("doi", "10.")) or "doi.org/" in link), None
    )
    urls = [link for link in (about, *links) if link.startswith(("http://", "https://"))]
    return Draft(
        title=title,
        abstract=_first(values, _ABSTRACTS),
        date=_first(values, _DATES) or None,
        authors=_people(values),
        venue=inline,
        doi=doi,
        url=next(iter(urls), None),
        keywords=[
            word for e in values.get("subject", ()) if (word := xml.text(e).strip()) and len(word) < 200
        ],
        line=node.sourceline,
    ), container


def _inside(element: Element, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for found in element.iter("{*}" + name):
            if value := xml.text(found).strip():
                yield value


def _people(values: dict[str, list[Element]]) -> list[str]:
    for key in _PEOPLE:
        names: list[str] = []
        for element in values.get(key, ()):
            persons = [p for kind in ("Person", "Organization", "Agent") for p in element.iter("{*}" + kind)]
            if persons:
                names.extend(name for person in persons if (name := _person(person)))
            elif (
                value := xml.text(element).strip()
                or element.get(_RDF + "resource")
                or element.get(_RDF + "nodeID")
            ):
                names.append(value)
        if names:
            return names
    return []


def _person(person: Element) -> str:
    def of(*names: str) -> str:
        return next((value for value in _inside(person, names)), "")

    last, first = of("surname", "familyName"), of("givenName", "givenname")
    return f"{last}, {first}" if last and first else last or of("name")
