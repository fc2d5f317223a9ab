"""Measuring the extraction: what `scripts/evaluate` is made of."""
