"""A browser with the network off, and pages opened in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kg.export import html
from kg.graph import KnowledgeGraph
from tests.export.html.made import made_up

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Opened:
    """A page with everything it said and asked for."""

    page: Page
    context: BrowserContext
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def js(self, source: str) -> Any:
        """Value of an expression in the page."""
        return self.page.evaluate(source)

    def until(self, source: str, tries: int = 100) -> None:
        """Wait until an expression holds; the page's policy forbids Playwright's own polling."""
        for _ in range(tries):
            if self.page.evaluate(source):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never: {source}")


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is absent: these tests must run in CI")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    return made_up()


@pytest.fixture(scope="session")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    html.write(graph, path, title="Threads & cloth")
    return path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a file; at the end nothing may have been said or asked for, unless the test takes it."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def start(path: Path, hash: str = "", **options: Any) -> Opened:
        settings = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", "offline": True}
        context = browser.new_context(**{**settings, **options})
        contexts.append(context)
        opened = Opened(context.new_page(), context)
        opened.page.on("console", lambda m: opened.said.append(f"{m.type}: {m.text}"))
        opened.page.on("pageerror", lambda e: opened.said.append(f"error: {e}"))
        opened.page.on("dialog", lambda d: (opened.said.append(f"dialog: {d.message}"), d.dismiss()))
        opened.page.on("request", lambda r: opened.asked.append(r.url))
        opened.page.goto(path.as_uri() + hash)
        opened.until("performance.getEntriesByName('kg-ready').length > 0")
        pages.append(opened)
        return opened

    yield start
    try:
        for page in pages:
            assert page.said == []
            assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    finally:
        for context in contexts:
            context.close()
