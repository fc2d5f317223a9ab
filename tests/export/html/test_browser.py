"""What a reader does with the page, in a real browser with the network off."""

from __future__ import annotations

import csv
import io
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser

from kg.export import html
from kg.graph import KnowledgeGraph
from kg.model import Concept, ConceptType, Paper
from tests.export.html.conftest import Open, Opened

pytestmark = pytest.mark.browser


def card(opened: Opened) -> str:
    return str(opened.page.locator("#card h2").inner_text())


def test_search_chooses_by_keyboard_and_back_returns(written: Path, opened: Open) -> None:
    view = opened(written)
    view.page.keyboard.press("/")
    view.page.keyboard.type("weaving")
    assert view.page.locator("[role=option]").first.inner_text().startswith("weaving")
    view.page.keyboard.press("Enter")
    assert card(view) == "weaving"
    assert "sel=concept%3Aweaving" in view.js("location.hash")
    near = view.js("kg.scene.near.map(i => kg.graph.id(i)).sort()")
    assert near == view.js(
        "[...new Set([...kg.graph.edgesOf(kg.scene.chosen[0])].filter(e => kg.filtered.edges[e])"
        ".map(e => kg.graph.id(kg.graph.other(e, kg.scene.chosen[0]))))].sort()"
    )
    assert near
    view.page.locator("#card a.work").first.click()
    assert card(view).startswith(("On ", "🧵 On "))
    view.page.go_back()
    view.until("document.querySelector('#card h2').textContent === 'weaving'")
    view.page.go_forward()
    view.until("document.querySelector('#card h2').textContent !== 'weaving'")
    view.page.keyboard.press("Escape")
    assert view.js("kg.state.now.sel") == ""


def test_search_knows_abbreviations_and_titles(written: Path, opened: Open) -> None:
    view = opened(written)
    field = view.page.get_by_role("combobox", name="Search papers and concepts")
    field.fill("FELX")
    assert "felting" in view.page.locator("[role=option]").first.inner_text()
    field.fill("part 17")
    view.page.locator("[role=option]").first.click()
    assert card(view).endswith("part 17")
    field.fill("no such thing")
    assert view.page.locator("[role=option]").first.inner_text() == "Nothing is called that"


def test_address_restores_the_state(written: Path, opened: Open) -> None:
    view = opened(
        written, "#sel=concept%3Aweaving&by=type&hide=Metric&tab=list&theme=dark&years=2019,2021&conf=60"
    )
    assert card(view) == "weaving"
    now = view.js("kg.state.now")
    assert (now["by"], now["hide"], now["tab"], now["years"], now["conf"]) == (
        "type",
        ["Metric"],
        "list",
        [2019, 2021],
        60,
    )
    assert view.js("document.documentElement.dataset.theme") == "dark"


def test_nonsense_in_the_address_is_ignored(written: Path, opened: Open) -> None:
    view = opened(written, "#sel=concept%3Anone&com=999&view=x&years=1&conf=much&nothing=1")
    assert card(view) == "What is on this map"


def test_legend_filters_with_counts_that_follow(written: Path, graph: KnowledgeGraph, opened: Open) -> None:
    view = opened(written)
    counts = graph.stats()

    def count(label: str) -> int:
        row = view.page.locator("label.check", has_text=label).first
        return int(row.locator(".count").inner_text())

    assert count("Papers") == counts["papers"]
    methods = count("Methods")
    view.page.get_by_label("Methods").uncheck()
    assert count("Methods") == methods
    assert view.js("kg.map().shown().every(i => kg.graph.typeName(i) !== 'Method')")
    assert count("Proposes") == 0
    view.page.get_by_label("Methods").check()
    view.page.get_by_label("First year").fill("2022")
    expected = len(graph.papers(since=2022))
    assert count("Papers") == expected
    assert count("Proposes") == len(
        [k for k in graph.links(role="proposes") if (graph.paper(k.paper).year or 0) >= 2022]
    )
    view.page.get_by_role("button", name="Clear the filters").click()
    view.page.get_by_label("Confidence, at least").fill("80")
    assert count("Proposes") == len(graph.links(role="proposes", min_confidence=0.8))


def test_sentences_equal_the_evidence_of_the_store(
    written: Path, graph: KnowledgeGraph, opened: Open
) -> None:
    for paper in ("p010", "p017"):
        view = opened(written, f"#sel=paper%3A{paper}")
        view.until("!document.querySelector('#card [aria-busy]')")
        for link in graph.links(paper=paper):
            number = view.js(
                f"[...kg.graph.edgesOf(kg.graph.find('paper:{paper}'))]"
                f".find(e => kg.graph.id(kg.graph.to[e]) === 'concept:{link.concept}')"
            )
            row = view.page.locator(f"#card [data-edge='{number}']")
            shown = row.locator(".sentence").all_text_contents()
            expected = graph.evidence(paper, link.concept)
            assert sorted(shown) == sorted(e.text for e in expected)
            text = graph.paper(paper).abstract
            marked = [text[m.start : m.end] for e in expected for m in e.mentions]
            assert sorted(row.locator("mark").all_text_contents()) == sorted(marked)
            assert row.locator(".cue").all_text_contents() == [
                text[e.cue.start : e.cue.end] for e in expected if e.cue
            ]
        abstract = view.page.locator("#card .abstract").inner_text()
        assert abstract.strip() == graph.paper(paper).abstract.strip()


