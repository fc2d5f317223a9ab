"""A graph that is too large for memory is refused before it fills it, and everything else still works."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.graph import network


def test_the_limit_names_the_ways_out(store: Path) -> None:
    with kg.load(store) as graph:
        edges = graph.stats()["links"] + graph.stats()["relations"]
        assert network.network(graph.store, most=edges).number_of_edges() == edges
        with pytest.raises(StoreError) as refused:
            network.network(graph.store, most=edges - 1)
        for words in (f"{edges:,} edges", "kg import", "--top", "min_support"):
            assert words in str(refused.value)
        assert graph.papers(concept="GNN")
        assert graph.to_networkx("concepts").number_of_nodes()
