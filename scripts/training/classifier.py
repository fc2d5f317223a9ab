"""Fitting the classifiers of :mod:`kg.extraction.classifier`: out of fold and on everything."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from torch import nn

from kg.extraction.classifier import SIZE, Classifier, half, row

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a classifier is fitted; chosen out of fold."""

    width: int = 32
    more: int = 0  # of the layer, beside what features reach
    rare: int = 24
    epochs: int = 4
    rate: float = 0.004
    decay: float = 0.5
    drop_features: float = 0.3
    drop_numbers: float = 0.2
    without_numbers: float = 0.05  # share of the papers from which the network's rows are withheld
    drop_hidden: float = 0.4
    smoothing: float = 0.1
    papers: int = 8
    seeds: int = 2


def matrix(features: Sequence[Mapping[str, float]]) -> csr_matrix:
    """Sparse matrix of shape (examples, SIZE)."""
    where: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in features:
        where += [row(name) for name in one]
        values += one.values()
        ends.append(len(where))
    return csr_matrix((np.array(values, np.float32), where, ends), shape=(len(features), SIZE))


class _Network(nn.Module):
    """The network as it is trained: embeddings without their rounding."""

    def __init__(self, rows: int, columns: int, classes: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        width = settings.width + settings.more
        self.table = nn.EmbeddingBag(rows, settings.width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, 0.0, 0.006)
        self.dense = nn.Linear(columns, width, bias=False)
        nn.init.normal_(self.dense.weight[: settings.width], 0.0, 0.01)
        nn.init.normal_(self.dense.weight[settings.width :], 0.0, 0.03)
        self.bias = nn.Parameter(torch.zeros(width))
        self.own, self.context = nn.Linear(width, classes), nn.Linear(3 * width, classes, bias=False)
        self.drop = nn.Dropout(settings.drop_hidden)

    def forward(self, x: csr_matrix, numbers: torch.Tensor, sizes: list[int]) -> torch.Tensor:
        drop = self.settings.drop_features if self.training else 0.0
        values = x.data * (np.random.rand(len(x.data)) >= drop) / (1 - drop) if drop else x.data
        hidden = self.table(
            torch.as_tensor(x.indices, dtype=torch.int64),
            torch.as_tensor(x.indptr[:-1], dtype=torch.int64),
            per_sample_weights=torch.as_tensor(values, dtype=torch.float32),
        )
        paper = torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))
        if self.training:
            kept = torch.rand(len(sizes)) >= self.settings.without_numbers
            numbers = nn.functional.dropout(numbers, self.settings.drop_numbers) * kept[paper, None]
        hidden = nn.functional.pad(hidden, (0, self.settings.more)) + self.dense(numbers)
        hidden = self.drop(torch.relu(hidden + self.bias))
        ends = torch.cumsum(torch.tensor(sizes), 0)
        at = torch.arange(len(hidden))
        before = torch.maximum(at - 1, (ends - torch.tensor(sizes))[paper])
        after = torch.minimum(at + 1, ends[paper] - 1)
        mean = (
            torch.zeros(len(sizes), hidden.shape[1]).index_add(0, paper, hidden)
            / torch.tensor(sizes)[:, None]
        )
        near = torch.cat([hidden[before], hidden[after], mean[paper]], 1)
        scores: torch.Tensor = self.own(hidden) + self.context(near)
        return scores


def fit(x: csr_matrix, numbers: Array, y: Array, papers: Array, settings: Settings) -> Classifier:
    """Fit a classifier to examples; those of a paper stand together."""
    classes = sorted(set(y.tolist()))
    columns = np.flatnonzero(np.bincount(x.indices, minlength=SIZE) >= settings.rare)
    small, labels = x[:, columns].tocsr(), torch.tensor(np.searchsorted(classes, y))
    groups = [g for _, g in _groups(papers)]
    one = partial(_fitted, small, numbers, labels, groups, len(classes), settings)
    with ProcessPoolExecutor(min(settings.seeds, os.cpu_count() or 1), get_context("spawn")) as pool:
        networks = list(pool.map(one, range(settings.seeds)))
    return _packed(networks, classes, columns)


def _groups(papers: Array) -> Iterator[tuple[int, Array]]:
    for paper in np.unique(papers):
        yield int(paper), np.flatnonzero(papers == paper)