def test_relations_show_their_sentences(written: Path, graph: KnowledgeGraph, opened: Open) -> None:
    view = opened(written, "#sel=concept%3Aweaving")
    view.until("!document.querySelector('#card [aria-busy]')")
    relation = graph.relations(head="weaving", relation="used_for")[0]
    expected = {e.text for e in graph.evidence("weaving", "used_for", relation.tail)}
    assert expected & set(view.page.locator("#card .stated .sentence").all_text_contents())
    assert view.page.locator("#card a.out").get_attribute("href") == "https://www.wikidata.org/entity/Q1"


def test_list_is_sorted_and_in_step_with_the_map(written: Path, opened: Open) -> None:
    view = opened(written, "#tab=list")
    names = view.page.locator("#rows tbody tr td:first-child")
    view.page.get_by_role("button", name="Name").click()
    shown = names.all_inner_texts()
    assert shown == view.page.evaluate("a => [...a].sort((x, y) => x.localeCompare(y, 'en'))", shown)
    assert view.page.locator("#rows th").first.get_attribute("aria-sort") == "ascending"
    view.page.locator("#rows a", has_text="weaving").first.click()
    assert view.page.locator("#rows tr[aria-selected=true] td").first.inner_text() == card(view)
    view.page.mouse.click(700, 120)


def test_keyboard_alone_reaches_a_card(written: Path, opened: Open) -> None:
    view = opened(written)
    view.page.keyboard.press("Tab")
    view.page.keyboard.press("Enter")
    assert view.js("kg.state.now.tab") == "list"
    for _ in range(12):
        view.page.keyboard.press("Tab")
        if view.js("document.activeElement.matches('#rows a')"):
            break
    view.page.keyboard.press("Enter")
    assert view.js("kg.state.now.sel") != ""
    view.page.locator(".map").first.focus()
    before = view.js("kg.map().position()")
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("+")
    after = view.js("kg.map().position()")
    assert after["scale"] > before["scale"]


def test_click_on_a_node_and_on_a_community(written: Path, opened: Open) -> None:
    view = opened(written)
    x, y, name = view.js(
        "(() => { const c = kg.map().camera, i = kg.graph.order[0], g = kg.graph;"
        " const b = document.querySelector('.map').getBoundingClientRect();"
        " return [g.x[i] * c.scale + c.dx + b.left, g.y[i] * c.scale + c.dy + b.top, g.label(i)]; })()"
    )
    view.page.mouse.click(x, y)
    view.until("kg.state.now.sel !== ''")
    assert card(view) == name
    view.page.keyboard.press("Escape")
    view.js("kg.state.set({ com: 0 })")
    assert card(view) == view.js("kg.graph.communityName(0)")


def test_path_and_comparison(written: Path, graph: KnowledgeGraph, opened: Open) -> None:
    view = opened(written, "#sel=concept%3Aweaving&to=concept%3Atension")
    steps = view.page.locator("#card .path > li")
    ids = view.js("kg.scene.chosen.map(i => kg.graph.id(i))")
    plain = nx.Graph((a, b) for a, b, key in graph.nx.edges(keys=True) if key != "co_occurs_with")
    assert steps.count() == nx.shortest_path_length(plain, "concept:weaving", "concept:tension") + 1
    assert all(plain.has_edge(a, b) for a, b in pairwise(ids))
    view = opened(written, "#sel=concept%3Aweaving&with=concept%3Afelting")
    first, second = ({p.id for p in graph.papers(concept=c)} for c in ("weaving", "felting"))
    assert f"{len(first & second)} paper" in view.page.locator("#card .facts").inner_text()


def test_one_year_leaves_no_range(tmp_path: Path, opened: Open) -> None:
    papers = [Paper(f"p{i}", f"Title {i}", date="2020") for i in range(3)]
    html.write(KnowledgeGraph.from_parts(papers=papers), tmp_path / "one.html")
    view = opened(tmp_path / "one.html")
    text = view.page.locator("#left").inner_text()
    assert "null" not in text
    assert "false" not in text
    assert "Papers" in text


