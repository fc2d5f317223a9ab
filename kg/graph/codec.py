"""Records as the plain values that SQLite and JSON hold, and back."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Extraction,
    Link,
    Mention,
    Paper,
    RelationType,
    Role,
    Rule,
    Source,
    Span,
    Statement,
    Term,
    TermMention,
    TermRelation,
)

_FIELD = {"title": "t", "abstract": "a"}
_FIELD_BACK = {"t": "title", "a": "abstract"}
# Looked up by the million: calling an enumeration takes twenty times as long.
_TYPES = {kind.value: kind for kind in ConceptType}
_ROLES = {role.value: role for role in Role}
_RELATIONS = {kind.value: kind for kind in RelationType}


def _loads(text: str) -> Any:
    # Most lists are empty, and the parser takes as long for them.
    return json.loads(text) if text != "[]" else ()


def dumps(value: Any) -> str:
    """Compact JSON with sorted keys: the same text for the same value.

    Examples
    --------
    >>> dumps({"b": 1, "a": "ü"})
    '{"a":"ü","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def text_hash(paper: Paper) -> str:
    """Hash of the texts that an extraction depends on (SHA-256, 128 bits in hex).

    Examples
    --------
    >>> text_hash(Paper("a", "T", "A")) == text_hash(Paper("b", "T", "A"))
    True
    """
    return hashlib.sha256(f"{paper.title}\0{paper.abstract}".encode("utf-8", "surrogatepass")).hexdigest()[
        :32
    ]


def encode_span(span: Span | None) -> str | None:
    """Write a span as ``t12-17`` (title) or ``a12-17`` (abstract).

    Examples
    --------
    >>> encode_span(Span("abstract", 3, 9))
    'a3-9'
    """
    return f"{_FIELD[span.field]}{span.start}-{span.end}" if span else None


@lru_cache(maxsize=8192)  # the spans of one paper's sentences come again and again
def decode_span(text: str | None) -> Span | None:
    """Read what :func:`encode_span` wrote."""
    if not text:
        return None
    start, end = text[1:].split("-")
    return Span(_FIELD_BACK[text[0]], int(start), int(end))


def encode_spans(spans: tuple[Span, ...]) -> str:
    """Several spans, separated by blanks."""
    return " ".join(f"{_FIELD[s.field]}{s.start}-{s.end}" for s in spans)


def decode_spans(text: str) -> tuple[Span, ...]:
    """Read what :func:`encode_spans` wrote."""
    return tuple(s for s in map(decode_span, text.split()) if s)


def paper_to_dict(paper: Paper) -> dict[str, Any]:
    """A paper as JSON values, without the fields that are empty."""
    out: dict[str, Any] = {}
    for name in Paper.__slots__:
        value = getattr(paper, name)
        if name == "sources":
            value = [[s.file, s.position, s.line, s.format] for s in paper.sources]
        elif name == "identifiers":
            value = [list(pair) for pair in paper.identifiers]
        elif isinstance(value, tuple):
            value = list(value)
        empty = value is None or value is False or value in ("", [])  # 0 is a number that was said
        if not empty or name in ("id", "title"):
            out[name] = value
    return out


def paper_from_dict(data: dict[str, Any]) -> Paper:
    """Read what :func:`paper_to_dict` wrote."""
    values = dict(data)
    values["sources"] = tuple(Source(*s) for s in values.get("sources", ()))
    values["identifiers"] = tuple((a, b) for a, b in values.get("identifiers", ()))
    for name in ("authors", "keywords"):
        values[name] = tuple(values.get(name, ()))
    return Paper(**values)


PAPER_COLUMNS = (
    "id, title, abstract, date, date_inferred, authors, author_count, venue, doi, arxiv, url, "
    "identifiers, upvotes, organisation, keywords, sources"
)


def paper_to_row(paper: Paper) -> tuple[Any, ...]:
    """Values for `PAPER_COLUMNS`."""
    return (
        paper.id, paper.title, paper.abstract, paper.date, int(paper.date_inferred), dumps(paper.authors),
        paper.author_count, paper.venue, paper.doi, paper.arxiv, paper.url, dumps(paper.identifiers),
        paper.upvotes, paper.organisation, dumps(paper.keywords),
        dumps([[s.file, s.position, s.line, s.format] for s in paper.sources]),
    )  # fmt: skip


