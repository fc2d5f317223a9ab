"""What the writers write: one node at a time, with everything said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

Statement = tuple[str, str, str | None]
"""Predicate, object, and the datatype of the object, None where the object is an IRI.

Values of another datatype than ``xsd:string`` need no escape in any format.
"""


class Node(NamedTuple):
    """A subject and its statements, those with the same predicate side by side.

    Parameters
    ----------
    subject : str
        IRI.
    statements : list of (str, str, str or None)
        Predicate, object, datatype; see :data:`Statement`.
    """

    subject: str
    statements: list[Statement]


def count(nodes: Iterable[Node]) -> int:
    """Count triples.

    Examples
    --------
    >>> count([Node("urn:a", [("urn:p", "urn:b", None), ("urn:p", "urn:c", None)])])
    2
    """
    return sum(len(node.statements) for node in nodes)


def triples(nodes: Iterable[Node]) -> Iterator[tuple[str, str, str, str | None]]:
    """Subject, predicate, object and datatype of every statement."""
    for subject, statements in nodes:
        for predicate, value, datatype in statements:
            yield subject, predicate, value, datatype
