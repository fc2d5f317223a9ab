"""The readers, one module a format, and the choice among them by what a file holds.

To add a format, write a module with ``NAME``, ``LETTER_FOR_LETTER``, ``sniff(head)`` and
``read(source)`` (see :class:`kg.corpus.source.Format`) and put it into ``FORMATS``. The first
that recognises a file gets it, so the more special one stands first.
"""

from __future__ import annotations

from kg.corpus.formats import (
    acl,
    arxiv_kaggle,
    arxiv_xml,
    bibtex,
    crossref,
    csl,
    daily_papers,
    dblp,
    endnote,
    json_any,
    listing,
    medline,
    openalex,
    pubmed,
    records,
    ris,
    semantic_scholar,
    table,
    wos,
    zotero_rdf,
)  # fmt: skip
from kg.corpus.head import Head
from kg.corpus.source import Format
from kg.errors import InputError, UnknownFormat

FORMATS: tuple[Format, ...] = (
    listing, pubmed, arxiv_xml, acl, dblp, endnote, zotero_rdf,
    daily_papers, openalex, semantic_scholar, crossref, arxiv_kaggle, csl, records, json_any,
    bibtex, ris, wos, medline, table,
)  # fmt: skip


_OTHERS = {
    b"%PDF": "a PDF; give the record of the paper (BibTeX, RIS, JSON) instead",
    b"<!DOCTYPE html": "a web page; export the records from it (BibTeX, RIS, CSV) and give that",
    b"<!doctype html": "a web page; export the records from it (BibTeX, RIS, CSV) and give that",
    b"<html": "a web page; export the records from it (BibTeX, RIS, CSV) and give that",
    b"SQLite format 3": "a database, perhaps a store of kg; give the papers that it was built from",
    b"\xd0\xcf\x11\xe0": "an old Office document; save the table as CSV",
}


def choose(head: Head, name: str) -> tuple[Format, str]:
    """The reader for a file, and why it is this one.

    Parameters
    ----------
    head : Head
        The file's beginning.
    name : str
        Its name, for messages; its suffix says nothing.

    Returns
    -------
    reader : Format
    why : str

    Raises
    ------
    UnknownFormat
        If no reader recognises it.
    InputError
        If it is empty.
    """
    if head.empty:
        raise InputError("the file is empty; give one that holds papers", file=name)
    for reader in FORMATS:
        if why := reader.sniff(head):
            return reader, why
    for start, what in _OTHERS.items():
        if head.data.lstrip().startswith(start):
            raise UnknownFormat(f"this is {what}", file=name, line=1)
    known = ", ".join(reader.NAME for reader in FORMATS)
    raise UnknownFormat(
        f"the format is not recognised; convert the file into one of: {known}", file=name, line=1
    )
