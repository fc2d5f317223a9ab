"""The page beside default pyvis in the same run: CPU of the whole browser, redraws, bytes, layout."""

from __future__ import annotations

import contextlib
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from kg.export import html
from kg.export.html.communities import edges, find
from kg.export.html.content import collect
from kg.export.html.layout import lay_out
from kg.graph import KnowledgeGraph
from kg.model import Concept, ConceptType, Link, Mention, Paper, Role, Span
from scripts.benchmarks.texts import papers

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {
    "300": (40, 260, 700),
    "3,400": (400, 3000, 8000),
    "10,000": (1200, 8800, 24000),
    "50,000": (10000, 40000, 120000),
}
"""Papers, concepts and links."""
BOUNDS = {
    ("3,400", "first picture, CPU s"): "at most 1",
    ("3,400", "redraws a second, panning"): "at least 40",
    ("10,000", "first picture, CPU s"): "at most 2",
    ("50,000", "first picture, CPU s"): "at most 2",
    ("50,000", "redraws a second, panning the whole map"): "at least 45",
    ("3,400", "file, MB"): "at most 0.9",
    ("50,000", "file, MB"): "at most 8.5",
    ("3,400", "layout, CPU s"): "at most 2",
    ("50,000", "layout, CPU s"): "at most 60",
}
PYVIS_SIZE = "300"
"""Default pyvis takes minutes on the next size, and does not finish on the one after that."""


def run(shared: Path, sizes: tuple[str, ...] = tuple(SIZES)) -> list[dict[str, Any]]:
    """Measure the page at each size, and default pyvis at the smallest."""
    rows: list[dict[str, Any]] = []
    texts = papers(shared, max(SIZES[size][0] for size in sizes))
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            graph = made(texts, *SIZES[size])
            path = Path(folder) / "page.html"
            rows += _row(size, "layout, CPU s", _layout(graph))
            html.write(graph, path, title=f"{size} nodes")
            rows += _row(size, "file, MB", path.stat().st_size / 1e6)
            figures = _page(path)
            if size == PYVIS_SIZE:
                plain = Path(folder) / "pyvis.html"
                _pyvis(graph, plain)
                peer = {"file, MB": plain.stat().st_size / 1e6} | _page(plain, pyvis=True)
                rows[-1]["default pyvis"] = f"{peer['file, MB']:.2f}"
            for what, value in figures.items():
                rows += _row(size, what, value)
                if size == PYVIS_SIZE and what in peer:
                    rows[-1]["default pyvis"] = f"{peer[what]:.2f}"
    return rows


def _row(size: str, what: str, value: float) -> list[dict[str, Any]]:
    bound = BOUNDS.get((size, what), "")
    return [{"nodes": size, "what": what, "figure": f"{value:.2f}", "bound": bound, "default pyvis": ""}]


def made(texts: list[Paper], count: int, concepts: int, links: int, seed: int = 0) -> KnowledgeGraph:
    """Real titles and abstracts, made-up links with planted communities and a heavy tail."""
    rng = random.Random(seed)
    chosen = texts[:count]
    groups = max(6, round(concepts**0.5 / 3))
    words = [w for p in chosen for w in re.findall(r"[a-z]{5,}", p.title.lower())] or ["word"]
    types = list(ConceptType)
    labels = [f"{rng.choice(words)} {rng.choice(words)}" for _ in range(concepts)]
    kinds = [rng.choices(types, (40, 24, 10, 6, 20))[0] for _ in labels]
    of_group = [[c for c in range(concepts) if c % groups == g] for g in range(groups)]
    roles = list(Role)
    spans = {p.id: _sentences(p.abstract) for p in chosen}
    pairs = {(p, rng.choice(of_group[p % groups])) for p in range(count)}
    pairs |= {
        (rng.choice(range(c % groups, count, groups)) if count > groups else 0, c) for c in range(concepts)
    }
    while len(pairs) < links:
        paper = rng.randrange(count)
        group = of_group[paper % groups] if rng.random() < 0.85 else of_group[rng.randrange(groups)]
        pairs.add((paper, group[int(len(group) * rng.random() ** 3)]))
    free = {p.id: [m.span() for m in re.finditer(r"\w+ \w+", p.abstract)] for p in chosen}
    made_links, mentions, degree = [], [], [0] * concepts
    for paper, concept in sorted(pairs):
        degree[concept] += 1
        p = chosen[paper]
        left = free[p.id]
        start, end = left.pop(rng.randrange(len(left))) if left else (0, 0)
        sentence = next((s for s in spans[p.id] if s.start <= start and end <= s.end), None)
        confidence, salience = round(rng.uniform(0.4, 1), 2), round(rng.random(), 2)
        made_links.append(Link(p.id, f"c{concept}", rng.choice(roles), confidence, salience, 1, sentence))
        if end:
            mentions.append(Mention(p.id, "abstract", start, end, kinds[concept], f"c{concept}", 0.9))
    records = [
        Concept(f"c{i}", label, kind, papers=degree[i])
        for i, (label, kind) in enumerate(zip(labels, kinds, strict=True))
    ]
    return KnowledgeGraph.from_parts(
        papers=chosen, concepts=records, links=made_links, mentions=mentions, sentences=spans
    )


def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(Span("abstract", *m.span()) for m in re.finditer(r"[^.\s][^.]*\.?", text))


def _layout(graph: KnowledgeGraph) -> float:
    content = collect(graph)
    started = time.process_time()
    weighted = edges(content)
    lay_out(content.size, find(content, weighted), weighted)
    return time.process_time() - started


def _pyvis(graph: KnowledgeGraph, path: Path) -> None:
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    network.from_nx(graph.nx.copy())
    path.write_text(network.generate_html(), encoding="utf-8")


def _page(path: Path, pyvis: bool = False) -> dict[str, float]:
    figures: dict[str, float] = {}
    with _browser() as browser:
        page = browser.new_context(offline=True, viewport={"width": 1400, "height": 900}).new_page()
        page.wait_for_timeout(1500)
        before = _cpu()
        page.goto(path.as_uri(), wait_until="commit")
        ready = (
            "document.getElementById('loadingBar')?.style.display === 'none'"
            if pyvis
            else "performance.getEntriesByName('kg-first-picture').length > 0"
        )
        _until(page, ready)
        figures["first picture, CPU s"] = _cpu() - before
        page.wait_for_timeout(1000)
        if pyvis:
            page.evaluate("window.drawn = 0; void network.on('afterDrawing', () => window.drawn++)")
        figures["redraws a second, panning"] = _pan(page, "window.drawn" if pyvis else "kg.map().redraws")
        if not pyvis and page.locator("[data-view=all]").count():
            page.locator("[data-view=all]").click()
            page.wait_for_timeout(1500)
            figures["redraws a second, panning the whole map"] = _pan(page, "kg.map().redraws")
    return figures


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _cpu() -> float:
    """CPU seconds of every process of the browsers that this process started."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "chrom" in process.name():
                times = process.cpu_times()
                total += times.user + times.system
    return total


def _until(page: Page, source: str, seconds: float = 480) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(source):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(source)


def _pan(page: Page, counter: str) -> float:
    page.mouse.move(600, 500)
    page.mouse.down()
    before, started = page.evaluate(counter), time.monotonic()
    step = 0
    while time.monotonic() - started < 3:
        step += 1
        page.mouse.move(600 + 100 * (step % 40) / 40, 500 + 60 * (step % 25) / 25)
    value = (page.evaluate(counter) - before) / (time.monotonic() - started)
    page.mouse.up()
    return float(value)
