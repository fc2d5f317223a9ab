"""How central a concept is to a paper."""

from __future__ import annotations

import math

_TITLE, _REPETITION, _POSITION, _RARITY = 0.4, 0.25, 0.15, 0.2
_MANY = 5


def salience(*, in_title: bool, mentions: int, position: float, papers: int, total: int) -> float:
    """Between 0 and 1: title, repetition, position and rarity, each with its share.

    Parameters
    ----------
    in_title : bool
        Whether the title names it (share 0.4).
    mentions : int
        Occurrences in the paper; five and more count full (0.25).
    position : float
        Where the first one stands in the abstract, 0 the beginning, 1 the end (0.15).
    papers : int
        Papers that mention it.
    total : int
        All papers (0.2 for what only one paper names, nothing for what all name).

    Examples
    --------
    >>> salience(in_title=True, mentions=5, position=0.0, papers=1, total=100)
    1.0
    >>> salience(in_title=False, mentions=1, position=1.0, papers=100, total=100)
    0.0
    """
    repetition = min(mentions - 1, _MANY - 1) / (_MANY - 1)
    rarity = 1.0 - math.log(papers) / math.log(total) if total > 1 and papers > 0 else 1.0
    value = _TITLE * in_title + _REPETITION * repetition + _POSITION * (1.0 - position) + _RARITY * rarity
    return round(min(1.0, max(0.0, value)), 3)
