"""How the command line speaks: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from kg.assembling import Progress


def out() -> Console:
    """Console for results. Text from papers is never read as markup."""
    from rich.console import Console

    piped = not sys.stdout.isatty()
    return Console(highlight=False, markup=False, soft_wrap=piped, width=160 if piped else None)


def note(text: str) -> None:
    """Say something that is no result."""
    sys.stderr.write(text + "\n")


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Give a progress bar with rate and time left on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def step(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total or None, rate="")
            task = next(t for t in bar.tasks if t.id == tasks[name])
            rate = f"{done / task.elapsed:,.0f}/s" if task.elapsed else ""
            bar.update(tasks[name], completed=done, total=total or None, rate=rate)

        yield step
