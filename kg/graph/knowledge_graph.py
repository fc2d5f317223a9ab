"""The graph that people query."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.graph import comparison, cypher, health, likeness, search, story, structure, time, views, ways
from kg.graph.answers import (
    Bridge,
    Central,
    Community,
    Comparison,
    Explanation,
    Finding,
    Gap,
    Hit,
    Introduction,
    Lineage,
    Neighbor,
    Path,
    Related,
    SimilarPaper,
    Trend,
)
from kg.graph.lookups import Lookups
from kg.graph.network import network
from kg.graph.results import Results
from kg.model import Concept, ConceptType, Paper

if TYPE_CHECKING:
    import networkx


class KnowledgeGraph(Lookups):
    """Papers and concepts, their links and relations, each with its evidence.

    Made by :func:`kg.build` or :func:`kg.load`. Texts, mentions and evidence are read from the
    store when asked for; :attr:`nx` is the graph in memory, made at its first use.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> from kg.model import Concept, ConceptType, Link, Paper, Role
    >>> graph = KnowledgeGraph.from_parts(
    ...     papers=[Paper("p1", "Adam: a method", date="2015")],
    ...     concepts=[Concept("adam", "Adam", ConceptType.METHOD, papers=1)],
    ...     links=[Link("p1", "adam", Role.PROPOSES, 0.9, 1.0, 1)],
    ... )
    >>> graph.concept("ADAM").type.value
    'Method'
    >>> [p.title for p in graph.papers(concept="Adam", role="proposes")]
    ['Adam: a method']
    >>> list(graph.nx.edges(keys=True))
    [('paper:p1', 'concept:adam', 'proposes')]
    """

    @cached_property
    def nx(self) -> networkx.MultiDiGraph:
        """The graph as a plain ``networkx.MultiDiGraph``; see :func:`kg.graph.network.network`."""
        return network(self.store)

    @cached_property
    def _concepts(self) -> networkx.Graph:
        return structure.concept_network(self.store)

    @cached_property
    def _labelled(self) -> networkx.MultiDiGraph:
        return cypher.labelled(self.nx)

    @cached_property
    def _routes(self) -> networkx.Graph:
        return ways.routes(self.nx)

    def to_networkx(self, view: str = "full", *, min_support: int = 1) -> networkx.Graph:
        """One projection: ``full``, ``papers``, ``concepts``, ``bipartite`` or ``cooccurrence``.

        See :func:`kg.graph.views.view`. The graph is a copy.
        """
        return self.nx.copy() if view == "full" else views.view(self.store, view, min_support=min_support)

    def cypher(self, query: str) -> Results[dict[str, Any]]:
        """Rows that a Cypher query finds in :attr:`nx`; see :func:`kg.graph.cypher.cypher`."""
        return Results(cypher.cypher(self._labelled, query))

    def search(self, words: str, *, limit: int = 20) -> Results[Hit]:
        """Papers and concepts that hold all the words; see :func:`kg.graph.search.search`."""
        return Results(search.search(self.store, words, limit=limit))

    def neighbors(
        self, node: str | Concept | Paper, *, relation: str | None = None, min_confidence: float = 0.0
    ) -> Results[Neighbor]:
        """Everything next to a concept or a paper; see :func:`kg.graph.ways.neighbors`."""
        kind, identifier = self._node(node)
        return Results(
            ways.neighbors(self.store, kind, identifier, relation=relation, min_confidence=min_confidence)
        )

    def path(self, a: str | Concept | Paper, b: str | Concept | Paper, *, k: int = 1) -> Results[Path]:
        """The `k` shortest ways from one node to another; see :func:`kg.graph.ways.paths`."""
        start, end = (":".join(self._node(node)) for node in (a, b))
        return Results(ways.paths(self.nx, self._routes, start, end, k=k))

    def related(self, concept: str | Concept, *, min_support: int = 2, limit: int = 20) -> Results[Related]:
        """What goes with a concept, by NPMI; see :func:`kg.graph.likeness.related`."""
        return Results(
            likeness.related(self.store, self._concept_id(concept), min_support=min_support, limit=limit)
        )

    def similar_papers(self, paper: str | Paper, *, limit: int = 10) -> Results[SimilarPaper]:
        """Papers like one, with the concepts they share; see :func:`kg.graph.likeness.similar_papers`."""
        return Results(likeness.similar_papers(self.store, self._paper_id(paper), limit=limit))

    def trend(self, concept: str | Concept) -> Trend:
        """Papers a year, growth and first paper; see :func:`kg.graph.time.trend`."""
        return time.trend(self.store, self._concept_id(concept))

    def introduced_by(self, concept: str | Concept) -> Results[Introduction]:
        """Papers that propose a concept, the earliest first; see :func:`kg.graph.time.introduced_by`."""
        return Results(time.introduced_by(self.store, self._concept_id(concept)))

    def communities(self, *, seed: int = 0, resolution: float = 1.0) -> Results[Community]:
        """Concepts that go together, named; see :func:`kg.graph.structure.communities`."""
        return Results(structure.communities(self.store, self._concepts, seed=seed, resolution=resolution))

    def central(self, limit: int = 20) -> Results[Central]:
        """The most central concepts; see :func:`kg.graph.structure.central`."""
        return Results(structure.central(self._concepts, limit=limit))

    def bridges(self, *, seed: int = 0, limit: int = 20) -> Results[Bridge]:
        """Concepts that tie communities; see :func:`kg.graph.structure.bridges`."""
        return Results(structure.bridges(self._concepts, self.communities(seed=seed), limit=limit))

    def gaps(
        self,
        type_a: str = ConceptType.METHOD,
        type_b: str = ConceptType.TASK,
        *,
        min_papers: int = 3,
        limit: int = 20,
    ) -> Results[Gap]:
        """Frequent concepts that no paper brings together; see :func:`kg.graph.structure.gaps`."""
        return Results(
            structure.gaps(self.store, type_a=type_a, type_b=type_b, min_papers=min_papers, limit=limit)
        )

    def compare(self, a: str | Concept, b: str | Concept, *, limit: int = 20) -> Comparison:
        """Two concepts side by side; see :func:`kg.graph.comparison.compare`."""
        return comparison.compare(self.store, self._concept_id(a), self._concept_id(b), limit=limit)

    def lineage(self, concept: str | Concept) -> Lineage:
        """What a concept is a kind of and what builds on it; see :func:`kg.graph.comparison.lineage`."""
        return comparison.lineage(self.store, self._concept_id(concept))

    def explain(self, name: str | Concept) -> Explanation:
        """Why the names of a concept are one concept; see :func:`kg.graph.story.explain`."""
        concept = self.concept(name)
        return story.explain(self.store, concept, name if isinstance(name, str) else name.label)

    def findings(self) -> Results[Finding]:
        """What a person may want to settle; see :func:`kg.graph.health.findings`."""
        return Results(health.findings(self.store))

    def _node(self, node: str | Concept | Paper) -> tuple[str, str]:
        """Kind and id of a concept or paper; a name that no concept has may be a paper's."""
        if isinstance(node, Paper):
            return "paper", node.id
        if isinstance(node, Concept):
            return "concept", node.id
        return self._named(node)

    def __repr__(self) -> str:
        counts = self.stats()
        where = f" of {self.path_of_store}" if self.path_of_store else ""
        return (
            f"KnowledgeGraph{where}: {counts['papers']} papers, {counts['concepts']} concepts,"
            f" {counts['links']} links, {counts['relations']} relations"
        )
