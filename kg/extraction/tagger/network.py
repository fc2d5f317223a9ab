"""The tagger's network in numpy: static word vectors, dilated convolutions, means over the paper.

What depends on a word alone is computed once a word and kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.tagger.decode import N_LABELS
from kg.extraction.tagger.features import flags_of, ngrams_of, shape_of

KNOWN_WORDS_LIMIT = 200_000
Array = NDArray[Any]


@dataclass(slots=True)
class Words:
    """One paper: its words, how many of them are the title's, and which a space follows."""

    words: list[str]
    n_title: int
    space_after: Array


def quantise(table: Array) -> tuple[Array, Array]:
    """A table as signed bytes, with one scale a row."""
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float16)


class Network:
    """Label probabilities of every word of a paper.

    Roles, too, are learned by the network, for what they teach it about a word: their columns of the last
    layer are not used.
    """

    def __init__(self, config: dict[str, Any], vocab: Sequence[str], weights: dict[str, Array]) -> None:
        self.config, self.vocab, self.weights = config, list(vocab), weights
        self._row = {word: k for k, word in enumerate(self.vocab)}
        f = {k: v.astype(np.float32) for k, v in weights.items() if not k.startswith(("words", "ngrams"))}
        dim, shapes = config["dim"], f["shapes"]
        inner = f["inner.weight"].T  # (dim + shape + flags, width)
        width = inner.shape[1]
        self._from_word = np.ascontiguousarray(inner[:dim])
        self._from_shape = shapes @ inner[dim : dim + shapes.shape[1]] + f["inner.bias"]
        self._from_flags = np.ascontiguousarray(inner[dim + shapes.shape[1] :])
        self._blocks = [
            (
                dilation,
                *_narrowing(
                    f[f"blocks.{k}.norm.weight"], f[f"blocks.{k}.norm.bias"], f[f"blocks.{k}.narrow.weight"]
                ),
                np.ascontiguousarray(f[f"blocks.{k}.conv.weight"].T),
                f[f"blocks.{k}.conv.bias"],
            )
            for k, dilation in enumerate(config["dilations"])
        ]
        self._pools = {
            int(k): (np.ascontiguousarray(f[f"pools.{k}.weight"].T), f[f"pools.{k}.bias"])
            for k in config["pool_after"]
        }
        self._norm = f["norm.weight"], f["norm.bias"]
        self._out = np.ascontiguousarray(f["out.weight"][:N_LABELS].T), f["out.bias"][:N_LABELS]
        self._width = width
        self._known: dict[str, int] = {}
        self._vectors = np.zeros((1024, width), np.float32)
        self._shape: dict[str, int] = {}

    # -- words ---

    def _learn(self, words: list[str]) -> None:
        """Compute what depends on the word alone, for words not seen before."""
        if len(self._known) + len(words) > KNOWN_WORDS_LIMIT:
            self._known.clear()
        at = len(self._known)
        if at + len(words) > len(self._vectors):
            grown = np.zeros((2 * (at + len(words)), self._width), np.float32)
            grown[:at] = self._vectors[:at]
            self._vectors = grown
        w, ws = self.weights["words"], self.weights["words.scale"]
        g, gs = self.weights["ngrams"], self.weights["ngrams.scale"]
        vectors = np.zeros((len(words), self.config["dim"]), np.float32)
        for k, word in enumerate(words):
            row = self._row.get(word)
            if row is None:
                rows = ngrams_of(word, len(g))
                vectors[k] = (g[rows] * gs[rows].astype(np.float32)).mean(0)
            else:
                vectors[k] = w[row] * ws[row].astype(np.float32)
            self._known[word] = at + k
        for k, vector in enumerate(vectors, start=at):  # one by one, as each paper is, for the same bits
            self._vectors[k] = vector @ self._from_word

    # -- the network ---

    def __call__(self, paper: Words) -> tuple[Array, Array]:
        """The (words, labels) probabilities of a paper, and the (words, width) rows that they were made from.

        Each paper has matrices of its own: in a batch, the last bits of a product depend on the rows
        beside it, and a confidence might round the other way.
        """
        lowers = [w.lower() for w in paper.words]
        self._know(set(lowers))
        local: dict[str, int] = {}
        ids = np.fromiter((local.setdefault(w, len(local)) for w in lowers), np.int64, len(lowers))
        x = self._vectors[[self._known[w] for w in lowers]]
        x += self._from_shape[[self._shape_of(w) for w in paper.words]]
        x += flags_of(ids, paper.words, paper.n_title, paper.space_after) @ self._from_flags
        for k, (dilation, narrow, shift, weight, bias) in enumerate(self._blocks):
            if k in self._pools:
                x += self._pool(x, k, ids)
            _, inverse = moments(x)
            h = x @ narrow
            h *= inverse
            h += shift
            h = beside(h, dilation) @ weight
            h += bias
            np.maximum(h, 0, out=h)
            x += h
        rows = normalise(x, *self._norm)
        logits = rows @ self._out[0] + self._out[1]
        softmax(logits)
        return logits, rows

    def _know(self, lowers: set[str]) -> None:
        """Make sure that the vectors of these words are there, and not too many others."""
        # Word by word: a set less the keys of a dictionary walks through all of the keys.
        fresh = [word for word in lowers if word not in self._known]
        if fresh:
            self._learn(sorted(fresh))
            missing = [word for word in lowers if word not in self._known]  # forgotten to make room
            if missing:
                self._learn(sorted(missing))

    def _pool(self, x: Array, k: int, ids: Array) -> Array:
        """What the mean over a word's places in the paper, and over the whole paper, adds to every place."""
        weight, bias = self._pools[k]
        total: Array = (mean_by(x, ids) @ weight[: self._width])[ids]
        total += x.mean(0) @ weight[self._width :] + bias
        np.maximum(total, 0, out=total)
        return total

    def _shape_of(self, word: str) -> int:
        shape = self._shape.get(word)
        if shape is None:
            if len(self._shape) > KNOWN_WORDS_LIMIT:
                self._shape.clear()
            shape = self._shape[word] = shape_of(word)
        return shape

    # -- on disk ---

    def to_disk(self, folder: Path) -> None:
        """Write config.json, vocab.txt and weights.npz."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(self.config, indent=1) + "\n", encoding="utf-8")
        (folder / "vocab.txt").write_text("\n".join(self.vocab) + "\n", encoding="utf-8")
        np.savez(folder / "weights.npz", allow_pickle=False, **self.weights)

    @classmethod
    def from_disk(cls, folder: Path) -> Network:
        """Read what `to_disk` wrote."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        vocab = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        with np.load(folder / "weights.npz", allow_pickle=False) as file:
            weights = {name: file[name] for name in file.files}
        return cls(config, vocab, weights)


