"""One made-up record of every format of libraries and indexes, and the paper it becomes."""

# ruff: noqa: E501
from __future__ import annotations

import io
import json
from typing import Any

import pytest

from kg.corpus import read
from kg.errors import InputError
from kg.model import Paper


def papers(data: str | bytes | object, **options: Any) -> list[Paper]:
    if not isinstance(data, (str, bytes)):
        data = json.dumps(data)
    return list(read("-", stdin=io.BytesIO(data.encode() if isinstance(data, str) else data), **options))


def facts(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "abstract": paper.abstract,
        "date": paper.date,
        "authors": paper.authors,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "format": paper.sources[0].format,
        "line": paper.sources[0].line,
    }


EXPECTED = {
    "title": "On Files",
    "abstract": "We read files.",
    "date": "2024-03-05",
    "authors": ("One, Ada", "Two, Bo"),
    "venue": "Journal of Files",
    "doi": "10.1000/f.1",
    "arxiv": None,
}

BIBTEX = r"""% a comment
@string{jf = "Journal of " # "Files"}

@Article{one,
  title = {On {F}iles},
  author = {One, Ada and Two, Bo and others},
  abstract = "We read
     files.",
  journal = jf, year = 2024, month = mar, day = 5,
  doi = {https://doi.org/10.1000/F.1}
}
"""
RIS = """\ufeffTY  - JOUR\r
TI - On Files\r
AU  - One, Ada\r
AU  - Two, Bo\r
AB  - We read\r
files.\r
PY  - 2024\r
DA  - 2024/03/05/\r
JO  - J. Files\r
JF  - Journal of Files\r
DO  - 10.1000/F.1\r
ER  - \r
"""
WOS = """FN Clarivate
VR 1.0
PT J
AU One, A
   Two, B
AF One, Ada
   Two, Bo
TI On
   Files
SO Journal of Files
AB We read files.
PD MAR 5
PY 2024
DI 10.1000/F.1
UT WOS:1
ER

EF
"""
MEDLINE = """
PMID- 12
OWN - NLM
DP  - 2024 Mar 5
TI  - On
      Files
LID - 10.1000/F.1 [doi]
AB  - We read
      files.
FAU - One, Ada
AU  - One A
FAU - Two, Bo
JT  - Journal of Files

"""
PUBMED = """<?xml version="1.0" encoding="ISO-8859-1"?>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2024</Year><Month>Mar</Month><Day>5</Day></PubDate></JournalIssue>
<Title>Journal of Files</Title></Journal><ArticleTitle>On <i>Files</i></ArticleTitle>
<Abstract><AbstractText Label="UNLABELLED">We read files.</AbstractText></Abstract>
<AuthorList><Author><LastName>One</LastName><ForeName>Ada</ForeName></Author>
<Author><LastName>Two</LastName><ForeName>Bo</ForeName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/F.1</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>
"""
ENDNOTE = """<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style>One, Ada</style></author><author>Two, Bo</author></authors></contributors>
<titles><title><style>On </style><style>Files</style></title><secondary-title>Journal of Files</secondary-title>
</titles><dates><year>2024</year><pub-dates><date>Mar 5</date></pub-dates></dates>
<abstract>We read files.</abstract><electronic-resource-num>10.1000/F.1</electronic-resource-num>
</record></records></xml>
"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/">
<bib:Article rdf:about="#1"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>One</foaf:surname><foaf:givenName>Ada</foaf:givenName>
</foaf:Person></rdf:li><rdf:li><foaf:Person><foaf:surname>Two</foaf:surname><foaf:givenName>Bo</foaf:givenName>
</foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>On Files</dc:title><dc:date>2024-03-05</dc:date>
<dcterms:abstract>We read files.</dcterms:abstract><dc:identifier>DOI 10.1000/F.1</dc:identifier></bib:Article>
<bib:Journal rdf:about="urn:issn:1"><dc:title>Journal of Files</dc:title></bib:Journal>
<z:Attachment rdf:about="#2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment></rdf:RDF>
"""
CSL = [
    {
        "id": "x", "type": "article-journal", "title": "On Files", "abstract": "We read files.",
        "issued": {"date-parts": [["2024", 3, 5]]}, "container-title": "Journal of Files", "DOI": "10.1000/F.1",
        "author": [{"family": "One", "given": "Ada"}, {"family": "Two", "given": "Bo"}],
    }
]  # fmt: skip
CROSSREF = {
    "status": "ok", "message-version": "1.0.0",
    "message": {"items": [{
        "DOI": "10.1000/F.1", "title": ["On Files"], "container-title": ["Journal of Files"],
        "abstract": "&lt;jats:title&gt;Abstract&lt;/jats:title&gt;<jats:p>We read\n files.</jats:p>",
        "issued": {"date-parts": [[2024, 3, 5]]}, "reference-count": 0, "member": "1",
        "author": [{"family": "One", "given": "Ada"}, {"family": "Two", "given": "Bo"}],
    }]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "format", "line"),
    [
        (BIBTEX, "bibtex", 4),
        (RIS, "ris", 1),
        (WOS, "wos", 3),
        (MEDLINE, "medline", 2),
        (PUBMED, "pubmed", 2),
        (ENDNOTE, "endnote", 1),
        (RDF, "zotero-rdf", 4),
        (CSL, "csl", 1),
        (CROSSREF, "crossref", 1),
    ],
)
def test_the_same_paper_out_of_libraries(data: object, format: str, line: int) -> None:
    (paper,) = papers(data)
    assert facts(paper) == {**EXPECTED, "format": format, "line": line}


