"""The ready queries of ``schemas/queries``, and their answers for a graph."""

from __future__ import annotations

from kg.contract import schema
from kg.export.rdf.sparql import Endpoint, Value
from kg.graph import KnowledgeGraph

QUERIES = (
    "01-common-concepts",
    "02-links-by-role",
    "03-proposed-methods",
    "04-methods-for-tasks",
    "05-datasets",
    "06-first-year",
    "07-kinds-of",
    "08-rivals",
    "09-sentence-for-a-link",
    "10-sentence-for-a-relation",
    "11-mentions",
    "12-abbreviations",
)
"""Names of the queries, in order."""

_EVIDENCE = "# Needs the evidence profile."
_SHOWN = 5
_WIDTH = 90


def query_text(name: str) -> str:
    """Text of a query; its first line is a comment that says what it answers."""
    return schema(f"queries/{name}.rq").read_text(encoding="utf-8")


def question(name: str) -> str:
    """What a query answers, in words.

    Examples
    --------
    >>> question("01-common-concepts")
    'Which concepts do most papers name?'
    """
    return query_text(name).partition("\n")[0].removeprefix("# ")


def needs_evidence(name: str) -> bool:
    """Whether a query finds nothing in the plain profile.

    Examples
    --------
    >>> needs_evidence("09-sentence-for-a-link")
    True
    """
    return _EVIDENCE in query_text(name)


def answers(graph: KnowledgeGraph, *, heading: str = "##") -> str:
    """Every query with its answer for a graph, as Markdown tables (the first rows of each).

    Parameters
    ----------
    graph : KnowledgeGraph
        What to ask.
    heading : str
        Marks of the headings.
    """
    endpoint = Endpoint(graph)
    parts = []
    for name in QUERIES:
        table = endpoint.query(query_text(name))
        profile = "evidence" if needs_evidence(name) else "plain or evidence"
        parts.append(
            f"{heading} {question(name)}\n\n[`queries/{name}.rq`](queries/{name}.rq), {profile} profile"
        )
        rows = [table.columns, tuple("---" for _ in table.columns)]
        rows += [tuple(_cell(value) for value in row) for row in table.rows[:_SHOWN]]
        shown = "\n".join("| " + " | ".join(row) + " |" for row in rows)
        more = len(table) - _SHOWN
        parts.append(shown + (f"\n\n… and {more} more." if more > 0 else ""))
    return "\n\n".join(parts) + "\n"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    text = " ".join(str(value).split())
    text = text.replace("https://w3id.org/paperkg/ontology#", "kg:")
    if len(text) > _WIDTH:
        text = text[: _WIDTH - 1] + "…"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
