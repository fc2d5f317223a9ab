"""The graph as an ``rdflib.Graph``, for those who go on in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.export.rdf.iris import DEFAULT_BASE, Iris
from kg.export.rdf.namespaces import PREFIXES, STRING
from kg.export.rdf.nodes import triples
from kg.export.rdf.writing import Profile, nodes
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from rdflib import Graph


def to_rdflib(
    graph: KnowledgeGraph,
    *,
    profile: Profile = "plain",
    base_iri: str = DEFAULT_BASE,
    abstracts: bool = True,
) -> Graph:
    """Make an ``rdflib.Graph`` with the same triples as :func:`~kg.export.rdf.write` writes.

    It holds every triple in memory, some 1 kB each; for large graphs write a file instead.

    Parameters
    ----------
    graph : KnowledgeGraph
        What to convert.
    profile, base_iri, abstracts
        As in :func:`~kg.export.rdf.write`.

    Returns
    -------
    rdflib.Graph
        With the prefixes of :data:`~kg.export.rdf.namespaces.PREFIXES` bound.

    Examples
    --------
    >>> from kg.model import Paper
    >>> found = to_rdflib(KnowledgeGraph.from_parts(papers=[Paper("p1", "A title")]))
    >>> [str(title) for title in found.objects(None, None) if str(title).startswith("A ")]
    ['A title']
    """
    from rdflib import Graph, Literal, URIRef

    iris = Iris(base_iri)
    found = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, **iris.prefixes()}.items():
        found.bind(prefix, namespace)
    for subject, predicate, value, datatype in triples(nodes(graph, iris, profile, abstracts=abstracts)):
        if datatype is None:
            node: URIRef | Literal = URIRef(value)
        elif datatype == STRING:
            node = Literal(value)
        else:
            # As written: normalising would change the lexical form.
            node = Literal(value, datatype=URIRef(datatype), normalize=False)
        found.add((URIRef(subject), URIRef(predicate), node))
    return found
