"""The records that flow through ``kg``, and the words they are described with.

Everything here is a frozen value without behaviour of its own: readers make papers, the
extraction makes :class:`Extraction`, the resolution turns those into concepts, links and
relations, and the graph, the queries and the exports only ever see these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConceptType(StrEnum):
    """What kind of thing a concept is."""

    METHOD = "Method"
    TASK = "Task"
    DATASET = "Dataset"
    METRIC = "Metric"
    CONCEPT = "Concept"


class Role(StrEnum):
    """What a paper does with a concept."""

    PROPOSES = "proposes"
    USES = "uses"
    ADDRESSES = "addresses"
    EVALUATES_ON = "evaluates_on"
    MEASURES = "measures"
    COMPARES_WITH = "compares_with"
    STUDIES = "studies"
    MENTIONS = "mentions"


class RelationType(StrEnum):
    """How one concept relates to another; the last one is statistical, the rest is said in a sentence."""

    USED_FOR = "used_for"
    PART_OF = "part_of"
    IS_A = "is_a"
    COMPARED_WITH = "compared_with"
    EVALUATED_ON = "evaluated_on"
    EVALUATED_BY = "evaluated_by"
    CO_OCCURS_WITH = "co_occurs_with"


class Rule(StrEnum):
    """Why a name belongs to a concept."""

    LABEL = "label"
    CASE = "case"
    NUMBER = "number"
    HYPHEN = "hyphen"
    SPELLING = "spelling"
    ABBREVIATION = "abbreviation"
    LEXICON = "lexicon"
    VOCABULARY = "vocabulary"
    CURATION = "curation"


class Field(StrEnum):
    """The two texts of a paper."""

    TITLE = "title"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a record was read.

    Parameters
    ----------
    file : str
        Name of the file as given, without the folders above what was given.
    position : int
        The record's number in the file, counted from 1.
    line : int or None
        First line of the record, counted from 1, where the format has lines.
    format : str
        Name of the reader.
    """

    file: str
    position: int
    line: int | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what was read of it, letter for letter.

    Parameters
    ----------
    id : str
        ``doi:…``, ``arxiv:…``, the id that the input gave, or ``title:…`` (a hash of the
        normalised title); never made from the clock, the order or a random number.
    title, abstract : str
        The texts that every offset refers to. The abstract may be empty.
    date : str or None
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    date_inferred : bool
        True where the year is not in the record but was inferred from the rest of the file.
    authors : tuple of str
        Names as given, empty where unknown.
    author_count : int or None
        Number of authors, where only that is known (else the length of `authors`).
    venue, doi, arxiv, url : str or None
        Journal or conference; identifiers without prefix (``10.1000/1``, ``2401.00001``).
    identifiers : tuple of (str, str)
        Further ones as (scheme, value), sorted: ``("pmid", "123")``.
    upvotes : int or None
        Number of votes on the listing page.
    organisation : str or None
        The badge of the listing page.
    keywords : tuple of str
        As given by the source.
    sources : tuple of Source
        Every record that was merged into this paper, sorted.
    """

    id: str
    title: str
    abstract: str = ""
    date: str | None = None
    date_inferred: bool = False
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    upvotes: int | None = None
    organisation: str | None = None
    keywords: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def year(self) -> int | None:
        """Year of `date`.

        Examples
        --------
        >>> Paper("p1", "A title", date="2024-03").year
        2024
        """
        return int(self.date[:4]) if self.date else None

    def text(self, field: str) -> str:
        """Title or abstract, by the name of the field."""
        return self.title if field == Field.TITLE else self.abstract


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a paper's text: Python string offsets, end exclusive."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermMention:
    """One occurrence of a term in its paper, with the probability that it is one."""

    span: Span
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Term:
    """What one paper says about one thing, before papers are brought together.

    Parameters
    ----------
    label : str
        The term's own best name in this paper: the long form where the paper defines one.
    type : ConceptType
        Its type in this paper, with `type_confidence`.
    mentions : tuple of TermMention
        Every occurrence, title first, in reading order; never empty.
    short_forms : tuple of str
        Abbreviations that this paper defines for it.
    role : Role
        What the paper does with it, with `role_confidence`.
    cue : Span or None
        The words that say so, where the decision rests on words.
    sentence : Span or None
        The sentence that says so.
    """

    label: str
    type: ConceptType
    mentions: tuple[TermMention, ...]
    role: Role
    type_confidence: float = 1.0
    role_confidence: float = 1.0
    short_forms: tuple[str, ...] = ()
    cue: Span | None = None
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class TermRelation:
    """A relation stated in one paper between two of its terms (positions in ``Extraction.terms``)."""

    head: int
    relation: RelationType
    tail: int
    confidence: float
    sentence: Span
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one paper. `sentences` covers title and abstract, in order."""

    paper: str
    terms: tuple[Term, ...]
    relations: tuple[TermRelation, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a paper that names a concept."""

    paper: str
    field: str
    start: int
    end: int
    type: ConceptType
    concept: str
    confidence: float


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """A name of a concept, the rule that joined it, how often and in how many papers it occurs.

    Parameters
    ----------
    name : str
        As written in the texts or the vocabulary.
    rule : Rule
        What joined it to the concept.
    papers : int
        Number of papers that write it so (0: only a vocabulary or the lexicon knows it).
    paper : str or None
        One paper (the first by id) where it is seen, for an abbreviation one that defines it.
    note : str
        What the rule rests on, in words, where there is more to say than the rule's name.
    """

    name: str
    rule: Rule
    papers: int = 0
    paper: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the graph that is no paper.

    Parameters
    ----------
    id : str
        Slug of the normalised label: stable whatever other papers are there.
    label : str
        Canonical label.
    type : ConceptType
        The type that most of its papers give it.
    aliases : tuple of Alias
        Every other name, sorted by name; the label itself is among them with rule ``label``.
    exact_matches, close_matches : tuple of str
        IRIs in outside vocabularies.
    papers : int
        Number of papers that mention it.
    confidence : float
        Probability that this is a concept a reader would want as a node, of this type.
    """

    id: str
    label: str
    type: ConceptType
    aliases: tuple[Alias, ...] = ()
    exact_matches: tuple[str, ...] = ()
    close_matches: tuple[str, ...] = ()
    papers: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that says something, and which words in it say it.

    Parameters
    ----------
    paper : str
        Id of the paper.
    sentence : Span
        The sentence.
    text : str
        Its text.
    mentions : tuple of Span
        The concept's (or head's and tail's) mentions in it, offsets into the field.
    cue : Span or None
        The words that the decision rests on.
    """

    paper: str
    sentence: Span
    text: str
    mentions: tuple[Span, ...] = ()
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A paper's link to a concept.

    Parameters
    ----------
    paper, concept : str
        Their ids.
    role : Role
        What the paper does with the concept.
    confidence : float
        Calibrated probability that the link and its role are right.
    salience : float
        How central the concept is to the paper, 0 to 1: title, repetition, position, rarity.
    mentions : int
        Number of mentions in the paper.
    sentence, cue : Span or None
        The sentence that decides the role, and the words in it.
    """

    paper: str
    concept: str
    role: Role
    confidence: float
    salience: float
    mentions: int
    sentence: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One paper's sentence for a relation."""

    paper: str
    sentence: Span
    confidence: float
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two concepts.

    Parameters
    ----------
    head, tail : str
        Concept ids. For ``co_occurs_with`` head < tail.
    relation : RelationType
        Its kind.
    confidence : float
        For stated relations the probability that at least one statement is right; for
        ``co_occurs_with`` the normalised pointwise mutual information.
    support : int
        Number of papers.
    statements : tuple of Statement
        One for each paper and sentence; empty for ``co_occurs_with``.
    """

    head: str
    relation: RelationType
    tail: str
    confidence: float
    support: int
    statements: tuple[Statement, ...] = ()
