"""The tagger's network in torch, for training; kg/extraction/tagger/network.py holds the same in numpy, for use.

All papers of a batch lie in one long sequence, with GAP empty places between them.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from common import fewer_bits
from decider import Decider
from torch import nn

from kg.extraction.tagger.features import FLAGS, SHAPES, flags_of, ngrams_of, shape_of

GAP = 8
ROUND = 512  # batches of few different lengths: what one gives back to malloc suits the next
DECIDER_WIDTH = 128
RARE = -2.5  # log odds


class Store:
    """Papers as arrays of numbers; the n-grams of every word are found once."""

    def __init__(self, vocab, ngram_rows):
        self.vocab = {w: i + 1 for i, w in enumerate(vocab)}
        self.ngram_rows = ngram_rows
        self.types: dict[str, int] = {}
        self.type_word: list[int] = []
        self.type_grams: list[np.ndarray] = []
        self.shapes: dict[str, int] = {}

    def type_of(self, lower):
        k = self.types.get(lower)
        if k is None:
            k = self.types[lower] = len(self.types)
            self.type_word.append(self.vocab.get(lower, 0))
            self.type_grams.append(np.array(ngrams_of(lower, self.ngram_rows), np.int32))
        return k

    def add(self, words, n_title, space_after):
        lowers = [w.lower() for w in words]
        types = np.array([self.type_of(w) for w in lowers], np.int32)
        shapes = np.zeros(len(words), np.int16)
        for k, w in enumerate(words):
            s = self.shapes.get(w)
            if s is None:
                s = self.shapes[w] = shape_of(w)
            shapes[k] = s
        local = {}
        group = np.array([local.setdefault(t, len(local)) for t in types.tolist()], np.int32)
        return {
            "types": types,
            "shapes": shapes,
            "group": group,
            "flags": flags_of(group, words, n_title, space_after).astype(bool),
        }


def collate(store, papers, gap=GAP):
    """One batch of the long sequence."""
    sizes = [len(p["types"]) for p in papers]
    total = -(-(gap + sum(sizes) + gap * len(papers)) // ROUND) * ROUND
    types = np.full(total, -1, np.int64)
    shapes, flags = np.zeros(total, np.int64), np.zeros((total, FLAGS), np.float32)
    doc, group = np.zeros(total, np.int64), np.zeros(total, np.int64)
    at, groups, spots = gap, 1, []
    for k, p in enumerate(papers):
        end = at + len(p["types"])
        types[at:end], shapes[at:end], flags[at:end] = p["types"], p["shapes"], p["flags"]
        doc[at:end] = k + 1
        group[at:end] = p["group"] + groups
        groups += int(p["group"].max()) + 1
        spots.append(np.arange(at, end))
        at = end + gap
    unique, index = np.unique(types, return_inverse=True)
    unique, index = unique[1:], index - 1  # the first is -1, the gaps
    grams = [store.type_grams[u] for u in unique]
    lengths = np.array([len(g) for g in grams])
    t = torch.from_numpy
    return {
        "word": t(np.array([store.type_word[u] for u in unique], np.int64)),
        "grams": t(np.concatenate(grams).astype(np.int64)),
        "offsets": t(np.concatenate([[0], np.cumsum(lengths)[:-1]])),
        "index": t(np.maximum(index, 0)),
        "shapes": t(shapes),
        "flags": t(flags),
        "doc": t(doc),
        "group": t(group),
        "groups": groups,
        "docs": len(papers) + 1,
        "mask": t((types >= 0).astype(np.float32))[:, None],
        "spots": t(np.concatenate(spots)),
    }


def shifted(x, d):
    """x of d places earlier, itself, and d places later, side by side."""
    n, _w = x.shape
    p = F.pad(x, (0, 0, d, d))
    return torch.cat([p[:n], x, p[2 * d :]], -1)


class Block(nn.Module):
    """A word and its neighbours; what is taken from each of them is `narrow` numbers, which halves the work."""

    def __init__(self, width, narrow, dilation, drop):
        super().__init__()
        self.dilation, self.drop = dilation, drop
        self.norm, self.narrow = nn.LayerNorm(width), nn.Linear(width, narrow, bias=False)
        self.conv = nn.Linear(3 * narrow, width)

    def forward(self, x, mask):
        h = F.relu(self.conv(shifted(self.narrow(self.norm(x) * mask), self.dilation)))
        return x + F.dropout(h, self.drop, self.training)


class Tagger(nn.Module):
    def __init__(
        self,
        n_words,
        ngram_rows,
        labels,
        dim=128,
        width=256,
        narrow=96,
        dilations=(1, 1, 2, 4, 1, 2, 4, 1),
        pool_after=(4,),
        drop=0.1,
    ):
        super().__init__()
        self.config = {
            "n_words": n_words,
            "ngram_rows": ngram_rows,
            "labels": labels,
            "dim": dim,
            "width": width,
            "narrow": narrow,
            "dilations": list(dilations),
            "pool_after": list(pool_after),
        }
        self.table = nn.Embedding(n_words + 1, dim, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.02)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.ngrams = nn.EmbeddingBag(ngram_rows, dim, mode="mean")
        nn.init.normal_(self.ngrams.weight, std=0.1)
        self.shapes = nn.Embedding(SHAPES, 24)
        self.drop = drop
        self.inner = nn.Linear(dim + 24 + FLAGS, width)
        self.blocks = nn.ModuleList(Block(width, narrow, d, drop) for d in dilations)
        self.pools = nn.ModuleDict({str(k): nn.Linear(2 * width, width) for k in pool_after})
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, labels)
        self.decider = Decider(width, DECIDER_WIDTH, means=True)

    def forward(self, b):
        """Scores of the words: (words, labels); and where the batch tells the places of terms and pairs, theirs, too.

        Then all lie in one vector, as they must pass through thinc as one array: words, terms, pairs.
        """
        with fewer_bits():
            rows = self._rows(b)
            scores = self.out(rows).float()
            if "places" not in b:
                return scores
            return torch.cat([one.flatten() for one in (scores, *self.decider(rows, b["places"]))])

    def _rows(self, b):
        word = self.table(b["word"]) + self.ngrams(b["grams"], b["offsets"])
        if (
            self.training
        ):  # whole words are forgotten now and then, so that n-grams and context learn to stand in
            gone = torch.rand(len(word), 1) < 0.03
            word = torch.where(gone, self.ngrams(b["grams"], b["offsets"]), word)
        x = torch.cat([word[b["index"]], self.shapes(b["shapes"]), b["flags"]], -1)
        x = F.dropout(x, self.drop, self.training)
        mask = b["mask"]
        x = self.inner(x).float() * mask
        for k, block in enumerate(self.blocks):
            if str(k) in self.pools:
                h = x * mask
                parts = [
                    self._mean(h, b["group"], b["groups"]),  # over the places of the same word in the paper
                    self._mean(h, b["doc"], b["docs"]),
                ]
                x = x + F.relu(self.pools[str(k)](torch.cat(parts, -1))).float() * mask
            x = block(x, mask).float()
        return self.norm(x[b["spots"]])

    @staticmethod
    def _mean(x, ids, n):
        size = torch.bincount(ids, minlength=n).clamp(min=1)[:, None]
        return (torch.zeros(n, x.shape[1]).index_add(0, ids, x) / size)[ids]


def unpacked(packed, labels):
    """The weights that stage 7 packed, to be trained further; outputs that it did not have yet begin as rare ones."""
    new = labels - packed.config["labels"]
    state = {}
    for name, value in packed.weights.items():
        if not name.startswith(("words", "ngrams")):
            state["shapes.weight" if name == "shapes" else name] = value.astype(np.float32)
    ngrams, words = (
        packed.weights[name] * packed.weights[f"{name}.scale"].astype(np.float32)
        for name in ("ngrams", "words")
    )
    for k, word in enumerate(packed.vocab):  # stage 7 added the mean of a word's n-grams to its own vector
        words[k] -= ngrams[ngrams_of(word, len(ngrams))].mean(0)
    state["ngrams.weight"] = ngrams
    state["out.weight"] = np.pad(state["out.weight"], ((0, new), (0, 0)))
    state["out.bias"] = np.pad(state["out.bias"], (0, new), constant_values=RARE)
    state["table.weight"] = np.concatenate([np.zeros((1, words.shape[1]), np.float32), words])
    return {name: torch.from_numpy(value) for name, value in state.items()}
