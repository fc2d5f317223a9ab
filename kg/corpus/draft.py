"""What a reader makes of a record, and the one way from there to a `Paper`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.corpus import cleaning, dates, identity
from kg.errors import InputError
from kg.model import Paper, Source

MAX_TITLE = 20_000
MAX_TEXT = 1_000_000
_NO_CHARACTER = re.compile("[\ud800-\udfff\x00]")
MAX_AUTHORS = 100_000


@dataclass(slots=True)
class Draft:
    """A record as a reader found it; every text still as it stands in the file.

    The fields are those of :class:`kg.model.Paper`. `doi`, `arxiv` and `date` may be in any
    spelling, `line` is the first line of the record where the format has lines, and `note`
    says what the reader made of a doubtful one.
    """

    title: str = ""
    abstract: str = ""
    date: str | None = None
    date_inferred: bool = False
    authors: list[str] = field(default_factory=list)
    author_count: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    upvotes: int | None = None
    organisation: str | None = None
    keywords: list[str] = field(default_factory=list)
    id: str | None = None
    line: int | None = None


def one_line(text: str) -> str:
    r"""The text with every run of blanks made one blank, and none at the ends.

    Examples
    --------
    >>> one_line("  a \n b ")
    'a b'
    """
    return " ".join(text.split())


def finish(draft: Draft, file: str, position: int, format: str, clean: bool) -> Paper:
    """Make the paper of a draft: texts cleaned, identifiers and date in one spelling, an id.

    Parameters
    ----------
    draft : Draft
    file : str
        Name of the file, as the user is to see it.
    position : int
        Number of the record in the file, from 1.
    format : str
        Name of the reader.
    clean : bool
        Clean title and abstract (see :mod:`kg.corpus.cleaning`), or leave them letter for letter.

    Returns
    -------
    Paper

    Raises
    ------
    InputError
        If there is no title, or a field is of a size that no paper has.
    """
    title, abstract = draft.title, draft.abstract
    if len(title) > MAX_TITLE or len(abstract) > MAX_TEXT or len(draft.authors) > MAX_AUTHORS:
        raise InputError(
            f"the record is too big for a paper (title {len(title):,}, abstract {len(abstract):,} "
            f"characters, {len(draft.authors):,} authors); correct or remove it",
            file=file,
            line=draft.line,
            record=position,
        )
    tidy = one_line
    if clean:
        tidy = cleaning.clean
        title = tidy(title)
        if abstract:
            abstract = cleaning.clean_abstract(abstract)
    if not title or title.isspace():
        raise InputError(
            "the record has no title; give it one, or leave such records out with --skip-invalid",
            file=file,
            line=draft.line,
            record=position,
        )
    doi = arxiv = None
    if draft.doi:
        doi, arxiv = identity.split_doi(draft.doi)
    if draft.arxiv:
        arxiv = identity.arxiv(draft.arxiv) or arxiv
    if arxiv is None and draft.url:
        arxiv = identity.arxiv_in_url(draft.url)
    authors = tuple([name for name in map(tidy, draft.authors) if name]) if draft.authors else ()
    keywords = draft.keywords
    return Paper(
        sound(draft.id) if draft.id else identity.paper_id(title, doi, arxiv),
        title,
        abstract,
        dates.parse(draft.date) if draft.date else None,
        draft.date_inferred,
        authors,
        len(authors) if authors else draft.author_count,
        (tidy(draft.venue) or None) if draft.venue else None,
        doi,
        arxiv,
        (sound(draft.url.strip()) or None) if draft.url else None,
        _pairs(draft.identifiers) if draft.identifiers else (),
        draft.upvotes,
        sound(draft.organisation) if draft.organisation else None,
        tuple(dict.fromkeys([word for word in map(tidy, keywords) if word])) if keywords else (),
        (Source(file, position, draft.line, format),),
    )


def _pairs(identifiers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(s, sound(value.strip())) for s, value in identifiers if value and value.strip()}))


def sound(text: str) -> str:
    r"""The text with halves of surrogate pairs and NUL, which are no characters, replaced one for one.

    Examples
    --------
    >>> sound("a\ud800b") == "a\ufffdb"
    True
    """
    if text.isprintable() or ("\x00" not in text and text.isascii()):
        return text
    return _NO_CHARACTER.sub("\ufffd", text)
