"""What the network thinks of the paper's role towards each word, kept on the Doc for the roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extraction.tagger.network import ROLES

Array = NDArray[Any]
_SCORES = "kg.role_scores"
_LEAST = 1e-4


def set_role_scores(doc: Doc, starts: Array, probabilities: Array) -> None:
    """Keep the role probabilities of words on their Doc.

    Parameters
    ----------
    doc : Doc
        The paper.
    starts : ndarray of int, shape (words,)
        Where each word begins in the text, in order.
    probabilities : ndarray, shape (words, roles)
        Without columns where the network knows no roles: then nothing is kept.
    """
    if probabilities.shape[1]:
        doc.user_data[_SCORES] = starts, np.log(np.maximum(probabilities, _LEAST))


def role_scores(doc: Doc, terms: Sequence[Sequence[tuple[int, int]]]) -> Array | None:
    """The mean log-probability of each role over all the words of a term.

    Parameters
    ----------
    doc : Doc
        The paper.
    terms : sequence of sequence of (int, int)
        For each term, the character offsets of its mentions.

    Returns
    -------
    ndarray, shape (terms, roles), or None
        In the order of :data:`ROLES`; None where the Doc holds no scores.
    """
    kept = doc.user_data.get(_SCORES)
    if kept is None:
        return None
    starts, scores = kept
    made = np.zeros((len(terms), len(ROLES)), np.float32)
    for row, mentions in zip(made, terms, strict=True):
        edges = np.searchsorted(starts, np.array(mentions))
        row[:] = np.mean([scores[a : max(z, a + 1)].mean(0) for a, z in edges.tolist()], axis=0)
    return made
