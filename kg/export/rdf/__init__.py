"""RDF that a triple store, and the people who run one, welcome.

:func:`write` streams a graph into a file, :func:`write_bundle` into a folder with all that belongs
to it; :func:`to_rdflib` makes an ``rdflib.Graph`` of it, :func:`sparql` and :class:`Endpoint` answer
queries, :func:`validate` holds a file against the shapes.
"""

from kg.export.rdf.bundle import Bundle, write_bundle
from kg.export.rdf.iris import DEFAULT_BASE
from kg.export.rdf.rdflib_graph import to_rdflib
from kg.export.rdf.sparql import Endpoint, Table, sparql
from kg.export.rdf.validation import Violation, validate
from kg.export.rdf.writing import Profile, write

__all__ = [
    "DEFAULT_BASE",
    "Bundle",
    "Endpoint",
    "Profile",
    "Table",
    "Violation",
    "sparql",
    "to_rdflib",
    "validate",
    "write",
    "write_bundle",
]
