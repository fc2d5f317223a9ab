"""GraphML, GEXF and node-link JSON, by NetworkX's own writers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import networkx as nx

from kg.errors import ExportError
from kg.export.files import whole
from kg.graph import KnowledgeGraph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the network without texts: ``.graphml``, ``.gexf`` or ``.json`` (node-link).

    Parameters
    ----------
    graph : KnowledgeGraph
        What to write; it is not changed.
    path : Path
        The file. The same graph gives the same bytes.

    Raises
    ------
    ExportError
        If the suffix is none of the three.
    """
    network = graph.nx
    with whole(path) as unfinished:
        if path.suffix == ".json":
            data = nx.node_link_data(network, edges="edges")
            unfinished.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        elif path.suffix == ".graphml":
            nx.write_graphml(_for_xml(network), unfinished, named_key_ids=True)
        elif path.suffix == ".gexf":
            nx.write_gexf(_for_xml(network), unfinished)
            _without_clock(unfinished)
        else:
            raise ExportError(f"{path}: no network format is called {path.suffix!r}")


def _for_xml(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Copy without characters that XML forbids; the kind of an edge, which is its key, as an attribute."""
    copy = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        copy.add_node(_clean(node), **{k: _clean(v) for k, v in data.items()})
    for number, (head, tail, key, data) in enumerate(network.edges(keys=True, data=True)):
        values = {k: _clean(v) for k, v in data.items() if k not in ("role", "relation")}
        copy.add_edge(_clean(head), _clean(tail), key=number, label=key, **values)
    return copy


def _clean(value: object) -> object:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _without_clock(path: Path) -> None:
    """Take out the date that NetworkX writes into GEXF: the same graph must give the same bytes."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1), encoding="utf-8")
