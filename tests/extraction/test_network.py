from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from kg.extraction.tagger.features import flags_of
from kg.extraction.tagger.network import Network, Words, beside, mean_by, normalise

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


@pytest.mark.parametrize("dilation", [1, 2, 8])
def test_beside_each_row_are_those_before_and_after_it(dilation: int) -> None:
    x = np.arange(1.0, 9.0, dtype=np.float32).reshape(4, 2)
    zeros = np.zeros(2)
    for k, row in enumerate(beside(x, dilation)):
        before = x[k - dilation] if k >= dilation else zeros
        after = x[k + dilation] if k + dilation < len(x) else zeros
        assert row.tolist() == [*before, *x[k], *after]


def test_means_of_rows_with_the_same_id() -> None:
    x = np.array([[1.0, 2], [3, 4], [5, 6]], np.float32)
    assert mean_by(x, np.array([0, 1, 0])).tolist() == [[3, 4], [3, 4]]


def test_normalising_after_the_narrow_layer_is_as_good_as_before_it() -> None:
    """The network as it is written in the training code, step by step, over the words' vectors."""
    network = made()
    f = {name: value.astype(np.float32) for name, value in network.weights.items()}
    paper = words(TEXTS[0])
    rows = network(paper)[1]
    lowers = [w.lower() for w in paper.words]
    ids = np.array([lowers.index(w) for w in lowers])
    inner = f["inner.weight"].T
    x = np.array([network._vectors[network._known[w]] for w in lowers])
    x = x + network._from_shape[[network._shape_of(w) for w in paper.words]]
    x = x + flags_of(np.unique(ids, return_inverse=True)[1], paper.words, 3, paper.space_after) @ inner[-10:]
    for k, dilation in enumerate(network.config["dilations"]):
        if k in network.config["pool_after"]:
            same = np.array([x[ids == i].mean(0) for i in ids])
            both = np.concatenate([same, np.tile(x.mean(0), (len(x), 1))], 1)
            x = x + np.maximum(both @ f[f"pools.{k}.weight"].T + f[f"pools.{k}.bias"], 0)
        h = normalise(x, f[f"blocks.{k}.norm.weight"], f[f"blocks.{k}.norm.bias"])
        h = beside(h @ f[f"blocks.{k}.narrow.weight"].T, dilation)
        x = x + np.maximum(h @ f[f"blocks.{k}.conv.weight"].T + f[f"blocks.{k}.conv.bias"], 0)
    assert np.allclose(rows, normalise(x, f["norm.weight"], f["norm.bias"]), atol=1e-3)
