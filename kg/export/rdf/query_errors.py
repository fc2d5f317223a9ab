"""What is wrong with a SPARQL query, where, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from functools import cache

from kg.contract import schema
from kg.errors import QueryError

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_OPAQUE = re.compile(
    r"""(?P<comment>\#[^\n]*)
    | \"\"\"(?:[^"\\]|\\.|"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | <[^<>"{}|^`\\\s]*>""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"(?<![\w?$:<-])([A-Za-z][\w.-]*)?:([\w.-]*)")
_DECLARED = re.compile(r"\bPREFIX\s+([A-Za-z][\w.-]*)?:", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+)")


def bare(query: str) -> str:
    """Blank out strings, IRIs and comments, and leave every other character at its place.

    Examples
    --------
    >>> bare('ASK { ?s ?p "SERVICE" }')
    'ASK { ?s ?p           }'
    """
    return _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), query)


def check(query: str, prefixes: Mapping[str, str]) -> None:
    """Refuse what the parser would accept, or report worse.

    Raises
    ------
    QueryError
        If the query would write, would go out to another server, or uses a prefix or a word of
        our vocabulary that does not exist.
    """
    words = bare(query)
    first = re.search(r"\b(?!PREFIX\b|BASE\b)[A-Za-z]+\b(?!\s*:)", _without_prologue(words))
    if not words.strip():
        raise QueryError("the query is empty; begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    if first and first[0].upper() in _UPDATES:
        raise QueryError(f"{first[0]} would change the graph, which is read-only; ask with SELECT or ASK")
    if first and first[0].upper() not in _FORMS:
        near = difflib.get_close_matches(first[0].upper(), _FORMS, 1)
        hint = f"did you mean {near[0]}?" if near else f"begin with {', '.join(_FORMS)}"
        raise _at(query, query.find(first[0]), f"{first[0]!r} is no kind of query", hint)
    service = re.search(r"(?<![?$])\bSERVICE\b", words, re.IGNORECASE)
    if service:
        raise _at(query, service.start(), "SERVICE would ask another server", "nothing here uses the network")
    known = set(prefixes) | {name or "" for name in _DECLARED.findall(words)}
    for found in _NAME.finditer(words):
        prefix, local = found[1] or "", found[2]
        if prefix not in known:
            near = difflib.get_close_matches(prefix, sorted(known), 1)
            hint = (
                f"did you mean {near[0]}:?"
                if near
                else f"known without PREFIX: {', '.join(sorted(prefixes))}"
            )
            raise _at(query, found.start(), f"the prefix {prefix}: is not declared", hint)
        if prefix == "kg" and local.rstrip(".") and "kg" not in _redeclared(words):
            _check_term(query, found.start(), local.rstrip("."))


def explain(query: str, message: str) -> QueryError:
    """Turn the parser's message into an error with line, column, the text there and a hint."""
    found = _PLACE.search(message)
    words = bare(query)
    if "variable that is unbound" in message:
        hint = (
            "under GROUP BY, each selected variable must be grouped by, or inside an aggregate such as COUNT"
        )
    elif words.count("{") > words.count("}"):
        hint = f"{words.count('{') - words.count('}')} closing brace(s) are missing"
    elif words.count("}") > words.count("{"):
        hint = "there are more closing braces than opening ones"
    elif words.count("(") != words.count(")"):
        hint = "the parentheses do not match"
    elif "IRI parsing failed" in message:
        hint = "an IRI in < > is absolute and has no blanks"
    elif re.search(r"[;,]\s*\?\w+\s+(?:\w*:\w+|a\b|\?\w+)\s+\S", words):
        hint = 'after ";" the subject is not repeated; end with "." before a new one'
    else:
        hint = "look at the words just before this place"
    if not found:
        return QueryError(f"the query has a mistake: {message.strip()}; {hint}")
    line, column = int(found[1]), int(found[2])
    offset = sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1
    return _at(query, offset, "the query cannot be understood from here on", hint)


def _at(query: str, offset: int, problem: str, hint: str) -> QueryError:
    before = query[: max(0, offset)]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    lines = query.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    return QueryError(f"line {line}, column {column}: {problem}; {hint}\n  {shown}\n  {' ' * (column - 1)}^")


def _without_prologue(words: str) -> str:
    return re.sub(r"\b(?:PREFIX\s+[\w.-]*:|BASE\b)", "", words, flags=re.IGNORECASE)


def _redeclared(words: str) -> Collection[str]:
    return {name for name in _DECLARED.findall(words) if name}


def _check_term(query: str, offset: int, local: str) -> None:
    terms = _terms()
    if local not in terms:
        near = difflib.get_close_matches(local, terms, 1)
        hint = f"did you mean kg:{near[0]}?" if near else "schemas/ontology.ttl lists what there is"
        raise _at(query, offset, f"the vocabulary has no kg:{local}", hint)


@cache
def _terms() -> tuple[str, ...]:
    text = schema("ontology.ttl").read_text(encoding="utf-8")
    return tuple(re.findall(r"^kg:(\w+) a ", text, re.MULTILINE))
