"""The public face of the graph: every question of :class:`kg.graph.KnowledgeGraph`, and the ways out."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg import export
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import rdflib
    from IPython.display import HTML

    from kg.export.rdf import Bundle, Endpoint, Table


class Graph(KnowledgeGraph):
    """A knowledge graph that can be asked and exported."""

    def export(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Write the graph in the format that the suffix of `path` names; see :func:`kg.export.write`."""
        return export.write(self, path, **options)

    def to_rdf(self, path: str | os.PathLike[str], *, profile: str = "plain", **options: Any) -> Path:
        """Write RDF in the syntax that the suffix of `path` names; see :func:`kg.export.rdf.write`."""
        return export.write(self, path, profile=profile, **options)

    def to_rdflib(self, **options: Any) -> rdflib.Graph:
        """The graph as an ``rdflib.Graph``; see :func:`kg.export.rdf.to_rdflib`."""
        from kg.export.rdf import to_rdflib

        return to_rdflib(self, **options)

    def to_bundle(self, directory: str | os.PathLike[str], **options: Any) -> Bundle:
        """Write RDF with all that belongs to it; see :func:`kg.export.rdf.write_bundle`."""
        from kg.export.rdf import write_bundle

        return write_bundle(self, directory, **options)

    def to_html(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Write the page; see :func:`kg.export.html.write`."""
        return export.write(self, path, **options)

    def show(self, *, height: int = 720, **options: Any) -> HTML:
        """The page in a notebook's cell; the options are those of :func:`kg.export.html.write`."""
        from IPython.display import HTML

        from kg.export.html import frame

        return HTML(frame(self, height=height, **options))  # type: ignore[no-untyped-call]

    @cached_property
    def _endpoint(self) -> Endpoint:
        from kg.export.rdf import Endpoint

        return Endpoint(self)

    def sparql(self, query: str) -> Table:
        """Answer a SPARQL 1.1 query, read-only, over the evidence profile, with the prefixes predeclared.

        The graph is loaded into an embedded store at the first query.

        Raises
        ------
        QueryError
            If the query has a mistake; the text says where, and what to do.
        """
        return self._endpoint.query(query)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
