"""rdflib reads the files of the four listings, and answers every query as the embedded store does.

Its parser takes a minute and more for the evidence, hence a file of its own: tests run file by file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

import kg
from kg.export.rdf import Endpoint, write
from kg.export.rdf.queries import QUERIES, needs_evidence, query_text

from .answers import rows


@pytest.mark.shared
@pytest.mark.slow
def test_rdflib_answers_every_query_on_the_listings(shared: Path, tmp_path: Path) -> None:
    with kg.build(sorted((shared / "seeds").glob("*.txt"))) as graph:
        for profile in ("plain", "evidence"):
            file = tmp_path / f"{profile}.nt"
            total = write(graph, file, profile=profile)
            other = Graph().parse(file, format="nt")
            assert len(other) == total
            endpoint = Endpoint(graph, profile=profile)
            for query in QUERIES:
                if profile == "evidence" or not needs_evidence(query):
                    text = query_text(query)
                    found = rows(other.query(text).serialize(format="json").decode())  # type: ignore[union-attr]
                    assert found == rows(endpoint.query(text).json), query
                    assert found, f"{query} finds nothing"
