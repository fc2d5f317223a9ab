"""The command line as a whole: its commands, its errors."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from kg import __version__
from kg.cli import asking, building, exporting, querying
from kg.cli.console import note
from kg.errors import ConceptNotFound, KgError, PaperNotFound

app = typer.Typer(
    name="kg",
    help="From papers to a knowledge graph that people trust.\n\n"
    "Start with:  kg build papers.txt -o papers.kg,  then  kg show papers.kg 'Bayesian optimization'  "
    "or  kg export papers.kg papers.html.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is being done.")] = False,
) -> None:
    """Set up logging for every command."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s: %(message)s", force=True
    )
    logging.addLevelName(logging.WARNING, "warning")
    logging.addLevelName(logging.INFO, "info")


building.register(app)
querying.register(app)
asking.register(app)
exporting.register(app)


def main() -> None:
    """Run the command; an error of ours is one line on standard error.

    The exit status is 0 when all went well, 1 when nothing has the name asked for, 2 for any other
    error, 130 when stopped by the user.
    """
    try:
        app()
    except (ConceptNotFound, PaperNotFound) as error:
        note(f"kg: {error}")
        sys.exit(1)
    except KgError as error:
        note(f"kg: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        note("kg: stopped; the same command goes on where it was")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
