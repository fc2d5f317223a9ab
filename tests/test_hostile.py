"""Nothing lost, nobody let in: kills, full disks, damaged files, other people's words, no network."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kg
from kg.concepts import parse_curation
from kg.errors import (
    AmbiguousConcept,
    ConceptNotFound,
    CurationError,
    ExportError,
    PaperNotFound,
    QueryError,
    StoreError,
)
from kg.export import FORMATS
from scripts.fuzzing.store import ask, damaged

ROOT = Path(__file__).resolve().parent.parent
RECORDS = [
    ("Sparrow: Gentle Tuning", "We propose Sparrow, built on LoRA, for fine-tuning of language models."),
    ("On GNNs", "Graph neural networks (GNNs) are compared with random forests on CIFAR-10."),
    ("Finches", "Gaussian mixture models (GMMs) are used for regression and accuracy is reported."),
]


def write(path: Path, numbers: range) -> Path:
    rows = [
        {"id": f"w{n}", "title": f"{RECORDS[n % 3][0]} {n}", "abstract": RECORDS[n % 3][1], "date": "2020"}
        for n in numbers
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def python(code: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """A fresh Python that runs `code`."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    kg.build([write(folder / "papers.jsonl", range(6))], store=folder / "papers.kg").close()
    return folder / "papers.kg"


# Kills


def test_killed_at_random_moments_there_is_the_old_state_or_the_new() -> None:
    """A handful; ``scripts/fuzz --kill 200`` does more."""
    command = [sys.executable, "-m", "scripts.fuzzing.kill", "12", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    figures = json.loads(done.stdout)
    assert {"build", "build over", "add", "remove", "export"} <= set(figures)
    for verb, counts in figures.items():
        assert set(counts) <= {"seconds", "old", "new", "ended before", "left behind"}, verb
    assert sum(counts.get("old", 0) + counts.get("new", 0) for counts in figures.values()) > 0


# Disks and folders


def test_a_disk_that_fills_up_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """No file may grow beyond some pages: what a full disk does, without one."""
    path = tmp_path / "papers.kg"
    kg.build([write(tmp_path / "few.jsonl", range(3))], store=path).close()
    before = path.read_bytes()
    many = write(tmp_path / "many.jsonl", range(60))
    limit = len(before) // 2

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code = """
import sys, kg
from kg.errors import KgError
try:
    kg.add(sys.argv[1], [sys.argv[2]])
except KgError as error:
    print(type(error).__name__, error)
"""
    done = python(code, path, many, preexec_fn=small)
    assert done.stderr == ""
    assert done.stdout.startswith("StoreError")
    assert "untouched" in done.stdout
    assert path.read_bytes() == before
    kg.add(path, [many]).close()
    with kg.load(path) as graph:
        assert graph.stats()["papers"] == 60


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk of one megabyte")
def test_a_full_disk_of_one_megabyte(tmp_path: Path, store: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], check=False)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        path = disk / "papers.kg"
        path.write_bytes(store.read_bytes())
        before = path.read_bytes()
        (disk / "filler").write_bytes(b"x" * (1_000_000 - len(before)))
        with pytest.raises(StoreError, match="untouched"):
            kg.add(path, [write(tmp_path / "more.jsonl", range(60))])
        assert path.read_bytes() == before
        with (disk / "filler").open("ab", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"x" * 4096):
                pass
        with kg.load(path) as graph, pytest.raises(ExportError, match="cannot be written"):
            graph.export(disk / "out.ttl")
        assert sorted(
            p.name for p in disk.iterdir() if not p.name.startswith(("papers.kg.partial", "."))
        ) == [
            "filler",
            "papers.kg",
        ]
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_folder_that_may_not_be_written(store: Path) -> None:
    """As somebody else where we are root, whom no permission stops."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "papers.kg"
        path.write_bytes(store.read_bytes())
        inputs = write(folder / "papers.jsonl", range(4))
        code = """
