"""The command line as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *words]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cli") / "sample.kg"
    kg.build([kg.sample()], store=path).close()
    return str(path)


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    for word in ("build", "add", "remove", "extract", "stats", "show", "export"):
        assert word in shown


def test_build_from_standard_input(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    done = run("build", "-", "-o", str(store), stdin='{"title": "On BERT", "abstract": "We use BERT."}\n')
    assert done.returncode == 0, done.stderr
    assert json.loads(run("stats", str(store), "--json").stdout)["papers"] == 1


def test_show_a_concept_with_the_sentence(store: str) -> None:
    shown = run("show", store, "LoRA").stdout
    assert shown.startswith("LoRA  Method") or "LoRA" in shown.splitlines()[1]
    assert "proposed by" in shown
    assert "We propose Low-Rank Adaptation (LoRA)" in shown


def test_show_a_paper(store: str) -> None:
    shown = run("show", store, "Attention Is All You Need").stdout
    assert "Ashish Vaswani" in shown
    assert "proposes" in shown


def test_show_json_offsets_fit(store: str) -> None:
    card = json.loads(run("show", store, "BERT", "--json").stdout)
    rows = [row for rows in card["papers"].values() for row in rows]
    assert rows
    for row in rows:
        for sentence in row["sentences"]:
            assert all(sentence["text"][a:b].strip() for a, b in sentence["mentions"])


def test_a_name_that_is_not_there_exits_with_1(store: str) -> None:
    done = run("show", store, "Trnsformer")
    assert done.returncode == 1
    assert "Transformer" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ('{"title": "Fine", "abstract": ""}\n{"abstract": "x"}\n', "line 2"),
        ("\xff\xfe broken", "bad.jsonl"),
    ],
)
def test_bad_input_exits_with_2_and_writes_nothing(tmp_path: Path, content: str, words: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(content.encode("latin-1"))
    done = run("build", str(bad), "-o", str(tmp_path / "papers.kg"))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir() if p.suffix in (".kg", ".partial", ".whole")] == []


def test_skip_invalid_counts_and_goes_on(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "Fine", "abstract": "We use BERT."}\n{"abstract": "x"}\n', encoding="utf-8")
    done = run("build", str(bad), "-o", str(tmp_path / "papers.kg"), "--skip-invalid")
    assert done.returncode == 0
    assert "line 2" in done.stderr
    assert "1 papers" in done.stderr


def test_extract_writes_what_the_scorer_reads(tmp_path: Path) -> None:
    out = tmp_path / "mentions.jsonl"
    assert run("extract", str(kg.sample()), "-o", str(out)).returncode == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert set(rows[0]) == {"id", "mentions", "links", "relations"}
    assert {m["concept"] for m in rows[0]["mentions"]} == {x["concept"] for x in rows[0]["links"]}


def test_add_and_remove(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    one = tmp_path / "one.jsonl"
    one.write_text('{"id": "a", "title": "On BERT", "abstract": ""}\n', encoding="utf-8")
    two = tmp_path / "two.jsonl"
    two.write_text('{"id": "b", "title": "On T5", "abstract": ""}\n', encoding="utf-8")
    assert run("build", str(one), "-o", str(store)).returncode == 0
    before = store.read_bytes()
    assert "2 papers" in run("add", str(store), str(two)).stderr
    assert run("remove", str(store), "b").returncode == 0
    assert store.read_bytes() == before


def test_unknown_suffix(store: str, tmp_path: Path) -> None:
    done = run("export", store, str(tmp_path / "x.docx"))
    assert done.returncode == 2
    assert ".ttl" in done.stderr
