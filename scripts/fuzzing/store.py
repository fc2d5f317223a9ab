"""Damaged stores: bytes flipped, cut out or zeroed; every question ends in StoreError or an answer."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import kg
from kg.errors import KgError, StoreError


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a stretch zeroed, or the end cut off."""
    out = bytearray(data)
    how = chance.random()
    if how < 0.1:
        return bytes(out[: chance.randrange(len(out))])
    if how < 0.2:
        start = chance.randrange(len(out))
        out[start : start + 4096] = bytes(len(out[start : start + 4096]))
        return bytes(out)
    for _ in range(chance.choice((1, 4, 64))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def ask(path: Path) -> None:
    """Every way of reading a store.

    Raises
    ------
    StoreError
        If the store is damaged where it was read.
    """
    with kg.load(path) as graph:
        graph.stats()
        concepts, papers = list(graph.iter_concepts()), list(graph.iter_papers())
        for found in (graph.iter_links(), graph.iter_relations(), graph.iter_mentions()):
            for _ in found:
                pass
        graph.nx.number_of_edges()
        for words in ("tuning", "graph neural", "GNN"):
            _asked(lambda words=words: graph.search(words))  # type: ignore[misc]
        for concept in concepts[:3]:
            _asked(lambda c=concept: graph.concept(c.label))  # type: ignore[misc]
            _asked(lambda c=concept: graph.papers(concept=c))  # type: ignore[misc]
            _asked(lambda c=concept: graph.related(c))  # type: ignore[misc]
            _asked(lambda c=concept: graph.explain(c))  # type: ignore[misc]
        for paper in papers[:3]:
            for concept in concepts[:3]:
                _asked(lambda p=paper, c=concept: graph.evidence(p.id, c.id))  # type: ignore[misc]
        _asked(graph.findings)


def _asked(question: Any) -> None:
    """A question whose answer may be that there is no such thing."""
    try:
        question()
    except StoreError:
        raise
    except KgError:
        pass


def run(seconds: float, seed: int = 0) -> dict[str, Any]:
    """Damage and ask until the time is over."""
    figures: dict[str, Any] = {"tries": 0, "refused": 0, "answered": 0, "other": {}}
    ends = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kg.build([kg.sample()], store=folder / "papers.kg").close()
        data = (folder / "papers.kg").read_bytes()
        while time.monotonic() < ends:
            number = seed + figures["tries"]
            path = folder / "damaged.kg"
            path.write_bytes(damaged(data, random.Random(number)))
            figures["tries"] += 1
            try:
                ask(path)
                figures["answered"] += 1
            except StoreError:
                figures["refused"] += 1
            except Exception as error:
                words = f"{type(error).__name__}: {error}"[:100]
                figures["other"].setdefault(words, number)
    return figures