def test_timeline_counts_papers(written: Path, graph: KnowledgeGraph, opened: Open) -> None:
    view = opened(written, "#view=time")
    said = [b.get_attribute("aria-label") or "" for b in view.page.locator(".time td button").all()]
    assert len(said) > 30
    for label in said[::7]:
        concept, year, count = re.fullmatch(r"(.+), (\d{4}): (\d+) papers?", label).groups()  # type: ignore[union-attr]
        assert int(count) == len(graph.papers(concept=concept, year=int(year)))
    assert "5 papers without a date" in view.page.locator(".time .quiet").inner_text()


def save(view: Opened, key: str) -> bytes:
    view.page.locator(".menu summary").click()
    with view.page.expect_download() as download:
        view.page.locator(f"[data-export={key}]").click()
    return Path(download.value.path()).read_bytes()


def test_png_is_a_picture_and_not_blank(written: Path, opened: Open) -> None:
    data = save(opened(written), "png")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    pixels, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            pixels += data[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(pixels)
    rows = [raw[i : i + len(raw) // height] for i in range(0, len(raw), len(raw) // height)]
    assert width > 800
    assert len({row[1:] for row in rows}) > height // 3
    # The legend at the foot.
    assert len({row[1:] for row in rows[-100:]}) > 20


def test_svg_csv_and_gexf_say_what_is_there(written: Path, graph: KnowledgeGraph, opened: Open) -> None:
    view = opened(written, "#sel=concept%3Aweaving")
    drawing = ElementTree.fromstring(save(view, "svg"))
    texts = [node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert "weaving" in texts
    assert "Threads & cloth" in texts
    rows = list(csv.DictReader(io.StringIO(save(view, "csv").decode("utf-8-sig"))))
    links = graph.links(concept="weaving")
    stated = [r for r in graph.relations(concept="weaving") if r.statements]
    assert len(rows) == len(links) + len(stated)
    by_paper = {row["from"]: row for row in rows if row["from"].startswith("paper:")}
    for link in links:
        assert by_paper[f"paper:{link.paper}"]["relation"] == link.role
        assert by_paper[f"paper:{link.paper}"]["sentence"] in [
            e.text for e in graph.evidence(link.paper, "weaving")
        ]
    network = nx.read_gexf(io.BytesIO(save(view, "gexf")))
    assert set(network.nodes) == set(graph.nx.nodes)
    assert network.nodes["concept:weaving"]["label"] == "weaving"


def test_large_graph_has_a_whole_map_on_canvas(tmp_path: Path, opened: Open) -> None:
    concepts = [Concept(f"c{i:04}", f"concept {i}", ConceptType.METHOD) for i in range(5001)]
    html.write(KnowledgeGraph.from_parts(concepts=concepts), tmp_path / "large.html")
    view = opened(tmp_path / "large.html")
    assert len(view.js("kg.map().shown()")) == 800
    view.page.get_by_role("button", name="Whole map").first.click()
    assert len(view.js("kg.map().shown()")) == 5001
    x, y = view.js(
        "[kg.graph.x[7] * kg.map().camera.scale + kg.map().camera.dx,"
        " kg.graph.y[7] * kg.map().camera.scale + kg.map().camera.dy]"
    )
    box = view.page.locator(".bulk canvas").bounding_box()
    assert box is not None
    before = view.js("kg.map().redraws")
    view.page.mouse.move(box["x"] + 300, box["y"] + 300)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 340, box["y"] + 320, steps=5)
    view.page.mouse.up()
    view.until(f"kg.map().redraws > {before}")
    view.until(f"Math.abs(kg.map().camera.dx + kg.graph.x[7] * kg.map().camera.scale - {x + 40}) < 1")
    view.page.mouse.click(box["x"] + x + 40, box["y"] + y + 20)
    assert view.js("kg.state.now.sel") == "concept:c0007"


def test_frame_works_where_it_has_no_address(graph: KnowledgeGraph, tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "book.html").write_text(html.frame(graph), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto((tmp_path / "book.html").as_uri())
    inside = page.frames[1]
    inside.locator("[role=combobox]").first.fill("weaving")
    inside.locator("[role=option]").first.click()
    assert inside.locator("#card h2").inner_text() == "weaving"
    assert said == []
    page.close()


def test_first_view_is_pyvis_drawn_by_vis(written: Path, opened: Open) -> None:
    view = opened(written)
    assert view.js("kg.map().vis instanceof window.vis.Network")
    assert view.js("kg.map().nodes.length") == view.js("kg.graph.size")


def test_labels_do_not_overlap_at_any_zoom(written: Path, opened: Open) -> None:
    view = opened(written)
    for _ in range(4):
        boxes = view.js("kg.scene.labelBoxes")
        assert boxes
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart = (
                    a["right"] <= b["left"]
                    or b["right"] <= a["left"]
                    or a["bottom"] <= b["top"]
                    or b["bottom"] <= a["top"]
                )
                assert apart
        view.page.get_by_role("button", name="Zoom in").click()
        view.page.wait_for_timeout(80)