import os, sys
import kg, kg.api, kg.builder, kg.extraction.run, kg.export.rdf
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for job in (
    lambda: kg.build([sys.argv[2]], store=sys.argv[1] + ".new"),
    lambda: kg.add(sys.argv[1], [sys.argv[2]]),
    lambda: kg.load(sys.argv[1]).export(sys.argv[1] + ".ttl"),
):
    try:
        job()
    except kg.errors.KgError as error:
        print(type(error).__name__, "cannot be written" in str(error))
with kg.load(sys.argv[1]) as graph:
    print(graph.stats()["papers"])
"""
        folder.chmod(0o555)
        try:
            done = python(code, path, inputs)
        finally:
            folder.chmod(0o755)
        assert done.stderr == ""
        assert done.stdout.split("\n") == ["StoreError True", "StoreError True", "ExportError True", "6", ""]
        assert sorted(p.name for p in folder.iterdir()) == ["papers.jsonl", "papers.kg"]


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "papers.kg"
    files = [write(tmp_path / f"{n}.jsonl", range(n, n + 1)) for n in range(5)]
    kg.build(files[:1], store=path).close()
    code = "import sys, kg; kg.add(sys.argv[1], sys.argv[2:]).close()"
    running = [
        subprocess.Popen([sys.executable, "-c", code, path, *added], stderr=subprocess.PIPE, text=True)
        for added in (files[1:3], files[3:])
    ]
    for process in running:
        _, errors = process.communicate()
        # Who had to wait too long was told so; then it is repeated.
        if process.returncode:
            assert "another process is writing" in errors
    for added in (files[1:3], files[3:]):
        kg.add(path, added).close()
    fresh = kg.build(files, store=tmp_path / "fresh.kg")
    fresh.close()
    with kg.load(path) as graph, kg.load(tmp_path / "fresh.kg") as other:
        assert list(graph.iter_papers()) == list(other.iter_papers())
        assert list(graph.iter_links()) == list(other.iter_links())


def test_a_clock_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_it(folder: Path) -> dict[str, bytes]:
        folder.mkdir()
        inputs = write(folder / "papers.jsonl", range(4))
        os.utime(inputs, (0, 0) if folder.name == "back" else None)
        with kg.build([inputs], store=folder / "papers.kg") as graph:
            for suffix in FORMATS:
                graph.export(folder / f"out{suffix}")
            graph.export(folder / "out.ttl.gz")
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith("out")} | {
            "store": (folder / "papers.kg").read_bytes()
        }

    now = all_of_it(tmp_path / "now")

    class Earlier(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Earlier:
            return cls(1999, 12, 31, tzinfo=tz)

    hours = iter(range(10**9, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(hours)))
    monkeypatch.setattr(time, "time_ns", lambda: next(hours) * 10**9)
    monkeypatch.setattr(datetime, "datetime", Earlier)
    then = all_of_it(tmp_path / "back")
    assert then.keys() == now.keys()
    assert [name for name in now if now[name] != then[name]] == []


# The network

OFFLINE = """
import sys
def forbid(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(forbid)
import kg
from pathlib import Path
folder = Path(sys.argv[1])
with kg.build([folder / "papers.jsonl"], store=folder / "papers.kg", workers=2) as graph:
    kg.add(folder / "papers.kg", [folder / "more.jsonl"]).close()
with kg.load(folder / "papers.kg") as graph:
    for suffix in kg.export.FORMATS:
        graph.export(folder / f"out{suffix}")
    graph.export(folder / "evidence.ttl", profile="evidence")
    concept = max(graph.iter_concepts(), key=lambda c: c.papers)
    graph.search("gentle tuning"); graph.papers(concept=concept.label); graph.related(concept)
    graph.explain(concept.label); graph.communities(); graph.gaps(); graph.trend(concept); graph.findings()
    print(graph.stats()["papers"])
"""


def test_the_main_job_needs_no_network(tmp_path: Path) -> None:
    write(tmp_path / "papers.jsonl", range(3))
    write(tmp_path / "more.jsonl", range(3, 5))
    done = python(OFFLINE, tmp_path)
    assert done.stderr == ""
    assert done.stdout == "5\n"
    assert {path.name for path in tmp_path.glob("out.*")} == {f"out{suffix}" for suffix in FORMATS}


# Damage


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_store_ends_in_an_error_that_says_so_or_in_answers(
    store: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "damaged.kg"
    path.write_bytes(damaged(store.read_bytes(), random.Random(seed)))
    # Any other error than this one, and any crash, fails the test.
    with contextlib.suppress(StoreError):
        ask(path)


# Other people's words

WORDS = [
    "'; DROP TABLE papers; --",
    '" OR 1=1 --',
    "') UNION SELECT name FROM sqlite_master --",
    'NEAR("a" "b")',
    "title:* AND NOT ^x",
    "a* OR (b",
    "%",
    "_",
    "\\",
    "\x00",
    "\ud800",
    "{title abstract}: a",
    "=cmd|' /C calc'!A0",
    "🐦" * 50,
    "x" * 5000,
]


@pytest.fixture(scope="module")
def graph(store: Path) -> Iterator[kg.Graph]:
    with kg.load(store) as opened:
        yield opened


def _nothing_but_words(graph: kg.Graph, words: str) -> None:
    """Every question that takes words: an answer or an error of ours, and no word is obeyed."""
    papers, concepts = graph.stats()["papers"], graph.stats()["concepts"]
    assert len(graph.search(words)) <= 40
    for question in (
        lambda: graph.concept(words),
        lambda: graph.paper(words),
        lambda: graph.papers(concept=words),
        lambda: graph.links(concept=words),
        lambda: graph.papers(text=words),
        lambda: graph.related(words),
        lambda: graph.explain(words),
        lambda: graph.path(words, words),
    ):
        with contextlib.suppress(ConceptNotFound, AmbiguousConcept, PaperNotFound, QueryError):
            question()
    assert (graph.stats()["papers"], graph.stats()["concepts"]) == (papers, concepts)


@pytest.mark.parametrize("words", WORDS)
def test_no_name_or_search_is_taken_for_sql_or_fts(graph: kg.Graph, words: str) -> None:
    _nothing_but_words(graph, words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40) | st.text("\"'*():^-+{}[]%_;= aAND ORNOTNEAR", max_size=40))
def test_no_text_at_all_is(graph: kg.Graph, words: str) -> None:
    _nothing_but_words(graph, words)


def test_names_of_papers_that_look_like_sql_are_names(tmp_path: Path) -> None:
    inputs = tmp_path / "papers.jsonl"
    rows = [
        {"id": word[:60], "title": f"{word[:80]} title {n}"}
        for n, word in enumerate(WORDS)
        if not {"\0", "\ud800"} & set(word)
    ]
    inputs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    path = tmp_path / "papers.kg"
    kg.build([inputs], store=path).close()
    with kg.load(path) as graph:
        assert graph.stats()["papers"] == len(rows)
        first = next(graph.iter_papers()).id
    kg.remove(path, [first]).close()
    with kg.load(path) as graph:
        assert graph.stats()["papers"] == len(rows) - 1
        with pytest.raises(PaperNotFound):
            graph.paper(first)


TOML = [
    "block",
    "split",
    "[merge]",
    "[rename]",
    "[retype]",
    "[broader]",
    "=",
    "1",
    "true",
    "'",
    '"""',
    '"a"',
    '"b"',
    '["a", "b"]',
    "\n",
    "{",
    "}",
    "[",
    "]",
    '""',
    '"Method"',
    "2020-01-01",
    "#",
]


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=200)
    | st.lists(
        st.sampled_from(TOML),
        max_size=14,
    ).map(" ".join)
)
@example(text='block = ["a"]\n[merge]\na = ["b"]')
def test_a_curation_file_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(CurationError):
        curation = parse_curation(text, file="mine.toml")
        assert all(isinstance(name, str) and name.strip() for name in (*curation.block, *curation.split))


