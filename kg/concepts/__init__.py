"""Which terms of different papers are the same concept."""

from kg.concepts.normalise import name_key

__all__ = ["name_key"]
