"""A small network over named features and rows of numbers: one layer, and what the neighbours are.

Several networks trained from different seeds lie side by side in one table, and their scores are
averaged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
SIZE = 1 << 18
_PARTS = ("bias", "dense", "own", "context", "shift")


def row(name: str) -> int:
    """Row of a feature in the table of all features."""
    return crc32(name.encode("utf-8", "surrogatepass")) & (SIZE - 1)


class Classifier:
    """Class probabilities of the examples of one paper.

    Parameters
    ----------
    classes : sequence of str
        Names of the classes.
    rows : ndarray of uint32, shape (known,)
        Which features have an embedding; others count nothing.
    table : ndarray of int8, shape (known, reached)
        The embeddings, with one `scale` a column; they reach the first columns of the layer.
    parts : dict of str to ndarray
        ``scale`` of shape (reached,), ``bias`` of shape (width,), ``dense`` of shape (numbers, width),
        ``own`` of shape (width, classes), ``context`` of shape (3 * width, classes) for the neighbour
        before, the one after and the paper's mean, ``shift`` of shape (classes,).
    """

    def __init__(
        self, classes: Sequence[str], rows: NDArray[Any], table: NDArray[np.int8], parts: Mapping[str, Array]
    ) -> None:
        self.classes = tuple(classes)
        self.rows, self.parts = rows, dict(parts)
        places = np.zeros(SIZE, np.int32)
        places[rows] = np.arange(1, len(rows) + 1)
        # Of each row its place in the table of the known ones, 0 for the others.
        self._places: list[int] = places.tolist()
        # In bytes: as floats it would take four times the memory, and its rows are picked no faster.
        self._table = np.zeros((len(rows) + 1, table.shape[1]), np.int8)
        self._table[1:] = table

    def __call__(self, features: Sequence[Mapping[str, float]], numbers: Array | None = None) -> Array:
        """Probabilities of the examples of a paper, in its order.

        Parameters
        ----------
        features : sequence of mapping
            Of each example, from the feature's name to its value.
        numbers : ndarray, shape (examples, numbers), optional
            What else is known of each.

        Returns
        -------
        ndarray, shape (examples, classes)
        """
        if not features:
            return np.zeros((0, len(self.classes)), np.float32)
        places = self._places
        where = [places[row(name)] for one in features for name in one]
        given = chain.from_iterable(one.values() for one in features)
        values = np.fromiter(given, np.float32, len(where))
        begins = np.cumsum([0, *(len(one) for one in features[:-1])])
        picked = self._table[where] * self.parts["scale"]
        picked *= values[:, None]
        hidden = np.tile(self.parts["bias"], (len(features), 1))
        if numbers is not None:
            hidden += numbers @ self.parts["dense"]
        hidden[:, : picked.shape[1]] += np.add.reduceat(picked, begins, axis=0)
        np.maximum(hidden, 0.0, out=hidden)
        scores = hidden @ self.parts["own"] + self.parts["shift"]
        before = np.concatenate([hidden[:1], hidden[:-1]])
        after = np.concatenate([hidden[1:], hidden[-1:]])
        mean = np.broadcast_to(hidden.mean(axis=0), hidden.shape)
        scores += np.concatenate([before, after, mean], axis=1) @ self.parts["context"]
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        probabilities: Array = scores / scores.sum(axis=1, keepdims=True)
        return probabilities

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """What :meth:`from_arrays` reads."""
        made = {"classes": np.array(self.classes), "rows": self.rows, "table": self._table[1:], **self.parts}
        made["dense"] = self.parts["dense"].astype(np.float16)
        return {f"{prefix}.{name}": value for name, value in made.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> Classifier:
        """Make one from what :meth:`arrays` gave."""
        parts = {name: arrays[f"{prefix}.{name}"].astype(np.float32) for name in ("scale", *_PARTS)}
        classes = [str(c) for c in arrays[f"{prefix}.classes"]]
        return cls(classes, arrays[f"{prefix}.rows"], arrays[f"{prefix}.table"], parts)


def half(numbers: Array) -> Array:
    """Numbers as they are after they were kept in sixteen bits each."""
    return numbers.astype(np.float16).astype(np.float32)


def read(path: Traversable) -> dict[str, NDArray[Any]]:
    """The arrays of an ``.npz`` file."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
