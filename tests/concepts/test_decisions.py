"""Each decision of a curation file in every shape that it may have."""

from __future__ import annotations

import pytest

from kg.concepts import parse_curation, resolve
from kg.concepts.resolution import Resolution
from kg.errors import CurationError
from kg.model import (
    Concept,
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

WHOLE = Span("abstract", 0, 200)


def term(label: str, *texts: str, shorts: tuple[str, ...] = ()) -> Term:
    mentions = tuple(
        TermMention(Span("abstract", 4 + 20 * n, 4 + 20 * n + len(t)), t, 0.9)
        for n, t in enumerate(texts or (label,))
    )
    return Term(label, ConceptType.METHOD, mentions, Role.USES, short_forms=shorts)


PAPERS = [
    Extraction(
        "p1",
        (
            term("result"),
            term("tree network", "tree network", "TNX", "Tree Networks", shorts=("TNX",)),
            term("lopping"),
            term("leaf"),
        ),
        (
            TermRelation(2, RelationType.PART_OF, 1, 0.7, WHOLE),
            TermRelation(3, RelationType.PART_OF, 1, 0.7, WHOLE),
            TermRelation(0, RelationType.USED_FOR, 3, 0.7, WHOLE),
        ),
        (WHOLE,),
    ),
    Extraction("p2", (term("arboreal net"), term("lopping"), term("++")), (), (WHOLE,)),
    Extraction("p3", (term("TNX"), term("network of trees")), (), (WHOLE,)),
]


def curated(text: str) -> Resolution:
    return resolve(PAPERS, curation=parse_curation(text))


def labelled(resolution: Resolution, label: str) -> Concept:
    return next(c for c in resolution.concepts if c.label == label)


def names(concept: Concept) -> dict[str, tuple[Rule, int]]:
    return {a.name: (a.rule, a.papers) for a in concept.aliases}


def test_everything_at_once_is_read() -> None:
    found = parse_curation(
        'block = ["a", "b"]\nsplit = "c"\n[merge]\nd = ["e", "f"]\ng = "h"\n[rename]\ni = "j"\n'
        '[retype]\nk = "Task"\n[broader]\nl = ["m"]\n'
    )
    assert (found.block, found.split) == (("a", "b"), ("c",))
    assert found.merge == {"d": ("e", "f"), "g": ("h",)}
    assert (found.rename, found.retype) == ({"i": "j"}, {"k": ConceptType.TASK})
    assert found.broader == {"l": ("m",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("block = [1]", "block must be a list of names"),
        ('block = [" "]', "block must be a list of names"),
        ('split = ["a", ""]', "split must be a list of names"),
        ("[merge]\na = 1", "merge.a must be a list of names"),
        ("merge = []", "merge must be a table"),
        ("[rename]\na = 1", "rename.a must be a name"),
        ('[rename]\na = " "', "rename.a must be a name"),
        ('[retype]\na = "method"', "retype.a = 'method' is no type; there are Method, Task"),
        ("[broader]\na = [1]", "broader.a must be a list of names"),
        ('block = ["a"]\n[merge]\na = ["b"]', "'a' is blocked"),
        ('block = ["b"]\n[merge]\na = ["b"]', "'b' is blocked"),
        ("mrege = 1", "there are block, split, merge, rename, retype, broader"),
        ('[merge]\na = ["c"]\nb = ["c"]', "'c' is merged into both 'a' and 'b'"),
    ],
)
def test_a_mistake_names_the_file_and_the_place(text: str, words: str) -> None:
    with pytest.raises(CurationError) as caught:
        parse_curation(text, file="my.toml")
    assert str(caught.value).startswith("my.toml: ")
    assert words in str(caught.value)


def test_the_same_name_twice_in_one_merge_is_no_mistake() -> None:
    assert parse_curation('[merge]\na = ["b", "b"]').merge == {"a": ("b", "b")}


def test_relations_keep_their_ends_when_terms_go_and_come() -> None:
    found = curated('block = ["result"]\nsplit = ["TNX"]')
    stated = {(r.head, r.relation, r.tail) for r in found.relations(PAPERS)}
    assert ("lopping", RelationType.PART_OF, "tree-network") in stated
    assert ("leaf", RelationType.PART_OF, "tree-network") in stated
    assert not [s for s in stated if s[1] == RelationType.USED_FOR]


def test_a_blocked_spelling_leaves_the_rest_of_its_term() -> None:
    found = curated('block = ["TNX"]')
    assert names(labelled(found, "tree network")) == {
        "tree network": (Rule.LABEL, 1),
        "Tree Networks": (Rule.NUMBER, 1),
    }
    assert not [c for c in found.concepts if "TNX" in names(c)]
    (mentions, _) = found.apply(PAPERS[0])
    assert len([m for m in mentions if m.concept == "tree-network"]) == 2
    assert found.warnings == ()


def test_a_split_spelling_is_a_term_with_its_own_mentions() -> None:
    found = curated('split = ["TNX"]')
    assert names(labelled(found, "TNX")) == {"TNX": (Rule.LABEL, 2)}
    assert names(labelled(found, "tree network")) == {
        "tree network": (Rule.LABEL, 1),
        "Tree Networks": (Rule.NUMBER, 1),
    }
    own = curated('split = ["tree network"]')
    assert names(labelled(own, "tree network"))["TNX"][0] is Rule.ABBREVIATION
    assert names(labelled(own, "tree network")).keys() >= {"tree network", "Tree Networks"}


def test_a_name_without_letters_can_be_decided_too() -> None:
    assert not [c for c in curated('block = ["++"]').concepts if c.label == "++"]
    assert names(labelled(curated('[merge]\n"lopping" = ["++"]'), "lopping"))["++"] == (Rule.CURATION, 1)


def test_merges_are_followed_to_their_end() -> None:
    found = curated('[merge]\n"leaf" = ["lopping"]\n"lopping" = ["arboreal net"]')
    concept = labelled(found, "leaf")
    assert concept.papers == 4
    assert names(concept)["arboreal net"] == (Rule.CURATION, 1)
    assert names(concept)["lopping"] == (Rule.CURATION, 2)
    circle = curated('[merge]\n"leaf" = ["lopping"]\n"lopping" = ["leaf"]')
    assert {"leaf", "lopping"} & {c.label for c in circle.concepts}
    own = curated('[merge]\n"leaf" = ["Leafs", "leaf"]')
    assert labelled(own, "leaf").papers == 1


def test_a_merge_into_a_new_name_bears_it() -> None:
    found = curated('[merge]\n"Sylvan Thing" = ["lopping", "leaf"]')
    concept = labelled(found, "Sylvan Thing")
    assert concept.id == "sylvan-thing"
    assert names(concept)["Sylvan Thing"] == (Rule.LABEL, 0)
    assert {n: r for n, (r, _) in names(concept).items()} == {
        "Sylvan Thing": Rule.LABEL,
        "lopping": Rule.CURATION,
        "leaf": Rule.CURATION,
    }


def test_a_rename_to_a_name_there_is_and_to_a_new_one() -> None:
    short = curated('[rename]\n"tree network" = "TNX"')
    (concept,) = (c for c in short.concepts if c.id == "tree-network")
    assert concept.label == "TNX"
    assert names(concept) == {
        "TNX": (Rule.LABEL, 1),
        "tree network": (Rule.CURATION, 1),
        "Tree Networks": (Rule.NUMBER, 1),
    }
    new = curated('[rename]\n"lopping" = "cutting"')
    (concept,) = (c for c in new.concepts if c.id == "lopping")
    assert [(a.name, a.rule, a.papers, bool(a.note)) for a in concept.aliases] == [
        ("cutting", Rule.LABEL, 0, False),
        ("lopping", Rule.CURATION, 2, True),
    ]
    same = curated('[rename]\n"lopping" = "lopping"')
    assert labelled(same, "lopping") == labelled(resolve(PAPERS), "lopping")


def test_a_rename_of_a_merge_drops_the_name_that_nobody_writes() -> None:
    found = curated('[merge]\n"sylvan thing" = ["leaf"]\n[rename]\n"leaf" = "Foliage"')
    concept = labelled(found, "Foliage")
    assert names(concept).keys() >= {"Foliage", "leaf"}


def test_any_spelling_of_a_concept_decides_on_it() -> None:
    for name in ("Tree Network", "tree-networks", "TNX"):
        found = curated(f'[retype]\n"{name}" = "Task"')
        kinds = {c.id: c.type for c in found.concepts}
        assert kinds["TNX" if name == "TNX" else "tree-network"] is ConceptType.TASK
        assert list(kinds.values()).count(ConceptType.TASK) == 1


def test_broader_takes_any_spelling_and_only_what_is_there() -> None:
    found = curated('[broader]\n"Leafs" = ["Loppings", "nowhere"]\n"TNX" = ["leaf"]\n"gone" = ["leaf"]')
    kinds = [
        (r.head, r.tail, r.confidence) for r in found.relations(PAPERS) if r.relation == RelationType.IS_A
    ]
    assert kinds == [("TNX", "leaf", 1.0), ("leaf", "lopping", 1.0)]
    alias = resolve(PAPERS[:1], curation=parse_curation('[broader]\n"TNX" = ["leaf"]'))
    kinds = [
        (r.head, r.tail, r.confidence) for r in alias.relations(PAPERS[:1]) if r.relation == RelationType.IS_A
    ]
    assert kinds == [("tree-network", "leaf", 1.0)]


def test_each_decision_that_matches_nothing_is_named() -> None:
    found = curated(
        'block = ["none 1", "leaf"]\nsplit = ["none 2", "TNX"]\n[merge]\n"lopping" = ["none 3"]\n'
        '[rename]\n"none 4" = "x"\n[retype]\n"none 5" = "Task"\n[broader]\n"none 6" = ["leaf"]\n'
    )
    assert [w.partition(": ")[2] for w in found.warnings] == [
        "block 'none 1' matches nothing",
        "split 'none 2' matches nothing",
        "merge 'none 3' into 'lopping' matches nothing",
        "rename 'none 4' matches nothing",
        "retype 'none 5' matches nothing",
        "broader 'none 6' matches nothing",
    ]
