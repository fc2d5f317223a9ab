"""What the network sees of a word: a row of the word table, character n-grams, how and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

NGRAM_SIZES = (3, 4, 5)
CASES, LENGTHS = 8, 5
SHAPES = CASES * LENGTHS
FLAGS = 10
BRACKETS = {"(": 1, ")": -1, "[": 1, "]": -1}


def case_of(word: str) -> int:
    """How a word is written: lower, Title, UPPER, miXed, digits, digits and letters, one capital, other."""
    if word.islower():
        return 5 if any(c.isdigit() for c in word) else 0
    if any(c.isdigit() for c in word):
        return 5 if any(c.isalpha() for c in word) else 4
    if not any(c.isalpha() for c in word):
        return 7
    if len(word) == 1:
        return 6
    if word.isupper():
        return 2
    if word[0].isupper() and not any(c.isupper() for c in word[1:]):
        return 1
    return 3


def shape_of(word: str) -> int:
    """The case of a word and its length in five steps, as one number."""
    n = len(word)
    return case_of(word) * LENGTHS + (n - 1 if n < 4 else 3 if n < 7 else 4)


def ngrams_of(lower: str, rows: int) -> list[int]:
    """Rows of the n-gram table of a lower-case word."""
    word = f"<{lower[:30]}>".encode()
    found = {word[i : i + n] for n in NGRAM_SIZES for i in range(len(word) - n + 1)}
    return sorted(crc32(g) % rows for g in (found or {word}))


def flags_of(
    lowers: Sequence[int] | NDArray[Any] | NDArray[Any],
    words: Sequence[str],
    n_title: int,
    space_after: NDArray[Any],
) -> NDArray[Any]:
    """(words, FLAGS) of 0 and 1: place in the paper, repetition, spaces and brackets around the word.

    `lowers` holds one number for each distinct lower-case word of the paper.
    """
    n = len(words)
    out = np.zeros((n, FLAGS), np.float32)
    if not n:
        return out
    ids = np.asarray(lowers)
    counts = np.bincount(ids)
    in_title = np.zeros(len(counts), bool)
    in_title[ids[:n_title]] = True
    out[:n_title, 0] = 1
    out[n_title:, 1] = in_title[ids[n_title:]]
    times = counts[ids]
    out[:, 2] = times == 1
    out[:, 3] = times == 2
    out[:, 4] = times == 3
    out[:, 5] = times > 3
    out[:, 6] = space_after
    out[0, 7] = 1
    out[1:, 7] = space_after[:-1]
    depth, fresh = 0, True
    for k, word in enumerate(words):
        if k == n_title:
            depth, fresh = 0, True
        if fresh:
            out[k, 9] = 1
        fresh = word in ".!?"
        if word in BRACKETS:
            depth = max(0, depth + BRACKETS[word])
        elif depth:
            out[k, 8] = 1
    return out
