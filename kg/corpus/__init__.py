"""Readers: from files in many formats to papers."""

from kg.corpus.inspection import Inspection, inspect
from kg.corpus.merging import merge
from kg.corpus.reading import Corpus, FileRead, read

__all__ = ["Corpus", "FileRead", "Inspection", "inspect", "merge", "read"]
