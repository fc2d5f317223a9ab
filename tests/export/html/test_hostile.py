"""Text from papers is never markup: everything opened, nothing executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export import html
from kg.export.html import assets
from kg.graph import KnowledgeGraph
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Rule,
    Span,
    Statement,
)
from tests.export.html.conftest import Open

pytestmark = pytest.mark.browser

ATTACKS = (
    "<img src=x onerror=window.__x=1>",
    "</script><script>window.__x=1</script>",
    "<a href='javascript:window.__x=1'>href</a>",
    "javascript:window.__x=1//",
    '" autofocus onfocus=window.__x=1 x="',
    "<svg onload=window.__x=1></svg>",
    "{{ 7*7 }}${window.__x=1}`",
    "<!--<script>",
    "image: http://example.invalid/beacon.png",
    "__proto__",
    "\u2028\u2029\x00]]>",
)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, concepts, links, mentions, spans, relations = [], [], [], [], {}, []
    for number, attack in enumerate(ATTACKS):
        identifier = f"{number}{attack}"
        whole = Span("abstract", 0, len(attack))
        papers.append(
            Paper(
                identifier,
                attack,
                attack,
                date="2020",
                authors=(attack,),
                venue=attack,
                organisation=attack,
                url="javascript:window.__x=1" if number % 2 else "https://example.invalid/a",
                doi=attack,
                arxiv=attack,
                identifiers=((attack, attack), ("pmid", attack)),
            )
        )
        concepts.append(
            Concept(
                identifier,
                attack,
                ConceptType.METHOD,
                aliases=(Alias(f"{attack} alias", Rule.CASE, 1, note=attack),),
                exact_matches=("javascript:window.__x=1", attack),
                close_matches=("http://www.wikidata.org/entity/Q1",),
                papers=1,
            )
        )
        links.append(Link(identifier, identifier, Role.PROPOSES, 0.9, 0.9, 1, whole, whole))
        links.append(Link(identifier, f"0{ATTACKS[0]}", Role.USES, 0.9, 0.9, 1)) if number else None
        mentions.append(Mention(identifier, "abstract", 0, len(attack), ConceptType.METHOD, identifier, 0.9))
        spans[identifier] = (whole,)
        if number:
            said = (Statement(identifier, whole, 0.9, whole),)
            relations.append(Relation(identifier, RelationType.IS_A, f"0{ATTACKS[0]}", 0.9, 1, said))
    graph = KnowledgeGraph.from_parts(
        papers=papers, concepts=concepts, links=links, relations=relations, mentions=mentions, sentences=spans
    )
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    html.write(graph, path, title="".join(ATTACKS[:2]))
    return path


def test_every_node_opened_and_nothing_executed(hostile: Path, opened: Open) -> None:
    view = opened(hostile)
    for node in range(view.js("kg.graph.size")):
        view.js(f"kg.state.set({{ sel: kg.graph.id({node}), tab: 'list', view: 'map' }})")
        view.until("!document.querySelector('#card [aria-busy]')")
        assert view.page.locator("#card h2").text_content() == view.js(f"kg.graph.label({node})")
    view.js("kg.state.set({ sel: kg.graph.id(1), to: kg.graph.id(14) })")
    view.js("kg.state.set({ sel: kg.graph.id(12), with: kg.graph.id(13), to: '' })")
    view.js("kg.state.set({ sel: '', with: '', com: 0, view: 'time' })")
    view.page.get_by_role("combobox", name="Search papers and concepts").fill("img")
    assert view.js("window.__x === undefined")
    assert (
        view.js("document.querySelectorAll('#card img, #card script, main svg [onload], [onfocus]').length")
        == 0
    )
    addresses = view.js("[...document.querySelectorAll('a[href]')].map(a => a.protocol)")
    assert set(addresses) <= {"https:", "file:"}


def test_outside_links_are_https_only(hostile: Path, opened: Open) -> None:
    view = opened(hostile)
    for node in range(view.js("kg.graph.size")):
        view.js(f"kg.state.set({{ sel: kg.graph.id({node}) }})")
        view.until("!document.querySelector('#card [aria-busy]')")
        for link in view.page.locator("#card a.out").all():
            assert str(link.get_attribute("href")).startswith("https://")
            assert link.get_attribute("rel") == "noopener noreferrer"


def test_policy_stops_markup_even_where_it_is_forced(hostile: Path, opened: Open) -> None:
    view = opened(hostile)
    view.js("document.getElementById('card').innerHTML = " + repr("<img src=x onerror='window.__x=1'>"))
    view.js(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.__x=1';"
        " document.body.append(s); })()"
    )
    view.page.wait_for_timeout(200)
    assert view.js("window.__x === undefined")
    # The browser says that the policy stopped them; the picture was not fetched either.
    assert view.said
    assert all("Content Security Policy" in said or "ERR_" in said for said in view.said)
    view.said.clear()
    view.asked.clear()


def test_policy_names_only_the_page_s_own_script() -> None:
    policy = assets.policy()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    source = assets.script()
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert forbidden not in source
