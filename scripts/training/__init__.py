"""Training the extraction: the stages that `scripts/train` runs."""
