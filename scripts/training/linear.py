"""Fitting the linear classifiers: logistic regression on hashed features, out of fold and on everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extraction.linear import Linear, quantised, rows

SIZE = 1 << 18
RARE = 3
Matrix = csr_matrix
Array = NDArray[Any]


def matrix(features: Sequence[Mapping[str, float]]) -> Matrix:
    """Sparse matrix of shape (examples, SIZE)."""
    where: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in features:
        r, v = rows(one, SIZE)
        where += r
        values += v
        ends.append(len(where))
    made = csr_matrix((np.array(values, np.float32), where, ends), shape=(len(features), SIZE))
    made.sum_duplicates()
    return made


def fit(x: Matrix, y: Array, strength: float) -> tuple[LogisticRegression, Array]:
    """A classifier over the columns that are not rare, and which those are."""
    columns = np.flatnonzero(np.bincount(x.indices, minlength=x.shape[1]) >= RARE)
    model = LogisticRegression(C=strength, max_iter=200, tol=3e-4).fit(x[:, columns], y)
    return model, columns


def out_of_fold(x: Matrix, y: Array, papers: Array, strength: float, folds: int) -> tuple[list[str], Array]:
    """Classes, and for each example the probabilities of a model that never saw its paper."""
    classes = sorted(set(y))
    found = np.zeros((len(y), len(classes)), np.float32)
    for fold in range(folds):
        held = papers % folds == fold
        model, columns = fit(x[~held], y[~held], strength)
        at = [classes.index(c) for c in model.classes_]
        found[np.ix_(np.flatnonzero(held), at)] = model.predict_proba(x[held][:, columns])
    return classes, found


def packed(model: LogisticRegression, columns: Array) -> Linear:
    """The classifier as the package runs it."""
    weights = np.zeros((SIZE, len(model.classes_)), np.float32)
    weights[columns] = model.coef_.T
    (bias,), _ = rows({"bias": 1.0}, SIZE)  # every example has this feature
    weights[bias] += model.intercept_
    return quantised([str(c) for c in model.classes_], weights)
