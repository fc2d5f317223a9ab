"""A concept or a paper as a card: first as plain values (also the JSON output), then as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from kg.model import Concept, Evidence, Paper, RelationType, Role

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import KnowledgeGraph

_SAYS = {
    Role.PROPOSES: ("proposed by", "proposes"),
    Role.USES: ("used by", "uses"),
    Role.ADDRESSES: ("addressed by", "addresses"),
    Role.EVALUATES_ON: ("evaluated on by", "evaluates on"),
    Role.MEASURES: ("measured by", "measures"),
    Role.COMPARES_WITH: ("compared with by", "compares with"),
    Role.STUDIES: ("studied by", "studies"),
    Role.MENTIONS: ("mentioned by", "mentions"),
}
"""How a role reads from the concept's side and from the paper's."""


def concept_card(graph: KnowledgeGraph, concept: Concept) -> dict[str, Any]:
    """Everything about a concept: type, aliases, papers by role with their sentences, relations."""
    papers: dict[str, list[dict[str, Any]]] = {}
    links = sorted(graph.links(concept=concept), key=lambda x: (-x.confidence, x.paper))
    for role in Role:
        rows = []
        for link in links:
            if link.role != role:
                continue
            paper = graph.paper(link.paper)
            rows.append(
                {
                    "paper": paper.id,
                    "title": paper.title,
                    "year": paper.year,
                    "confidence": link.confidence,
                    "sentences": _sentences(graph.evidence(paper, concept), link.sentence),
                }
            )
        if rows:
            papers[role.value] = rows
    relations = []
    found = sorted(
        graph.relations(concept=concept),
        key=lambda r: (r.relation == RelationType.CO_OCCURS_WITH, -r.support, -r.confidence, r.head, r.tail),
    )
    for relation in found:
        outward = relation.head == concept.id
        other = graph.concept(f"concept:{relation.tail if outward else relation.head}")
        relations.append(
            {
                "relation": relation.relation.value,
                "direction": "to" if outward else "from",
                "concept": other.id,
                "label": other.label,
                "confidence": relation.confidence,
                "support": relation.support,
            }
        )
    return {
        "kind": "concept",
        "id": concept.id,
        "label": concept.label,
        "type": concept.type.value,
        "confidence": concept.confidence,
        "aliases": [
            {"name": a.name, "rule": a.rule.value, "papers": a.papers}
            for a in concept.aliases
            if a.name != concept.label
        ],
        "exact_matches": list(concept.exact_matches),
        "papers": papers,
        "relations": relations,
    }


def paper_card(graph: KnowledgeGraph, paper: Paper) -> dict[str, Any]:
    """Everything about a paper: its data and its concepts by role, with their sentences."""
    concepts: dict[str, list[dict[str, Any]]] = {}
    links = sorted(graph.links(paper=paper), key=lambda x: (-x.salience, x.concept))
    for role in Role:
        rows = []
        for link in links:
            if link.role == role:
                concept = graph.concept(f"concept:{link.concept}")
                rows.append(
                    {
                        "concept": concept.id,
                        "label": concept.label,
                        "type": concept.type.value,
                        "confidence": link.confidence,
                        "salience": link.salience,
                        "sentences": _sentences(graph.evidence(paper, concept), link.sentence),
                    }
                )
        if rows:
            concepts[role.value] = rows
    return {
        "kind": "paper",
        "id": paper.id,
        "title": paper.title,
        "authors": list(paper.authors),
        "author_count": paper.author_count if paper.author_count is not None else len(paper.authors) or None,
        "date": paper.date,
        "date_inferred": paper.date_inferred,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
        "sources": [f"{s.file}, record {s.position}" for s in paper.sources],
        "concepts": concepts,
    }


def _sentences(found: list[Evidence], deciding: object) -> list[dict[str, Any]]:
    """Sentences with the marked words; the one that decides the role first."""
    ordered = sorted(found, key=lambda e: e.sentence != deciding)
    return [
        {
            "text": e.text,
            "field": e.sentence.field,
            "start": e.sentence.start,
            "end": e.sentence.end,
            "mentions": [[m.start - e.sentence.start, m.end - e.sentence.start] for m in e.mentions],
            "cue": [e.cue.start - e.sentence.start, e.cue.end - e.sentence.start] if e.cue else None,
        }
        for e in ordered
    ]


def print_card(console: Console, card: dict[str, Any], sentences: int) -> None:
    """Print a card as text, with up to `sentences` sentences a link."""
    if card["kind"] == "concept":
        console.print(Text(f"{card['label']}", style="bold") + Text(f"  {card['type']}", style="dim"))
        if card["aliases"]:
            names = ", ".join(f"{a['name']} ({a['rule']})" for a in card["aliases"])
            console.print(f"also: {names}")
        for role, rows in card["papers"].items():
            console.print(f"\n{_SAYS[Role(role)][0]} ({len(rows)})", style="bold")
            for row in rows:
                year = f" ({row['year']})" if row["year"] else ""
                _row(console, f"{row['title']}{year}", row, sentences)
        stated = [r for r in card["relations"] if r["relation"] != RelationType.CO_OCCURS_WITH]
        if stated:
            console.print("\nrelations", style="bold")
            for r in stated:
                there = (
                    f"{r['relation']} {r['label']}"
                    if r["direction"] == "to"
                    else f"{r['label']} {r['relation']} it"
                )
                console.print(f"  {there}  ({_papers(r['support'])}, {r['confidence']:.2f})")
        together = [r["label"] for r in card["relations"] if r["relation"] == RelationType.CO_OCCURS_WITH]
        if together:
            console.print("\noften together with", style="bold")
            console.print("  " + ", ".join(together[:12]))
        return
    console.print(Text(card["title"], style="bold"))
    people = ", ".join(card["authors"]) or (f"{card['author_count']} authors" if card["author_count"] else "")
    date = f"{card['date']}{' (year inferred)' if card['date_inferred'] else ''}" if card["date"] else ""
    for line in (
        people,
        date,
        card["venue"],
        card["doi"] and f"doi:{card['doi']}",
        card["arxiv"] and f"arXiv:{card['arxiv']}",
    ):
        if line:
            console.print(f"  {line}")
    console.print(f"  from {'; '.join(card['sources'])}", style="dim")
    for role, rows in card["concepts"].items():
        console.print(f"\n{_SAYS[Role(role)][1]} ({len(rows)})", style="bold")
        for row in rows:
            _row(console, f"{row['label']} [{row['type']}]", row, sentences)


def _papers(number: int) -> str:
    return f"{number} paper{'' if number == 1 else 's'}"


def _row(console: Console, head: str, row: dict[str, Any], sentences: int) -> None:
    console.print(f"  {head}  {row['confidence']:.2f}")
    for sentence in row["sentences"][:sentences]:
        text = Text(sentence["text"], style="dim")
        for start, end in sentence["mentions"]:
            text.stylize("bold not dim", start, end)
        if sentence["cue"]:
            text.stylize("underline", *sentence["cue"])
        if console.is_terminal:
            console.print(Padding(text, (0, 0, 0, 6)))
        else:
            console.print(Text("      ") + text)