OPENALEX = {
    "meta": {"count": 1, "db_response_time_ms": 1, "per_page": 25},
    "results": [{
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/F.1", "display_name": "On Files",
        "publication_date": "2024-03-05", "publication_year": 2024,
        "authorships": [{"author": {"display_name": "Ada One"}}, {"author": {"display_name": "Bo Two"}}],
        "primary_location": {"source": {"display_name": "Journal of Files"}},
        "abstract_inverted_index": {"Abstract": [0], "We": [1], "files.": [4], "read": [2]},
    }],
}  # fmt: skip
SCHOLAR = {
    "data": [
        None,
        {
            "paperId": "p", "title": "On Files", "abstract": "We read files.", "publicationDate": "2024-03-05",
            "journal": {"name": "Journal of Files"}, "externalIds": {"DOI": "10.1000/F.1"},
            "authors": [{"name": "Ada One"}, {"name": "Bo Two"}],
        },
    ]
}  # fmt: skip
OTHER = [
    {
        "Title": "On Files", "summary": "We read\n files.", "published": "2024-03-05T00:00:00Z",
        "authors": "Ada One; Bo Two", "journal": "Journal of Files", "doi": "10.1000/F.1",
    }
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "format"), [(OPENALEX, "openalex"), (SCHOLAR, "semantic-scholar"), (OTHER, "json-other")]
)
def test_the_same_paper_out_of_indexes(data: object, format: str) -> None:
    (paper,) = papers(data)
    assert facts(paper) == {**EXPECTED, "authors": ("Ada One", "Bo Two"), "format": format, "line": 1}


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2403.00001v2</id>
<title>On
  Files</title><summary> We read
files. </summary><published>2024-03-05T01:02:03Z</published><author><name>Ada One</name></author></entry>
<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry></feed>
"""
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted"/></record>
<record><header><identifier>oai:arXiv.org:2403.00001</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2403.00001</id><created>2024-03-05</created><authors><author>
<keyname>One</keyname><forenames>Ada</forenames></author></authors><title>On Files</title>
<abstract>We read files.</abstract></arXiv></metadata></record>
<record><header><identifier>oai:arXiv.org:2403.00002</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="x" xmlns:dc="y"><dc:title>More</dc:title><dc:creator>Two, Bo</dc:creator>
<dc:description>Comment: 3 pages</dc:description><dc:description>We read more.</dc:description>
<dc:date>2024-03-06</dc:date><dc:date>2025-01-01</dc:date></oai_dc:dc></metadata></record>
</ListRecords></OAI-PMH>
"""


def test_arxiv_atom_and_the_error_that_looks_like_an_entry() -> None:
    corpus = read("-", stdin=io.BytesIO(ATOM.encode()), skip_invalid=True)
    (paper,) = corpus
    assert (paper.title, paper.abstract, paper.date) == ("On Files", "We read files.", "2024-03-05")
    assert (paper.id, paper.arxiv, paper.authors) == ("arxiv:2403.00001", "2403.00001", ("Ada One",))
    assert "bad id" in str(corpus.skipped[0])


def test_arxiv_oai_in_both_flavours_without_deleted_records() -> None:
    one, two = papers(OAI)
    assert (one.title, one.arxiv, one.date, one.authors) == (
        "On Files",
        "2403.00001",
        "2024-03-05",
        ("One, Ada",),
    )
    assert (two.arxiv, two.abstract, two.date) == ("2403.00002", "We read more.", "2024-03-06")


