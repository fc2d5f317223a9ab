"""What scripts/fuzz runs, one module a subject."""
