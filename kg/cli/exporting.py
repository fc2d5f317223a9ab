"""Commands that write files from a store: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.console import note

Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store that kg build wrote.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Take it elsewhere")(export)


def export(
    store: Store,
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="File to write: .ttl .nt .nq .trig .rdf .jsonld .html .graphml .gexf .json"
        ),
    ],
    profile: Annotated[
        str | None, typer.Option(help="RDF: plain (direct triples) or evidence (with the sentences).")
    ] = None,
    base_iri: Annotated[
        str | None, typer.Option(help="RDF: where the IRIs of papers and concepts begin.")
    ] = None,
) -> None:
    """Write the graph; the suffix of OUT names the format."""
    import kg

    options: dict[str, Any] = {"profile": profile, "base_iri": base_iri}
    with kg.load(store) as graph:
        graph.export(output, **{k: v for k, v in options.items() if v is not None})
    note(f"{output}: {output.stat().st_size:,} bytes")
