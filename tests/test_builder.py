"""Builds: the same whatever the order, the workers or the way there; whole or not at all."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import InputError, PaperNotFound, StoreError
from kg.graph.writing import DERIVED

TEXTS = [
    (
        "Sparrow: Gentle Tuning of Large Language Models",
        "We propose Sparrow, built on LoRA, for fine-tuning.",
    ),
    ("Nesting in Graphs", "We use a graph neural network (GNN) for node classification and report accuracy."),
    ("On GNNs", "Graph neural networks are compared with random forests on CIFAR-10."),
    ("Finches", "Gaussian mixture models (GMMs) and variational inference are studied."),
    ("Larks", "The generalized method of moments (GMM) is used for regression."),
    ("Owls at Night", "We evaluate reinforcement learning on Atari. PPO outperforms DQN."),
    ("Owls at Night", "We evaluate reinforcement learning on Atari. PPO outperforms DQN."),
    ("Wrens", ""),
]


def record(number: int) -> dict[str, str]:
    title, abstract = TEXTS[number]
    return {"id": f"w{number}", "title": title, "abstract": abstract, "date": f"20{10 + number // 2}"}


def write(folder: Path, numbers: list[int], name: str = "papers.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(record(n)) + "\n" for n in numbers), encoding="utf-8")
    return path


def each(folder: Path, numbers: list[int]) -> list[Path]:
    """One file a paper, so that its source is the same however it comes in."""
    return [write(folder, [n], f"{n}.jsonl") for n in numbers]


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All derived tables of a store."""
    with sqlite3.connect(path) as connection:
        return {
            table: list(connection.execute(f"SELECT * FROM {table}")) for table in (*DERIVED, "extractions")
        }


def test_order_and_workers_change_nothing(tmp_path: Path) -> None:
    files = each(tmp_path, list(range(8)))
    kg.build(files, store=tmp_path / "a.kg").close()
    kg.build(files[::-1], store=tmp_path / "b.kg", workers=2).close()
    assert dump(tmp_path / "a.kg") == dump(tmp_path / "b.kg")
    assert (tmp_path / "a.kg").read_bytes() == (tmp_path / "b.kg").read_bytes()


def test_the_hash_seed_changes_nothing(tmp_path: Path) -> None:
    files = each(tmp_path, list(range(8)))
    stores = []
    for seed in ("1", "2"):
        store = tmp_path / f"{seed}.kg"
        command = [sys.executable, "-m", "kg", "build", *map(str, files), "-o", str(store)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        stores.append(store.read_bytes())
    assert stores[0] == stores[1]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.sets(st.integers(0, 7), min_size=1),
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "remove"]), st.sets(st.integers(0, 7), min_size=1)), max_size=4
    ),
)
def test_add_and_remove_equal_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, first: set[int], steps: list[tuple[str, set[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("updates")
    store, fresh = folder / "papers.kg", folder / "fresh.kg"
    have = set(first)
    kg.build(each(folder, sorted(have)), store=store).close()
    for verb, numbers in steps:
        if verb == "add":
            have |= numbers
            kg.add(store, each(folder, sorted(numbers))).close()
        else:
            with kg.load(store) as graph:
                of_record = {s.file: p.id for p in graph.iter_papers() for s in p.sources}
            gone = {of_record[f"{n}.jsonl"] for n in numbers & have}
            if gone and len(gone) < len(set(of_record.values())):
                have = {n for n in have if of_record[f"{n}.jsonl"] not in gone}
                kg.remove(store, sorted(gone)).close()
    kg.build(each(folder, sorted(have)), store=fresh).close()
    assert dump(store) == dump(fresh)


def test_every_mention_is_really_there(tmp_path: Path) -> None:
    with kg.build([kg.sample()]) as graph:
        papers = {p.id: p for p in graph.iter_papers()}
        linked = {(link.paper, link.concept) for link in graph.iter_links()}
        names = {c.id: {a.name for a in c.aliases} for c in graph.iter_concepts()}
        mentioned = set()
        for m in graph.iter_mentions():
            text = papers[m.paper].text(m.field)[m.start : m.end]
            assert text in names[m.concept]
            assert text == text.strip() != ""
            mentioned.add((m.paper, m.concept))
        assert linked == mentioned
        for relation in graph.iter_relations():
            for s in relation.statements:
                assert papers[s.paper].text(s.sentence.field)[s.sentence.start : s.sentence.end].strip()


def test_unchanged_papers_are_not_extracted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "papers.kg"
    kg.build([write(tmp_path, [0, 1, 2])], store=store).close()
    from kg import extraction

    asked: list[str] = []
    real = extraction.extract

    def spy(papers, **options):  # type: ignore[no-untyped-def]
        papers = list(papers)
        asked.extend(p.title for p in papers)
        return real(papers, **options)

    monkeypatch.setattr(extraction, "extract", spy)
    kg.build([write(tmp_path, [0, 1, 2, 3])], store=store).close()
    assert asked == [TEXTS[3][0]]


def test_a_broken_input_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    kg.build([write(tmp_path, [0, 1])], store=store).close()
    before = store.read_bytes()
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"title": "Fine", "abstract": "x"}\n{"abstract": "no title"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.jsonl, line 2"):
        kg.build([broken], store=store)
    assert store.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} >= {"papers.kg"}
    assert not list(tmp_path.glob("papers.kg.*"))


def test_removing_what_is_not_there_removes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    kg.build([write(tmp_path, [0, 1])], store=store).close()
    before = store.read_bytes()
    with pytest.raises(PaperNotFound):
        kg.remove(store, ["w0", "w9"])
    assert store.read_bytes() == before


KILLED = """
import sys, kg
kg.build(sys.argv[2:], store=sys.argv[1])
"""


def test_killed_at_any_moment_it_leaves_nothing_or_a_sound_store(tmp_path: Path) -> None:
    files = [str(f) for f in each(tmp_path, list(range(8)))]
    kg.build(files, store=tmp_path / "whole.kg").close()
    whole = (tmp_path / "whole.kg").read_bytes()
    store = tmp_path / "papers.kg"
    chance = random.Random(0)
    command = [sys.executable, "-c", KILLED, str(store), *files]
    started = time.monotonic()
    subprocess.run(command, check=True)
    lasts = time.monotonic() - started
    killed = 0
    for _ in range(8):
        store.unlink(missing_ok=True)
        process = subprocess.Popen(command)
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert not store.exists() or store.read_bytes() == whole
        kg.build(files, store=store).close()
        assert store.read_bytes() == whole
    assert killed


def test_a_second_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.store import writing

    store = tmp_path / "papers.kg"
    with (
        writing(store),
        pytest.raises(StoreError, match="another process is writing"),
        writing(store, wait=0.1),
    ):
        pass


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a store", "is no store of kg"), (b"SQLite format 3\0" + b"\1" * 5000, "damaged")],
)
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.kg"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        kg.load(path)
    assert path.read_bytes() == content


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    kg.build([write(tmp_path, [0])], store=store).close()
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        kg.load(store)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        kg.build([write(tmp_path, [0])], store=tmp_path / "no" / "papers.kg")


def test_the_four_listings(shared: Path, tmp_path: Path) -> None:
    with kg.build(sorted((shared / "seeds").glob("*.txt")), store=tmp_path / "papers.kg") as graph:
        counts = graph.stats()
    assert (counts["records"], counts["papers"]) == (394, 377)
    assert counts["links"] > 3000
