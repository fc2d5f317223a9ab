"""The command ``kg``."""

from __future__ import annotations

from kg.cli.app import main

__all__ = ["main"]
