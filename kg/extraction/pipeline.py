"""The pipeline as spaCy knows it: a ``Language`` built from ``config.cfg``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from confection import Config
from spacy.language import Language
from spacy.util import load_model_from_config

from kg.errors import ModelError

# Imported for the factories they register.
from kg.extraction import (
    abbreviations,
    confidence,
    lexicon_matcher,
    patterns,
    relations,
    repair,
    roles,
    sentences,
    terms,
    tokenizer,
)
from kg.extraction.tagger import component

CONFIG = "config.cfg"
TAGGER = "term_tagger"
SOURCES = ("lexicon", "patterns")
_PARTS = (
    component,
    abbreviations,
    confidence,
    lexicon_matcher,
    patterns,
    relations,
    repair,
    roles,
    sentences,
    terms,
    tokenizer,
)


def load(*, sources: Sequence[str] = ()) -> Language:
    """The pipeline that ships with the package.

    Parameters
    ----------
    sources : sequence of str
        Where terms come from instead of the trained tagger: ``"lexicon"``, ``"patterns"`` or both; for
        comparisons.

    Returns
    -------
    Language
        A new one with each call.

    Raises
    ------
    ModelError
        If the package's files are damaged, or there is no source of a name in `sources`.

    Examples
    --------
    >>> nlp = load()
    >>> nlp.pipe_names[0]
    'sentences'
    """
    try:
        config = Config().from_str((files(__package__) / CONFIG).read_text(encoding="utf-8"))
        if sources:
            _replace_tagger(config, sources)
        return load_model_from_config(config, auto_fill=True, validate=True)
    except (OSError, ValueError) as error:
        raise ModelError(f"the pipeline cannot be loaded: {error}; install the package again") from error


def _replace_tagger(config: Config, sources: Sequence[str]) -> None:
    unknown = sorted(set(sources) - set(SOURCES))
    if unknown:
        raise ModelError(f"no source of terms is called {unknown[0]!r}; there are {', '.join(SOURCES)}")
    names = config["nlp"]["pipeline"]
    at = names.index(TAGGER)
    config["nlp"]["pipeline"] = [*names[:at], *sources, *names[at + 1 :]]
    del config["components"][TAGGER]
    for name in sources:
        config["components"][name] = {"factory": name}
