"""The graph, its store on disk, look-ups and analysis."""

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.results import Results
from kg.graph.store import Store

__all__ = ["KnowledgeGraph", "Results", "Store"]
