"""SIGKILL at random moments of build, add, remove, export and import: the old state or the new, no third.

Run in a process of its own (``python -m scripts.fuzzing.kill ROUNDS SEED``): everything is loaded once,
then every try is a fork that is killed. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kg

_PAPERS = [
    ("Sparrow: Gentle Tuning", "We propose Sparrow, built on LoRA, for fine-tuning of language models."),
    ("Nesting in Graphs", "We use a graph neural network (GNN) for node classification and accuracy."),
    ("On GNNs", "Graph neural networks are compared with random forests on CIFAR-10."),
    ("Finches", "Gaussian mixture models (GMMs) and variational inference are studied."),
    ("Owls at Night", "We evaluate reinforcement learning on Atari. PPO outperforms DQN."),
]
_COPIES = 8


class Trial:
    """One verb on one target, undisturbed or killed.

    Parameters
    ----------
    target : Path
        The file that the verb makes or changes.
    before : bytes or None
        What it holds before; None if it is not there.
    action : callable
        What is run.
    """

    def __init__(self, target: Path, before: bytes | None, action: Callable[[], object]) -> None:
        self._target, self._before, self._action = target, before, action
        started = time.monotonic()
        self._reset()
        self._wait(self._fork())
        self.lasts = time.monotonic() - started
        self._after = target.read_bytes()
        assert self._after != before

    def killed(self, moment: float) -> str:
        """Kill at this share of the time it lasts, look, run again, look again; say how it went."""
        self._reset()
        child = self._fork()
        time.sleep(moment * self.lasts)
        os.kill(child, signal.SIGKILL)
        ended = self._wait(child)
        state = self._target.read_bytes() if self._target.exists() else None
        if state not in (self._before, self._after):
            return "a third state"
        self._wait(self._fork())
        if self._target.read_bytes() != self._after:
            return "another outcome afterwards"
        if ended == 0:
            return "ended before"
        return "new" if state == self._after else "old"

    def _reset(self) -> None:
        if self._before is None:
            self._target.unlink(missing_ok=True)
        else:
            self._target.write_bytes(self._before)

    def _fork(self) -> int:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                self._action()
                code = 0
            finally:
                os._exit(code)
        return child

    @staticmethod
    def _wait(child: int) -> int:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)


def trials(folder: Path) -> dict[str, Trial]:
    """One trial a verb; ``import`` only where DuckDB is installed."""
    store, out = folder / "papers.kg", folder / "graph.ttl"
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    _write(first, 0)
    _write(second, 1)
    kg.build([first], store=folder / "one.kg").close()
    kg.build([first, second], store=folder / "both.kg").close()
    one, both = ((folder / name).read_bytes() for name in ("one.kg", "both.kg"))

    def export() -> None:
        with kg.load(folder / "both.kg") as graph:
            graph.export(out)

    def remove() -> None:
        kg.remove(store, [f"w1.{n}" for n in range(_COPIES * len(_PAPERS))]).close()

    found = {
        "build": Trial(store, None, lambda: kg.build([first, second], store=store).close()),
        "build over": Trial(store, one, lambda: kg.build([first, second], store=store).close()),
        "add": Trial(store, one, lambda: kg.add(store, [second]).close()),
        "remove": Trial(store, both, remove),
        "export": Trial(out, b"old", export),
    }
    if find_spec("duckdb") and find_spec("pyarrow"):
        from kg import scale

        tables = scale.build([first, second], folder / "tables", master="local[1]")
        found["import"] = Trial(store, one, lambda: scale.import_tables(tables, store))
    return found


def _write(path: Path, number: int) -> None:
    rows = [
        {"id": f"w{number}.{n}", "title": f"{title} {number}.{n}", "abstract": abstract}
        for n, (title, abstract) in enumerate(_PAPERS * _COPIES)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def run(rounds: int, seed: int = 0, seconds: float = float("inf")) -> dict[str, dict[str, Any]]:
    """So many kills, dealt out over the verbs; how they ended, and what was left lying about."""
    chance = random.Random(seed)
    ends = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = trials(folder)
        clean = {path.name for path in folder.iterdir()}
        figures: dict[str, dict[str, Any]] = {
            verb: {"seconds": round(t.lasts, 2)} for verb, t in every.items()
        }
        for number in range(rounds):
            if time.monotonic() > ends:
                break
            verb = list(every)[number % len(every)]
            end = every[verb].killed(chance.uniform(0.0, 1.0))
            figures[verb][end] = figures[verb].get(end, 0) + 1
            left = {path.name for path in folder.iterdir()} - clean
            if left:
                figures[verb]["left behind"] = figures[verb].get("left behind", 0) + len(left)
                for path in left:
                    (folder / path).unlink()
    return figures


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
