"""SPARQL 1.1 over the graph, in an embedded store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.export.rdf.iris import DEFAULT_BASE, Iris
from kg.export.rdf.namespaces import QUERY_PREFIXES, XSD
from kg.export.rdf.ntriples import ntriples_lines
from kg.export.rdf.query_errors import check, explain
from kg.export.rdf.writing import Profile, nodes
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas

Value = str | int | float | bool | None
"""What a cell of a table holds: an IRI or a string, a number, a truth value, or nothing."""

_NUMBERS = {XSD + name: int for name in ("integer", "nonNegativeInteger", "int", "long")}
_JSON = ox.QueryResultsFormat.JSON


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query.

    Parameters
    ----------
    columns : tuple of str
        Names of the variables; ``("answer",)`` for ASK; ``("subject", "predicate", "object")``
        for CONSTRUCT and DESCRIBE.
    rows : tuple of tuple
        One value a column, as plain Python values.
    json : str
        The same in the W3C's SPARQL 1.1 Query Results JSON Format (datatypes kept); for
        CONSTRUCT and DESCRIBE N-Triples as a JSON string under ``"triples"``.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    json: str

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """Comma-separated values with a header; an empty cell where a variable is unbound.

        A text that a spreadsheet would run (``=…``, ``+…``, ``-…``, ``@…``) gets an apostrophe before it.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_df(self) -> pandas.DataFrame:
        """The same as a ``pandas.DataFrame``.

        Raises
        ------
        ImportError
            If pandas is not installed (``pip install "paperkg[tables]"``).
        """
        try:
            import pandas
        except ImportError as missing:
            raise ImportError('to_df() needs pandas: pip install "paperkg[tables]"') from missing
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


class Endpoint:
    """A graph as an embedded, read-only SPARQL store, for any number of queries.

    Parameters
    ----------
    graph : KnowledgeGraph
        What to load.
    profile, base_iri, abstracts
        As in :func:`~kg.export.rdf.write`; the evidence profile answers the plain questions too,
        and takes some times as long to load.

    Examples
    --------
    >>> from kg.model import Paper
    >>> endpoint = Endpoint(KnowledgeGraph.from_parts(papers=[Paper("p1", "A title")]))
    >>> endpoint.query("SELECT ?title WHERE { ?p a fabio:ResearchPaper ; dcterms:title ?title }").rows
    (('A title',),)
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        *,
        profile: Profile = "evidence",
        base_iri: str = DEFAULT_BASE,
        abstracts: bool = True,
    ) -> None:
        iris = Iris(base_iri)
        self.prefixes = {**QUERY_PREFIXES, **iris.prefixes()}
        self._store = ox.Store()
        lines = ntriples_lines(nodes(graph, iris, profile, abstracts=abstracts))
        stream = cast("IO[bytes]", _Stream(lines))
        self._store.bulk_load(input=stream, format=ox.RdfFormat.N_TRIPLES, lenient=True)

    def __len__(self) -> int:
        return len(self._store)

    def query(self, query: str) -> Table:
        """Answer a SPARQL 1.1 query; the prefixes of :attr:`prefixes` need no declaration.

        Raises
        ------
        QueryError
            If the query has a mistake; the text says where, and what to do.
        """
        check(query, self.prefixes)
        try:
            found = self._store.query(query, prefixes=self.prefixes)
            return _table(found)
        except SyntaxError as error:
            raise explain(query, str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error


def sparql(
    graph: KnowledgeGraph,
    query: str,
    *,
    profile: Profile = "evidence",
    base_iri: str = DEFAULT_BASE,
) -> Table:
    """Answer one SPARQL query over a graph; for several make an :class:`Endpoint`.

    Raises
    ------
    QueryError
        If the query has a mistake; the text says where, and what to do.

    Examples
    --------
    >>> from kg.model import Paper
    >>> graph = KnowledgeGraph.from_parts(papers=[Paper("p1", "A title", date="2024")])
    >>> sparql(graph, "SELECT ?title ?date WHERE { ?p dcterms:title ?title ; dcterms:date ?date }").to_dicts()
    [{'title': 'A title', 'date': '2024'}]
    """
    check(query, {**QUERY_PREFIXES, **Iris(base_iri).prefixes()})  # before the graph is loaded
    return Endpoint(graph, profile=profile, base_iri=base_iri).query(query)


class _Stream(io.RawIOBase):
    """Text that is made piece by piece, as a file to read from."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._rest = iter(lines), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        waiting = [self._rest]
        size = len(self._rest)
        while size < len(buffer):
            line = next(self._lines, None)
            if line is None:
                break
            piece = line.encode()
            waiting.append(piece)
            size += len(piece)
        data = b"".join(waiting)
        taken = min(len(buffer), size)
        buffer[:taken], self._rest = data[:taken], data[taken:]
        return taken


def _table(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Table:
    import json

    if isinstance(found, ox.QueryBoolean):
        answer = bool(found)
        return Table(("answer",), ((answer,),), json.dumps({"head": {}, "boolean": answer}))
    if isinstance(found, ox.QueryTriples):
        triples = sorted(found, key=str)
        rows: tuple[tuple[Value, ...], ...] = tuple(tuple(map(_value, triple)) for triple in triples)
        text = "".join(f"{triple} .\n" for triple in triples)
        return Table(("subject", "predicate", "object"), rows, json.dumps({"triples": text}))
    columns = tuple(variable.value for variable in found.variables)
    serialised = found.serialize(format=_JSON)
    assert serialised is not None
    solutions = ox.parse_query_results(serialised, format=_JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = tuple(tuple(_value(solution[name]) for name in columns) for solution in solutions)
    return Table(columns, rows, serialised.decode())


def _value(term: Any) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        try:
            if kind in _NUMBERS:
                return int(term.value)
            if kind in {XSD + "decimal", XSD + "double", XSD + "float"}:
                return float(Decimal(term.value)) if kind.endswith("decimal") else float(term.value)
        except (ValueError, ArithmeticError):
            return term.value
        return term.value == "true" if kind == XSD + "boolean" else term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)


_FORMULA = "=+-@\t\r"
"""A text that starts with one of these is run by spreadsheets; with an apostrophe before it, it is shown."""


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in _FORMULA and value:
        return f"'{value}"
    return "" if value is None else str(value)
