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


def test_listings_fit_a_narrow_screen(listings: Path, opened: Open) -> None:
    view = opened(listings, viewport={"width": 320, "height": 700})
    assert view.js("document.documentElement.scrollWidth") <= 320
