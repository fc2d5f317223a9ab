"""Every process finds the same, to the last bit."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
from kg.extraction.document import findings, make_doc
from kg.extraction.pipeline import load

nlp = load()
text = (
    "We propose Sparrow, a graph neural network for molecule classification, compared with random forests. "
    "Unlike the random forest, it is trained by contrastive learning; attention is part of Sparrow. "
    "Sparrow is evaluated on CIFAR-10 and ImageNet by accuracy and F1, where it outperforms graph kernels."
)
for doc in nlp.pipe([make_doc(nlp, "Sparrow: a graph neural network for molecules", text)]):
    found = findings(doc)
    print([(d.label, d.role, d.role_probability.hex()) for d in found.drafts])
    print([(r.head, r.tail, r.relation, r.probability.hex()) for r in found.relations])
"""


def test_the_order_of_sets_changes_no_probability() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in "0123"
    }
    assert len(said) == 1
    assert said.pop().count(b"0x1") > 8
