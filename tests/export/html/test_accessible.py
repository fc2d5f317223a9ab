"""Open to everybody: axe-core, narrow screens, both themes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tests.export.html.conftest import Open

pytestmark = pytest.mark.browser

STATES = ("", "#sel=concept%3Aweaving", "#sel=paper%3Ap010&tab=list", "#view=time&by=type", "#com=0&by=year")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(written: Path, opened: Open, theme: str, state: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    view = opened(written, state, color_scheme=theme, bypass_csp=True)
    view.until("!document.querySelector('[aria-busy]')")
    assert view.js("document.documentElement.dataset.theme") == theme
    view.page.evaluate(axe)
    found = view.page.evaluate("axe.run()")["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("width", [320, 390, 760, 1100])
@pytest.mark.parametrize("state", STATES)
def test_no_horizontal_scroll(written: Path, opened: Open, width: int, state: str) -> None:
    view = opened(written, state, viewport={"width": width, "height": 720})
    assert view.js("document.documentElement.scrollWidth") <= width
    if width < 760 and "sel=" in state:
        box = view.page.locator("#card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_theme_by_hand_and_by_system(written: Path, opened: Open) -> None:
    view = opened(written, color_scheme="dark")
    assert view.js("document.documentElement.dataset.theme") == "dark"
    view.page.emulate_media(color_scheme="light")
    view.until("document.documentElement.dataset.theme === 'light'")
    view.page.get_by_role("button", name="Dark theme").click()
    assert view.js("document.documentElement.dataset.theme") == "dark"


def test_print_shows_map_and_card_without_controls(written: Path, opened: Open) -> None:
    view = opened(written, "#sel=concept%3Aweaving")
    view.page.emulate_media(media="print")
    assert not view.page.locator("#search").is_visible()
    assert not view.page.locator("#left").is_visible()
    assert view.page.locator("#card h2").is_visible()
    assert view.page.locator(".map").first.is_visible()
