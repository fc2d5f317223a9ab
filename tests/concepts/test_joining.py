"""From which number on names join, what the counts hold, and what a paper's links say."""

from __future__ import annotations

import pytest

from kg.concepts import Curation, parse_curation, predictions, resolve
from kg.concepts.resolution import Resolution
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Extraction,
    Field,
    Mention,
    RelationType,
    Role,
    Rule,
    Span,
    Statement,
    Term,
    TermMention,
    TermRelation,
)

METHOD, TASK = ConceptType.METHOD, ConceptType.TASK


def term(
    *texts: str,
    short: str = "",
    kind: ConceptType = METHOD,
    role: Role = Role.USES,
    at: int = 0,
    sure: float = 0.9,
    role_sure: float = 0.5,
    kind_sure: float = 0.8,
    field: str = "abstract",
) -> Term:
    mentions = tuple(TermMention(Span(field, at + n, at + n + len(t)), t, sure) for n, t in enumerate(texts))
    return Term(texts[0], kind, mentions, role, kind_sure, role_sure, (short,) if short else ())


def paper(name: str, *terms: Term, relations: tuple[TermRelation, ...] = ()) -> Extraction:
    return Extraction(name, terms, relations, (Span("title", 0, 50), Span("abstract", 0, 200)))


def defining(short: str, **long_forms: int) -> list[Extraction]:
    """So many papers define an abbreviation by each long form (``_`` a blank)."""
    return [
        paper(f"{name}{n:02}", term(name.replace("_", " "), short, short=short))
        for name, papers in long_forms.items()
        for n in range(papers)
    ]


def labelled(found: Resolution, label: str) -> Concept:
    return next(c for c in found.concepts if c.label == label)


def names(concept: Concept) -> dict[str, Alias]:
    return {a.name: a for a in concept.aliases}


@pytest.mark.parametrize(
    ("right", "wrong", "ratio", "joined"),
    [
        ("tree network", "tree netwerk", 3, True),
        ("tree network", "tree netwrk", 3, False),  # eleven letters
        ("tree networ", "tree network", 3, True),
        ("tree network", "tree netwerk", 2, False),
        ("tree network", "tree netwеrk", 3, False),  # a letter of another script
        ("tree network", "tree network2", 3, False),
        ("tree network map", "treenetwerk map", 3, False),
    ],
)
def test_a_misspelling_is_long_rare_and_one_letter_off(
    right: str, wrong: str, ratio: int, joined: bool
) -> None:
    papers = defining("TNX", **{right.replace(" ", "_"): ratio, wrong.replace(" ", "_"): 1})
    found = resolve(papers)
    assert len(found.concepts) == (1 if joined else 2)
    if joined:
        alias = names(found.concepts[0])[wrong]
        assert (alias.rule, alias.papers, alias.paper) == (Rule.SPELLING, 1, papers[-1].paper)


def test_of_two_that_it_may_be_a_misspelling_joins_the_commoner() -> None:
    found = resolve(defining("TNX", tree_networken=4, tree_netwolken=9, tree_netwooken=1))
    assert found.concept_of(term("tree netwooken")).label == "tree netwolken"
    assert found.concept_of(term("tree networken")).label == "tree networken"


@pytest.mark.parametrize(("others", "joined"), [(1, True), (2, False)])
def test_the_lexicon_needs_four_of_five_definitions(others: int, joined: bool) -> None:
    papers = defining("GMM", Gaussian_mixture_model=4, great_mixing_machine=others)
    found = resolve([*papers, paper("x", term("GMM"))])
    assert (found.concept_of(term("GMM")).label == "Gaussian mixture model") is joined
    assert found.concept_of(term("great mixing machine")).label == "great mixing machine"


def test_what_the_lexicon_knows_is_not_taken_over_by_definitions() -> None:
    found = resolve([*defining("GMM", great_mixing_machine=3), paper("x", term("GMM"))])
    assert found.concept_of(term("GMM")).label == "GMM"


