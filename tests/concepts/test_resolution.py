from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.concepts import predictions, resolve
from kg.concepts.counts import Counts
from kg.concepts.joining import misspelt
from kg.concepts.resolution import Resolution
from kg.model import (
    Concept,
    ConceptType,
    Extraction,
    Field,
    RelationType,
    Role,
    Rule,
    Span,
    Term,
    TermMention,
    TermRelation,
)


def term(
    *surfaces: str,
    kind: ConceptType = ConceptType.METHOD,
    role: Role = Role.USES,
    shorts: tuple[str, ...] = (),
    at: int = 0,
    sure: float = 0.9,
) -> Term:
    mentions = []
    for text in surfaces:
        mentions.append(TermMention(Span(Field.ABSTRACT, at, at + len(text)), text, sure))
        at += len(text) + 1
    return Term(surfaces[0], kind, tuple(mentions), role, 0.8, 0.5, shorts)


def paper(name: str, *terms: Term, relations: tuple[TermRelation, ...] = ()) -> Extraction:
    return Extraction(name, terms, relations, (Span(Field.ABSTRACT, 0, 200),))


def concept(resolution: Resolution, label: str) -> Concept:
    return next(c for c in resolution.concepts if c.label == label)


def rules(one: Concept) -> dict[str, Rule]:
    return {a.name: a.rule for a in one.aliases}


def test_case_number_hyphen_and_spelling_join() -> None:
    found = resolve(
        [
            paper("a", term("vision token pruner")),
            paper("b", term("Vision Token Pruners")),
            paper("c", term("vision-token pruner")),
            paper("d", term("vision token pruner")),
        ]
    )
    assert [c.label for c in found.concepts] == ["vision token pruner"]
    assert rules(found.concepts[0]) == {
        "vision token pruner": Rule.LABEL,
        "Vision Token Pruners": Rule.NUMBER,
        "vision-token pruner": Rule.HYPHEN,
    }
    assert found.concepts[0].papers == 4


def test_a_modifier_makes_another_concept() -> None:
    found = resolve([paper("a", term("attention"), term("attention head", at=30), term("attentive", at=60))])
    assert len(found.concepts) == 3


def test_an_abbreviation_joins_in_the_paper_that_defines_it() -> None:
    found = resolve(
        [paper("a", term("graph mutation mapper", "GMX", shorts=("GMX",))), paper("b", term("GMX"))]
    )
    defining, bare = found.concept_of(term("graph mutation mapper")), found.concept_of(term("GMX"))
    assert defining.id != bare.id
    assert rules(defining)["GMX"] is Rule.ABBREVIATION


def test_an_abbreviation_joins_elsewhere_where_all_definitions_agree() -> None:
    agreeing = [paper(p, term("graph mutation mapper", "GMX", shorts=("GMX",))) for p in "ab"]
    found = resolve([*agreeing, paper("c", term("GMX"))])
    one = found.concept_of(term("GMX"))
    assert one.label == "graph mutation mapper"
    assert one.papers == 3
    note = next(a.note for a in one.aliases if a.name == "GMX")
    assert "agree" in note or "defined" in note


def test_an_abbreviation_with_two_meanings_joins_neither() -> None:
    first = [paper(p, term("graph mutation mapper", "GMX", shorts=("GMX",))) for p in "ab"]
    other = paper("c", term("general matrix xylophone", "GMX", shorts=("GMX",)))
    found = resolve([*first, other, paper("d", term("GMX"))])
    assert found.concept_of(term("GMX")).label == "GMX"
    assert len(found.concepts) == 3


def test_a_misspelt_long_form_joins_the_frequent_one() -> None:
    right = [paper(p, term("graph mutation mapper", "GMX", shorts=("GMX",))) for p in "abc"]
    wrong = paper("d", term("graph mutaton mapper", "GMX", shorts=("GMX",)))
    one = resolve([*right, wrong, paper("e", term("GMX"))])
    assert [c.label for c in one.concepts] == ["graph mutation mapper"]
    assert one.concepts[0].papers == 5
    alias = next(a for a in one.concepts[0].aliases if a.name == "graph mutaton mapper")
    assert alias.rule is Rule.SPELLING
    assert alias.paper == "d"
    assert "3 papers call GMX" in alias.note