def softmax(x: Array) -> None:
    """Turn the rows of scores into probabilities, in place."""
    x -= x.max(1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(1, keepdims=True)


def moments(x: Array) -> tuple[Array, Array]:
    """Of each row its mean, and what makes its deviation 1."""
    width = x.shape[1]
    mean = x @ np.full((width, 1), 1 / width, np.float32)
    variance = np.einsum("ij,ij->i", x, x)[:, None] / width - mean * mean
    return mean, 1 / np.sqrt(np.maximum(variance, 0) + 1e-5)


def normalise(x: Array, scale: Array, shift: Array) -> Array:
    """Layer normalisation."""
    mean, inverse = moments(x)
    h: Array = x * inverse
    h -= mean * inverse
    h *= scale
    h += shift
    return h


def _narrowing(scale: Array, shift: Array, weight: Array) -> tuple[Array, Array]:
    """Layer normalisation and the layer after it as one: what rows are multiplied with, what is added."""
    scaled = weight.T * scale[:, None]
    return scaled - scaled.mean(0), shift @ weight.T


def beside(x: Array, dilation: int) -> Array:
    """The row `dilation` places before each, itself, and the one after, side by side; zeros at the ends."""
    n, width = x.shape
    out = np.zeros((n, 3 * width), np.float32)
    out[dilation:, :width] = x[:-dilation]
    out[:, width : 2 * width] = x
    out[:-dilation, 2 * width :] = x[dilation:]
    return out


def mean_by(x: Array, ids: Array) -> Array:
    """The mean of the rows of x with the same id; the ids are 0, 1, 2 and so on."""
    order = np.argsort(ids, kind="stable")
    counts = np.bincount(ids)
    starts = np.cumsum(counts) - counts
    out: Array = np.add.reduceat(x[order], starts, axis=0)
    out /= counts[:, None].astype(np.float32)
    return out
