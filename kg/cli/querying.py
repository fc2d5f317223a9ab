"""Commands that ask: stats, show."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out

Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store that kg build wrote.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    panel = "Ask"
    app.command(rich_help_panel=panel)(stats)
    app.command(rich_help_panel=panel)(show)


def stats(store: Store, as_json: AsJson = False) -> None:
    """Count what is in a store."""
    import kg

    with kg.load(store) as graph:
        counts = graph.stats()
    if as_json:
        sys.stdout.write(json.dumps(counts, indent=2) + "\n")
        return
    console = out()
    for name, value in counts.items():
        if isinstance(value, dict):
            console.print(f"{name.replace('_', ' ')}:")
            for key, number in value.items():
                console.print(f"  {key:<16} {number:>9,}")
        else:
            console.print(f"{name.replace('_', ' '):<24} {value:>10,}")


def show(
    store: Store,
    name: Annotated[str, typer.Argument(help="A concept (label, alias, abbreviation, id) or a paper.")],
    sentences: Annotated[int, typer.Option(help="Sentences shown for each paper.", min=0)] = 1,
    as_json: AsJson = False,
) -> None:
    """Show a concept or a paper, with the sentences that say it."""
    import kg
    from kg.cli import cards
    from kg.errors import ConceptNotFound, PaperNotFound

    with kg.load(store) as graph:
        try:
            card = cards.concept_card(graph, graph.concept(name))
        except ConceptNotFound as missing:
            try:
                card = cards.paper_card(graph, graph.paper(name))
            except PaperNotFound:
                raise missing from None
        if as_json:
            sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=2) + "\n")
        else:
            cards.print_card(out(), card, sentences)
