"""Readers: from files in many formats to papers."""

from kg.corpus.merging import merge
from kg.corpus.reading import Corpus, FileRead, read

__all__ = ["Corpus", "FileRead", "merge", "read"]
