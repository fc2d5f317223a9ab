"""Labels and ids: the commonest spelling, singular, small but for proper names."""

from __future__ import annotations

import re

import pytest

from kg.concepts.counts import Name
from kg.concepts.labels import WordCase, concept_id, label
from kg.model import ConceptType

METHOD, DATASET = ConceptType.METHOD, ConceptType.DATASET


def written(text: str, abstracts: int = 1, titles: int = 0, defined: int = 0) -> Name:
    return Name(text, abstracts + titles, abstracts, "p", defined)


def words(*names: Name) -> WordCase:
    made = WordCase()
    for one in names:
        made.add(one)
    return made


COMMON = words(written("tree net map large", 9))
"""Words that every paper writes small."""


def called(
    *names: Name, kind: ConceptType = METHOD, proposed: bool = False, case: WordCase = COMMON, key: str = ""
) -> str:
    return label(key, names, case, kind, proposed)


@pytest.mark.parametrize(
    ("big", "small", "expected"),
    [
        (written("Tree net", 2), written("tree net"), "tree net"),
        (written("Tree net", 3), written("tree net"), "Tree net"),
        (written("Tree Net", 7), written("tree net"), "Tree Net"),
        (written("large Tree", 7), written("large tree"), "large Tree"),
        (written("Tree", 7), written("tree"), "Tree"),
        (written("Tree", 7), written("tree", 3), "tree"),
        (written("Tree", 71), written("tree", 29), "Tree"),
        # In a title and at the start of a sentence a tenth.
        (written("Tree", 0, 7), written("tree", 1), "tree"),
        (written("Tree", 1), written("tree", 0, 5), "tree"),
        (written("Tree", 1), written("tree", 0, 4), "Tree"),
    ],
)
def test_a_word_is_small_if_three_tenths_of_its_spellings_are(big: Name, small: Name, expected: str) -> None:
    assert called(big, small, key=small.text) == expected


@pytest.mark.parametrize(
    ("small", "capital", "expected"),
    [(8, 2, "tree of Zork"), (7, 3, "Tree of Zork"), (0, 0, "tree of Zork"), (0, 5, "Tree of Zork")],
)
def test_a_word_that_is_always_capital_here_goes_by_all_names(
    small: int, capital: int, expected: str
) -> None:
    case = words(written("tree", small), written("Tree", capital), written("Zork map", 3), written("9 of", 3))
    assert called(written("Tree of Zork", 1), case=case, key="tree of zork") == expected


def test_a_name_in_capitals_throughout_tells_nothing_of_its_words() -> None:
    case = words(written("General Tree Understanding", 9))
    assert case.small("understanding") == 1.0
    assert words(written("Zork tree", 1)).small("zork") == 0.0


def test_an_unknown_word_is_as_its_parts_else_as_the_lexicon_writes_it() -> None:
    case = words(written("high resolution tree", 3), written("Zork tree", 3))
    assert case.small("High-Resolution") == 1.0
    assert case.small("Zork-Resolution") == 0.0
    assert (case.small("Markov"), case.small("Blorp")) == (0.0, 1.0)


def test_a_hyphenated_word_of_a_title_becomes_small() -> None:
    assert called(written("High-Resolution Tree", 0, 1)) == "high-resolution tree"
    assert called(written("U-Net Tree", 0, 1)) == "U-Net tree"


def test_a_dataset_in_capitals_throughout_is_a_proper_name() -> None:
    assert called(written("Large Tree Map", 2), kind=DATASET) == "Large Tree Map"
    assert (
        called(written("Large Tree Map", 2), written("large tree map", 1), kind=DATASET) == "large tree map"
    )


def test_a_title_tells_nothing_of_a_words_case() -> None:
    assert words(written("Tree", 0, 5)).small("tree") == 1.0
    assert words(written("Tree", 1, 5), written("tree", 3)).small("TREE") == 0.75


@pytest.mark.parametrize(
    ("text", "proposed", "defined", "expected"),
    [
        ("Tree Net", True, 0, "Tree Net"),
        ("Tree Net", False, 0, "tree net"),
        ("Tree Net", True, 1, "tree net"),
        ("Tree net", True, 0, "tree net"),
        ("Tree 3", True, 0, "Tree 3"),
        ("TreeNet map", False, 0, "TreeNet map"),
        ("TreeNet Map", False, 0, "TreeNet map"),
        ("tree Map", False, 0, "tree map"),
        ("T map", False, 0, "T map"),
        ("Tree2 map", False, 0, "Tree2 map"),
    ],
)
def test_what_a_paper_proposes_in_capitals_is_a_proper_name(
    text: str, proposed: bool, defined: int, expected: str
) -> None:
    assert called(written(text, 3, 0, defined), proposed=proposed, key=text.lower()) == expected


@pytest.mark.parametrize(
    ("texts", "kind", "expected"),
    [
        (["trees"], METHOD, "tree"),
        (["Zorks"], METHOD, "Zork"),
        (["Zorks"], DATASET, "Zorks"),
        (["zorks"], DATASET, "zork"),
        (["Zorks", "Zork"], DATASET, "Zork"),
        (["ZorkNets"], METHOD, "ZorkNets"),
        (["ZorkNets", "ZorkNet"], METHOD, "ZorkNet"),
        (["ZORKs"], METHOD, "ZORK"),
        (["ZOrks"], METHOD, "ZOrks"),
        (["LMs"], METHOD, "LM"),
        (["ZoRks"], METHOD, "ZoRks"),
        (["matrices"], METHOD, "matrix"),
        (["fake news"], METHOD, "fake news"),
        (["Zork Matrices"], METHOD, "Zork Matrix"),
        (["map of trees"], METHOD, "map of trees"),
        (["maps of the tree"], METHOD, "maps of the tree"),
    ],
)
def test_labels_are_singular_but_for_names(texts: list[str], kind: ConceptType, expected: str) -> None:
    case = words(written("Zork", 9), written("Zorks", 9), written("Matrix", 9))
    assert called(*(written(t) for t in texts), kind=kind, case=case) == expected


def test_the_commonest_shape_then_its_commonest_spelling() -> None:
    assert called(written("tree-net", 2), written("tree nets", 2), written("tree net", 1)) == "tree net"
    assert called(written("tree-net", 4), written("tree nets", 2), written("tree net", 1)) == "tree-net"
    assert called(written("tree-net", 2), written("tree net", 2)) == "tree net"
    assert called(written("large $tree$", 2), written("large tree", 2)) == "large tree"
    assert called(written("TreeNet", 2), written("treenet", 1, 9), written("TREENET", 0, 9)) == "TreeNet"
    assert called(written("other thing", 9), written("tree", 1), key="tree") == "tree"
    assert called(written("{}", 1)) == "{}"


def test_an_id_is_short_and_safe() -> None:
    assert concept_id("a" * 80) == "a" * 80
    long = concept_id("a" * 81)
    assert re.fullmatch("a{80}-[0-9a-f]{6}", long)
    assert long != concept_id("a" * 82)
    assert re.fullmatch("a{79}-[0-9a-f]{6}", concept_id("a" * 79 + " b"))
    assert re.fullmatch("[0-9a-f]{6}", concept_id("++"))
    assert concept_id("++") != concept_id("+")
    assert concept_id("version 2.5") == "version-2.5"
    assert re.fullmatch("a-b-[0-9a-f]{6}", concept_id(" a++b. "))
