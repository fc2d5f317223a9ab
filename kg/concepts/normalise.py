"""The normalised key under which a reader's spelling of a name finds the concept."""

from __future__ import annotations

from kg.extraction.names import key


def name_key(name: str) -> str:
    """Key of a name for look-ups: that of :func:`kg.extraction.names.key`, capitals or not.

    Examples
    --------
    >>> name_key("Large Language-Models") == name_key("large language model")
    True
    >>> name_key("llms") == name_key("LLM")
    True
    """
    return key(name).casefold() or name.casefold()
