"""The bundled sample: landmark papers, with abstracts in our own words."""

from __future__ import annotations

from pathlib import Path


def sample() -> Path:
    """Path of the bundled sample (JSON Lines), ready for :func:`kg.build`.

    Examples
    --------
    >>> sample().name
    'sample.jsonl'
    """
    return Path(__file__).with_name("sample.jsonl")
