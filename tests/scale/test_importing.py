"""A store of a part of the tables: chosen as asked, and consistent in itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import ConceptNotFound, StoreError
from kg.model import RelationType
from kg.scale import import_tables


def test_the_whole_equals_the_build_on_one_machine(duck: Path, store: Path, tmp_path: Path) -> None:
    import_tables(duck, tmp_path / "all.kg")
    with kg.load(tmp_path / "all.kg") as ours, kg.load(store) as theirs:
        assert list(ours.iter_papers()) == list(theirs.iter_papers())
        assert list(ours.iter_mentions()) == list(theirs.iter_mentions())
        for mine, other in zip(ours.iter_concepts(), theirs.iter_concepts(), strict=True):
            assert (mine.id, mine.label, mine.type) == (other.id, other.label, other.type)
            assert [(a.name, a.rule) for a in mine.aliases] == [(a.name, a.rule) for a in other.aliases]
        pairs = [(link.paper, link.concept, link.role) for link in ours.iter_links()]
        assert pairs == [(link.paper, link.concept, link.role) for link in theirs.iter_links()]


@pytest.mark.parametrize(
    ("asked", "top"), [({"concept": "graph neural networks"}, None), ({"since": 2016}, None), ({}, 5)]
)
def test_a_part_holds_what_was_asked_for_and_counts_itself(
    duck: Path, tmp_path: Path, asked: dict[str, object], top: int | None
) -> None:
    import_tables(duck, tmp_path / "part.kg", top=top, **asked)  # type: ignore[arg-type]
    with kg.load(tmp_path / "part.kg") as graph:
        papers = {p.id: p for p in graph.iter_papers()}
        concepts = {c.id: c for c in graph.iter_concepts()}
        links = list(graph.iter_links())
        assert papers
        assert links
        if "since" in asked:
            assert all(p.year and p.year >= 2016 for p in papers.values())
        if "concept" in asked:
            wanted = graph.concept("GNN").id
            assert {link.paper for link in links if link.concept == wanted} == set(papers)
        if top:
            assert len(concepts) == top
        assert {link.concept for link in links} == set(concepts)
        for concept in concepts.values():
            assert concept.papers == sum(link.concept == concept.id for link in links)
            assert sum(a.papers for a in concept.aliases) >= concept.papers
        for mention in graph.iter_mentions():
            text = papers[mention.paper].text(mention.field)[mention.start : mention.end]
            assert text in {a.name for a in concepts[mention.concept].aliases}
        for relation in graph.iter_relations():
            assert {relation.head, relation.tail} <= set(concepts)
            if relation.relation != RelationType.CO_OCCURS_WITH:
                assert relation.support == len({s.paper for s in relation.statements})
        graph.export(tmp_path / "part.ttl")


def test_papers_can_be_added_to_a_part(duck: Path, tmp_path: Path) -> None:
    import_tables(duck, tmp_path / "part.kg", since=2016)
    new = tmp_path / "new.jsonl"
    new.write_text('{"id": "n1", "title": "LoRA again", "abstract": "We use LoRA."}\n', encoding="utf-8")
    with kg.load(tmp_path / "part.kg") as graph:
        before = {p.id for p in graph.iter_papers()}
    with kg.add(tmp_path / "part.kg", [new]) as graph:
        assert {p.id for p in graph.iter_papers()} == before | {"n1"}


def test_what_is_not_there(duck: Path, tmp_path: Path) -> None:
    with pytest.raises(ConceptNotFound, match="did you mean"):
        import_tables(duck, tmp_path / "part.kg", concept="graph neural netwrk")
    with pytest.raises(StoreError, match="holds no tables"):
        import_tables(tmp_path, tmp_path / "part.kg")
    assert not list(tmp_path.glob("*.kg*"))


def test_damaged_tables_leave_the_store_as_it_was(duck: Path, store: Path, tmp_path: Path) -> None:
    import shutil

    broken, target = tmp_path / "broken", tmp_path / "papers.kg"
    shutil.copytree(duck, broken)
    target.write_bytes(store.read_bytes())
    for file in (broken / "links").iterdir():
        data = bytearray(file.read_bytes())
        data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
        file.write_bytes(data)
    with pytest.raises(StoreError):
        import_tables(broken, target)
    assert target.read_bytes() == store.read_bytes()
