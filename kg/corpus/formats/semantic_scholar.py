"""Semantic Scholar: answers of its interface, one paper with its references, and its data sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.corpus import json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, dig, string, strings
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "semantic-scholar"
LETTER_FOR_LETTER = False

_LISTS = ("data", "recommendedPapers", "papers")


def sniff(head: Head) -> str | None:
    """Recognised by the key ``paperId`` (or ``corpusid``) beside a title."""
    for place in ("", "[]", *(f"{name}[]" for name in _LISTS)):
        keys = head.json_keys(place)
        if keys & {"paperId", "corpusid"} and keys & {"title", "externalIds", "externalids"}:
            return "JSON with the key paperId"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Papers in the order of the file; those only cited by one of them are not taken."""
    keys = source.head.json_keys()
    inside = (
        next((name for name in _LISTS if name in keys), None) if not keys & {"paperId", "corpusid"} else None
    )
    for line, paper in json_stream.values(source, inside):
        if isinstance(paper, InputError):
            yield paper
        elif isinstance(paper, dict):
            yield _draft(paper, line)
        elif paper is not None:  # null: a paper that was asked for and not found
            yield source.error("this is no paper of Semantic Scholar, but another value; remove it", line)


def _draft(paper: dict[str, Any], line: int) -> Draft:
    ids = paper.get("externalIds") or paper.get("externalids")
    ids = ids if isinstance(ids, dict) else {}
    pairs = [("s2", value)] if (value := string(paper.get("paperId"))) else []
    for name, scheme in (
        ("PubMed", "pmid"),
        ("PubMedCentral", "pmcid"),
        ("DBLP", "dblp"),
        ("ACL", "acl"),
        ("MAG", "mag"),
    ):
        if value := string(ids.get(name)):
            pairs.append((scheme, value))
    return Draft(
        title=string(paper.get("title")),
        abstract=string(paper.get("abstract")),
        date=string(paper.get("publicationDate") or paper.get("publicationdate"))
        or string(paper.get("year"))
        or None,
        authors=[name for author in dicts(paper.get("authors")) if (name := string(author.get("name")))],
        venue=string(dig(paper, "journal", "name")) or string(paper.get("venue")) or None,
        doi=string(ids.get("DOI")) or string(paper.get("doi")) or None,
        arxiv=string(ids.get("ArXiv")) or string(paper.get("arxivId")) or None,
        url=string(paper.get("url")) or None,
        identifiers=pairs,
        keywords=strings(paper.get("fieldsOfStudy")),
        line=line,
    )
