"""What of a graph goes onto the page: all of it, or the neighbourhood of one node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import AmbiguousConcept, ConceptNotFound, PaperNotFound
from kg.graph import KnowledgeGraph
from kg.model import Concept, Link, Mention, Paper, Relation, RelationType, Span


@dataclass(frozen=True, slots=True)
class Content:
    """The records that one page shows.

    Parameters
    ----------
    papers, concepts : tuple of Paper, tuple of Concept
        By id. Node number *i* is ``papers[i]``, then ``concepts[i - len(papers)]``.
    links, relations : tuple of Link, tuple of Relation
        Only those whose two ends are on the page.
    mentions : dict of str to tuple of Mention
        For each paper, in reading order.
    sentences : dict of str to tuple of Span
        For each paper, in reading order.
    focus : int or None
        Number of the node that the page was asked to be about.
    """

    papers: tuple[Paper, ...]
    concepts: tuple[Concept, ...]
    links: tuple[Link, ...]
    relations: tuple[Relation, ...]
    mentions: dict[str, tuple[Mention, ...]]
    sentences: dict[str, tuple[Span, ...]]
    focus: int | None = None

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.papers) + len(self.concepts)

    def numbers(self) -> tuple[dict[str, int], dict[str, int]]:
        """Node numbers of papers and of concepts by id."""
        first = len(self.papers)
        return (
            {paper.id: i for i, paper in enumerate(self.papers)},
            {concept.id: first + i for i, concept in enumerate(self.concepts)},
        )


def collect(graph: KnowledgeGraph, focus: str | None = None, depth: int = 2) -> Content:
    """Read the records of the page from a graph, which stays as it is.

    Parameters
    ----------
    graph : KnowledgeGraph
        Where they are read.
    focus : str, optional
        A concept or a paper by any name the graph knows; only what is at most `depth` steps
        from it is kept. Steps go along links and stated relations, not along co-occurrence.
    depth : int
        Number of steps.

    Raises
    ------
    kg.errors.ConceptNotFound
        If neither a concept nor a paper is called `focus`.
    """
    papers, concepts = tuple(graph.iter_papers()), tuple(graph.iter_concepts())
    links, relations = tuple(graph.iter_links()), tuple(graph.iter_relations())
    centre = None
    if focus is not None:
        centre = _find(graph, focus)
        near = _within(centre, depth, links, relations)
        papers = tuple(p for p in papers if ("paper", p.id) in near)
        concepts = tuple(c for c in concepts if ("concept", c.id) in near)
    kept_papers, kept_concepts = {p.id for p in papers}, {c.id for c in concepts}
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in graph.iter_mentions():
        if mention.paper in kept_papers and mention.concept in kept_concepts:
            mentions[mention.paper].append(mention)
    content = Content(
        papers=papers,
        concepts=concepts,
        links=tuple(k for k in links if k.paper in kept_papers and k.concept in kept_concepts),
        relations=tuple(r for r in relations if r.head in kept_concepts and r.tail in kept_concepts),
        mentions={paper: tuple(found) for paper, found in mentions.items()},
        sentences={paper.id: graph.sentences(paper) for paper in papers},
    )
    if centre is None:
        return content
    of_paper, of_concept = content.numbers()
    kind, identifier = centre
    number = (of_paper if kind == "paper" else of_concept)[identifier]
    return Content(
        content.papers,
        content.concepts,
        content.links,
        content.relations,
        content.mentions,
        content.sentences,
        number,
    )


def _find(graph: KnowledgeGraph, name: str) -> tuple[str, str]:
    kind, _, rest = name.partition(":")
    if kind == "paper":
        return "paper", graph.paper(rest).id
    try:
        return "concept", graph.concept(name).id
    except AmbiguousConcept:
        raise
    except ConceptNotFound:
        try:
            return "paper", graph.paper(name).id
        except PaperNotFound:
            pass
        raise


def _within(
    centre: tuple[str, str], depth: int, links: Iterable[Link], relations: Iterable[Relation]
) -> set[tuple[str, str]]:
    neighbours: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        ends = ("paper", link.paper), ("concept", link.concept)
        neighbours[ends[0]].append(ends[1])
        neighbours[ends[1]].append(ends[0])
    for relation in relations:
        if relation.relation != RelationType.CO_OCCURS_WITH:
            ends = ("concept", relation.head), ("concept", relation.tail)
            neighbours[ends[0]].append(ends[1])
            neighbours[ends[1]].append(ends[0])
    seen, edge = {centre}, [centre]
    for _ in range(depth):
        edge = [other for node in edge for other in neighbours[node] if other not in seen]
        edge = list(dict.fromkeys(edge))
        seen.update(edge)
    return seen
