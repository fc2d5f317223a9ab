"""RDF that a triple store, and the people who run one, welcome.

:func:`write` streams a graph into a file, :func:`to_rdflib` makes an ``rdflib.Graph`` of it.
"""

from kg.export.rdf.iris import DEFAULT_BASE
from kg.export.rdf.rdflib_graph import to_rdflib
from kg.export.rdf.writing import Profile, write

__all__ = ["DEFAULT_BASE", "Profile", "to_rdflib", "write"]