@pytest.mark.parametrize(
    "other",
    [
        "graph imputation mapper",  # two letters
        "graph mutation mapper 2",  # a number is a name's own
    ],
)
def test_what_may_be_another_thing_stays_apart(other: str) -> None:
    often = [paper(p, term("graph mutation mapper", "GMX", shorts=("GMX",))) for p in "abc"]
    found = resolve([*often, paper("d", term(other, "GMX", shorts=("GMX",)))])
    assert found.concept_of(term(other)).id != found.concept_of(term("graph mutation mapper")).id


def test_likeness_without_a_shared_abbreviation_or_a_clear_majority_joins_nothing() -> None:
    plain = resolve(
        [*(paper(p, term("graph mutation mapper")) for p in "abc"), paper("d", term("graph mutaton mapper"))]
    )
    assert len(plain.concepts) == 2
    even = resolve(
        [
            paper("a", term("graph mutation mapper", "GMX", shorts=("GMX",))),
            paper("b", term("graph mutaton mapper", "GMX", shorts=("GMX",))),
        ]
    )
    assert len(even.concepts) == 2


def test_the_lexicon_settles_which_of_two_spellings_is_right() -> None:
    right = [paper(p, term("low-rank adaptation", "LoRA", shorts=("LoRA",))) for p in "ab"]
    wrong = paper("c", term("low-rank adaptaion", "LoRA", shorts=("LoRA",)))
    (one,) = resolve([*right, wrong, paper("d", term("LoRA"))]).concepts
    assert one.label == "low-rank adaptation"
    assert {a.name: a.rule for a in one.aliases}["low-rank adaptaion"] is Rule.SPELLING
    assert len(resolve([right[0], wrong]).concepts) == 1
    assert len(resolve([right[0], wrong, replace(wrong, paper="e")]).concepts) == 2


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.booleans())
def test_what_a_misspelling_joins_is_itself_no_misspelling(papers: list[int], known: bool) -> None:
    names = ("low-rank adaptation", "low-rank adaptaion", "low-rank adaptaio")
    short = "LoRA" if known else "LXA"
    said = [name for name, n in zip(names, papers, strict=True) for _ in range(n)]
    counts = Counts()
    for number, name in enumerate(said):
        counts.add(paper(f"{number:02}", term(name, short, shorts=(short,))))
    found = misspelt(counts)
    assert not {join.target for join in found.values()} & found.keys()
    assert all(join.rule is Rule.SPELLING for join in found.values())


def test_misspellings_make_no_chain() -> None:
    spellings = ["graph mutation mapper"] * 9 + ["graph mutaton mapper"] * 3 + ["graph muaton mapper"]
    found = resolve([paper(f"{n:02}", term(s, "GMX", shorts=("GMX",))) for n, s in enumerate(spellings)])
    assert found.concept_of(term("graph mutaton mapper")).label == "graph mutation mapper"
    assert found.concept_of(term("graph muaton mapper")).label == "graph muaton mapper"


def test_the_lexicon_gives_way_to_a_paper_that_means_something_else() -> None:
    ours = paper("a", term("great mixing machine", "GMM", shorts=("GMM",)))
    theirs = paper("b", term("Gaussian mixture models", "GMM"))
    found = resolve([ours, theirs])
    assert found.concept_of(term("great mixing machine")).label == "great mixing machine"
    assert found.concept_of(term("Gaussian mixture models")).label == "Gaussian mixture model"


def test_labels_are_singular_and_small_but_for_proper_names() -> None:
    found = resolve(
        [
            paper("a", term("Bregman Tree Networks", at=4), term("deep tree networks", at=50)),
            paper("b", term("Bregman tree networks", at=4), term("tree network", at=50)),
            paper("c", term("WidgetNets"), term("QRS", at=50), term("WidgetNet", at=80)),
            paper("d", term("KubeNetes"), term("VAEQs", at=50)),
        ]
    )
    assert sorted(c.label for c in found.concepts) == sorted(
        ["Bregman tree network", "deep tree network", "tree network", "WidgetNet", "QRS", "KubeNetes", "VAEQ"]
    )


@pytest.mark.parametrize(("at", "expected"), [(0, "blorp study"), (4, "Blorp study")])
def test_a_capital_at_the_beginning_of_a_sentence_tells_nothing(at: int, expected: str) -> None:
    assert [c.label for c in resolve([paper("a", term("Blorp studies", at=at))]).concepts] == [expected]


