"""An annotated corpus and its scorer."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import InputError
from kg.model import Paper


def scorer(folder: Path) -> ModuleType:
    """The module score.py of a folder."""
    path = folder / "score.py"
    if not path.is_file():
        raise InputError("score.py must lie beside the annotated papers", file=str(path))
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Gold:
    """Annotated papers, read from one file.

    Parameters
    ----------
    path : Path
        One JSON object a line; the scorer lies in the same folder.
    """

    def __init__(self, path: Path) -> None:
        self.scorer = scorer(path.resolve().parent)
        with path.open(encoding="utf-8") as lines:
            self.papers: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
        self.records = [Paper(str(p["id"]), p["title"], p.get("abstract", "")) for p in self.papers]

    def score(self, predicted: Iterable[dict[str, Any]], field: str | None = None) -> dict[str, Any]:
        """Figures of the scorer, for one field of research or for all papers."""
        papers = [p for p in self.papers if field is None or p.get("field") == field]
        figures: dict[str, Any] = self.scorer.score(papers, list(predicted))
        return figures

    def mentions(self, paper: dict[str, Any]) -> dict[tuple[str, int, int], int]:
        """Place of every annotated mention, and the position of its term."""
        found: dict[tuple[str, int, int], int] = self.scorer.gold_mentions(paper)
        return found

    @property
    def fields(self) -> list[str]:
        """Fields of research, sorted."""
        return sorted({p.get("field", "") for p in self.papers} - {""})
