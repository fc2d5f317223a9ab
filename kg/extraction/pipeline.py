"""The pipeline as spaCy knows it: a ``Language`` built from ``config.cfg``."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from confection import Config
from spacy.language import Language
from spacy.util import load_model_from_config

from kg.errors import ModelError

# Imported for the factories they register.
from kg.extraction import (
    abbreviations,
    lexicon_matcher,
    patterns,
    relations,
    repair,
    roles,
    sentences,
    terms,
    tokenizer,
)

__all__ = ["load"]

CONFIG = "config.cfg"
_PARTS = (abbreviations, lexicon_matcher, patterns, relations, repair, roles, sentences, terms, tokenizer)


def load(*, without: Iterable[str] = ()) -> Language:
    """The pipeline that ships with the package.

    Parameters
    ----------
    without : iterable of str
        Components to leave out, by name; for comparisons.

    Returns
    -------
    Language
        A new one with each call.

    Raises
    ------
    ModelError
        If the package's files are damaged, or there is no component of a name in `without`.

    Examples
    --------
    >>> nlp = load()
    >>> nlp.pipe_names[0]
    'sentences'
    """
    try:
        config = Config().from_str((files(__package__) / CONFIG).read_text(encoding="utf-8"))
        left_out = frozenset(without)
        unknown = left_out - set(config["nlp"]["pipeline"])
        if unknown:
            raise ModelError(f"the pipeline has no component called {sorted(unknown)[0]!r}")
        config["nlp"]["pipeline"] = [name for name in config["nlp"]["pipeline"] if name not in left_out]
        for name in left_out:
            del config["components"][name]
        return load_model_from_config(config, auto_fill=True, validate=True)
    except (OSError, ValueError) as error:
        raise ModelError(f"the pipeline cannot be loaded: {error}; install the package again") from error
