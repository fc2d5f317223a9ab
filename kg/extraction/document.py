"""How a paper becomes one spaCy ``Doc``, and how what was found in it is kept there.

The Doc's text is the title, a blank line, the abstract: every component sees both. The offsets of
the paper's fields are got back from it without loss.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from kg.extraction.layout import layout
from kg.model import Field, Span

if TYPE_CHECKING:
    from kg.extraction.view import View

GROUP = "terms"
_GAP = "\n\n"
_PAPER, _FOUND, _ABBREVIATIONS, _EDGES = "kg.paper", "kg.found", "kg.abbreviations", "kg.edges"

if not Doc.has_extension("title_end"):
    Doc.set_extension("title_end", default=0)
if not TokenSpan.has_extension("probability"):
    TokenSpan.set_extension("probability", default=1.0)


class Candidate(NamedTuple):
    """A mention in the making: character offsets in the Doc's text, type, probability."""

    start: int
    end: int
    type: str
    probability: float


class Abbreviation(NamedTuple):
    """A definition: where the long and the short form stand (character offsets in the Doc's text)."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


@dataclass(slots=True)
class Draft:
    """A term in the making; `mentions` in reading order."""

    label: str
    type: str
    type_probability: float
    mentions: list[Candidate]
    short_forms: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    role: str = "mentions"
    role_probability: float = 1.0
    cue: tuple[int, int] | None = None
    sentence: tuple[int, int] | None = None
    link_probability: float | None = None


@dataclass(slots=True)
class DraftRelation:
    """A relation in the making between two drafts (positions in the list)."""

    head: int
    relation: str
    tail: int
    probability: float
    sentence: tuple[int, int]
    cue: tuple[int, int] | None = None


@dataclass(slots=True)
class Findings:
    """What the components after the span sources have made of a Doc."""

    drafts: list[Draft] = field(default_factory=list)
    view: View | None = None
    rows: NDArray[Any] | None = None  # of each draft, what the network that decides has made of it
    relations: list[DraftRelation] = field(default_factory=list)


def make_doc(nlp: Language, title: str, abstract: str) -> Doc:
    """One Doc for a paper.

    Parameters
    ----------
    nlp : Language
        Gives the tokenizer.
    title, abstract : str
        As read.

    Returns
    -------
    Doc
        Tokens of the title, a blank line, tokens of the abstract.
    """
    doc = nlp.make_doc(title + _GAP + abstract)
    doc._.title_end = len(title)
    doc.user_data[_PAPER] = True
    return doc


def title_length(doc: Doc) -> int:
    """Characters of the title; 0 where the Doc was made of plain text."""
    length: int = doc._.title_end
    return length


def abstract_offset(doc: Doc) -> int:
    """Where the abstract begins in the Doc's text."""
    return title_length(doc) + len(_GAP) if _PAPER in doc.user_data else 0


def to_span(doc: Doc, start: int, end: int) -> Span:
    """Offsets in the Doc's text as a place in the paper."""
    offset = abstract_offset(doc)
    if start >= offset:
        return Span(Field.ABSTRACT, start - offset, end - offset)
    return Span(Field.TITLE, start, end)


def candidates(doc: Doc) -> list[Candidate]:
    """The mentions found so far, in reading order."""
    if GROUP not in doc.spans:
        return []
    return sorted(
        Candidate(span.start_char, span.end_char, span.label_, float(span._.probability))
        for span in doc.spans[GROUP]
    )


def set_candidates(doc: Doc, found: Iterable[Candidate]) -> None:
    """Put mentions on the Doc as its span group "terms"; those that cut a token in two are left out."""
    # Doc.char_span walks the whole Doc at each call.
    first, last = _edges(doc)
    spans = []
    for one in sorted(found):
        if one.start in first and one.end in last:
            span = TokenSpan(doc, first[one.start], last[one.end] + 1, label=one.type)
            span._.probability = one.probability
            spans.append(span)
    doc.spans[GROUP] = spans


def _edges(doc: Doc) -> tuple[dict[int, int], dict[int, int]]:
    """Number of the token that begins, and of the one that ends, at a character."""
    edges: tuple[dict[int, int], dict[int, int]] | None = doc.user_data.get(_EDGES)
    if edges is None:
        seen = layout(doc)
        edges = (
            {start: i for i, start in enumerate(seen.starts)},
            {end: i for i, end in enumerate(seen.ends)},
        )
        doc.user_data[_EDGES] = edges
    return edges


def abbreviations(doc: Doc) -> list[Abbreviation]:
    """The abbreviations that the paper defines."""
    found: list[Abbreviation] = doc.user_data.get(_ABBREVIATIONS, [])
    return found


def set_abbreviations(doc: Doc, found: list[Abbreviation]) -> None:
    """Keep the paper's abbreviations on the Doc."""
    doc.user_data[_ABBREVIATIONS] = found


def findings(doc: Doc) -> Findings:
    """Terms and relations of the Doc; made where there are none yet."""
    found = doc.user_data.setdefault(_FOUND, Findings())
    assert isinstance(found, Findings)
    return found
