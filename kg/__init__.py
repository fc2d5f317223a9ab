"""From papers to a knowledge graph that people trust.

Examples
--------
>>> import kg
>>> graph = kg.build([kg.sample()])
>>> graph.concept("BERT").label
'BERT'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.builder import add, build, curate, load, remove
    from kg.samples import sample

__version__ = "0.1.0"
__all__ = ["Graph", "add", "build", "curate", "load", "remove", "sample"]

_HOME = {
    "Graph": "kg.api",
    "add": "kg.builder",
    "build": "kg.builder",
    "curate": "kg.builder",
    "load": "kg.builder",
    "remove": "kg.builder",
    "sample": "kg.samples",
}


def __getattr__(name: str) -> Any:
    # spaCy and NetworkX are loaded when first used, so that `import kg` is quick (PEP 562).
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
