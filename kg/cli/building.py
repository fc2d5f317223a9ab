"""Commands that make and change a store: build, add, remove, extract."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import note, out, progress
from kg.errors import StoreError

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Files and folders with papers; - is standard input.")
]
Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store that kg build wrote.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that extract; the result is the same.")]
ListingYear = Annotated[
    int | None, typer.Option(help="Year of listing pages whose dates lack it; inferred if not given.")
]
SkipInvalid = Annotated[bool, typer.Option("--skip-invalid", help="Leave broken records out and list them.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the files; told by them if not given.")]
Clean = Annotated[bool, typer.Option("--clean", help="Clean the texts of JSON and JSON Lines too.")]


class Engine(StrEnum):
    """What a large build runs on."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    panel = "Make and change a store"
    app.command(rich_help_panel=panel)(inspect)
    app.command(rich_help_panel=panel)(build)
    app.command(rich_help_panel=panel)(add)
    app.command(rich_help_panel=panel)(remove)
    app.command(rich_help_panel=panel)(extract)
    app.command("import", rich_help_panel=panel)(import_)
    app.command(rich_help_panel="Keep it right")(curate)


def inspect(
    inputs: Inputs,
    listing_year: ListingYear = None,
    clean: Clean = False,
    encoding: Encoding = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file.")] = False,
) -> None:
    """Tell what files hold before anything is built from them."""
    from kg import corpus
    from kg.graph.codec import paper_to_dict

    found = corpus.inspect(inputs, listing_year=listing_year, clean=clean or None, encoding=encoding)
    for one in found:
        if as_json:
            row = one.to_dict() | {"first": paper_to_dict(one.first) if one.first else None}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            continue
        console = out()
        console.print(one.file, style="bold")
        console.print(f"  taken for {one.format or 'nothing'}: {one.why}")
        console.print(
            f"  {one.records:,} records, {one.with_abstract:,} with abstract,"
            f" {one.with_authors:,} with authors, {one.with_date:,} with date,"
            f" {one.with_identifier:,} with identifier, {one.repeats:,} repeats"
        )
        if one.first:
            console.print("  first:")
            for name, value in paper_to_dict(one.first).items():
                if name != "sources":
                    text = str(value)
                    console.print(f"    {name}: {text if len(text) <= 120 else text[:119] + '…'}")
        for text in (*one.notes, *one.errors[:20]):
            console.print(f"  {text}")
        if one.skipped:
            console.print(f"  left out: {one.skipped}")
    if not as_json and len(found) > 1:
        total = sum(one.records for one in found)
        note(f"{len(found)} files, {total:,} records, {sum(one.repeats for one in found):,} repeats")


def build(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The store to write; with --engine a new folder of tables.")
    ],
    workers: Workers = 1,
    listing_year: ListingYear = None,
    skip_invalid: SkipInvalid = False,
    clean: Clean = False,
    encoding: Encoding = None,
    curation: Annotated[Path | None, typer.Option(help="Your corrections: a curation.toml.")] = None,
    vocabulary: Annotated[
        list[Path] | None, typer.Option(help="Outside vocabulary (SKOS, OWL, OBO in RDF, CSV); repeatable.")
    ] = None,
    engine: Annotated[
        Engine | None, typer.Option(help="Write Parquet tables and N-Triples instead of a store.")
    ] = None,
    master: Annotated[str, typer.Option(help="Engine: Spark's master, or local[N] processes.")] = "local[2]",
    base_iri: Annotated[
        str | None, typer.Option(help="Engine: where the IRIs of papers and concepts begin.")
    ] = None,
) -> None:
    """Read papers and build their graph.

    With --engine the graph is not a store but a folder of Parquet tables and N-Triples in parts, made
    by DuckDB on one machine or by Spark on many; kg import makes a store of a part of it.

    Papers that an earlier build of the same store has extracted are not extracted again, and a
    build that was stopped goes on where it was.
    """
    import kg

    if engine is not None:
        if curation or vocabulary:
            raise StoreError(
                "--curation and --vocabulary belong to stores; give them to a build without --engine"
            )
        from kg import scale
        from kg.export.rdf import DEFAULT_BASE

        with progress() as step:
            scale.build(
                inputs,
                output,
                engine=str(engine),
                master=master,
                listing_year=listing_year,
                skip_invalid=skip_invalid,
                clean=clean or None,
                base_iri=base_iri or DEFAULT_BASE,
                progress=step,
            )
        note(
            f"{output}: Parquet tables, and N-Triples in {output / 'triples'};"
            f" make a store of a part with: kg import {output} -o part.kg"
        )
        return
    if base_iri is not None:
        raise StoreError("--base-iri belongs to --engine; a store gets it with: kg export --base-iri …")
    with progress() as step:
        graph = kg.build(
            inputs,
            store=output,
            workers=workers,
            listing_year=listing_year,
            skip_invalid=skip_invalid,
            clean=clean or None,
            encoding=encoding,
            curation=curation,
            vocabularies=vocabulary or (),
            progress=step,
        )
    with graph:
        note(summary(graph.stats(), output))


