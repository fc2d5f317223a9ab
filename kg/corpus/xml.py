"""XML read element by element, safely: no entity is resolved, nothing is fetched, memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any

from kg.corpus.source import Input

Element = Any
"""An element of lxml, which has no types of its own."""

_REMEDY = "fetch the file again, or correct it"
_HARMLESS = {"ERR_UNDECLARED_ENTITY"}
_HARMLESS_IN_PIECES = _HARMLESS | {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END"}
PIECE = 1 << 16


def elements(
    source: Input, tags: Iterable[str], *, forgiving: bool = False, wrap: bool = False
) -> Iterator[Element]:
    """Every element of some names, complete, in the order of the file; it is emptied afterwards.

    Parameters
    ----------
    source : Input
    tags : iterable of str
        As lxml writes names: ``"{*}entry"`` is any namespace's.
    forgiving : bool
        Go on after mistakes that do not hide where elements end.
    wrap : bool
        The file is a row of elements without a root.

    Yields
    ------
    element
        With attributes, text and children, until the next one is asked for.

    Raises
    ------
    InputError
        Where the file is no XML, or too deep, or expands beyond measure.
    """
    for _, element in _events(source, ("end",), tuple(tags), forgiving, wrap):
        yield element
        _forget(element)


def children(source: Input) -> Iterator[Element]:
    """The root's children, complete, in the order of the file; each is emptied afterwards.

    Raises
    ------
    InputError
        As for `elements`.
    """
    depth = 0
    for event, element in _events(source, ("start", "end"), None, False, False):
        if event == "start":
            depth += 1
            continue
        depth -= 1
        if depth == 1:
            yield element
            _forget(element)


def _events(
    source: Input, events: tuple[str, ...], tags: tuple[str, ...] | None, forgiving: bool, wrap: bool
) -> Iterator[tuple[str, Element]]:
    from lxml import etree  # only when there is XML to read

    parser = etree.XMLPullParser(
        events=events,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=forgiving,
        remove_comments=True,
        remove_pis=True,
        encoding=_encoding(source) if not wrap else None,
    )
    try:
        if wrap:
            parser.feed(b"<kg-wrapped>")
        while piece := source.stream.read(PIECE):
            parser.feed(piece)
            yield from parser.read_events()
        if wrap:
            parser.feed(b"</kg-wrapped>")
        parser.close()
        yield from parser.read_events()
        if forgiving:
            _complain(source, parser, wrap)
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or None
        message = str(problem.msg or problem)[:200]
        raise source.error(f"this is no XML that can be read ({message}); {_REMEDY}", line) from problem
    except (ValueError, LookupError, AssertionError) as problem:
        raise source.error(f"this is no XML that can be read ({problem}); {_REMEDY}") from problem


def _complain(source: Input, parser: Element, piece: bool) -> None:
    """Raise what a forgiving parser went over, unless it is known to do no harm."""
    harmless = _HARMLESS_IN_PIECES if piece else _HARMLESS
    for entry in parser.feed_error_log:
        if entry.level_name == "FATAL" and entry.type_name not in harmless:
            raise source.error(
                f"this is no XML that can be read ({entry.message[:200]}); {_REMEDY}", entry.line
            )


def _encoding(source: Input) -> str | None:
    """What the user says of the encoding; else the XML declaration decides."""
    return source.head.encoding if source.head.encoding_why == "as told" else None


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def text(element: Element | None) -> str:
    """All the text in an element, character references that nobody declared included.

    Parameters
    ----------
    element : Element or None

    Returns
    -------
    str
        Empty for None.
    """
    if element is None:
        return ""
    if len(element) == 0:
        return element.text or ""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def _collect(element: Element, pieces: list[str]) -> None:
    if element.text and isinstance(element.tag, str):
        pieces.append(element.text)
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, pieces)
        elif name := getattr(child, "name", None):  # a reference to an entity
            pieces.append(html5.get(name + ";", child.text or ""))
        if child.tail:
            pieces.append(child.tail)


def parts(element: Element) -> dict[str, list[Element]]:
    """An element's children by their names without namespace; quicker than looking for each.

    Parameters
    ----------
    element : Element

    Returns
    -------
    dict of str to list of Element
    """
    found: dict[str, list[Element]] = {}
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            found.setdefault(tag.rpartition("}")[2], []).append(child)
    return found


def first_text(found: dict[str, list[Element]], *names: str) -> str:
    """Text of the first child that has one of the names and a text, without blanks around it."""
    for name in names:
        for element in found.get(name, ()):
            if value := text(element).strip():
                return value
    return ""


def find_text(element: Element, path: str, namespaces: dict[str, str] | None = None) -> str:
    """Text of the first element on a path, without blanks around it; empty where there is none."""
    found = element.find(path, namespaces)
    return text(found).strip() if found is not None else ""


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
