"""Tables: delimiters, column names, broken rows."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kg.corpus import read
from kg.errors import InputError
from kg.model import Paper


def papers(text: str, **options: Any) -> list[Paper]:
    return list(read("-", stdin=io.BytesIO(text.encode()), **options))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters_and_quotes(delimiter: str) -> None:
    rows = [["id", "title", "abstract", "year"], ["7", "On Files", f'"A{delimiter} ""b""\nand more"', "2024"]]
    (paper,) = papers("\ufeff" + "\r\n".join(delimiter.join(row) for row in rows) + "\r\n")
    assert (paper.id, paper.title, paper.date) == ("7", "On Files", "2024")
    assert paper.abstract == ("A" + delimiter.strip() + ' "b" and more')


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (  # Scopus
            "Authors,Title,Year,Source title,DOI,Abstract,Author Keywords,EID",
            '"One A.; Two B.",On Files,2021,J. Files,10.1000/S1,Text.,"files; tests",2-s2.0-1',
            (("One A.", "Two B."), "2021", "J. Files", "10.1000/s1", ("files", "tests")),
        ),
        (  # IEEE Xplore
            '"Document Title",Authors,"Publication Title",Publication Year,"Abstract",DOI,"Author Keywords"',
            '"On Files","A. One; B. Two","Conf. on Files",2021,"Text.","10.1000/i1","files;tests"',
            (("A. One", "B. Two"), "2021", "Conf. on Files", "10.1000/i1", ("files", "tests")),
        ),
        (  # Zotero
            '"Key","Author","Title","Publication Title","DOI","Abstract Note","Date","Manual Tags"',
            '"K","One, A.; Two, B.","On Files","J. Files","10.1000/z","Text.","2021-05","files; tests"',
            (("One, A.", "Two, B."), "2021-05", "J. Files", "10.1000/z", ("files", "tests")),
        ),
        (  # Lens
            "Lens ID,Title,Date Published,Source Title,Author/s,Abstract,DOI,Keywords",
            "1-2,On Files,2021-05-01,J. Files,A. One; B. Two,Text.,10.1000/l,files; tests",
            (("A. One", "B. Two"), "2021-05-01", "J. Files", "10.1000/l", ("files", "tests")),
        ),
        (  # Dimensions, with a line about itself
            '"About the data: exported on Jan 1, 2024"\n'
            "Rank,DOI,PMID,Title,Abstract,Source title,PubYear,Authors,Keywords",
            '1,10.1000/d,7,On Files,Text.,J. Files,2021,"One, A.; Two, B.",files; tests',
            (("One, A.", "Two, B."), "2021", "J. Files", "10.1000/d", ("files", "tests")),
        ),
        (  # Embase
            "Title,Author Names,Source,Abstract,Publication Year,keywords,DOI",
            '"On Files","One A., Two B.",J. Files,Text.,2021,files; tests,10.1000/e',
            (("One A.", "Two B."), "2021", "J. Files", "10.1000/e", ("files", "tests")),
        ),
        (  # Web of Science, divided by tabs
            "PT\tAU\tTI\tSO\tDE\tAB\tPY\tDI",
            "J\tOne, A; Two, B\tOn Files\tJ. Files\tfiles; tests\tText.\t2021\t10.1000/w",
            (("One, A", "Two, B"), "2021", "J. Files", "10.1000/w", ("files", "tests")),
        ),
        (  # Springer
            "Item Title,Publication Title,Item DOI,Authors,Publication Year,Abstract,Keywords",
            "On Files,J. Files,10.1000/p,A. One; B. Two,2021,Text.,files; tests",
            (("A. One", "B. Two"), "2021", "J. Files", "10.1000/p", ("files", "tests")),
        ),
    ],
)
def test_names_of_columns(header: str, row: str, expected: tuple[object, ...]) -> None:
    (paper,) = papers(f"{header}\n{row}\n")
    assert (paper.title, paper.abstract) == ("On Files", "Text.")
    assert (paper.authors, paper.date, paper.venue, paper.doi, paper.keywords) == expected


def test_a_table_without_titles_is_refused_with_the_columns_it_has() -> None:
    with pytest.raises(InputError, match="no column holds titles") as caught:
        papers("number,abstract\n1,Text\n")
    assert "number, abstract" in str(caught.value)


def test_a_row_without_title_is_named() -> None:
    with pytest.raises(InputError) as caught:
        papers('title,abstract\n"One\nline",x\n,y\n')
    assert (caught.value.line, caught.value.record) == (4, 2)
