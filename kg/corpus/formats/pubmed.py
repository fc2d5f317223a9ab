"""PubMed XML: answers of E-utilities, baseline and update files; articles and books, no deletions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.corpus import dates, xml
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.corpus.xml import Element, find_text
from kg.errors import InputError

NAME = "pubmed"
LETTER_FOR_LETTER = False

_ROOTS = {
    "PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle", "PubmedBookArticle",
    "MedlineCitation", "PubMedArticleSet",
}  # fmt: skip
_NO_LABEL = {"UNLABELLED", "UNASSIGNED", "ABSTRACT"}


def sniff(head: Head) -> str | None:
    """Recognised by the root element."""
    if head.xml_root in _ROOTS or (head.xml_root and {"PubmedArticle", "MedlineCitation"} <= head.xml_names):
        return f"XML with the root {head.xml_root}"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Articles and book chapters in the order of the file."""
    inside = source.head.xml_names & {"PubmedArticle", "PubmedBookArticle"}
    tags = ("PubmedArticle", "PubmedBookArticle") if inside else ("MedlineCitation",)
    for record in xml.elements(source, tags):
        line = record.sourceline
        book = record.find("BookDocument") if record.tag != "MedlineCitation" else None
        yield _book(record, book, line) if book is not None else _article(record, line)


def _article(record: Element, line: int | None) -> Draft:
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None:
        return Draft(line=line)
    article = citation.find("Article")
    if article is None:
        return Draft(line=line)
    pmid = find_text(citation, "PMID")
    ids = _ids(record, article)
    return Draft(
        title=_bare(find_text(article, "ArticleTitle")) or find_text(article, "VernacularTitle"),
        abstract=_abstract(article.find("Abstract")) or _abstract(citation.find("OtherAbstract")),
        date=_date(article.find("Journal/JournalIssue/PubDate")) or _date(article.find("ArticleDate")),
        authors=_authors(article.find("AuthorList")),
        venue=find_text(article, "Journal/Title")
        or find_text(citation, "MedlineJournalInfo/MedlineTA")
        or None,
        doi=ids.get("doi"),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None,
        identifiers=[(s, v) for s, v in (("pmid", pmid), ("pmcid", ids.get("pmc", ""))) if v],
        keywords=[word for k in citation.findall("KeywordList/Keyword") if (word := xml.text(k).strip())],
        line=line,
    )


def _book(record: Element, book: Element, line: int | None) -> Draft:
    pmid = find_text(book, "PMID")
    authors = book.find("AuthorList[@Type='authors']")
    authors = authors if authors is not None else book.find("AuthorList")
    authors = authors if authors is not None else book.find("Book/AuthorList")
    whole = find_text(book, "Book/BookTitle")
    title = _bare(find_text(book, "ArticleTitle"))
    ids = _ids(record, book)
    return Draft(
        title=title or whole,
        abstract=_abstract(book.find("Abstract")),
        date=_date(book.find("Book/PubDate")) or _date(book.find("ContributionDate")),
        authors=_authors(authors),
        venue=whole if title and whole else find_text(book, "Book/Publisher/PublisherName") or None,
        doi=ids.get("doi") or find_text(book, "Book/ELocationID[@EIdType='doi']") or None,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None,
        identifiers=[("pmid", pmid)] if pmid else [],
        line=line,
    )


def _ids(record: Element, article: Element) -> dict[str, str]:
    """Identifiers of the article itself; those of its references stand elsewhere."""
    found: dict[str, str] = {}
    for place in ("PubmedData/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId"):
        for element in record.findall(place):
            found.setdefault(element.get("IdType", ""), xml.text(element).strip())
    for element in article.findall("ELocationID"):
        if element.get("ValidYN", "Y") == "Y":
            found.setdefault(element.get("EIdType", ""), xml.text(element).strip())
    return found


def _bare(title: str) -> str:
    """The title without the brackets that PubMed puts around translations."""
    found = re.fullmatch(r"\[(.*?)\]\.?", title, re.DOTALL)
    return found.group(1) if found and "[" not in found.group(1) else title


def _abstract(abstract: Element | None) -> str:
    """The sections with their labels, in one text."""
    if abstract is None:
        return ""
    parts = []
    for section in abstract.findall("AbstractText"):
        words = xml.text(section).strip()
        label = section.get("Label", "").strip()
        if words:
            parts.append(f"{label}: {words}" if label and label.upper() not in _NO_LABEL else words)
    return " ".join(parts)


def _date(element: Element | None) -> str | None:
    if element is None:
        return None
    year = find_text(element, "Year")
    if not re.fullmatch(r"\d{4}", year):
        return dates.parse(find_text(element, "MedlineDate"))
    month = dates.month_number(find_text(element, "Month"))
    day = find_text(element, "Day")
    return dates.make(int(year), month, int(day) if re.fullmatch(r"\d{1,2}", day) else None)


def _authors(authors: Element | None) -> list[str]:
    names = []
    for author in authors.findall("Author") if authors is not None else ():
        last, first = (
            find_text(author, "LastName"),
            find_text(author, "ForeName") or find_text(author, "Initials"),
        )
        name = f"{last}, {first}" if last and first else last or find_text(author, "CollectiveName")
        if name:
            names.append(name)
    return names
