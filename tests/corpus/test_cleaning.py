"""The cleaner: mark-up, entities, TeX, headings; formulas and ordinary signs stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import dates, identity, tex
from kg.corpus.cleaning import clean, clean_abstract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hard\n  wrapped\r\ntext ", "hard wrapped text"),
        ("<i>in vitro</i> H<sub>2</sub>O", "in vitro H2O"),
        ("one<br/>two<p>three</p>", "one two three"),
        ("&lt;jats:p&gt;twice &amp;amp; again&lt;/jats:p&gt;", "twice & again"),
        ("if a<b and c>d, a < b & c", "if a<b and c>d, a < b & c"),
        ("p<0.05 and n>3", "p<0.05 and n>3"),
        ("a \u00ad soft\u00adhyphen\u200b and\u00a0blank\u2028line", "a softhyphen and blank line"),
        ("e\u0301", "é"),
        (r"Schr\"odinger, Erd{\H o}s, \'{E}, {\'\i}, \c{c}", "Schrödinger, Erdős, É, í, ç"),
        (r"\v{s}, \o{}re, na{\"\i}ve", "š, øre, naïve"),
        (r"$\mathcal{O}(\'n)$ and 10\% \& more \alpha", r"$\mathcal{O}(\'n)$ and 10% & more \alpha"),
        (r"he said \"under\" it", r"he said \"under\" it"),
        ("<jats:inline-formula><jats:alternatives><jats:tex-math>$x$</jats:tex-math><mml:math><mml:mi>x</mml:mi>"
         "</mml:math></jats:alternatives></jats:inline-formula> is", "$x$ is"),
        ("a\ud800b\x00c", "a\ufffdbc"),
        ("<img src=x onerror=alert(1)></script><script>alert(2)</script>", "alert(2)"),
        ("the tokens <s> and <mask>", "the tokens <s> and <mask>"),
    ],
)  # fmt: skip
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abstract We show", "We show"),
        ("ABSTRACT: we show", "we show"),
        ("Abstract\n\nIn this", "In this"),
        (
            "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>We</jats:p></jats:sec>",
            "We",
        ),
        ("Abstract state machines are", "Abstract state machines are"),
        ("Abstraction helps", "Abstraction helps"),
        ("Abstract", ""),
        ("[No abstract available]", ""),
        ("Summary: we", "we"),
        ("Summary statistics are", "Summary statistics are"),
    ],
)
def test_headings(text: str, expected: str) -> None:
    assert clean_abstract(text) == expected


def test_a_title_keeps_the_word_abstract() -> None:
    assert clean("Abstract Interpretation Revisited") == "Abstract Interpretation Revisited"


@given(st.text(max_size=60))
def test_cleaning_is_in_nfc_in_one_line_and_done_once(text: str) -> None:
    once = clean(text)
    assert once == " ".join(once.split())
    assert unicodedata.is_normalized("NFC", once)
    if not set("<&\\") & set(text):
        assert clean(once) == once


@given(st.text(alphabet="\\{}$'\"`^~cvH oae&<>;lt#", max_size=40))
def test_tex_and_markup_of_any_kind_end(text: str) -> None:
    assert isinstance(clean(text), str)
    assert isinstance(tex.plain(text), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-02-30", "2024-02"),
        ("2024-03-05T10:00:00Z", "2024-03-05"),
        ("2024/03", "2024-03"),
        ("2019 Mar", "2019-03"),
        ("2019 Mar 7", "2019-03-07"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("Tue, 5 Mar 2024 10:00:00 GMT", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("JAN 2013", "2013-01"),
        ("MAY-JUN 2013", "2013-05"),
        ("20240305", "2024-03-05"),
        ("c2004", "2004"),
        ("in press", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    assert dates.parse(text) == expected


@given(st.text(max_size=20))
def test_a_date_has_one_of_three_forms(text: str) -> None:
    found = dates.parse(text)
    assert found is None or (len(found) in (4, 7, 10) and found[:4].isdigit())


@given(st.text(min_size=1, max_size=40))
def test_equal_titles_have_equal_keys(title: str) -> None:
    assert identity.title_key(title)
    assert identity.title_key(title) == identity.title_key(f"  {title} ") or not title.strip()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.1000/X.", "10.1000/x"),
        ("doi:10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1000%2Fx", "10.1000/x"),
        ("11.1000/x", None),
        ("10.1000", None),
    ],
)
def test_dois(value: str, expected: str | None) -> None:
    assert identity.doi(value) == expected