def test_the_kaggle_snapshot() -> None:
    record = {
        "id": "hep-ph/9901001", "submitter": "x", "authors": "A. One, B. Tw\\'o (Institute)", "title": "On\n  Files",
        "journal-ref": "J.Files 1", "doi": None, "abstract": "  We read\nfiles of G\\\"odel.\n", "update_date": "2008-01-01",
        "versions": [{"version": "v1", "created": "Mon, 4 Jan 1999 10:00:00 GMT"}], "categories": "hep-ph cs.DL",
    }  # fmt: skip
    (paper,) = papers(json.dumps(record) + "\n")
    assert (paper.title, paper.abstract, paper.date) == ("On Files", "We read files of Gödel.", "1999-01-04")
    assert (paper.id, paper.authors) == ("arxiv:hep-ph/9901001", ("A. One", "B. Twó"))
    assert paper.keywords == ("hep-ph", "cs.DL")


def test_daily_papers_as_objects_and_as_text_of_objects() -> None:
    item = {
        "paper": {"id": "2403.00001", "title": "On Files", "summary": "We\nread.", "upvotes": 7,
                  "publishedAt": "2024-03-05T00:00:00.000Z", "authors": [{"name": "Ada One", "hidden": False}]},
        "publishedAt": "2024-03-06",
    }  # fmt: skip
    for data in ([item], {"data": [repr(item)]}, [repr(item)]):
        (paper,) = papers(data)
        assert (paper.title, paper.abstract, paper.upvotes) == ("On Files", "We read.", 7)
        assert (paper.arxiv, paper.date, paper.authors) == ("2403.00001", "2024-03-05", ("Ada One",))
    with pytest.raises(InputError, match="no daily paper"):
        papers([repr(item), "{'paper': __import__('os')}"])


def test_the_acl_anthology() -> None:
    data = """<collection id="W24"><volume id="1"><meta><booktitle>Workshop on <fixed-case>F</fixed-case>iles</booktitle>
<month>March</month><year>2024</year></meta><frontmatter><url>W24-1000</url></frontmatter>
<paper id="1"><title>On <fixed-case>F</fixed-case>iles</title><author><first>Ada</first><last>One</last></author>
<abstract>Of size <tex-math>n^2</tex-math>.</abstract><url>W24-1001</url></paper></volume></collection>"""
    (paper,) = papers(data)
    assert (paper.title, paper.abstract, paper.date) == ("On Files", "Of size $n^2$.", "2024-03")
    assert (paper.venue, paper.authors) == ("Workshop on Files", ("Ada One",))
    assert paper.identifiers == (("acl", "W24-1001"),)


@pytest.mark.parametrize(
    "prologue",
    ['<?xml version="1.0"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>', "<dblp>", "cut</title></book>"],
)
def test_dblp_with_entities_nobody_declares(prologue: str) -> None:
    data = prologue.replace("cut", "<x>cut") + """
<article key="journals/f/One24" mdate="2024-01-01"><author>J&ouml;rg One 0002</author>
<title>On <sub>some</sub> Files.</title><year>2024</year><journal>Journal of Files</journal>
<ee>https://doi.org/10.1000/F.1</ee></article>""" + ("</dblp>" if "<dblp>" in prologue else "")  # fmt: skip
    (paper,) = papers(data)
    assert (paper.title, paper.authors, paper.doi) == ("On some Files", ("Jörg One",), "10.1000/f.1")
    assert paper.abstract == ""


def test_bibtex_that_others_stumble_over() -> None:
    data = r"""@article{a, title = {One}, year = 2001, year = 2002}
@article{a, title = {Two}, month = undefined, year = {2003}}
@inproceedings{b, title = {T{\"u}r {\&} "q"}, crossref = {c}, abstract = {x -- y}}
@proceedings{c, title = {Proc. of Files}, year = 2004}
@comment{ignored} @xdata{x, title = {no paper}}
@article{d, title = {Broken
@article{e, title = "Three", author = {{The Group} and A. B.}}
"""
    corpus = read("-", stdin=io.BytesIO(data.encode()), skip_invalid=True)
    found = [(p.title, p.date, p.venue) for p in corpus]
    assert found == [
        ("One", "2001", None),
        ("Two", "2003", None),
        ('Tür & "q"', "2004", "Proc. of Files"),
        ("Proc. of Files", "2004", None),
        ("Three", None, None),
    ]
    assert [problem.line for problem in corpus.skipped] == [6]


def test_ris_and_wos_that_others_stumble_over() -> None:
    data = "1.\nTY - JOUR\nT1 - One\nN2 - short\nN2 - A longer one\nER -\n2.\nTY  - CHAP\nTI  - Two\nXX  - y\nER  -"
    assert [(p.title, p.abstract) for p in papers(data)] == [("One", "A longer one"), ("Two", "")]
    assert [p.title for p in papers("XX damaged\nPT J\nTI One\nZZ new tag\n\nER\nPT B\nTI Two\nER\n")] == [
        "One",
        "Two",
    ]