def paper_from_row(row: tuple[Any, ...]) -> Paper:
    """Read a row of `PAPER_COLUMNS`."""
    return Paper(
        id=row[0], title=row[1], abstract=row[2], date=row[3], date_inferred=bool(row[4]),
        authors=tuple(_loads(row[5])), author_count=row[6], venue=row[7], doi=row[8], arxiv=row[9],
        url=row[10], identifiers=tuple((a, b) for a, b in _loads(row[11])), upvotes=row[12],
        organisation=row[13], keywords=tuple(_loads(row[14])),
        sources=tuple(Source(*s) for s in _loads(row[15])),
    )  # fmt: skip


def concept_from_row(row: tuple[Any, ...], aliases: tuple[Alias, ...]) -> Concept:
    """Read ``id, label, type, papers, confidence, exact_matches, close_matches``."""
    return Concept(
        id=row[0],
        label=row[1],
        type=ConceptType(row[2]),
        aliases=aliases,
        papers=row[3],
        confidence=row[4],
        exact_matches=tuple(_loads(row[5])),
        close_matches=tuple(_loads(row[6])),
    )


def alias_from_row(row: tuple[Any, ...]) -> Alias:
    """Read ``name, rule, papers, paper, note``."""
    return Alias(row[0], Rule(row[1]), row[2], row[3], row[4])


def mention_from_row(row: tuple[Any, ...]) -> Mention:
    """Read ``paper, field, start, end, type, concept, confidence``."""
    return Mention(row[0], row[1], row[2], row[3], _TYPES[row[4]], row[5], row[6])


def link_from_row(row: tuple[Any, ...]) -> Link:
    """Read ``paper, concept, role, confidence, salience, mentions, sentence, cue``."""
    return Link(
        row[0], row[1], _ROLES[row[2]], row[3], row[4], row[5], decode_span(row[6]), decode_span(row[7])
    )


def statement_from_row(row: tuple[Any, ...]) -> Statement:
    """Read ``paper, sentence, confidence, cue``."""
    sentence = decode_span(row[1])
    assert sentence is not None
    return Statement(row[0], sentence, row[2], decode_span(row[3]))


def extraction_to_json(extraction: Extraction) -> str:
    """An extraction without the paper's id, which two papers with the same texts may share."""
    return dumps(
        [
            [
                [
                    t.label,
                    t.type.value,
                    [[encode_span(m.span), m.text, m.confidence] for m in t.mentions],
                    t.role.value,
                    t.type_confidence,
                    t.role_confidence,
                    list(t.short_forms),
                    encode_span(t.cue),
                    encode_span(t.sentence),
                ]
                for t in extraction.terms
            ],
            [
                [r.head, r.relation.value, r.tail, r.confidence, encode_span(r.sentence), encode_span(r.cue)]
                for r in extraction.relations
            ],
            encode_spans(extraction.sentences),
        ]
    )


def extraction_from_json(paper: str, text: str) -> Extraction:
    """Read what :func:`extraction_to_json` wrote, for the paper with this id."""
    terms, relations, sentences = json.loads(text)

    def span(value: str) -> Span:
        found = decode_span(value)
        assert found is not None
        return found

    return Extraction(
        paper=paper,
        terms=tuple(
            Term(
                label=t[0],
                type=_TYPES[t[1]],
                mentions=tuple(TermMention(span(m[0]), m[1], m[2]) for m in t[2]),
                role=_ROLES[t[3]],
                type_confidence=t[4],
                role_confidence=t[5],
                short_forms=tuple(t[6]),
                cue=decode_span(t[7]),
                sentence=decode_span(t[8]),
            )
            for t in terms
        ),
        relations=tuple(
            TermRelation(r[0], _RELATIONS[r[1]], r[2], r[3], span(r[4]), decode_span(r[5])) for r in relations
        ),
        sentences=decode_spans(sentences),
    )