def test_type_by_majority_of_papers() -> None:
    kinds = [ConceptType.TASK, ConceptType.TASK, ConceptType.METHOD]
    found = resolve([paper(str(i), term("widget folding", kind=k)) for i, k in enumerate(kinds)])
    assert found.concepts[0].type is ConceptType.TASK
    tied = resolve([paper(str(i), term("widget folding", kind=k)) for i, k in enumerate(kinds[1:])])
    assert tied.concepts[0].type is ConceptType.METHOD


def test_two_terms_of_one_concept_make_one_link() -> None:
    a = term("widget folder", role=Role.MENTIONS)
    b = Term(
        "Widget Folders", ConceptType.METHOD, term("Widget Folders", at=90).mentions, Role.PROPOSES, 0.8, 0.7
    )
    one = paper("a", a, b)
    found = resolve([one])
    mentions, links = found.apply(one)
    assert [(link.role, link.mentions) for link in links] == [(Role.PROPOSES, 2)]
    assert [m.start for m in mentions] == [0, 90]
    assert 0.0 <= links[0].salience <= 1.0


def test_relations_gather_support() -> None:
    def one(name: str) -> Extraction:
        stated = TermRelation(0, RelationType.USED_FOR, 1, 0.5, Span(Field.ABSTRACT, 0, 50))
        tail = term("widget folding", kind=ConceptType.TASK, at=30)
        return paper(name, term("folder net"), tail, relations=(stated,))

    papers = [one("a"), one("b"), paper("c", term("other net")), paper("d", term("third net"))]
    relations = resolve(papers).relations(papers)
    stated = [r for r in relations if r.relation is RelationType.USED_FOR]
    assert [(r.head, r.tail, r.support, r.confidence) for r in stated] == [
        ("folder-net", "widget-folding", 2, 0.75)
    ]
    assert [s.paper for s in stated[0].statements] == ["a", "b"]
    together = [r for r in relations if r.relation is RelationType.CO_OCCURS_WITH]
    assert [(r.head, r.tail, r.support) for r in together] == [("folder-net", "widget-folding", 2)]
    assert together[0].confidence == 1.0


NAMES = st.sampled_from(
    [
        "GMX",
        "graph mutation mapper",
        "Graph mutation mappers",
        "GMXs",
        "resnet",
        "ResNet",
        "RESNET",
        "LLM",
        "c++",
        "c",
    ]
)
PAPERS = st.lists(st.lists(st.tuples(NAMES, st.sampled_from(list(ConceptType))), max_size=4), max_size=8)


@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_papers_changes_nothing(papers: list[list[tuple[str, ConceptType]]], random) -> None:  # type: ignore[no-untyped-def]
    made = [
        paper(
            f"p{i}",
            *(
                term(n, kind=k, at=40 * j, shorts=("GMX",) if n.endswith("er") else ())
                for j, (n, k) in enumerate(terms)
            ),
        )
        for i, terms in enumerate(papers)
    ]
    shuffled = list(made)
    random.shuffle(shuffled)
    first, second = resolve(made), resolve(shuffled)
    assert first.concepts == second.concepts
    assert first.relations(made) == second.relations(shuffled)


@given(PAPERS)
def test_ids_are_unique_sorted_and_safe(papers: list[list[tuple[str, ConceptType]]]) -> None:
    made = [paper(f"p{i}", *(term(n, at=40 * j) for j, (n, _) in enumerate(t))) for i, t in enumerate(papers)]
    ids = [c.id for c in resolve(made).concepts]
    assert ids == sorted(set(ids))
    assert all(set(i) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") for i in ids)


def test_predictions_are_json_and_name_each_concept_once() -> None:
    made = [paper("a", term("folder net"), term("GMX", at=40)), paper("b", term("Folder Nets"))]
    rows = list(predictions(made, resolve(made)))
    assert json.loads(json.dumps(rows)) == rows
    assert [row["id"] for row in rows] == ["a", "b"]
    assert {"folder net"} == {x["concept"] for x in rows[0]["links"]} & {
        x["concept"] for x in rows[1]["links"]
    }


def test_a_term_of_another_corpus_is_unknown() -> None:
    with pytest.raises(KeyError):
        resolve([paper("a", term("folder net"))]).concept_of(term("never seen"))
