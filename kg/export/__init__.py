"""Writers: from the graph to files, one module a format, chosen by suffix."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kg.errors import ExportError
from kg.graph import KnowledgeGraph

_RDF = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".xml", ".jsonld")
FORMATS = {
    **dict.fromkeys(_RDF, "RDF"),
    ".html": "page",
    ".graphml": "GraphML",
    ".gexf": "GEXF",
    ".json": "node-link JSON",
}
"""Suffixes that :func:`write` knows, and what they stand for."""


def write(graph: KnowledgeGraph, path: str | os.PathLike[str], **options: Any) -> Path:
    """Write `graph` in the format that the suffix of `path` names.

    Parameters
    ----------
    graph : KnowledgeGraph
        What to write.
    path : path
        ``.ttl``, ``.nt``, ``.nq``, ``.trig``, ``.rdf``, ``.jsonld`` (each also with ``.gz``), ``.html``,
        ``.graphml``, ``.gexf`` or ``.json``. The file appears whole or not at all.
    **options
        Those of the format's own ``write``.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    ExportError
        If no format has this suffix, or the file cannot be written.
    """
    out = Path(path)
    suffix = Path(out.stem).suffix if out.suffix == ".gz" else out.suffix
    if suffix not in FORMATS or (out.suffix == ".gz" and suffix not in _RDF):
        raise ExportError(
            f"{out}: no format is called {out.suffix or 'that'!r}; give one of {', '.join(sorted(FORMATS))}"
        )
    try:
        if suffix in _RDF:
            from kg.export import rdf

            rdf.write(graph, out, **options)
        elif suffix == ".html":
            from kg.export import html

            html.write(graph, out, **options)
        else:
            from kg.export import networks

            networks.write(graph, out, **options)
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror}); choose another place") from error
    return out


__all__ = ["FORMATS", "write"]