@pytest.mark.parametrize(("definitions", "joined"), [(1, False), (2, True)])
def test_two_definitions_that_agree_join_an_abbreviation(definitions: int, joined: bool) -> None:
    found = resolve([*defining("TNX", tree_network=definitions), paper("x", term("TNX"))])
    alone = found.concept_of(term("TNX"))
    assert (alone.label == "tree network") is joined
    if joined:
        alias = names(alone)["TNX"]
        assert (alias.rule, alias.papers, alias.paper) == (Rule.ABBREVIATION, 3, "tree_network00")
        assert f"all {definitions} papers" in alias.note


def test_the_paper_of_an_alias_is_one_that_defines_it() -> None:
    bare = [paper("a", term("TNX")), paper("b", term("tree netwerk"))]
    found = resolve([*bare, *defining("TNX", tree_network=3, tree_netwerk=1)])
    (concept,) = found.concepts
    assert {n: (a.rule, a.papers, a.paper) for n, a in names(concept).items()} == {
        "TNX": (Rule.ABBREVIATION, 5, "tree_netwerk00"),
        "tree netwerk": (Rule.SPELLING, 2, "tree_netwerk00"),
        "tree network": (Rule.LABEL, 3, "tree_network00"),
    }


def test_a_misspelling_follows_what_it_misspells() -> None:
    found = resolve(defining("CXX", convolutional_neural_net=3, convolutional_neural_nett=1))
    assert [c.label for c in found.concepts] == ["convolutional neural network"]
    assert found.concepts[0].papers == 4


def test_long_forms_that_the_lexicon_calls_one_agree() -> None:
    papers = defining("CXX", convolutional_neural_network=1, convolutional_neural_net=1)
    found = resolve([*papers, paper("x", term("CXX"))])
    assert found.concept_of(term("CXX")).label == "convolutional neural network"


@pytest.mark.parametrize(
    ("mixed", "joined"), [("TreNet", True), ("trenet", False), ("Trenet", False), ("tren3t", False)]
)
def test_capitals_throughout_are_the_name_that_is_written_with_some(mixed: str, joined: bool) -> None:
    found = resolve([paper("a", term(mixed)), paper("b", term("TRENET"))])
    assert len(found.concepts) == (1 if joined else 2)
    if joined:
        assert names(found.concepts[0])["TRENET"].rule is Rule.CASE


def test_a_digit_inside_is_as_good_as_a_capital() -> None:
    found = resolve([paper("a", term("tren3t")), paper("b", term("TREN3T"))])
    assert len(found.concepts) == 1


def test_each_alias_has_its_rule_papers_and_first_paper() -> None:
    found = resolve(
        [
            paper("c", term("tree net", "TN", short="TN", at=4)),
            paper("b", term("tree net", "Tree Nets", "TN", "leafy", at=4)),
            paper("a", term("tree net", "GMM", "leafy", at=4)),
        ]
    )
    (concept,) = found.concepts
    assert concept.aliases == (
        Alias("GMM", Rule.LEXICON, 1, "a"),
        Alias("TN", Rule.ABBREVIATION, 2, "b", "defined there"),
        Alias("Tree Nets", Rule.NUMBER, 1, "b"),
        Alias("leafy", Rule.ABBREVIATION, 2, "a"),
        Alias("tree net", Rule.LABEL, 3, "a"),
    )


def test_a_name_that_nobody_defines_says_so() -> None:
    (concept,) = resolve([paper("a", term("tree net", "TN"))]).concepts
    assert names(concept)["TN"].note == ""


def test_a_concepts_type_and_confidence_by_hand() -> None:
    found = resolve(
        [
            paper("a", term("tree net", sure=0.9), term("Tree Nets", sure=0.6, at=50)),
            paper("b", term("tree net", sure=0.5, kind=TASK, kind_sure=0.4)),
        ]
    )
    (concept,) = found.concepts
    # Methods weigh 1.6 of 2.0; the doubts of the papers are 0.1 and 0.5.
    assert (concept.type, concept.confidence, concept.papers) == (METHOD, 0.56, 2)
    (nothing,) = resolve([paper("a", term("tree net", kind_sure=0.0, sure=0.25))]).concepts
    assert nothing.confidence == 0.25


