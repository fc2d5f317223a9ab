"""Reading back what was written, with two independent parsers, without holding it in memory."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph

from kg.errors import ExportError
from kg.export.rdf.formats import format_of


def count_with_pyoxigraph(path: str | os.PathLike[str]) -> int:
    """Number of statements that pyoxigraph reads in a file.

    Raises
    ------
    ExportError
        If the file is not well formed.
    """
    try:
        with _opened(Path(path)) as file:
            return sum(1 for _ in pyoxigraph.parse(file, format=format_of(path).parser))
    except (SyntaxError, ValueError) as error:
        raise ExportError(f"{path} is not well formed: {error}") from error


def count_with_rdflib(path: str | os.PathLike[str]) -> int:
    """Number of statements that rdflib reads in a file of triples (Turtle, N-Triples, RDF/XML).

    Raises
    ------
    ExportError
        If the file is not well formed.
    """
    from rdflib import Graph
    from rdflib.store import Store

    class Counter(Store):
        """Takes triples and forgets them."""

        def __init__(self) -> None:
            super().__init__()
            self.total = 0

        def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
            self.total += 1

        def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
            return iter(())

        def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:
            """Names are not needed for counting."""

        def namespace(self, prefix: str) -> None:
            return None

        def prefix(self, namespace: Any) -> None:
            return None

        def namespaces(self) -> Iterator[tuple[str, Any]]:
            return iter(())

    counter = Counter()
    graph = Graph(store=counter, bind_namespaces="none")
    try:
        with _opened(Path(path)) as file:
            graph.parse(file, format=format_of(path).name)
    except Exception as error:  # rdflib's parsers raise whatever they stumble over
        raise ExportError(f"{path} is not well formed: {error}") from error
    return counter.total


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")
