"""Which pairs of a paper's terms may be related, and the mentions that tell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.extraction.document import Draft
from kg.extraction.tagger.states import States
from kg.extraction.view import Place, View

FAR = 40  # words between the mentions of two terms, at most, unless the paper proposes one of them


class Pair(NamedTuple):
    """Two terms, the one that stands first in the text first, and their nearest mentions.

    `left` and `right` are the character offsets of these, `places` where they stand, `gap` the words between.
    """

    first: int
    second: int
    left: tuple[int, int]
    right: tuple[int, int]
    places: tuple[Place, Place]
    gap: int


class _Mention(NamedTuple):
    begin: int  # its first word, and the one after its last
    end: int
    span: tuple[int, int]
    place: Place


def pairs(seen: View, drafts: list[Draft], read: States | None) -> list[Pair]:
    """The pairs worth judging: near each other, or one of them what the paper proposes.

    Parameters
    ----------
    seen : View
        Of the paper.
    drafts : list of Draft
        Its terms, with their roles.
    read : States or None
        Of the paper: tells its words.
    """
    mentions = _mentions(seen, read)
    made = []
    for i, one in enumerate(mentions):
        for j in range(i + 1, len(mentions)):
            gap, _, _, a, b = min(
                (max(y.begin - x.end, x.begin - y.end, 0), x.begin, y.begin, x, y)
                for x in one
                for y in mentions[j]
            )
            if gap > FAR and "proposes" not in (drafts[i].role, drafts[j].role):
                continue
            first, second, left, right = (i, j, a, b) if a.place <= b.place else (j, i, b, a)
            made.append(Pair(first, second, left.span, right.span, (left.place, right.place), gap))
    return made


def _mentions(seen: View, read: States | None) -> list[list[_Mention]]:
    """The mentions of every draft."""
    places = [[(place, seen.sentences[place.sentence][place.item]) for place in one] for one in seen.places]
    spans = [(item.start, item.end) for one in places for _, item in one]
    starts = read.starts if read is not None else np.zeros(0, np.int64)
    words = iter(np.searchsorted(starts, np.array(spans, np.int64).reshape(-1, 2)).tolist())
    made = []
    for one in places:
        found = []
        for place, item in one:
            begin, end = next(words)
            found.append(_Mention(begin, end, (item.start, item.end), place))
        made.append(found)
    return made
