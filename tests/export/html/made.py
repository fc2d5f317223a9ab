"""A made-up graph whose records fit together: texts, sentences, mentions, links, relations."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Rule,
    Span,
    Statement,
)

_NAMES = {
    ConceptType.METHOD: "quilting weaving braiding knotting felting stitching plaiting spinning",
    ConceptType.TASK: "mending sorting folding lifting carrying",
    ConceptType.DATASET: "BasketBank LoomSet YarnBase",
    ConceptType.METRIC: "tightness evenness",
    ConceptType.CONCEPT: "tension texture slack grain",
}
_CUES = {
    ConceptType.METHOD: ("We propose", Role.PROPOSES),
    ConceptType.TASK: ("This addresses", Role.ADDRESSES),
    ConceptType.DATASET: ("It is evaluated on", Role.EVALUATES_ON),
    ConceptType.METRIC: ("We measure", Role.MEASURES),
    ConceptType.CONCEPT: ("We study", Role.STUDIES),
}


def made_up(papers: int = 60) -> KnowledgeGraph:
    """A graph of so many papers on some 60 concepts; every tenth title holds a wide character."""
    names = {
        kind: [f"{word}{'' if n == 0 else f' {n}'}" for word in words.split() for n in range(3)]
        for kind, words in _NAMES.items()
    }
    seen: dict[str, list[str]] = {}
    kind_of: dict[str, ConceptType] = {}
    records, links, mentions, spans = [], [], [], {}
    statements: dict[tuple[str, str], list[Statement]] = {}
    for number in range(papers):
        group = number % 3
        identifier = f"p{number:03}"
        wide = "🧵 " if number % 10 == 0 else ""
        abstract, sentences, own = wide, [], []
        chosen = {kind: words[(number * 7 + group) % len(words)] for kind, words in names.items()}
        for kind, word in chosen.items():
            cue, role = _CUES[kind]
            start = len(abstract)
            abstract += f"{cue} {word}."
            span = Span("abstract", start, len(abstract))
            sentences.append(span)
            at = start + len(cue) + 1
            slug = word.replace(" ", "-").lower()
            kind_of[slug] = kind
            seen.setdefault(slug, []).append(identifier)
            mentions.append(Mention(identifier, "abstract", at, at + len(word), kind, slug, 0.9))
            links.append(
                Link(
                    identifier,
                    slug,
                    role,
                    0.5 + number % 5 / 10,
                    0.6,
                    1,
                    span,
                    Span("abstract", start, start + len(cue)),
                )
            )
            own.append((slug, word))
            abstract += " "
        start = len(abstract)
        method, task = own[0][1], own[1][1]
        abstract += f"{method} is used for {task}."
        span = Span("abstract", start, len(abstract))
        sentences.append(span)
        for slug, word, at in ((own[0][0], method, start), (own[1][0], task, len(abstract) - 1 - len(task))):
            mentions.append(Mention(identifier, "abstract", at, at + len(word), kind_of[slug], slug, 0.9))
        cue_span = Span("abstract", start + len(method) + 1, start + len(method) + 12)
        statements.setdefault((own[0][0], own[1][0]), []).append(Statement(identifier, span, 0.8, cue_span))
        spans[identifier] = tuple(sentences)
        date = None if number % 12 == 11 else f"{2018 + number % 7}-0{1 + number % 9}"
        records.append(
            Paper(
                identifier,
                f"{wide}On {method} and {task}, part {number}",
                abstract,
                date=date,
                authors=("A. Weaver", "B. Loom") if number % 2 else (),
                doi=f"10.1000/{number}" if number % 3 == 0 else None,
            )
        )
    concepts = [
        Concept(
            slug,
            slug.replace("-", " ") if kind_of[slug] != ConceptType.DATASET else _restore(slug),
            kind_of[slug],
            aliases=(Alias(f"{slug[:3].upper()}X", Rule.ABBREVIATION, 1),),
            exact_matches=("http://www.wikidata.org/entity/Q1",) if slug == "weaving" else (),
            papers=len(found),
        )
        for slug, found in seen.items()
    ]
    relations = [
        Relation(head, RelationType.USED_FOR, tail, 0.8, len(said), tuple(said))
        for (head, tail), said in statements.items()
    ]
    relations.append(Relation("tension", RelationType.CO_OCCURS_WITH, "weaving", 0.4, 2))
    return KnowledgeGraph.from_parts(
        papers=records,
        concepts=concepts,
        links=links,
        relations=relations,
        mentions=mentions,
        sentences=spans,
    )


def _restore(slug: str) -> str:
    words = {w.lower(): w for w in _NAMES[ConceptType.DATASET].split()}
    first, _, rest = slug.partition("-")
    return f"{words[first]} {rest}".strip()
