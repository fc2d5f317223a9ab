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


def test_sparql_with_prefixes_predeclared(store: str) -> None:
    query = 'SELECT ?t WHERE { ?p kg:proposes ?m ; dcterms:title ?t . ?m skos:altLabel "LoRA" }'
    found = json.loads(run("sparql", store, query, "--format", "json").stdout)
    titles = [row["t"]["value"] for row in found["results"]["bindings"]]
    assert titles == ["LoRA: Low-Rank Adaptation of Large Language Models"]


def test_a_mistake_in_sparql_gets_position_and_hint(store: str) -> None:
    done = run("sparql", store, "SELECT ?x WHERE { ?x kg:propose ?y }")
    assert done.returncode == 2
    assert "line 1, column 22" in done.stderr
    assert "kg:proposes" in done.stderr


def test_an_export_conforms_and_a_broken_one_does_not(store: str, tmp_path: Path) -> None:
    out = tmp_path / "x.ttl"
    assert run("export", store, str(out)).returncode == 0
    assert run("validate", str(out)).returncode == 0
    text = out.read_text(encoding="utf-8").replace("dcterms:title", "dcterms:alternative")
    out.write_text(text, encoding="utf-8")
    done = run("validate", str(out))
    assert done.returncode == 1
    assert "title" in done.stdout


def test_inspect_tells_format_and_counts() -> None:
    (row,) = [json.loads(line) for line in run("inspect", str(kg.sample()), "--json").stdout.splitlines()]
    assert row["records"] == row["with_abstract"] == 57
    assert row["repeats"] == 0
    assert row["errors"] == []


def test_curate_and_take_it_back(tmp_path: Path) -> None:
    store, curation = tmp_path / "papers.kg", tmp_path / "curation.toml"
    one = tmp_path / "one.jsonl"
    one.write_text('{"id": "a", "title": "On BERT", "abstract": "We use BERT and LoRA."}\n', encoding="utf-8")
    assert run("build", str(one), "-o", str(store)).returncode == 0
    before = store.read_bytes()
    curation.write_text('block = ["BERT", "nowhere"]\n', encoding="utf-8")
    done = run("curate", str(store), str(curation))
    assert "'nowhere' matches nothing" in done.stderr
    assert run("show", str(store), "BERT").returncode == 1
    assert run("curate", str(store)).returncode == 0
    assert store.read_bytes() == before


QUESTIONS = (
    "search low rank", "related BERT", "trend BERT", "explain LLMs", "path LoRA BERT", "communities",
    "central",
    "doctor", "compare BERT ELMo", "lineage BERT", "introduced LoRA", "bridges", "gaps --min-papers 2",
)  # fmt: skip


@pytest.mark.parametrize("words", [q.split() for q in QUESTIONS])
def test_questions_print_something(store: str, words: list[str]) -> None:
    done = run(words[0], store, *words[1:])
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 20