def _fitted(
    x: csr_matrix,
    numbers: Array,
    y: torch.Tensor,
    groups: list[Array],
    classes: int,
    settings: Settings,
    seed: int,
) -> _Network:
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    np.random.seed(seed)
    network = _Network(x.shape[1], numbers.shape[1], classes, settings)
    dense = [p for name, p in network.named_parameters() if name != "table.weight"]
    # Weights that many examples reach take smaller steps; the embeddings are small, and so are their steps.
    rates = (settings.rate * 0.3, settings.rate * 0.5)
    optimizers = [
        torch.optim.SparseAdam(list(network.table.parameters()), lr=rates[0]),
        torch.optim.Adam(dense, lr=rates[1]),
    ]
    for epoch in range(settings.epochs):
        network.train()
        for one, rate in zip(optimizers, rates, strict=True):
            one.param_groups[0]["lr"] = rate * settings.decay**epoch
        order = np.random.permutation(len(groups))
        for start in range(0, len(order), settings.papers):
            batch = [groups[k] for k in order[start : start + settings.papers]]
            places = np.concatenate(batch)
            known = torch.from_numpy(numbers[places].astype(np.float32))
            scores = network(x[places], known, [len(b) for b in batch])
            loss = nn.functional.cross_entropy(scores, y[places], label_smoothing=settings.smoothing)
            for one in optimizers:
                one.zero_grad()
            loss.backward()
            for one in optimizers:
                one.step()
    return network.eval()


def _packed(networks: list[_Network], classes: list[str], columns: Array) -> Classifier:
    """Networks side by side: their scores are averaged because each counts for its share."""

    def weights(tensors: Iterable[torch.Tensor]) -> Array:
        """Of all networks, one below the other; of a layer, what goes in is a row."""
        return np.concatenate([t.detach().numpy().astype(np.float32).T for t in tensors])

    share, width = 1.0 / len(networks), len(networks[0].bias)
    table = np.concatenate([n.table.weight.detach().numpy() for n in networks], axis=1)
    scale = np.maximum(np.abs(table).max(axis=0), 1e-8) / 127.0
    # The columns that features reach come first, those of all networks.
    cells = np.arange(len(networks) * width).reshape(len(networks), width)
    reached = table.shape[1] // len(networks)
    order = np.concatenate([cells[:, :reached].ravel(), cells[:, reached:].ravel()])
    thirds = [
        weights(n.context.weight[:, k * width : (k + 1) * width] for n in networks)[order] for k in range(3)
    ]
    parts = {
        "scale": scale.astype(np.float32),
        "bias": weights(n.bias for n in networks)[order],
        "dense": half(np.concatenate([weights([n.dense.weight]) for n in networks], axis=1)[:, order]),
        "own": weights(n.own.weight for n in networks)[order] * share,
        "context": np.concatenate(thirds) * share,
        "shift": np.sum([weights([n.own.bias]) for n in networks], axis=0) * share,
    }
    return Classifier(classes, columns.astype(np.uint32), np.round(table / scale).astype(np.int8), parts)


def apply(model: Classifier, features: Sequence[Mapping[str, float]], numbers: Array, papers: Array) -> Array:
    """Probabilities of all examples, paper by paper."""
    found = np.zeros((len(features), len(model.classes)), np.float32)
    for _, places in _groups(papers):
        found[places] = model([features[i] for i in places], numbers[places].astype(np.float32))
    return found


def out_of_fold(
    x: csr_matrix,
    features: Sequence[Mapping[str, float]],
    numbers: Array,
    y: Array,
    papers: Array,
    settings: Settings,
    folds: int,
) -> tuple[list[str], Array]:
    """Classes, and for each example the probabilities of a classifier that never saw its paper."""
    classes = sorted(set(y.tolist()))
    found = np.zeros((len(y), len(classes)), np.float32)
    for fold in range(folds):
        held = papers % folds == fold
        model = fit(x[~held], numbers[~held], y[~held], papers[~held], settings)
        at = [classes.index(c) for c in model.classes]
        places = np.flatnonzero(held)
        found[np.ix_(places, at)] = apply(
            model, [features[i] for i in places], numbers[places], papers[places]
        )
    return classes, found
