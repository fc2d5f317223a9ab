"""The word lists of the rules, as plain data."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

FILE = "words.txt"


@lru_cache(maxsize=1)
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in (files(__package__) / FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            section.extend(line.split())
    return {name: frozenset(listed) for name, listed in found.items()}


def words(section: str) -> frozenset[str]:
    """The words of one section of the file.

    Raises
    ------
    KeyError
        If there is no such section.

    Examples
    --------
    >>> "the" in words("small words")
    True
    """
    return _sections()[section]
