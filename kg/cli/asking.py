"""Commands that ask further: search, what goes with what, ways, time, structure, reasons, health."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.console import note, out
from kg.errors import QueryError

Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store that kg build wrote.")]
Name = Annotated[str, typer.Argument(metavar="CONCEPT", help="Label, alias, abbreviation or id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Most rows.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    ask = (search, related, similar, path, trend, introduced, lineage, compare, communities, central)
    more = (bridges, gaps, explain, cypher)
    commands: list[tuple[str, Callable[..., None]]] = [("Ask", command) for command in (*ask, *more)]
    commands += [("Keep it right", command) for command in (doctor, diff)]
    for panel, command in commands:
        app.command(rich_help_panel=panel)(command)


def search(store: Store, words: list[str], limit: Limit = 20, as_json: AsJson = False) -> None:
    """Find papers and concepts by words in titles, abstracts, labels and aliases."""
    import kg

    with kg.load(store) as graph:
        _table(graph.search(" ".join(words), limit=limit), ("kind", "label", "excerpt", "score"), as_json)


def related(store: Store, name: Name, limit: Limit = 20, as_json: AsJson = False) -> None:
    """What goes with a concept more often than chance."""
    import kg

    with kg.load(store) as graph:
        _table(graph.related(name, limit=limit), ("label", "type", "npmi", "support"), as_json)


def similar(
    store: Store,
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="Id, DOI, arXiv id or title.")],
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Papers like one, with the concepts they share."""
    import kg

    with kg.load(store) as graph:
        _table(graph.similar_papers(paper, limit=limit), ("title", "score", "shared"), as_json)


def path(
    store: Store,
    start: Annotated[str, typer.Argument(metavar="FROM", help="A concept or a paper.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A concept or a paper.")],
    ways: Annotated[int, typer.Option("--ways", "-k", min=1, help="Most ways.")] = 1,
    as_json: AsJson = False,
) -> None:
    """The shortest ways from one node to another, and through what."""
    import kg

    with kg.load(store) as graph:
        found = graph.path(start, end, k=ways)
        if as_json:
            _json([asdict(p) for p in found])
        elif not found:
            note(f"no way leads from {start!r} to {end!r}")
        else:
            for one in found:
                out().print(str(one))


def trend(store: Store, name: Name, as_json: AsJson = False) -> None:
    """Papers a year, growth, first paper."""
    import kg

    with kg.load(store) as graph:
        found = graph.trend(name)
        if as_json:
            _json(asdict(found))
            return
        console = out()
        most = max((n for _, n in found.papers), default=0)
        for year, number in found.papers:
            console.print(f"{year}  {'█' * round(40 * number / most) if most else ''} {number}")
        if found.undated:
            console.print(f"undated  {found.undated}")
        if found.growth is not None:
            console.print(f"share of the last two years over the two before: {found.growth:+.0%}")
        if found.first_paper:
            first = graph.paper(found.first_paper)
            console.print(f"first: {first.title} ({first.date})")


def introduced(store: Store, name: Name, as_json: AsJson = False) -> None:
    """Papers that propose a concept, the earliest first, with the sentence."""
    import kg

    with kg.load(store) as graph:
        found = graph.introduced_by(name)
        if as_json:
            _json([asdict(i) for i in found])
            return
        for one in found:
            out().print(f"{one.date or 'undated'}  {one.title}  {one.confidence:.2f}")
            if one.evidence:
                out().print(f"      {one.evidence.text}")
        if not found:
            note(f"no paper here proposes {name!r}")


def lineage(store: Store, name: Name, as_json: AsJson = False) -> None:
    """What a concept is a kind of, its variants and parts, what was built on it."""
    import kg

    with kg.load(store) as graph:
        found = graph.lineage(name)
        if as_json:
            _json(asdict(found))
            return
        lines = {
            "a kind of": found.kinds,
            "variants": found.variants,
            "parts": found.parts,
            "part of": found.wholes,
            "built on it": sorted({label for label, _ in found.built_on}),
        }
        for title, names in lines.items():
            if names:
                out().print(f"{title:<12} {', '.join(names)}")
        if not any(lines.values()):
            note(f"nothing is stated of the family of {found.label!r}")


def compare(store: Store, first: Name, second: Name, as_json: AsJson = False) -> None:
    """Two concepts side by side: what they share, what only one has."""
    import kg

    with kg.load(store) as graph:
        found = graph.compare(first, second)
    if as_json:
        _json(asdict(found))
        return
    console = out()
    console.print(f"{found.first}: {found.papers_first} papers; {found.second}: {found.papers_second} papers")
    console.print(f"papers with both: {len(found.papers_both)}")
    for title, names in (
        ("both go with", found.shared),
        (f"only {found.first}", found.only_first),
        (f"only {found.second}", found.only_second),
        ("between them", found.relations),
    ):
        console.print(f"{title}: {', '.join(names) or 'nothing'}")


