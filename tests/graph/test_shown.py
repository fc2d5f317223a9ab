"""Search, Cypher, the network and how answers are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph, Results
from kg.graph.network import network
from kg.graph.search import match_expression
from kg.model import Alias, Concept, ConceptType, Link, Paper, Relation, RelationType, Role, Rule, Span
from tests.graph import small


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return small.graph()


# Search.


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("", ""),
        ("…", ""),
        ("tree", '"tree"*'),
        ("tree ", '"tree"*'),
        ('"tree net"', '"tree net"'),
        ('"tree-net" ', '"tree net"'),
        ('"tree net" map', '"tree net" "map"*'),
        ('map "tree net"', '"map" "tree net"'),
        ('"…" tree', '"tree"*'),
        ("a_b c.d", '"a_b" "c" "d"*'),
        ("Größe", '"Größe"*'),
    ],
)
def test_words_become_an_expression(words: str, expression: str) -> None:
    assert match_expression(words) == expression


def test_a_title_counts_more_than_an_abstract_and_a_label_than_an_alias() -> None:
    words = "and many other words that say nothing at all"
    graph = KnowledgeGraph.from_parts(
        papers=[
            Paper("a", "Nothing", "wren " + words),
            Paper("b", "Wren", words),
            *(Paper(f"c{n}", "Other", "Else.") for n in range(6)),
        ],
        concepts=[
            Concept("x", "owl", ConceptType.METHOD, (Alias("wren", Rule.CASE), Alias("owl", Rule.LABEL))),
            Concept("y", "wren", ConceptType.METHOD, (Alias("owlet", Rule.CASE), Alias("wren", Rule.LABEL))),
            Concept("z", "finch", ConceptType.METHOD),
            Concept("w", "tit", ConceptType.METHOD),
            Concept("v", "jay", ConceptType.METHOD),
        ],
    )
    hits = graph.search("wren")
    assert [h.id for h in hits if h.kind == "paper"] == ["b", "a"]
    assert [h.id for h in hits if h.kind == "concept"] == ["y", "x"]
    scores = {h.id: h.score for h in hits}
    assert scores["b"] > scores["a"] > 0
    assert scores["y"] > scores["x"] > 0
    assert [h.score for h in hits] == sorted(scores.values(), reverse=True)
    assert all(h.score == round(h.score, 3) for h in hits)
    found = {h.id: (h.label, h.excerpt) for h in hits}
    assert found["b"] == ("Wren", "[Wren]")
    assert found["y"] == ("wren", "wren")
    assert found["a"][1].startswith("[wren] and many")
    assert len(graph.search("wren", limit=1)) == 2
    assert graph.search("no wren") == []
    assert graph.search("…") == []


def test_equal_hits_come_concepts_first_the_commonest_first() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[Paper(p, "Wren") for p in "ba"],
        concepts=[
            Concept(c, "wren", ConceptType.METHOD, papers=n) for c, n in (("d", 1), ("c", 1), ("e", 2))
        ],
    )
    assert [h.id for h in graph.search("wren")] == ["e", "c", "d", "a", "b"]
    assert [h.id for h in graph.search("wren", limit=1)] == ["e", "a"]


def test_an_excerpt_is_cut_on_both_sides() -> None:
    before, after = " ".join(f"a{n}" for n in range(40)), " ".join(f"b{n}" for n in range(40))
    graph = KnowledgeGraph.from_parts(papers=[Paper("p", "T", f"{before} wren {after}")])
    (hit,) = graph.search("wren")
    assert hit.excerpt[0] == hit.excerpt[-1] == "…"
    assert "[wren]" in hit.excerpt
    assert len(hit.excerpt.split()) == 16


# The network.


def test_the_network_in_full() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[
            Paper("p", "P", date="2020-05", venue="V", doi="10.1/a", arxiv="2001.1", url="http://x.example/"),
            Paper("q", "Q"),
        ],
        concepts=[
            Concept("a", "A", ConceptType.METHOD, papers=2, confidence=0.5),
            Concept("b", "B", ConceptType.TASK),
        ],
        links=[Link("p", "a", Role.USES, 0.5, 0.25, 3)],
        relations=[
            Relation("a", RelationType.USED_FOR, "b", 0.5, 1),
            Relation("a", RelationType.IS_A, "b", 0.25, 2),
        ],
    )
    assert dict(graph.nx.nodes) == {
        "paper:p": {
            "kind": "paper",
            "label": "P",
            "title": "P",
            "year": 2020,
            "date": "2020-05",
            "venue": "V",
            "doi": "10.1/a",
            "arxiv": "2001.1",
            "url": "http://x.example/",
        },
        "paper:q": {"kind": "paper", "label": "Q", "title": "Q"},
        "concept:a": {"kind": "concept", "label": "A", "type": "Method", "papers": 2, "confidence": 0.5},
        "concept:b": {"kind": "concept", "label": "B", "type": "Task", "papers": 0, "confidence": 1.0},
    }
    assert list(graph.nx) == ["paper:p", "paper:q", "concept:a", "concept:b"]
    assert list(graph.nx.edges(keys=True, data=True)) == [
        (
            "paper:p",
            "concept:a",
            "uses",
            {"kind": "link", "role": "uses", "confidence": 0.5, "salience": 0.25, "mentions": 3},
        ),
        (
            "concept:a",
            "concept:b",
            "is_a",
            {"kind": "relation", "relation": "is_a", "confidence": 0.25, "support": 2},
        ),
        (
            "concept:a",
            "concept:b",
            "used_for",
            {"kind": "relation", "relation": "used_for", "confidence": 0.5, "support": 1},
        ),
    ]


def test_a_network_too_large_is_refused(graph: KnowledgeGraph) -> None:
    assert network(graph.store, most=11).number_of_edges() == 11
    with pytest.raises(StoreError, match=r"11 edges.*limit is 10"):
        network(graph.store, most=10)


def test_a_link_to_nothing_is_damage() -> None:
    graph = KnowledgeGraph.from_parts(links=[Link("p", "a", Role.USES, 0.5, 0.5, 1)])
    with pytest.raises(StoreError, match="damaged"):
        network(graph.store)


# Cypher.


def test_cypher_knows_labels_of_nodes_and_edges(graph: KnowledgeGraph) -> None:
    def rows(query: str) -> list[dict[str, Any]]:
        return list(graph.cypher(query))

    assert rows("MATCH (c:Dataset) RETURN c.label") == [{"c.label": "Nest"}]
    assert len(rows("MATCH (c:Concept) RETURN c.label")) == 6
    assert len(rows("MATCH (p:Paper) RETURN p.title")) == 5
    assert rows("MATCH (a:Method)-[:used_for]->(b) RETURN a.label, b.label") == [
        {"a.label": "Sparrow", "b.label": "birdsong recognition"}
    ]
    assert rows("MATCH (a)-[:no_such]->(b) RETURN a.label") == []
    (row,) = rows("MATCH (p)-[r:studies]->(c) RETURN r, c")
    assert row["c"] == graph.nx.nodes["concept:tree-height"]
    assert row["r"] == graph.nx["paper:p5"]["concept:tree-height"]["studies"]


def test_a_quote_inside_a_quoted_word_is_part_of_it() -> None:
    titles = ["It's here", 'A "quote"', "back\\slash"]
    graph = KnowledgeGraph.from_parts(papers=[Paper(str(n), title) for n, title in enumerate(titles)])
    for words, expected in (
        (r"'It\'s here'", titles[0]),
        ('"It\'s here"', titles[0]),
        ("'A \"quote\"'", titles[1]),
        (r'"A \"quote\""', titles[1]),
        (r"'A \"quote\"'", titles[1]),
        (r"'back\\slash'", titles[2]),
    ):
        found = graph.cypher(f"MATCH (p:Paper) WHERE p.title = {words} RETURN p.title")
        assert [row["p.title"] for row in found] == [expected], words


@pytest.mark.parametrize("query", ["MATCH (p", "MATCH (p:Paper) RETURN q.title", ""])
def test_a_mistake_in_cypher_is_told(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(QueryError, match="the Cypher query"):
        graph.cypher(query)


# Lists of answers.


@dataclass(frozen=True)
class One:
    name: str
    share: float | None = None
    parts: tuple[object, ...] = ()


def test_a_list_shows_what_says_something() -> None:
    assert repr(Results([])) == "nothing found"
    assert Results([])._repr_html_() == "<p>nothing found</p>"
    assert repr(Results([One("a"), One("", 0.5), One("b", 0.0, ("x",))])) == (
        "3 One\n  name='a'\n  share=0.5\n  name='b'  share=0.0  parts=('x',)"
    )
    assert repr(Results([One("a"), {"k": Role.USES}])) == "2 results\n  name='a'\n  k='uses'"
    assert repr(Results(["plain"])) == "1 str\n  value='plain'"
    assert Results([One("a"), {"k": 1}, 2]).to_dicts() == [
        {"name": "a", "share": None, "parts": ()},
        {"k": 1},
        {"value": 2},
    ]


@pytest.mark.parametrize(("number", "more"), [(20, ""), (21, "… 1 more"), (25, "… 5 more")])
def test_a_long_list_is_cut_when_shown(number: int, more: str) -> None:
    found = Results(One(str(n)) for n in range(number))
    lines = repr(found).splitlines()
    assert lines[0] == f"{number} One"
    assert [line.strip() for line in lines[1:21]] == [f"name='{n}'" for n in range(20)]
    assert [line.strip() for line in lines[21:]] == [more][: bool(more)]
    table = found._repr_html_()
    assert table.count("<tr>") == 21
    assert ("more" in table) == bool(more)
    assert table.endswith(f"<p>{more}</p>" if more else "</table>")


def test_a_long_value_is_cut_when_shown() -> None:
    assert repr(Results([One("x" * 58)])) == f"1 One\n  name='{'x' * 58}'"
    assert repr(Results([One("x" * 59)])) == f"1 One\n  name='{'x' * 58}…"


def test_a_table_in_a_notebook() -> None:
    found = Results([One("a<b", 0.12345, ("x", 1.5)), One("c")])
    assert found._repr_html_() == (
        "<table><thead><tr><th>name</th><th>share</th><th>parts</th></tr></thead><tbody>"
        "<tr><td>a&lt;b</td><td>0.123</td><td>x, 1.5</td></tr>"
        "<tr><td>c</td><td></td><td></td></tr></tbody></table>"
    )
    assert "<td></td>" in Results([{"a": 1}, {"b": 2}])._repr_html_()


def test_answers_are_shown_field_by_field(graph: KnowledgeGraph) -> None:
    (path,) = graph.path("Nest", "Sparrow")
    html = path._repr_html_()
    assert html.startswith("<table><tbody><tr><th>nodes</th><td>concept:nest, paper:p1, concept:sparrow</td>")
    assert html.count("<br>") == 1
    assert "Step(head=" in html
    trend = graph.trend("tree height")._repr_html_()
    assert "<tr><th>papers</th><td>2023, 1</td></tr><tr><th>share</th><td>2023, 0.5</td></tr>" in trend
    assert "growth" not in trend
    assert "<tr><th>undated</th><td>0</td></tr>" in trend
    told = graph.explain("SPW")._repr_html_()
    assert told.count("<br>") == 2
    assert "Reason(" not in told


def test_a_span_is_a_row_of_a_table() -> None:
    table = Results([Span("title", 0, 4), Span("abstract", 1, 2)]).to_df()
    assert list(table.columns) == ["field", "start", "end"]
    assert table["start"].tolist() == [0, 1]
