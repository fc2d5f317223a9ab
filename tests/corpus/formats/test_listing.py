"""Pages of a listing: three layouts, furniture, bylines, inferred years."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from kg.corpus import merge, read
from kg.model import Paper

LONG = "We study how small test files behave when nobody looks at them, and " * 6

BYLINES = f"""new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Nov 5

On Files

{LONG}one.

  • 9 authors
·
Nov 20, 2022

Less Is More

{LONG}two.

  • 1 authors
·
Feb 4 12

A Title Without a Byline

{LONG}three.

Badges

{LONG}four.

Acme Lab
·
Mar 18, 2024 3
"""


def papers(text: str, **options: int) -> list[Paper]:
    return list(read("-", stdin=io.BytesIO(text.encode()), **options))  # type: ignore[arg-type]


def test_bylines_give_dates_counts_votes_and_the_badge() -> None:
    one, two, three, four = papers(BYLINES)
    assert (one.title, one.author_count, one.date, one.date_inferred) == ("On Files", 9, "2022-11-20", False)
    assert one.abstract == f"{LONG}one."
    assert (two.date, two.date_inferred, two.upvotes) == ("2025-02-04", True, 12)
    assert (three.title, three.date, three.author_count) == ("A Title Without a Byline", None, None)
    assert (four.organisation, four.author_count, four.upvotes) == ("Acme Lab", None, 3)
    assert [p.sources[0].line for p in (one, two, three, four)] == [13, 21, 29, 33]
    assert [p.sources[0].position for p in (one, two, three, four)] == [1, 2, 3, 4]


def test_listing_year_decides_and_the_year_stays_inferred() -> None:
    two = papers(BYLINES, listing_year=2031)[1]
    assert (two.date, two.date_inferred) == ("2031-02-04", True)
    assert papers(BYLINES, listing_year=2031)[0].date == "2022-11-20"


def test_without_any_year_on_the_page_a_date_is_left_out_rather_than_guessed() -> None:
    page = BYLINES.replace(", 2022", "").replace(", 2024", "")
    assert {p.date for p in papers(page)} == {None}
    assert papers(page, listing_year=2025)[0].date == "2025-11-20"


def test_the_day_that_the_inferred_year_lacks_is_dropped() -> None:
    assert papers(BYLINES.replace("Feb 4 12", "Feb 29 12"))[1].date == "2025-02"


def test_titles_and_abstracts_on_alternating_lines_with_glued_furniture() -> None:
    page = (
        "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n"
        f"SubscribeOn Files\n{LONG}one.\nGRIN\n{LONG}two.\n"
    )
    assert [(p.title, p.abstract) for p in papers(page)] == [
        ("On Files", f"{LONG}one."),
        ("GRIN", f"{LONG}two."),
    ]


def test_blank_lines_between_and_no_bylines() -> None:
    page = "new\n\nGet trending papers in your email inbox!\n\nMar 11\n\nOn Files\n\n"
    page += f"{LONG}\n\nMore of Them\n\n{LONG}"
    assert [p.title for p in papers(page)] == ["On Files", "More of Them"]


def test_an_abstract_of_several_paragraphs_and_a_title_without_one() -> None:
    page = BYLINES.replace(f"{LONG}one.", f"{LONG}one.\n\n{LONG}more.\n\nLonely Title").replace(
        "  • 9 authors\n·\nNov 20, 2022", ""
    )
    titles = [(p.title, len(p.abstract) > 0) for p in papers(page)][:3]
    assert titles == [("On Files", True), ("Lonely Title", True), (f"{LONG}two.", False)] or titles == [
        ("On Files", True),
        ("Lonely Title", False),
        ("Less Is More", True),
    ]


def test_latex_remains_and_markup_stay_letter_for_letter() -> None:
    page = BYLINES.replace("On Files", r"On {\em Files} in ell_p, Mat\'ern <b>&amp;").replace(
        "two.", r"$\ell$."
    )
    first, second = papers(page)[:2]
    assert first.title == r"On {\em Files} in ell_p, Mat\'ern <b>&amp;"
    assert second.abstract.endswith(r"$\ell$.")


@pytest.mark.parametrize("title", ["new methods", "Subscribe to Nothing", "Next", "Daily Papers Considered"])
def test_a_title_that_looks_like_furniture_only_at_its_beginning(title: str) -> None:
    page = BYLINES.replace("Less Is More", title)
    found = [p.title for p in papers(page)]
    assert title in found or title == "Next"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "records", "dated", "inferred", "counted"),
    [
        ("000_0cf5bb178d67cae8.txt", 23, 22, 7, 22),
        ("001_8421e72efcaf1e54.txt", 79, 75, 25, 74),
        ("002_ef4f665f263c739d.txt", 62, 0, 0, 0),
        ("003_b72bc537ce43f3e3.txt", 230, 0, 0, 0),
    ],
)
def test_the_four_real_pages(
    shared: Path, name: str, records: int, dated: int, inferred: int, counted: int
) -> None:
    found = list(read(shared / "seeds" / name))
    assert len(found) == records
    assert sum(p.date is not None for p in found) == dated
    assert sum(p.date_inferred for p in found) == inferred
    assert {p.year for p in found if p.date_inferred} <= {2025}
    assert sum(p.author_count is not None for p in found) == counted
    assert all(10 < len(p.title) < 200 and len(p.abstract) > 400 for p in found)
    assert not any(p.title.startswith(("Subscribe", "Get trending", "byAK")) for p in found)


@pytest.mark.shared
def test_the_real_pages_together(shared: Path) -> None:
    found = list(read(shared / "seeds"))
    merged = merge(found)
    assert (len(found), len(merged)) == (394, 377)
    assert sum(len(p.sources) for p in merged) == 394
    assert Counter(len(p.sources) for p in merged)[1] == 377 - sum(len(p.sources) > 1 for p in merged)
    badges = [p for p in merged if p.organisation]
    assert [(p.organisation, p.date, p.upvotes) for p in badges] == [("OPPOer OPPO", "2025-10-13", 3)]
