"""The page of the four real listings."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import kg
from kg.export import html
from tests.export.html.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="session")
def listings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("listings")
    graph = kg.build(sorted((shared / "seeds").glob("*.txt")), store=folder / "papers.kg")
    html.write(graph, folder / "page.html")
    return folder / "page.html"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_listings_open_quietly_and_for_everybody(listings: Path, opened: Open, theme: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    view = opened(listings, color_scheme=theme, bypass_csp=True)
    assert view.js("kg.graph.paperCount") > 300
    view.page.evaluate(axe)
    for state in (
        "{}",
        "{ sel: kg.graph.id(0), tab: 'list' }",
        "{ sel: kg.graph.id(kg.graph.paperCount), tab: 'legend' }",
    ):
        view.js(f"kg.state.set({state})")
        view.until("!document.querySelector('[aria-busy]')")
        assert view.page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []


def test_listings_fit_and_fill_a_narrow_screen(listings: Path, opened: Open) -> None:
    view = opened(listings, viewport={"width": 320, "height": 700})
    assert view.js("document.documentElement.scrollWidth") <= 320
    left, right = view.js(
        "(() => { const c = kg.map().camera, all = kg.graph.communities;"
        " return [Math.min(...all.map(d => (d.x - d.r) * c.scale + c.dx)),"
        "         Math.max(...all.map(d => (d.x + d.r) * c.scale + c.dx))]; })()"
    )
    assert left >= 10
    assert right <= 310
    assert right - left >= 260


@pytest.mark.parametrize("size", [(1400, 900), (390, 844), (320, 700)])
def test_names_keep_off_the_discs_of_others(listings: Path, opened: Open, size: tuple[int, int]) -> None:
    view = opened(listings, viewport={"width": size[0], "height": size[1]})
    named, over = view.js(
        "(() => { const c = kg.map().camera, boxes = kg.scene.labelBoxes;"
        " const over = (b, d) => Math.hypot("
        "   d.x * c.scale + c.dx - Math.max(b.left, Math.min(b.right, d.x * c.scale + c.dx)),"
        "   d.y * c.scale + c.dy - Math.max(b.top, Math.min(b.bottom, d.y * c.scale + c.dy))"
        " ) < d.r * c.scale - Math.min(4, d.r * c.scale * 0.2) - 1e-6;"
        " return [new Set(boxes.map(b => b.community)).size, boxes.filter(b =>"
        "   kg.graph.communities.some((d, i) => i !== b.community && over(b, d))).length]; })()"
    )
    assert named >= 3
    assert over == 0
