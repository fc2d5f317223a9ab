"""Making many objects, without looking through them for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_stays() -> Iterator[None]:
    """Put the search for cyclic garbage off while millions of objects are made that all stay.

    Each search would go through all of them: a fifth of the time of bringing 10,000 extracted
    papers together, two fifths of joining the repeats among 185,000, half of making a large network. While a
    few papers are extracted all of the pipeline stays, and a search through it is a twentieth of the time.

    Examples
    --------
    >>> with all_stays():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