def communities(
    store: Store,
    seed: Annotated[int, typer.Option(help="Seed of the algorithm.")] = 0,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Concepts that go together, named."""
    import kg

    with kg.load(store) as graph:
        found = graph.communities(seed=seed)[:limit]
    if as_json:
        _json([asdict(c) for c in found])
        return
    for one in found:
        out().print(f"{one.name}  ({len(one.concepts)} concepts, {len(one.papers)} papers)")


def central(store: Store, limit: Limit = 20, as_json: AsJson = False) -> None:
    """The most central concepts (PageRank)."""
    import kg

    with kg.load(store) as graph:
        _table(graph.central(limit), ("label", "type", "papers", "rank"), as_json)


def bridges(store: Store, limit: Limit = 20, as_json: AsJson = False) -> None:
    """Concepts that tie two communities."""
    import kg

    with kg.load(store) as graph:
        _table(graph.bridges(limit=limit), ("label", "communities", "participation"), as_json)


def gaps(
    store: Store,
    type_a: Annotated[str, typer.Option(help="Type of the one side.")] = "Method",
    type_b: Annotated[str, typer.Option(help="Type of the other side.")] = "Task",
    min_papers: Annotated[int, typer.Option(min=1, help="Least number of papers of each side.")] = 3,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Frequent concepts that no paper brings together, the most surprising first."""
    import kg

    with kg.load(store) as graph:
        found = graph.gaps(type_a, type_b, min_papers=min_papers, limit=limit)
    columns = ("first", "second", "first_papers", "second_papers", "surprise", "between")
    _table(found, columns, as_json)


def explain(
    store: Store,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Any name of a concept.")],
    as_json: AsJson = False,
) -> None:
    """Why the names of a concept are one concept, with the texts that show it."""
    import kg

    with kg.load(store) as graph:
        found = graph.explain(name)
    if as_json:
        _json(asdict(found))
        return
    console = out()
    console.print(f"{found.asked!r} is the concept {found.label!r}:")
    for reason in found.reasons:
        console.print(f"  {reason.text}")
        if reason.evidence:
            console.print(f"      {reason.evidence.text}")


def cypher(
    store: Store,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Cypher, reading only.")],
    as_json: AsJson = False,
) -> None:
    """Ask in Cypher (needs the extra "cypher")."""
    import kg

    with kg.load(store) as graph:
        try:
            found = graph.cypher(query)
        except ImportError as missing:
            raise QueryError(str(missing)) from missing
    _table(found, list(found[0]) if found else (), as_json)


def doctor(store: Store, as_json: AsJson = False) -> None:
    """What a person may want to settle, each with the command or curation line that settles it."""
    import kg

    with kg.load(store) as graph:
        found = graph.findings()
    if as_json:
        _json([asdict(f) for f in found])
        return
    console = out()
    for kind in dict.fromkeys(f.kind for f in found):
        rows = [f for f in found if f.kind == kind]
        console.print(f"{kind} ({len(rows)})", style="bold")
        for row in rows:
            console.print(f"  {row.message}")
            console.print(f"      {row.remedy}", style="dim")
    if not found:
        console.print("nothing to settle")


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier store.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later store.")],
    as_json: AsJson = False,
) -> None:
    """What came, went or changed between two stores."""
    from kg.graph import Store as Opened
    from kg.graph.difference import difference

    with Opened.open(old) as before, Opened.open(new) as after:
        changes = difference(before, after)
        if as_json:
            _json([asdict(c) for c in changes])
            return
        console, signs, number = out(), {"came": "+", "went": "-", "changed": "~"}, 0
        for change in changes:
            number += 1
            detail = f"  ({change.detail})" if change.detail else ""
            console.print(
                f"{signs[change.change]} {change.kind}  {change.id}{_apart(change.label, change.id)}{detail}"
            )
        if not number:
            console.print("the two are the same")


def _apart(label: str, identifier: str) -> str:
    return "" if label in identifier.split(" ") else f"  {label}"


def _json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _table(rows: Iterable[Any], columns: Sequence[str], as_json: bool) -> None:
    """Print records as a table, or as JSON with all their fields."""
    found = [row if isinstance(row, dict) else asdict(row) for row in rows]
    if as_json:
        _json(found)
        return
    if not found:
        note("nothing found")
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        numeric = isinstance(found[0][column], int | float)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in found:
        table.add_row(*(_cell(row[column]) for column in columns))
    out().print(table)


def _cell(value: Any) -> str:
    from rich.markup import escape

    text = ", ".join(str(v) for v in value) if isinstance(value, tuple | list) else str(value)
    return escape(text)
