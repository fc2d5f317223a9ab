"""Walking through several sorted streams side by side, so that none has to be held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Aligned(Generic[T]):
    """A sorted stream that is read along with a sorted list of keys.

    Parameters
    ----------
    records : iterable
        Sorted by `key`.
    key : callable
        Gives a record's key, a text or a tuple of texts.

    Examples
    --------
    >>> words = Aligned(["ant", "bee", "bug", "cow"], key=lambda word: word[0])
    >>> words.take("b"), words.take("c"), words.take("d")
    (['bee', 'bug'], ['cow'], [])
    """

    def __init__(self, records: Iterable[T], key: Callable[[T], Any]) -> None:
        self._records, self._key = iter(records), key
        self._next = next(self._records, None)

    def take(self, wanted: Any) -> list[T]:
        """All records with this key; those with smaller keys are passed over for good."""
        found: list[T] = []
        current = self._next
        while current is not None and (at := self._key(current)) <= wanted:
            if at == wanted:
                found.append(current)
            current = next(self._records, None)
        self._next = current
        return found
