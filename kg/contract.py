"""The contract with the outside: the files of ``schemas/``, as they travel inside the package."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def schema(name: str) -> Traversable:
    """One file of ``schemas/`` (``paper.schema.json``, ``ontology.ttl``, ``queries/x.rq`` …).

    Parameters
    ----------
    name : str
        Path inside ``schemas/``, with forward slashes.

    Returns
    -------
    Traversable
        Readable with ``.read_text(encoding="utf-8")``.

    Raises
    ------
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> schema("paper.schema.json").name
    'paper.schema.json'
    """
    for root in (files("kg") / "schemas", Path(__file__).parent.parent / "schemas"):
        found = root.joinpath(*name.split("/"))
        if found.is_file():
            return found
    raise FileNotFoundError(f"schemas/{name}")
