"""The public face of the graph: every question of :class:`kg.graph.KnowledgeGraph`, and the ways out."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Any

from kg import export
from kg.graph import KnowledgeGraph


class Graph(KnowledgeGraph):
    """A knowledge graph that can be asked and exported."""

    def export(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Write the graph in the format that the suffix of `path` names; see :func:`kg.export.write`."""
        return export.write(self, path, **options)

    def to_rdf(self, path: str | os.PathLike[str], *, profile: str = "plain", **options: Any) -> Path:
        """Write RDF in the syntax that the suffix of `path` names; see :func:`kg.export.rdf.write`."""
        return export.write(self, path, profile=profile, **options)

    def to_html(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Write the page; see :func:`kg.export.html.write`."""
        return export.write(self, path, **options)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
