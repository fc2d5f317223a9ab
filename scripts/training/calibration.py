"""Find the calibration curves: python -m scripts.training.calibration DEV.jsonl.

Writes slope and shift of mentions, links and relations into ``kg/extraction/config.cfg``: two numbers
a kind, fitted by maximum likelihood to what an uncalibrated run says of papers that it was not
trained on.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.concepts import predictions, resolve
from kg.extraction import extract, load
from scripts.evaluation.gold import Gold
from scripts.evaluation.reliability import judged

CONFIG = Path(__file__).parents[2] / "kg" / "extraction" / "config.cfg"
KINDS = ("mentions", "links", "relations")


def curve(scores: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and shift by Newton's method on the log-odds of the scores."""
    scores = np.clip(scores, 1e-4, 1 - 1e-4)
    x = np.stack([np.log(scores / (1 - scores)), np.ones_like(scores)], axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ found))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        found = found + np.linalg.solve(hessian, x.T @ (right - p))
    return round(float(found[0]), 3), round(float(found[1]), 3)


def main(path: Path) -> None:
    """Run the pipeline without calibration, and write the curves."""
    gold = Gold(path)
    nlp = load()
    nlp.remove_pipe("confidence")
    found = list(extract(gold.records, nlp=nlp))
    pairs: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in KINDS}
    for paper, guess in zip(gold.papers, predictions(found, resolve(found)), strict=True):
        for kind, one in judged(gold, paper, guess):
            pairs[kind].append(one)
    text = CONFIG.read_text(encoding="utf-8")
    for kind in KINDS:
        scores, right = (np.array(v, np.float64) for v in zip(*pairs[kind], strict=True))
        line = f"{kind} = {list(curve(scores, right))}"
        text, changed = re.subn(rf"^{kind} = \[.*\]$", line, text, flags=re.MULTILINE)
        if changed != 1:
            raise SystemExit(f"{CONFIG} has no place for {line!r}")
        print(line)
    CONFIG.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
