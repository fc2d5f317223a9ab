"""The sentences that say it."""

from __future__ import annotations

from kg.graph import reading
from kg.graph.names import paper
from kg.graph.store import Store
from kg.model import Evidence, Mention, Paper, RelationType, Span


def of_link(store: Store, paper_id: str, concept_id: str) -> list[Evidence]:
    """Every sentence of a paper that names a concept; the one that decides the role carries the cue."""
    text = paper(store, paper_id)
    found = list(reading.mentions(store, "paper = ? AND concept = ?", (paper_id, concept_id)))
    link = next(reading.links(store, "paper = ? AND concept = ?", (paper_id, concept_id)), None)
    out = []
    for sentence in reading.sentences(store, paper_id):
        inside = _inside(found, sentence)
        if inside:
            cue = link.cue if link and link.sentence == sentence else None
            out.append(_evidence(text, sentence, inside, cue))
    return out


def of_relation(store: Store, head: str, relation: str, tail: str) -> list[Evidence]:
    """Sentences that state a relation; for ``co_occurs_with`` those that name both concepts."""
    if relation == RelationType.CO_OCCURS_WITH:
        return _together(store, head, tail)
    found = next(
        reading.relations(store, "head = ? AND relation = ? AND tail = ?", (head, relation, tail)), None
    )
    out = []
    for statement in found.statements if found else ():
        text = paper(store, statement.paper)
        near = list(reading.mentions(store, "paper = ? AND concept IN (?, ?)", (statement.paper, head, tail)))
        out.append(_evidence(text, statement.sentence, _inside(near, statement.sentence), statement.cue))
    return out


def _together(store: Store, head: str, tail: str) -> list[Evidence]:
    shared = store.rows(
        "SELECT a.paper FROM links a JOIN links b ON a.paper = b.paper"
        " WHERE a.concept = ? AND b.concept = ? ORDER BY a.paper",
        (head, tail),
    )
    out = []
    for (paper_id,) in shared:
        text = paper(store, paper_id)
        found = list(reading.mentions(store, "paper = ? AND concept IN (?, ?)", (paper_id, head, tail)))
        for sentence in reading.sentences(store, paper_id):
            inside = _inside(found, sentence)
            if {m.concept for m in inside} == {head, tail}:
                out.append(_evidence(text, sentence, inside, None))
    return out


def _inside(found: list[Mention], sentence: Span) -> list[Mention]:
    return [
        m for m in found if m.field == sentence.field and sentence.start <= m.start and m.end <= sentence.end
    ]


def _evidence(text: Paper, sentence: Span, found: list[Mention], cue: Span | None) -> Evidence:
    return Evidence(
        paper=text.id,
        sentence=sentence,
        text=text.text(sentence.field)[sentence.start : sentence.end],
        mentions=tuple(Span(m.field, m.start, m.end) for m in found),
        cue=cue,
    )
