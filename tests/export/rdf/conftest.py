from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph

from . import graphs


@pytest.fixture
def small() -> KnowledgeGraph:
    return graphs.small()


@pytest.fixture
def hostile() -> KnowledgeGraph:
    return graphs.hostile()
