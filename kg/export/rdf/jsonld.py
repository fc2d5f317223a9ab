"""JSON-LD: the published context, and one object a subject, each on its own line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from kg.contract import schema
from kg.export.rdf.namespaces import PREFIXES, STRING, TYPE
from kg.export.rdf.nodes import Node


@cache
def context() -> dict[str, Any]:
    """The context of ``schemas/context.jsonld``; the caller must not change it.

    Examples
    --------
    >>> context()["title"]
    'dcterms:title'
    """
    loaded: dict[str, Any] = json.loads(schema("context.jsonld").read_text(encoding="utf-8"))
    inner: dict[str, Any] = loaded["@context"]
    return inner


def jsonld_lines(nodes: Iterable[Node], base: str) -> Iterator[str]:
    """JSON-LD, one node at a time.

    Parameters
    ----------
    nodes : iterable of Node
        Statements with the same predicate stand side by side.
    base : str
        Written as ``@base``, for readers; every IRI is absolute all the same.
    """
    terms = _terms()
    head = {"@base": base, **context()}
    yield f'{{"@context": {_dumps(head)},\n"@graph": ['
    joint = "\n"
    for node in nodes:
        yield joint + _dumps(_object(node, terms))
        joint = ",\n"
    yield "\n]}\n"


def _object(node: Node, terms: dict[str, tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": node.subject}
    for predicate, value, datatype in node.statements:
        if predicate == TYPE:
            name, coerced = "type", "@id"
            value = _compact(value)
        else:
            name, coerced = terms.get(predicate) or (_compact(predicate), "")
        spelled: Any
        if datatype is None:
            spelled = value if coerced == "@id" else {"@id": value}
        elif coerced == datatype or (not coerced and datatype == STRING):
            spelled = value
        else:
            spelled = (
                {"@value": value} if datatype == STRING else {"@type": _compact(datatype), "@value": value}
            )
        if name not in found:
            found[name] = spelled
        elif isinstance(found[name], list):
            found[name].append(spelled)
        else:
            found[name] = [found[name], spelled]
    return found


@cache
def _terms() -> dict[str, tuple[str, str]]:
    """Term and coerced type (a datatype IRI, ``@id``, or empty) by property IRI."""
    found = {}
    for term, definition in context().items():
        if term in PREFIXES or (isinstance(definition, str) and definition.startswith("@")):
            continue
        if isinstance(definition, str):
            found[_expand(definition)] = (term, "")
        else:
            found[_expand(definition["@id"])] = (term, _expand(definition.get("@type", "")))
    return found


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


@cache
def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local.isidentifier():
            return f"{prefix}:{local}"
    return iri


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
