"""From a graph to the text of the page, through pyvis."""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import ExportError
from kg.export.html import assets, payload
from kg.export.html.communities import edges, find
from kg.export.html.content import Content, collect
from kg.export.html.layout import lay_out
from kg.export.html.ranking import rank
from kg.export.html.words import Words
from kg.graph import KnowledgeGraph

FIRST = 800
"""Nodes of the first view."""

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {
        "hover": True,
        "hideEdgesOnZoom": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 600000,
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "custom", "size": 5, "chosen": False},
    "edges": {"smooth": False, "chosen": False, "width": 1.2, "hoverWidth": 0, "selectionWidth": 0},
}


def write(
    graph: KnowledgeGraph,
    path: str | os.PathLike[str],
    *,
    title: str | None = None,
    focus: str | None = None,
    depth: int = 2,
    first: int = FIRST,
    seed: int = 0,
) -> None:
    """Write the page of a graph: one file that needs nothing but a browser.

    Parameters
    ----------
    graph : KnowledgeGraph
        The graph, which stays as it is.
    path : path
        The file, written as UTF-8.
    title : str, optional
        Heading of the page; without it the name of the store, or "Knowledge graph".
    focus : str, optional
        A concept or a paper: only it and what is at most `depth` steps from it goes on the page.
    depth : int
        See `focus`.
    first : int
        Number of nodes of the first view.
    seed : int
        Of communities and layout. The same graph and seed give the same bytes.

    Raises
    ------
    kg.errors.ConceptNotFound
        If nothing is called `focus`; the error offers near names.
    kg.errors.ExportError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from kg.model import Concept, ConceptType, Link, Paper, Role
    >>> graph = KnowledgeGraph.from_parts(
    ...     papers=[Paper("p1", "Adam: a method", date="2015")],
    ...     concepts=[Concept("adam", "Adam", ConceptType.METHOD, papers=1)],
    ...     links=[Link("p1", "adam", Role.PROPOSES, 0.9, 1.0, 1)],
    ... )
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "page.html"
    >>> write(graph, path, title="Optimisers")
    >>> "<title>Optimisers" in path.read_text(encoding="utf-8")
    True
    """
    text = page(graph, title=title, focus=focus, depth=depth, first=first, seed=seed)
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}; choose another place") from error


def page(
    graph: KnowledgeGraph,
    *,
    title: str | None = None,
    focus: str | None = None,
    depth: int = 2,
    first: int = FIRST,
    seed: int = 0,
) -> str:
    """Text of the page; see :func:`write`."""
    content = collect(graph, focus, depth)
    if title is None:
        title = graph.path_of_store.stem if graph.path_of_store else "Knowledge graph"
    return _render(content, title, first, seed)


def frame(graph: KnowledgeGraph, *, height: int = 720, **options: Any) -> str:
    """Markup of the page in a frame, for a notebook; the options are those of :func:`write`."""
    source = html.escape(page(graph, **options), quote=True)
    return (
        f'<iframe srcdoc="{source}" style="width:100%;height:{height}px;border:0" '
        'sandbox="allow-scripts allow-downloads allow-popups"></iframe>'
    )


def _render(content: Content, title: str, first: int, seed: int) -> str:
    weighted = edges(content)
    communities = find(content, weighted, seed)
    nodes, discs = lay_out(content.size, communities, weighted, seed)
    order = rank(content, communities, weighted)
    words = Words.learn(paper.abstract for paper in content.papers)
    graph = payload.graph_block(
        content,
        title=title,
        communities=communities,
        places=nodes.tolist(),
        discs=discs.tolist(),
        order=order,
        words=words,
    )
    network = _network(title, order[:first], nodes.tolist(), weighted, graph["community"])
    network.templateEnv.globals.update(
        policy=assets.policy(),
        style=Markup(assets.style()),
        script=Markup(assets.script()),
        library=Markup(payload.pack_bytes(assets.library().encode("utf-8"))),
        graph=Markup(payload.pack(graph)),
        texts=[Markup(payload.pack(block)) for block in payload.text_blocks(content, words)],
        counts={
            "papers": len(content.papers),
            "concepts": len(content.concepts),
            "links": len(content.links) + len(content.relations),
        },
    )
    text: str = network.generate_html()
    return text


def _network(
    title: str,
    shown: list[int],
    places: list[list[int]],
    weighted: list[tuple[int, int, float]],
    of: list[int],
) -> Network:
    """Pyvis's network of the first view, drawn by the page's own template."""
    network = Network(heading=title, cdn_resources="in_line")
    network.templateEnv = Environment(
        loader=PackageLoader("kg.export.html"), autoescape=True, keep_trailing_newline=True
    )
    network.templateEnv.filters["pack"] = lambda value: Markup(payload.pack(value))
    network.path = "page.html"
    network.options = OPTIONS
    network.nodes = [{"id": node, "x": places[node][0], "y": places[node][1]} for node in shown]
    inside = set(shown)
    # Assigned rather than added one by one: pyvis looks through all edges before it adds one.
    network.edges = [
        {"from": a, "to": b} for a, b, _ in weighted if a in inside and b in inside and of[a] == of[b]
    ]
    return network