def import_(
    tables: Annotated[Path, typer.Argument(metavar="TABLES", help="A folder that kg build --engine wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The store to write.")],
    concept: Annotated[str | None, typer.Option(help="Only papers of this concept.")] = None,
    since: Annotated[int | None, typer.Option(help="Only papers of this year or later.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Only so many concepts, the commonest.")] = None,
) -> None:
    """Make a store of a part of the tables of a large build."""
    import kg
    from kg import scale

    scale.import_tables(tables, output, concept=concept, since=since, top=top)
    with kg.load(output) as graph:
        note(summary(graph.stats(), output))


def add(
    store: Store,
    inputs: Inputs,
    workers: Workers = 1,
    listing_year: ListingYear = None,
    skip_invalid: SkipInvalid = False,
    clean: Clean = False,
    encoding: Encoding = None,
) -> None:
    """Add papers; the result equals a fresh build of all of them."""
    import kg

    with progress() as step:
        graph = kg.add(
            store,
            inputs,
            workers=workers,
            listing_year=listing_year,
            skip_invalid=skip_invalid,
            clean=clean or None,
            encoding=encoding,
            progress=step,
        )
    with graph:
        note(summary(graph.stats(), store))


def remove(
    store: Store,
    papers: Annotated[list[str], typer.Argument(metavar="PAPER...", help="Ids, DOIs, arXiv ids or titles.")],
) -> None:
    """Remove papers; the result equals a build without them."""
    import kg

    with progress() as step:
        graph = kg.remove(store, papers, progress=step)
    with graph:
        note(summary(graph.stats(), store))


def extract(
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="JSON Lines to write; standard output if not given.")
    ] = None,
    workers: Workers = 1,
    listing_year: ListingYear = None,
    skip_invalid: SkipInvalid = False,
    clean: Clean = False,
    encoding: Encoding = None,
) -> None:
    """Write the mentions, links and relations of each paper as JSON Lines, without making a store."""
    from kg import concepts, corpus, extraction
    from kg.export.files import whole

    found = corpus.read(
        inputs, listing_year=listing_year, skip_invalid=skip_invalid, clean=clean or None, encoding=encoding
    )
    papers = list(found)
    for skipped in found.skipped:
        note(f"left out: {skipped}")
    extractions = list(extraction.extract(papers, workers=workers))
    lines = (
        json.dumps(row, ensure_ascii=False)
        for row in concepts.predictions(extractions, concepts.resolve(extractions))
    )
    if output is None:
        for line in lines:
            sys.stdout.write(line + "\n")
        return
    with whole(output) as unfinished, unfinished.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(line + "\n" for line in lines)
    note(f"{output}: {len(papers)} papers")


def curate(
    store: Store,
    curation: Annotated[
        Path | None,
        typer.Argument(metavar="CURATION", help="Your corrections; without it they are taken away."),
    ] = None,
) -> None:
    """Apply your corrections (a curation.toml) in place of those the store has."""
    import kg

    with progress() as step:
        graph = kg.curate(store, curation, progress=step)
    with graph:
        note(summary(graph.stats(), store))


def summary(counts: dict[str, int], store: Path) -> str:
    """One line on what a store holds."""
    return (
        f"{store}: {counts['records']:,} records, {counts['papers']:,} papers, "
        f"{counts['concepts']:,} concepts, {counts['links']:,} links, {counts['relations']:,} relations"
    )