def test_a_type_weighs_by_how_sure_it_is() -> None:
    found = resolve(
        [
            paper("a", term("tree net", kind=TASK, kind_sure=0.8)),
            paper("b", term("tree net", kind=TASK, kind_sure=0.6)),
            paper("c", term("tree net", kind_sure=0.6)),
        ]
    )
    assert found.concepts[0].type is TASK


def test_the_label_is_what_most_abstracts_write() -> None:
    papers = [
        *(paper(n, term("TreeNet", at=4)) for n in "ab"),
        *(paper(n, term("treenet", field="title")) for n in "cdef"),
        paper("g", term("treenet", at=4)),
    ]
    assert [c.label for c in resolve(papers).concepts] == ["TreeNet"]


def test_a_dataset_keeps_its_number() -> None:
    labels = [
        resolve([paper("a", term("Zorks", kind=kind))]).concepts[0].label
        for kind in (ConceptType.DATASET, METHOD)
    ]
    assert labels[0] == "Zorks"
    assert labels[1].lower() == "zork"


def test_a_name_of_two_groups_is_one_alias() -> None:
    papers = [
        *(paper(n, term("tree net", "foo")) for n in "cd"),
        *(paper(n, term("arboreal net", "foo")) for n in "ba"),
    ]
    merge = parse_curation('[merge]\n"tree net" = ["arboreal net"]')
    (concept,) = resolve(papers, curation=merge).concepts
    assert names(concept)["foo"] == Alias("foo", Rule.ABBREVIATION, 4, "a")


def test_a_paper_of_a_title_alone_has_links() -> None:
    one = Extraction("a", (term("tree net", field="title"),), (), (Span("title", 0, 50),))
    ((link,),) = (resolve([one]).apply(one)[1],)
    assert link.salience == 0.75


def test_a_link_by_hand() -> None:
    titled = Term(
        "tree net",
        METHOD,
        (
            TermMention(Span(Field.TITLE, 4, 12), "tree net", 0.5),
            TermMention(Span(Field.ABSTRACT, 100, 108), "tree net", 0.8),
        ),
        Role.PROPOSES,
        0.8,
        0.5,
        (),
        Span(Field.ABSTRACT, 90, 99),
        Span(Field.ABSTRACT, 80, 120),
    )
    other = term("map", at=50)
    only_title = term("owl", field=Field.TITLE)
    one = paper("a", titled, other, only_title)
    found = resolve([one, paper("b"), paper("c"), paper("d", term("map"))])
    mentions, links = found.apply(one)
    assert [(m.field, m.start, m.end, m.concept, m.confidence, m.type) for m in mentions] == [
        ("title", 0, 3, "owl", 0.9, METHOD),
        ("title", 4, 12, "tree-net", 0.5, METHOD),
        ("abstract", 50, 53, "map", 0.9, METHOD),
        ("abstract", 100, 108, "tree-net", 0.8, METHOD),
    ]
    assert [x.concept for x in links] == ["map", "owl", "tree-net"]
    link = links[2]
    assert (link.paper, link.role, link.confidence, link.mentions) == ("a", Role.PROPOSES, 0.4, 2)
    assert (link.sentence, link.cue) == (titled.sentence, titled.cue)
    assert link.salience == round(0.4 + 0.25 / 4 + 0.15 / 2 + 0.2, 3)
    assert links[0].salience == round(0.15 * 3 / 4 + 0.2 / 2, 3)
    assert links[1].salience == round(0.4 + 0.15 + 0.2, 3)
    assert (links[0].sentence, links[0].cue) == (None, None)


