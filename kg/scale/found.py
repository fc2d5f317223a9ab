"""One paper's extraction as flat rows, with every key that the SQL groups and joins by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg.concepts.counts import group_key, sentence_starts, spellings
from kg.concepts.labels import cases
from kg.extraction.lexicon import by_key
from kg.extraction.names import is_acronym, key
from kg.graph import codec
from kg.model import Extraction, Field, Paper, Role, Term

Row = dict[str, Any]
_ROLES = tuple(Role)
_PAPER = codec.PAPER_COLUMNS.replace(" ", "").split(",")


def rows_of(paper: Paper, extraction: Extraction) -> Iterator[Row]:
    """All rows of one paper, of the kinds that :data:`kg.scale.rows.FOUND` names.

    Confidences that are summed up later are whole thousandths, so that the order of a sum does not
    matter.
    """
    row = dict(zip(_PAPER, codec.paper_to_row(paper), strict=True))
    row |= {"kind": "paper", "paper": row.pop("id"), "year": paper.year}
    yield row | {"sentences": codec.encode_spans(extraction.sentences)}
    length = max((s.end for s in extraction.sentences if s.field == Field.ABSTRACT), default=1)
    starts = sentence_starts(extraction)
    for number, term in enumerate(extraction.terms):
        yield _term(paper.id, number, term, length)
        yield from _names(paper.id, term, starts)
        yield from _definitions(paper.id, term)
        yield from _mentions(paper.id, term)
    for one in extraction.relations:
        yield {
            "kind": "statement",
            "paper": paper.id,
            "head": group_key(extraction.terms[one.head]),
            "relation": one.relation.value,
            "tail": group_key(extraction.terms[one.tail]),
            "confidence": one.confidence,
            "sentence": codec.encode_span(one.sentence),
            "cue": codec.encode_span(one.cue),
        }


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, str]]:
    """From the key of a name to the key of its label and the label."""
    return {name: (key(entry.label), entry.label) for name, entry in by_key().items()}


def _term(paper: str, number: int, term: Term, length: int) -> Row:
    own = group_key(term)
    lexicon, lexicon_label = _lexicon().get(own, (None, None))
    best = max(m.confidence for m in term.mentions)
    in_abstract = [m.span.start for m in term.mentions if m.span.field == Field.ABSTRACT]
    return {
        "kind": "term",
        "paper": paper,
        "term": number,
        "key": own,
        "lexicon": lexicon,
        "lexicon_label": lexicon_label,
        "lowered": own.lower() if own.isupper() else None,
        "label": term.label,
        "type": term.type.value,
        "type_weight": round(term.type_confidence * 1000),
        "role": term.role.value,
        "role_rank": _ROLES.index(term.role),
        "role_confidence": term.role_confidence,
        "proposed": int(term.role == Role.PROPOSES),
        "doubt": 1000 - round(best * 1000),
        "confidence": round(term.role_confidence * best, 3),
        "mentions": len(term.mentions),
        "in_title": int(len(in_abstract) < len(term.mentions)),
        "first_at": min(in_abstract, default=None),
        "length": length,
        "sentence": codec.encode_span(term.sentence),
        "cue": codec.encode_span(term.cue),
    }


def _names(paper: str, term: Term, starts: frozenset[int]) -> Iterator[Row]:
    own = group_key(term)
    for text, inside in spellings(term, starts).items():
        yield {
            "kind": "name",
            "paper": paper,
            "key": own,
            "text": text,
            "inside": int(inside),
            "defined": int(text in term.short_forms),
            "mixed": int(_mixed(own, text)),
        }
        for word, small, tells in cases(text):
            yield {
                "kind": "word",
                "paper": paper,
                "key": own,
                "word": word,
                "small": int(inside and tells and small),
                "written": int(inside and tells),
            }


def _mixed(own: str, text: str) -> bool:
    """Whether a spelling shows that its group is a proper name ("ResNet"), as the joining by case asks."""
    inside = any(c.isupper() for c in text[1:]) or any(c.isdigit() for c in text)
    return not own.isupper() and " " not in own and inside and not is_acronym(text)


def _definitions(paper: str, term: Term) -> Iterator[Row]:
    own = group_key(term)
    for short in sorted({key(s) for s in term.short_forms}):
        if short and short != own:
            yield {
                "kind": "definition",
                "paper": paper,
                "key": own,
                "abbreviation": short,
                "abbreviation_lexicon": _lexicon().get(short, (None,))[0],
                "meaning": _lexicon().get(own, (own,))[0],
            }


def _mentions(paper: str, term: Term) -> Iterator[Row]:
    own = group_key(term)
    for m in term.mentions:
        yield {
            "kind": "mention",
            "paper": paper,
            "key": own,
            "field": str(m.span.field),
            "start": m.span.start,
            "end": m.span.end,
            "type": term.type.value,
            "confidence": m.confidence,
        }
