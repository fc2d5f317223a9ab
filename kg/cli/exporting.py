"""Commands that take the graph elsewhere: export, view, sparql, validate."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.console import note, out
from kg.errors import ExportError, QueryError

Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store that kg build wrote.")]
Title = Annotated[str | None, typer.Option(help="Page: its heading.")]
Focus = Annotated[str | None, typer.Option(help="Page: only this concept or paper and what is near it.")]
Depth = Annotated[int, typer.Option(min=1, help="Page: steps from the focus.")]


class Format(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Profile(StrEnum):
    """What RDF says."""

    PLAIN = "plain"
    EVIDENCE = "evidence"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Ask")(sparql)
    for command in (export, view, validate):
        app.command(rich_help_panel="Take it elsewhere")(command)


def export(
    store: Store,
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="File to write (.ttl .nt .nq .trig .rdf .jsonld .html .graphml .gexf .json);"
            " with --bundle a folder.",
        ),
    ],
    profile: Annotated[
        Profile | None, typer.Option(help="RDF: plain (direct triples) or evidence (with the sentences).")
    ] = None,
    base_iri: Annotated[
        str | None, typer.Option(help="RDF: where the IRIs of papers and concepts begin.")
    ] = None,
    abstracts: Annotated[bool, typer.Option(help="RDF: with the abstracts or without.")] = True,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="RDF in both profiles, ontology, shapes, VoID, queries, README.")
    ] = False,
    licence: Annotated[str | None, typer.Option(help="Bundle: IRI of the data's licence.")] = None,
    title: Title = None,
    focus: Focus = None,
    depth: Depth = 2,
) -> None:
    """Write the graph; the suffix of OUT names the format."""
    import kg

    rdf: dict[str, Any] = {"base_iri": base_iri, "abstracts": None if abstracts else False}
    page: dict[str, Any] = {"title": title, "focus": focus, "depth": depth if focus else None}
    with kg.load(store) as graph:
        if bundle:
            made = graph.to_bundle(output, **_given(rdf | {"licence": licence}))
            counts = ", ".join(f"{number:,} triples {name}" for name, number in sorted(made.triples.items()))
            note(f"{output}: {len(made.files)} files, {counts}, read back by two parsers")
            return
        is_page = output.suffix == ".html"
        wrong = _given((rdf | {"profile": profile}) if is_page else page) if output.suffix else {}
        if wrong:
            option = "--" + next(iter(wrong)).replace("_", "-")
            raise ExportError(f"{option} does not belong to {output.suffix}; leave it out")
        graph.export(output, **_given(page if is_page else rdf | {"profile": profile and str(profile)}))
    note(f"{output}: {output.stat().st_size:,} bytes")


def view(store: Store, title: Title = None, focus: Focus = None, depth: Depth = 2) -> None:
    """Write the page to a temporary file and open it in the browser."""
    import kg

    page = Path(tempfile.mkdtemp(prefix="kg-")) / f"{store.stem}.html"
    with kg.load(store) as graph:
        graph.to_html(page, **_given({"title": title, "focus": focus, "depth": depth if focus else None}))
    if not webbrowser.open(page.as_uri()):
        note("no browser can be opened here; open the file yourself")
    note(str(page))


def sparql(
    store: Store,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="SPARQL 1.1, or a file that ends in .rq.")],
    format: Annotated[Format, typer.Option(help="How the answer is printed.")] = Format.TABLE,
) -> None:
    """Ask in SPARQL, read-only; the prefixes (kg, skos, dcterms, fabio, oa, prov …) are there."""
    import kg

    if query.endswith(".rq"):
        try:
            query = Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{query} cannot be read ({error})") from error
    with kg.load(store) as graph:
        found = graph.sparql(query)
    if format == Format.JSON:
        sys.stdout.write(found.json + "\n")
    elif format == Format.CSV:
        sys.stdout.write(found.to_csv())
    elif not found.rows:
        note("nothing found")
    else:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column in found.columns:
            table.add_column(column, overflow="fold")
        for row in found.rows:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        out().print(table)


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="RDF that kg export wrote.")],
) -> None:
    """Hold RDF against the shapes (SHACL), and say in words what is wrong."""
    from kg.export.rdf import validate as violations

    wrong = 0
    for file in files:
        found = violations(file)
        wrong += bool(found)
        for violation in found:
            out().print(f"{file}: {violation}")
        if not found:
            note(f"{file}: conforms")
    if wrong:
        raise typer.Exit(1)


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
