"""The small network that decides roles and relations, from what the tagger's network has made of the words.

A term is the mean row of its mentions, of the earliest one and of the paper, its type, how often it is
mentioned, and then the terms around it. A pair of terms is the rows of the two mentions that stand nearest,
each with each, what stands between them and how far apart they are, both terms, and then the pairs around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.document import Draft
from kg.extraction.pairs import Pair
from kg.extraction.tagger.states import States
from kg.model import ConceptType, RelationType, Role

Array = NDArray[Any]
TYPES = tuple(sorted(kind.value for kind in ConceptType))
ROLES = tuple(role.value for role in Role)
RELATIONS = tuple(r.value for r in RelationType if r is not RelationType.CO_OCCURS_WITH)
NONE, FORWARDS, BACKWARDS = "none", ">", "<"
CLASSES = tuple(sorted([NONE, *(r + way for r in RELATIONS for way in (FORWARDS, BACKWARDS))]))
GAPS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # words between two mentions, in steps
MANY = 6  # mentions that count; more are as good as these


def step(gap: int) -> int:
    """Which of :data:`GAPS` so many words are.

    Examples
    --------
    >>> step(0), step(5), step(1000)
    (0, 5, 12)
    """
    return bisect_left(GAPS, min(gap, GAPS[-1]))


class Decider:
    """Roles of the terms of a paper, relations of pairs of them.

    Parameters
    ----------
    weights : mapping of str to ndarray
        As training names them: of a layer ``NAME.weight``, of shape (out, in), and ``NAME.bias``; of an
        embedding ``NAME.weight``.
    """

    def __init__(self, weights: Mapping[str, Array]) -> None:
        w = {name: value.astype(np.float32) for name, value in weights.items() if "." in name}
        bias = {name.removesuffix(".bias"): w[name] for name in w if name.endswith(".bias")}
        layer = {n.removesuffix(".weight"): np.ascontiguousarray(w[n].T) for n in w if n.endswith(".weight")}
        self._layer, self._bias, self._counts = layer, bias, w["counts.weight"]
        types, gaps = w["types.weight"], w["gaps.weight"]
        of_one, of_other, of_gap = np.split(layer["kinds"], [types.shape[1], 2 * types.shape[1]])
        # What does not depend on the paper, once and for all.
        self._kind = types @ layer["kind"] + sum(bias[n] for n in ("mention", "earliest", "paper", "kind"))
        self._one, self._other = types @ of_one, types @ of_other
        self._gap = gaps @ of_gap + sum(bias[n] for n in ("both", "between", "kinds", "one", "other"))

    def terms(self, read: States | None, drafts: Sequence[Draft]) -> tuple[Array, Array]:
        """What the terms of a paper are, and the probabilities of their roles.

        Parameters
        ----------
        read : States or None
            Of the paper; None where no network has read it.
        drafts : sequence of Draft
            Its terms.

        Returns
        -------
        rows : ndarray, shape (drafts, hidden)
            For :meth:`pairs`.
        probabilities : ndarray, shape (drafts, roles)
            In the order of :data:`ROLES`.
        """
        if not drafts:
            return self._counts[:0], np.zeros((0, len(ROLES)), np.float32)
        read, layer = self._states(read), self._layer
        many = np.array([len(draft.mentions) for draft in drafts])
        first = np.cumsum(many) - many
        seen = read.means([(m.start, m.end) for draft in drafts for m in draft.mentions])
        mean = np.add.reduceat(seen, first, axis=0) / many[:, None].astype(np.float32)
        rows = mean @ layer["mention"] + seen[first] @ layer["earliest"] + read.mean() @ layer["paper"]
        rows += self._kind[[TYPES.index(draft.type) for draft in drafts]]
        rows += self._counts[np.minimum(many, MANY)]
        np.maximum(rows, 0.0, out=rows)
        rows += np.maximum(around(rows) @ layer["terms"], 0.0)
        return rows, softmax(rows @ layer["role"] + self._bias["role"])

    def pairs(
        self, read: States | None, drafts: Sequence[Draft], rows: Array, judged: Sequence[Pair]
    ) -> Array:
        """The probabilities of the relations of pairs.

        Parameters
        ----------
        read : States or None
            Of the paper.
        drafts : sequence of Draft
            Its terms.
        rows : ndarray, shape (drafts, hidden)
            What :meth:`terms` made of them.
        judged : sequence of Pair
            Pairs of them.

        Returns
        -------
        ndarray, shape (pairs, classes)
            In the order of :data:`CLASSES`.
        """
        if not judged:
            return np.zeros((0, len(CLASSES)), np.float32)
        read, layer = self._states(read), self._layer
        left = read.means([pair.left for pair in judged]) @ layer["left"] + self._bias["left"]
        right = read.means([pair.right for pair in judged]) @ layer["right"] + self._bias["right"]
        kinds = [TYPES.index(draft.type) for draft in drafts]
        one, other = rows @ layer["one"] + self._one[kinds], rows @ layer["other"] + self._other[kinds]
        made = left + right + (left * right) @ layer["both"]
        made += read.means([(pair.left[1], pair.right[0]) for pair in judged]) @ layer["between"]
        made += one[[pair.first for pair in judged]]
        made += other[[pair.second for pair in judged]]
        made += self._gap[[step(pair.gap) for pair in judged]]
        np.maximum(made, 0.0, out=made)
        deep = made @ layer["deep"] + self._bias["deep"] + around(made) @ layer["pairs"]
        np.maximum(deep, 0.0, out=deep)
        return softmax(deep @ layer["relation"] + self._bias["relation"])

    def _states(self, read: States | None) -> States:
        width = len(self._layer["paper"])
        return read or States(np.zeros(0, np.int64), np.zeros((1, width), np.float32))


def around(rows: Array) -> Array:
    """Of each row the one before, the one after, and the mean of all, side by side.

    Examples
    --------
    >>> import numpy as np
    >>> around(np.array([[1.0], [2.0], [6.0]])).tolist()
    [[1.0, 2.0, 3.0], [1.0, 6.0, 3.0], [2.0, 6.0, 3.0]]
    """
    before, after = np.concatenate([rows[:1], rows[:-1]]), np.concatenate([rows[1:], rows[-1:]])
    return np.concatenate([before, after, np.broadcast_to(rows.mean(axis=0), rows.shape)], axis=1)


def softmax(scores: Array) -> Array:
    """Scores as probabilities, row by row."""
    made: Array = np.exp(scores - scores.max(axis=1, keepdims=True))
    made /= made.sum(axis=1, keepdims=True)
    return made


def read(path: Traversable) -> dict[str, Array]:
    """The arrays of an ``.npz`` file."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
