"""Records with everything in them that the SQL must decide: repeats, abbreviations, cycles, case."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

_METHODS = ("Sparrow", "a graph neural network (GNN)", "LoRA", "the random forest", "ResNet", "RESNET", "Wr")
_SHORT = ("Sparrow", "GNN", "LLMs", "Random forest")
_TASKS = ("node classification", "image classification", "Birdsong Recognition", "machine translation")
_DATA = ("CIFAR-10", "ImageNet", "the NestBox dataset", "MNIST")
_CLOSING = (
    "Diffusion models are a kind of generative model.",
    "Generative models are a kind of diffusion model.",
    "Gaussian mixture models (GMMs) and variational inference are studied.",
    "The generalized method of moments (GMM) is used for regression.",
    "Contrastive Feather Learning (CFL) outperforms reinforcement learning.",
    "CFL is part of representation learning, and LLMs are compared with it.",
)
_MISSPELT = {
    7: "Contrastive Feater Learning (CFL) outperforms reinforcement learning.",
    9: "Low-Rank Adaptaion (LoRA) is used for regression, and Low-Rank Adaptaion is studied.",
    15: "Low-Rank Adaptation (LoRA) is used for regression.",
    21: "Low-Rank Adaptation (LoRA) is used for regression.",
}


def records(number: int = 40) -> list[dict[str, str]]:
    """Made-up papers; every tenth comes twice, once by its DOI and once by its title."""
    out: list[dict[str, str]] = []
    for i in range(number):
        closing = _MISSPELT.get(i, _CLOSING[i % len(_CLOSING)])
        method, task = _METHODS[i % len(_METHODS)], _TASKS[i % len(_TASKS)]
        out.append(
            {
                "id": f"w{i}",
                "title": f"{_SHORT[i % len(_SHORT)]} for {task}, part {i}",
                "abstract": f"We propose {method} for {task}. "
                f"{_METHODS[(i + 2) % len(_METHODS)].capitalize()} is used for {_TASKS[(i + 1) % 4]}. "
                f"We evaluate it on {_DATA[i % 4]} and report accuracy. {closing}",
                "date": str(2010 + i // 4),
                "doi": f"10.1234/birds.{i}",
            }
        )
        if i % 10 == 0:
            again = {k: v for k, v in out[-1].items() if k not in ("id", "abstract")}
            out.append(again | {"title": again["title"].upper()})
            out.append({k: v for k, v in out[-2].items() if k in ("title", "date")})
    return out


def write(folder: Path, files: int = 3, number: int = 40) -> Path:
    """The records, dealt into some files of a new folder."""
    folder.mkdir()
    for n in range(files):
        rows = islice(records(number), n, None, files)
        (folder / f"{n}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return folder
