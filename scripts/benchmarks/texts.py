"""Papers to measure on, from the raw abstracts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kg.model import Paper

FILES = ("mixed_5k", "arxiv_daily_2025-2026", "conf_papers_1987-2025", "acl_anthology_to2021-02")


def papers(shared: Path, number: int) -> list[Paper]:
    """The first `number` papers with title and abstract, of all the raw files in turn."""
    return list(islice(_papers(shared), number))


def _papers(shared: Path) -> Iterator[Paper]:
    for name in FILES:
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                if data.get("abstract") and data["title"].strip():
                    abstract = " ".join(data["abstract"].split())
                    yield Paper(
                        f"{name}:{data['id']}", " ".join(data["title"].split()), abstract, data.get("date")
                    )


def write(found: list[Paper], path: Path) -> Path:
    """Papers as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for p in found:
            row = {"id": p.id, "title": p.title, "abstract": p.abstract} | (
                {"date": p.date} if p.date else {}
            )
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path
