"""What the network has made of each word, kept on the Doc for the roles and the relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Array = NDArray[Any]
_STATES = "kg.states"


@dataclass(frozen=True, slots=True)
class States:
    """The last layer of the network over one paper, ready for means over words that stand together.

    Parameters
    ----------
    starts : ndarray of int, shape (words,)
        Where each word begins in the Doc's text, in order.
    sums : ndarray, shape (words + 1, width)
        The sum of the rows before each word.
    """

    starts: Array
    sums: Array

    def means(self, spans: Sequence[tuple[int, int]]) -> Array:
        """The mean row of the words that begin in each span of the text; zeros where none does.

        Parameters
        ----------
        spans : sequence of (int, int)
            Character offsets.

        Returns
        -------
        ndarray, shape (spans, width)

        Examples
        --------
        >>> import spacy
        >>> doc = spacy.blank("en")("We use Adam")
        >>> keep_states(doc, np.array([0, 3, 7]), np.array([[1.0], [2.0], [6.0]]))
        >>> states(doc).means([(3, 11), (0, 2), (4, 6)]).ravel().tolist()
        [4.0, 1.0, 0.0]
        """
        edges = np.searchsorted(self.starts, np.array(spans, np.int64).reshape(-1, 2))
        low, high = edges[:, 0], edges[:, 1]
        made: Array = self.sums[high] - self.sums[low]
        made /= np.maximum(high - low, 1)[:, None]
        return made

    def mean(self) -> Array:
        """The mean row of the whole paper, shape (width,)."""
        made: Array = self.sums[-1] / max(len(self.starts), 1)
        return made


def keep_states(doc: Doc, starts: Array, rows: Array) -> None:
    """Keep the network's rows on the Doc that they are of.

    Parameters
    ----------
    doc : Doc
        The paper.
    starts : ndarray of int, shape (words,)
        Where each word begins in the text, in order.
    rows : ndarray, shape (words, width)
        What the network has made of each.
    """
    sums = np.zeros((len(rows) + 1, rows.shape[1]), np.float32)
    np.cumsum(rows, axis=0, out=sums[1:])
    doc.user_data[_STATES] = States(starts, sums)


def states(doc: Doc) -> States | None:
    """What :func:`keep_states` kept; None where no network has read the Doc."""
    kept = doc.user_data.get(_STATES)
    return kept if isinstance(kept, States) else None