def test_of_two_roles_the_surer_and_of_equals_the_first() -> None:
    def role(*said: tuple[Role, float]) -> tuple[Role, float]:
        terms = [
            term(t, role=r, role_sure=s, at=20 * n)
            for n, (t, (r, s)) in enumerate(zip(("tree net", "Tree Nets"), said, strict=True))
        ]
        one = paper("a", *terms)
        ((link,),) = (resolve([one]).apply(one)[1],)
        return link.role, link.confidence

    assert role((Role.USES, 0.5), (Role.MENTIONS, 0.6)) == (Role.MENTIONS, 0.54)
    assert role((Role.MENTIONS, 0.5), (Role.USES, 0.5)) == (Role.USES, 0.45)
    assert role((Role.MENTIONS, 0.3331), (Role.USES, 0.1)) == (Role.MENTIONS, 0.3)


def test_statements_of_a_paper_are_between_different_concepts() -> None:
    span = Span("abstract", 0, 60)
    one = paper(
        "a",
        term("tree net"),
        term("map", at=30),
        term("Tree Nets", at=50),
        relations=(
            TermRelation(0, RelationType.USED_FOR, 1, 0.5, span, Span("abstract", 10, 14)),
            TermRelation(0, RelationType.IS_A, 2, 0.5, span),
        ),
    )
    found = resolve([one])
    assert list(found.statements(one)) == [
        ("tree-net", RelationType.USED_FOR, "map", Statement("a", span, 0.5, Span("abstract", 10, 14)))
    ]


def test_predictions_to_the_letter() -> None:
    span = Span("abstract", 0, 60)
    one = paper(
        "a",
        term("tree net"),
        term("TNX", at=30, kind=TASK, role=Role.ADDRESSES),
        relations=(TermRelation(0, RelationType.USED_FOR, 1, 0.5, span),),
    )
    (row,) = predictions([one], resolve([one]))
    assert row == {
        "id": "a",
        "mentions": [
            {
                "field": "abstract",
                "start": 0,
                "end": 8,
                "type": "Method",
                "concept": "tree net",
                "confidence": 0.9,
            },
            {
                "field": "abstract",
                "start": 30,
                "end": 33,
                "type": "Task",
                "concept": "TNX",
                "confidence": 0.9,
            },
        ],
        "links": [
            {"concept": "TNX", "type": "Task", "role": "addresses", "confidence": 0.45, "salience": 0.328},
            {"concept": "tree net", "type": "Method", "role": "uses", "confidence": 0.45, "salience": 0.35},
        ],
        "relations": [{"head": "tree net", "relation": "used_for", "tail": "TNX", "confidence": 0.5}],
    }
    assert {type(v) for m in row["mentions"] for v in m.values()} == {str, int, float}


def test_predictions_tell_concepts_of_one_label_apart() -> None:
    papers = [paper("a", term("Cat")), paper("b", term("CAT", short="")), paper("c", term("Cats"))]
    found = resolve(papers)
    labels = [row["links"][0]["concept"] for row in predictions(papers, found)]
    assert labels[0] == labels[2] != labels[1]
    twice = Resolution(
        [Concept("x", "cat", METHOD, papers=1), Concept("y", "cat", METHOD, papers=1)],
        {"cat": 0, "CAT": 1},
        3,
        Curation(),
    )
    assert [row["links"][0]["concept"] for row in predictions(papers, twice)] == [
        "cat [x]",
        "cat [y]",
        "cat [x]",
    ]


def test_the_type_in_a_paper_is_that_of_its_surest_term() -> None:
    one = paper(
        "a",
        term("tree net", kind=METHOD, role_sure=0.5),
        term("Tree Nets", kind=TASK, role_sure=0.6, at=40),
        term("tree-net", kind=ConceptType.DATASET, role_sure=0.6, at=80),
    )
    (row,) = predictions([one], resolve([one]))
    assert row["links"][0]["type"] == "Task"


def test_mentions_keep_the_type_of_their_term() -> None:
    one = paper("a", term("tree net"), term("Tree Nets", kind=TASK, at=40))
    assert resolve([one]).apply(one)[0] == (
        Mention("a", "abstract", 0, 8, METHOD, "tree-net", 0.9),
        Mention("a", "abstract", 40, 49, TASK, "tree-net", 0.9),
    )
