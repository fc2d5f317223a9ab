"""Reading foreign JSON, in which any value may be of any type."""

from __future__ import annotations

from typing import Any


def string(value: Any) -> str:
    """A text or number as text, of a list its first; empty for everything else.

    Examples
    --------
    >>> string(["a", "b"]), string(7), string(None), string({"x": 1})
    ('a', '7', '', '')
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return str(value) if abs(value) < 1e15 else ""
    if isinstance(value, list) and value:
        return string(value[0]) if not isinstance(value[0], list) else ""
    return ""


def strings(value: Any) -> list[str]:
    """The texts of a list, or one text as a list.

    Examples
    --------
    >>> strings(["a", None, 3]), strings("a"), strings({})
    (['a', '3'], ['a'], [])
    """
    items = value if isinstance(value, list) else [value]
    return [text for item in items if not isinstance(item, list) and (text := string(item))]


def dig(value: Any, *path: str) -> Any:
    """The value under keys, one after the other; None where there is none.

    Examples
    --------
    >>> dig({"a": {"b": 1}}, "a", "b"), dig({"a": 1}, "a", "b")
    (1, None)
    """
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list.

    Examples
    --------
    >>> dicts([{"a": 1}, 2]), dicts(None)
    ([{'a': 1}], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def number(value: Any) -> int | None:
    """A whole number of a sensible size, or None.

    Examples
    --------
    >>> number(3), number("12"), number(True), number("x")
    (3, 12, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and abs(value) < 1 << 53:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    return None