names = st.sampled_from(["GNN", "graph neural network", "LoRA", "CIFAR-10", "sparrow", "nothing"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    merge=st.dictionaries(names, st.lists(names, max_size=2), max_size=2),
    broader=st.dictionaries(names, st.lists(names, max_size=2), max_size=3),
    rename=st.dictionaries(names, names, max_size=2),
    block=st.lists(names, max_size=2),
    split=st.lists(names, max_size=2),
)
def test_any_curation_gives_a_sound_store_or_is_refused(
    store: Path, tmp_path_factory: pytest.TempPathFactory, **tables: object
) -> None:
    folder = tmp_path_factory.mktemp("curated")
    path, file = folder / "papers.kg", folder / "curation.toml"
    path.write_bytes(store.read_bytes())
    lists = [f"{key} = {json.dumps(tables[key])}" for key in ("block", "split")]
    others = [
        f"[{key}]\n" + "".join(f"{json.dumps(k)} = {json.dumps(v)}\n" for k, v in tables[key].items())  # type: ignore[attr-defined]
        for key in ("merge", "broader", "rename")
    ]
    file.write_text("\n".join(lists + others), encoding="utf-8")
    try:
        kg.curate(path, file).close()
    except CurationError:
        assert path.read_bytes() == store.read_bytes()
        return
    with kg.load(path) as graph:
        concepts = {c.id for c in graph.iter_concepts()}
        assert {m.concept for m in graph.iter_mentions()} <= concepts
        assert all({r.head, r.tail} <= concepts for r in graph.iter_relations())
    kg.curate(path, None).close()
    with kg.load(path) as graph, kg.load(store) as plain:
        assert list(graph.iter_concepts()) == list(plain.iter_concepts())


SPARQL = [
    "SELECT",
    "ASK",
    "WHERE",
    "{",
    "}",
    "?a",
    "?b",
    ".",
    ";",
    "*",
    "<x:y>",
    "kg:Concept",
    "FILTER",
    "(",
    ")",
    "UNION",
    "GRAPH",
    "LIMIT",
    "1",
    "'x'",
    "DROP",
    "ALL",
    "INSERT",
    "DATA",
    "DELETE",
    "LOAD",
    "<file:///etc/passwd>",
    "SERVICE",
    "<http://127.0.0.1:9/>",
    "CLEAR",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(max_size=60)
    | st.lists(
        st.sampled_from(SPARQL),
        max_size=12,
    ).map(" ".join)
)
@example(query="DROP ALL")
@example(query="LOAD <file:///etc/passwd>")
@example(query="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
@example(query="INSERT DATA { <x:a> <x:b> <x:c> }")
def test_sparql_only_asks(endpoint: object, query: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = endpoint.query(count).rows  # type: ignore[attr-defined]
    with contextlib.suppress(QueryError):
        endpoint.query(query)  # type: ignore[attr-defined]
    assert endpoint.query(count).rows == before  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def endpoint(graph: kg.Graph) -> object:
    from kg.export.rdf.sparql import Endpoint

    return Endpoint(graph)


def test_a_table_that_starts_with_an_equals_sign_stays_text(tmp_path: Path) -> None:
    """Spreadsheets run cells that start with one of these; the reader leaves them as they are."""
    from kg.export.rdf.sparql import Endpoint

    inputs = tmp_path / "papers.jsonl"
    titles = ["=cmd|' /C calc'!A0", "+SUM(1)", "-2+3", "@AVERAGE(2)", "An honest title"]
    inputs.write_text("".join(json.dumps({"title": t}) + "\n" for t in titles), encoding="utf-8")
    with kg.build([inputs]) as graph:
        assert {p.title for p in graph.iter_papers()} == set(titles)
        found = Endpoint(graph).query("SELECT ?t WHERE { ?p a fabio:ResearchPaper ; dcterms:title ?t }")
        lines = found.to_csv().splitlines()[1:]
    assert len(lines) == len(titles)
    assert not [line for line in lines if line[:1] in "=+-@"]
