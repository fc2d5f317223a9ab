"""The benchmarks' table in the README: the figures that decide, each with what it is measured beside."""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import Any

BEGIN = "<!-- scripts/benchmark --readme: the table below is generated -->"
END = "<!-- end of the generated table -->"
HEAD = "| | figure | beside it, in the same run |\n|---|---|---|\n"

Rows = list[dict[str, Any]]
Line = tuple[str, str, str]


def update(readme: Path, figures: dict[str, Rows]) -> None:
    """Put the lines of these benchmarks into the README's table; those of others stay.

    Raises
    ------
    SystemExit
        If the README has no place for the table.
    """
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme} has no table to update: the lines {BEGIN!r} and {END!r} mark its place")
    kept: dict[str, list[str]] = {}
    for line in old.splitlines():
        if found := re.match(r"\| (\w+): ", line):
            kept.setdefault(found[1], []).append(line)
    for name, rows in figures.items():
        lines = SUMMARIES[name](rows)
        kept[name] = [f"| {name}: {what} | {figure} | {beside} |" for what, figure, beside in lines]
    body = "\n".join(line for name in SUMMARIES for line in kept.get(name, []))
    readme.write_text(f"{before}{BEGIN}\n\n{HEAD}{body}\n\n{END}{after}", encoding="utf-8")


def _startup(rows: Rows) -> list[Line]:
    of = {row["what"]: f"{row['seconds']} s" for row in rows}
    beside = f"a bare Python {of['python -c pass']}, `import spacy` {of['import spacy']}"
    return [("`import kg`, `kg --help`", f"{of['import kg']}, {of['kg --help']}", beside)]


def _reading(rows: Rows) -> list[Line]:
    ratios = sorted(row["ratio"] for row in rows)
    worst = max(rows, key=lambda row: row["ratio"])
    what = f"CPU of {len(rows)} formats over that of the bare parser library"
    most = f"{worst['ratio']} for {worst['format']} ({worst['library']})"
    return [(what, f"{statistics.median(ratios):.1f} times, at most {most}", "the same bytes, parsed only")]


def _extraction(rows: Rows) -> list[Line]:
    of = {row["system"]: row["papers a second"] for row in rows}
    bare = of["spaCy's tokenizer alone"]
    number = rows[0]["papers"]
    beside = f"YAKE {of['YAKE']}, spaCy's tokenizer alone {bare}"
    return [
        (
            f"papers a second of {number}, start included, one process and two",
            f"{of['kg, one process']}, {of['kg, two processes']}",
            beside,
        )
    ]


def _graph(rows: Rows) -> list[Line]:
    of = {row["what"]: row["figure"] for row in rows}
    load = next(what for what in of if what.startswith("load "))
    papers = int(load.split()[1])
    nodes, edges = (int(number) for number in of["nodes, edges"].split(", "))
    what = f"load {papers:,} papers into NetworkX: {nodes:,} nodes, {edges:,} edges"
    return [
        (what, f"{of[load]}, {of['memory']}", ""),
        ("look-up by name", of["look-up by name"], ""),
        ("communities, gaps", f"{of['communities']}, {of['gaps']}", ""),
    ]


def _scale(rows: Rows) -> list[Line]:
    growth = next(key for row in rows for key in row if key.startswith("a paper, last to "))
    sizes = [key for key in rows[0] if key not in ("step", growth)]
    of = {row["step"]: row for row in rows}
    steps = [row for row in rows if row.get(growth)]
    worst = max(steps, key=lambda row: row[growth])
    at = f"{', '.join(sizes)} papers"

    def figures(step: str) -> str:
        return ", ".join(f"{of[step][size]:,.0f}" for size in sizes)

    return [
        (f"`kg build` with two workers, {at}: seconds", figures("kg build, wall s"), ""),
        ("papers a second", figures("kg build, papers a second"), ""),
        ("MB of its largest process", figures("kg build, peak MB"), ""),
        (
            f"CPU of a paper, {sizes[-1]} papers over {growth.rsplit(' ', 1)[1]}",
            f"{of['kg build, CPU s'][growth]} times in all; most: {worst['step'].removesuffix(', CPU s')}"
            f" {worst[growth]}",
            "",
        ),
    ]


def _rdf(rows: Rows) -> list[Line]:
    lines = []
    for row in rows:
        if "times as fast" in row:
            figure = f"{row['kg M/s']} million triples a second"
            beside = f"rdflib {row['rdflib M/s']}: {row['times as fast']} times as fast"
            lines.append((row["what"], figure, beside))
    peaks = [row for row in rows if "MB peak" in row]
    least, most = (pick(peaks, key=lambda row: row["triples"]) for pick in (min, max))
    figure = (
        f"{least['MB peak']} MB at {least['triples']:,} triples, {most['MB peak']} MB at {most['triples']:,}"
    )
    return [*lines, ("peak memory of an export", figure, "")]


def _viewer(rows: Rows) -> list[Line]:
    lines = []
    for row in rows:
        if row["bound"] or row["default pyvis"]:
            peer = f"default pyvis {row['default pyvis']}" if row["default pyvis"] else ""
            lines.append((f"{row['nodes']} nodes, {row['what']}", row["figure"], peer))
    return lines


SUMMARIES = {
    "startup": _startup,
    "reading": _reading,
    "extraction": _extraction,
    "graph": _graph,
    "scale": _scale,
    "rdf": _rdf,
    "viewer": _viewer,
}
