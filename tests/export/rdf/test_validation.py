from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export.rdf import validate, write
from kg.graph import KnowledgeGraph


@pytest.mark.parametrize("suffix", ["ttl", "nt.gz", "trig", "jsonld", "rdf"])
@pytest.mark.parametrize("profile", ["plain", "evidence"])
def test_exports_conform(small: KnowledgeGraph, tmp_path: Path, suffix: str, profile: str) -> None:
    write(small, tmp_path / f"out.{suffix}", profile=profile)
    assert validate(tmp_path / f"out.{suffix}") == []


def test_the_hostile_set_conforms(hostile: KnowledgeGraph, tmp_path: Path) -> None:
    write(hostile, tmp_path / "out.ttl", profile="evidence")
    assert validate(tmp_path / "out.ttl") == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('dcterms:title "A study of GLUE" ;', "", "must have exactly one title"),
        ('dcterms:title "A study of GLUE" ;', 'dcterms:title " " ;', "must have exactly one title"),
        ('"2021-06-17"^^xsd:date', '"17 June"^^xsd:date', "one date"),
        (
            "kg:studies <concept/glue>",
            "kg:studies <concept/gone>",
            "what a paper studies must be a skos:Concept",
        ),
        ('skos:prefLabel "GLUE" ;', "", "exactly one preferred label"),
        ('skos:altLabel "low-rank adaptation"', 'skos:altLabel "LoRA"', "not the preferred label"),
        ('kg:confidence "0.93"^^xsd:decimal', 'kg:confidence "1.5"^^xsd:decimal', "confidence from 0 to 1"),
        ("rdf:predicate kg:proposes", "rdf:predicate kg:usedFor", "one of the eight roles"),
        ("    kg:studies <concept/glue> .", "    kg:uses <concept/glue> .", "must also be stated directly"),
        ('oa:end "4"^^', 'oa:end "0"^^', "start before it ends"),
        ('rdf:value "A study of GLUE" ;', "", "must have its text"),
        ('kg:rule "abbreviation"', 'kg:rule "magic"', "which rule joined it"),
        (
            "skos:broader <concept/parameter-efficient-fine-tuning>",
            "skos:broader <concept/parameter-efficient-fine-tuning>, <concept/lora>",
            "has a cycle",
        ),
    ],
)
def test_a_broken_file_is_told_what_is_wrong(
    small: KnowledgeGraph, tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "out.ttl"
    write(small, path, profile="evidence")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = [str(violation) for violation in validate(path)]
    assert any(words in sentence for sentence in found), found


def test_a_file_about_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .")
    assert "neither a paper nor" in str(validate(path)[0])


def test_no_rdf_at_all(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <no iri> .\n")
    with pytest.raises(InputError, match=r"broken\.ttl, line 2"):
        validate(path)
    with pytest.raises(InputError, match="cannot be read"):
        validate(tmp_path / "gone.ttl")
    whole = gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n")
    for damaged in (b"no gzip", whole[:-9], whole[:10] + b"\xff" * 20):
        (tmp_path / "bad.ttl.gz").write_bytes(damaged)
        with pytest.raises(InputError, match="cannot be read"):
            validate(tmp_path / "bad.ttl.gz")
