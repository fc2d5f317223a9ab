"""A linear classifier over named features: hashed, its weights in signed bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@lru_cache(maxsize=1 << 17)
def _hash(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass"))


def rows(features: Mapping[str, float], size: int) -> tuple[list[int], list[float]]:
    """Row and value of each feature in a table of `size` rows (a power of two)."""
    return [_hash(name) & (size - 1) for name in features], list(features.values())


class Linear:
    """Softmax over ``sum of value * weights[row]``.

    Parameters
    ----------
    classes : sequence of str
        Names of the classes.
    weights : ndarray of int8, shape (rows, classes)
        Rows number a power of two.
    scale : ndarray of float32, shape (classes,)
        What one step of a weight is worth.
    """

    def __init__(self, classes: Sequence[str], weights: NDArray[np.int8], scale: Array) -> None:
        self.classes = tuple(classes)
        self.weights, self.scale = weights, scale

    def __call__(self, features: Sequence[Mapping[str, float]]) -> Array:
        """Probabilities, shape (examples, classes)."""
        if not features:
            return np.zeros((0, len(self.classes)), np.float32)
        where: list[int] = []
        values: list[float] = []
        begins = []
        for one in features:
            begins.append(len(where))
            r, v = rows(one, len(self.weights))
            where += r
            values += v
        picked = self.weights[where].astype(np.float32)
        picked *= np.asarray(values, np.float32)[:, None]
        scores = np.add.reduceat(picked, begins, axis=0) * self.scale
        scores -= scores.max(1, keepdims=True)
        np.exp(scores, out=scores)
        probabilities: Array = scores / scores.sum(1, keepdims=True)
        return probabilities

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """What :meth:`from_arrays` reads; rows without weight are left out."""
        used = np.flatnonzero(self.weights.any(axis=1)).astype(np.uint32)
        return {
            f"{prefix}.classes": np.array(self.classes),
            f"{prefix}.size": np.array([len(self.weights)]),
            f"{prefix}.rows": used,
            f"{prefix}.weights": self.weights[used],
            f"{prefix}.scale": self.scale.astype(np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> Linear:
        """Make one from what :meth:`arrays` gave."""
        classes = [str(c) for c in arrays[f"{prefix}.classes"]]
        weights = np.zeros((int(arrays[f"{prefix}.size"][0]), len(classes)), np.int8)
        weights[arrays[f"{prefix}.rows"]] = arrays[f"{prefix}.weights"]
        return cls(classes, weights, arrays[f"{prefix}.scale"])


def quantised(classes: Sequence[str], weights: NDArray[Any]) -> Linear:
    """A classifier with weights of floating point, shape (rows, classes), rounded to signed bytes."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-8) / 127.0
    return Linear(classes, np.round(weights / scale).astype(np.int8), scale.astype(np.float32))


def read(path: Traversable) -> dict[str, NDArray[Any]]:
    """The arrays of an ``.npz`` file."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
