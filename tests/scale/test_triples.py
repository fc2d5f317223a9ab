"""N-Triples in parts: what a store of the same tables exports, whichever engine writes them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import kg
from kg.errors import ExportError
from kg.scale import build, import_tables

SKOS = "http://www.w3.org/2004/02/skos/core#"


def _triples(folder: Path) -> list[str]:
    files = sorted((folder / "triples").rglob("*.nt.gz"))
    assert {file.parent.name for file in files} == {"papers", "concepts"}
    assert {file.name for file in folder.rglob("triples/*/*")} == {file.name for file in files}
    return sorted(line for file in files for line in gzip.decompress(file.read_bytes()).decode().splitlines())


def test_both_engines_write_the_same(duck: Path, spark: Path) -> None:
    assert _triples(duck) == _triples(spark)


def test_they_are_those_of_a_store_of_all_the_tables(duck: Path, tmp_path: Path) -> None:
    import_tables(duck, tmp_path / "all.kg")
    with kg.load(tmp_path / "all.kg") as graph:
        graph.export(tmp_path / "all.nt")
    expected = (tmp_path / "all.nt").read_text(encoding="utf-8").splitlines()
    for said in ("broader", "related", "topConceptOf", "altLabel", "creator", "ConceptScheme"):
        assert any(said in line for line in expected) or said == "creator", f"the fixture has no {said}"
    found = _triples(duck)
    assert len(found) == len(set(found))
    missing = set(expected) - set(found)
    assert set(found) <= set(expected)
    assert all(f"<{SKOS}related>" in line for line in missing)


def test_what_may_be_broader_is_not_related(duck: Path) -> None:
    broader, related = set[tuple[str, str]](), set[tuple[str, str]]()
    for line in _triples(duck):
        subject, predicate, value = line.split(" ", 2)
        pair = subject, value.removesuffix(" .")
        if predicate == f"<{SKOS}broader>":
            broader.add(pair)
        elif predicate == f"<{SKOS}related>":
            related.add(pair)
    above, below = {low for low, _ in broader}, {high for _, high in broader}
    assert broader
    assert related
    for one, other in related:
        assert not (one in above and other in below)
        assert not (other in above and one in below)


def test_the_base_iri_is_yours_and_is_checked_first(inputs: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'paperkg[tables]'")
    build([inputs], tmp_path / "out", master="local[1]", base_iri="https://my.org/graph")
    assert {line.split(maxsplit=1)[0][:20] for line in _triples(tmp_path / "out")} == {"<https://my.org/grap"}
    with pytest.raises(ExportError, match="no base IRI"):
        build([inputs], tmp_path / "other", base_iri="birds")
    assert not (tmp_path / "other").exists()
