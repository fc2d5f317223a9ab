"""From a graph to an RDF file, as a stream."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from kg.errors import ExportError
from kg.export.rdf.evidence import evidence_nodes
from kg.export.rdf.formats import Graphs, format_of
from kg.export.rdf.iris import DEFAULT_BASE, Iris
from kg.export.rdf.nodes import Node
from kg.export.rdf.plain import plain_nodes
from kg.graph import KnowledgeGraph

Profile = Literal["plain", "evidence"]
"""``plain``: the direct triples. ``evidence``: these, and what they rest on."""

_PIECE = 1 << 18


def write(
    graph: KnowledgeGraph,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    profile: Profile = "plain",
    base_iri: str = DEFAULT_BASE,
    abstracts: bool = True,
) -> int:
    """Write a graph as RDF; memory does not grow with the number of triples.

    The same graph gives the same bytes. The file appears under its name only when it is whole.

    Parameters
    ----------
    graph : KnowledgeGraph
        What to write.
    path : path
        ``.ttl``, ``.nt``, ``.nq``, ``.trig``, ``.rdf``, ``.xml``, ``.jsonld``, each also with
        ``.gz``. N-Quads and TriG put each profile into a named graph of its own.
    format : str, optional
        Name of the format (``turtle``, ``nt``, ``nquads``, ``trig``, ``xml``, ``json-ld``)
        where the suffix does not say it.
    profile : {"plain", "evidence"}
        The evidence profile repeats the plain triples, so that it stands on its own; both have
        the same IRIs, and one store can hold both files.
    base_iri : str
        Under which the data's IRIs are minted.
    abstracts : bool
        Whether to write the abstracts. Evidence still quotes the sentences that say something.

    Returns
    -------
    int
        Number of statements written.

    Raises
    ------
    ExportError
        If the format, the profile or the base IRI is unknown, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from kg.model import Paper
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(KnowledgeGraph.from_parts(papers=[Paper("p1", "A title")]), f"{folder}/out.ttl")
    6
    """
    form, iris = format_of(path, format), Iris(base_iri)
    counter = _Counter()
    graphs = counter.counted(named_graphs(graph, iris, profile, abstracts=abstracts))
    with replacing(path) as file:
        pieces(form.lines(graphs, iris.base), file)
    return counter.total


def named_graphs(
    graph: KnowledgeGraph, iris: Iris, profile: str, *, abstracts: bool = True
) -> Iterator[tuple[str, Iterable[Node]]]:
    """The graphs of a profile: IRI and nodes, plain before evidence.

    Raises
    ------
    ExportError
        If there is no such profile.
    """
    if profile not in ("plain", "evidence"):
        raise ExportError(f"{profile!r} is no profile; choose plain or evidence")
    return _named_graphs(graph, iris, profile, abstracts)


def nodes(graph: KnowledgeGraph, iris: Iris, profile: str, *, abstracts: bool = True) -> Iterator[Node]:
    """All nodes of a profile, in the order in which they are written.

    Raises
    ------
    ExportError
        If there is no such profile.
    """
    for _, found in named_graphs(graph, iris, profile, abstracts=abstracts):
        yield from found


def pieces(lines: Iterable[str], file: BinaryIO) -> None:
    """Write text as UTF-8, gathered into pieces of some 256 kB."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _PIECE:
            file.write("".join(waiting).encode())
            waiting.clear()
            size = 0
    file.write("".join(waiting).encode())


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file that takes its name only once it is whole; ``.gz`` is compressed on the way.

    Raises
    ------
    ExportError
        If the folder is missing or cannot be written.
    """
    target = Path(path)
    try:
        descriptor, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name[:50]}.")
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}") from error
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            if target.suffix.lower() == ".gz":
                # No name and no time in the header: the same graph gives the same bytes.
                with gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
                    yield _plain(file)
            else:
                yield raw
        partial.chmod(0o666 & ~_umask())
        partial.replace(target)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def _plain(file: io.BufferedIOBase) -> BinaryIO:
    return file  # type: ignore[return-value]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _named_graphs(
    graph: KnowledgeGraph, iris: Iris, profile: str, abstracts: bool
) -> Iterator[tuple[str, Iterable[Node]]]:
    yield iris.graph("plain"), plain_nodes(graph, iris, abstracts=abstracts)
    if profile == "evidence":
        yield iris.graph("evidence"), evidence_nodes(graph, iris)


class _Counter:
    """Counts the statements that pass."""

    def __init__(self) -> None:
        self.total = 0

    def counted(self, graphs: Graphs) -> Iterator[tuple[str, Iterable[Node]]]:
        for name, found in graphs:
            yield name, self._counted(found)

    def _counted(self, found: Iterable[Node]) -> Iterator[Node]:
        for node in found:
            self.total += len(node.statements)
            yield node
