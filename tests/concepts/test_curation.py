"""The user's decisions go before every rule, and are undone by taking the line out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.concepts import parse_curation, resolve
from kg.concepts.resolution import Resolution
from kg.errors import CurationError
from kg.model import (
    ConceptType,
    Extraction,
    RelationType,
    Role,
    Rule,
    Span,
    Term,
    TermMention,
    TermRelation,
)


def term(label: str, *texts: str, shorts: Sequence[str] = ()) -> Term:
    mentions = tuple(
        TermMention(Span("abstract", 20 * i, 20 * i + len(t)), t, 0.9)
        for i, t in enumerate(texts or (label,))
    )
    return Term(label, ConceptType.METHOD, mentions, Role.USES, short_forms=tuple(shorts))


PAPERS = [
    Extraction(
        "p1",
        (
            term("mixture of experts", "mixture of experts", "MoE", shorts=["MoE"]),
            term("routing"),
            term("result"),
        ),
        (TermRelation(1, RelationType.PART_OF, 0, 0.7, Span("abstract", 0, 40)),),
        (Span("abstract", 0, 200),),
    ),
    Extraction("p2", (term("expert mixture"), term("routing")), (), (Span("abstract", 0, 200),)),
]


def curated(text: str) -> Resolution:
    return resolve(PAPERS, curation=parse_curation(text))


def labels(resolution: Resolution) -> set[str]:
    return {c.label for c in resolution.concepts}


def test_merge_joins_and_says_so() -> None:
    resolution = curated('[merge]\n"mixture of experts" = ["expert mixture"]')
    assert labels(resolution) == {"mixture of experts", "routing", "result"}
    (concept,) = (c for c in resolution.concepts if c.label == "mixture of experts")
    assert concept.papers == 2
    assert {a.name: a.rule for a in concept.aliases}["expert mixture"] == Rule.CURATION


def test_merge_into_a_name_that_no_paper_writes() -> None:
    resolution = curated('[merge]\n"sparse expert model" = ["expert mixture", "mixture of experts"]')
    assert "sparse expert model" in labels(resolution)
    assert "expert mixture" not in labels(resolution)


def test_split_sets_a_short_form_apart() -> None:
    resolution = curated('split = ["MoE"]')
    assert {"mixture of experts", "MoE"} <= labels(resolution)
    mentions, links = resolution.apply(PAPERS[0])
    assert len({m.concept for m in mentions}) == len(links) == 4


def test_block_takes_the_term_and_its_relations_out() -> None:
    resolution = curated('block = ["routing"]')
    assert "routing" not in labels(resolution)
    assert not [r for r in resolution.relations(PAPERS) if r.relation == RelationType.PART_OF]
    assert len(resolution.apply(PAPERS[1])[1]) == 1


def test_rename_keeps_the_id_and_the_old_name() -> None:
    before = {c.label: c.id for c in resolve(PAPERS).concepts}
    resolution = curated('[rename]\n"MoE" = "x"\n"routing" = "expert routing"')
    (concept,) = (c for c in resolution.concepts if c.label == "expert routing")
    assert concept.id == before["routing"]
    assert {a.name for a in concept.aliases} == {"routing", "expert routing"}


def test_retype() -> None:
    resolution = curated('[retype]\n"routing" = "Task"')
    assert {c.label: c.type for c in resolution.concepts}["routing"] == ConceptType.TASK


def test_broader_is_certain_and_keeps_out_of_cycles() -> None:
    text = '[broader]\n"routing" = ["mixture of experts"]\n"mixture of experts" = ["routing"]'
    kinds = [r for r in curated(text).relations(PAPERS) if r.relation == RelationType.IS_A]
    assert len(kinds) == 1
    assert kinds[0].confidence == 1.0


def test_what_matches_nothing_is_reported() -> None:
    resolution = curated('block = ["nowhere"]\nsplit = ["nor here"]\n[rename]\n"none" = "x"')
    assert len(resolution.warnings) == 3
    assert all("matches nothing" in w for w in resolution.warnings)


def test_without_curation_nothing_changes() -> None:
    assert curated("").concepts == resolve(PAPERS).concepts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("block = [}", "line 1"),
        ("blok = []", "'blok' is no decision"),
        ("block = 3", "must be a list of names"),
        ('[retype]\n"a" = "Thing"', "is no type"),
        ('[merge]\n"a" = ["c"]\n"b" = ["c"]', "merged into both"),
        ('split = ["c"]\n[merge]\n"a" = ["c"]', "both merged and split"),
        ('block = ["a"]\n[rename]\n"a" = "b"', "blocked and used elsewhere"),
    ],
)
def test_a_mistake_is_explained(text: str, words: str) -> None:
    with pytest.raises(CurationError, match=words):
        parse_curation(text, file="my.toml")
