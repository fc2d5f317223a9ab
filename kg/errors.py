"""The errors that ``kg`` raises. Each says what is wrong, where, and what to do next."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error of this package; its text is meant for the user."""


class InputError(KgError):
    """A file or a record in it cannot be used.

    Parameters
    ----------
    message : str
        What is wrong, and the remedy.
    file : str, optional
        The file's name as the user gave it.
    line : int, optional
        The line, counted from 1.
    record : int, optional
        The record, counted from 1.

    Examples
    --------
    >>> str(InputError("the record has no title; give it one", file="a.jsonl", line=3))
    'a.jsonl, line 3: the record has no title; give it one'
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        record: int | None = None,
    ) -> None:
        self.message, self.file, self.line, self.record = message, file, line, record
        place = [file] if file else []
        if line is not None:
            place.append(f"line {line}")
        if record is not None:
            place.append(f"record {record}")
        super().__init__(f"{', '.join(place)}: {message}" if place else message)


class UnknownFormat(InputError):
    """No reader recognises the file's content."""


class ModelError(KgError):
    """The trained pipeline is missing or does not fit this version."""


class CurationError(KgError):
    """A curation file cannot be read, or contradicts itself."""


class VocabularyError(KgError):
    """An outside vocabulary cannot be read."""


class StoreError(KgError):
    """The store on disk is missing, damaged, locked, or of another version."""


class ConceptNotFound(KgError, LookupError):
    """No concept has this name; ``near`` offers the nearest names there are."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.near = name, near
        hint = f"; did you mean {', '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(f"no concept is called {name!r}{hint}")


class AmbiguousConcept(KgError, LookupError):
    """Several concepts share this name.

    Parameters
    ----------
    name : str
        What was asked for.
    candidates : tuple of str
        Their ids or node ids, the commonest first.
    papers : tuple of int
        For each, the papers that call it so.
    """

    def __init__(self, name: str, candidates: tuple[str, ...], papers: tuple[int, ...] = ()) -> None:
        self.name, self.candidates, self.papers = name, candidates, papers
        counted = zip(candidates, papers or (0,) * len(candidates), strict=True)
        listed = ", ".join(f"{c} ({n} paper{'s' * (n != 1)})" if n else c for c, n in counted)
        super().__init__(f"{name!r} means several concepts: {listed}; ask for one by its id")


class PaperNotFound(KgError, LookupError):
    """No paper has this id or title; ``near`` offers the nearest titles there are."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.near = name, near
        hint = f"; did you mean {', '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(f"no paper is called {name!r}{hint}")


class ExportError(KgError):
    """A file cannot be written in the format asked for."""


class QueryError(KgError):
    """A query (SPARQL, Cypher, full text) has a mistake; the text says where."""
