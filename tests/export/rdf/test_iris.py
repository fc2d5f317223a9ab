from __future__ import annotations

import re

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export.rdf.iris import Iris, segment, valid_base
from kg.export.rdf.literals import outside_iri, text, typed_date

ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1)


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_segment_is_plain_ascii(name: str) -> None:
    assert re.fullmatch(r"(?:[A-Za-z0-9_.:-]|%[0-9A-F]{2})+", segment(name))
    assert segment(name) not in {".", ".."}


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_different_ids_get_different_iris(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (one == other)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_iris_are_iris(one: str, other: str) -> None:
    iris = Iris("https://example.org/kg")
    for iri in (
        iris.paper(one),
        iris.concept(one),
        iris.link(one, "uses", other),
        iris.identifier(one, other, one),
    ):
        assert pyoxigraph.NamedNode(iri).value == iri


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_kinds_do_not_collide(one: str, other: str) -> None:
    iris = Iris()
    assert iris.paper(one) != iris.concept(other)
    assert iris.alias(one, other) != iris.alias(other, one) or one == other


@pytest.mark.parametrize(
    "base", ["", "kg/", "/kg/", "http://my org/", "https://é.org/", "https://x/%zz/", "a:#b#"]
)
def test_no_base(base: str) -> None:
    with pytest.raises(ExportError, match="base IRI"):
        valid_base(base)


@settings(deadline=None)
@given(ANY_TEXT)
def test_text_keeps_its_length_and_can_be_encoded(value: str) -> None:
    assert len(text(value)) == len(value)
    assert "\x00" not in text(value).encode().decode()


@settings(deadline=None)
@given(ANY_TEXT)
def test_outside_iris_are_iris_or_nothing(value: str) -> None:
    found = outside_iri(value)
    assert found is None or pyoxigraph.NamedNode(found).value == found


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2024", "gYear"),
        ("2024-12", "gYearMonth"),
        ("2024-02-29", "date"),
        ("2023-02-29", "string"),
        ("2024-13", "string"),
        ("0000", "string"),
        ("0000-01", "string"),
        ("20240229", "string"),
        ("2024-W01-1", "string"),
        ("２０２４", "string"),
    ],
)
def test_dates(value: str, kind: str) -> None:
    assert typed_date(value) == (value, f"http://www.w3.org/2001/XMLSchema#{kind}")
