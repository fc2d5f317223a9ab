from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np

from kg.extraction.tagger.network import Network, Words

TEXTS = [
    "We propose TinyMix , a Gaussian mixture model ( GMM ) for image classification .",
    "Large language models answer .",
    "A very short one",
    " ".join(f"word{i} of part {i % 7}" for i in range(60)),
]


def made() -> Network:
    return Network.from_disk(Path(str(files("kg.extraction.tagger") / "weights")))


def words(text: str) -> Words:
    found = text.split()
    return Words(found, 3, np.ones(len(found), bool))


def test_the_papers_before_it_change_no_bit_of_a_paper() -> None:
    one, other = made(), made()
    forwards = [one(words(text)) for text in TEXTS]
    backwards = [other(words(text)) for text in reversed(TEXTS)][::-1]
    for a, b in zip(forwards, backwards, strict=True):
        assert [part.tobytes() for part in a] == [part.tobytes() for part in b]


def test_labels_are_probabilities_and_each_word_has_a_row() -> None:
    labels, rows = made()(words(TEXTS[0]))
    assert labels.shape == (len(TEXTS[0].split()), 11)
    assert np.allclose(labels.sum(1), 1, atol=1e-5)
    assert rows.shape == (len(labels), 256)
    assert np.isfinite(rows).all()
