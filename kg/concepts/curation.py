"""The user's own word on concepts: ``curation.toml``, which goes before every rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import CurationError
from kg.model import ConceptType

_LISTS = ("block", "split")
_TABLES = ("merge", "rename", "retype", "broader")
_EXAMPLE = 'see "Curation" in the README for the form'


@dataclass(frozen=True, slots=True)
class Curation:
    """Decisions of a person. Every name may be any spelling of a concept.

    Parameters
    ----------
    merge : mapping of str to tuple of str
        Into which concept, and the names that join it.
    split : tuple of str
        Names that leave whatever a rule joined them to.
    rename : mapping of str to str
        Label that a concept gets instead of its own.
    retype : mapping of str to ConceptType
        Type that a concept gets.
    block : tuple of str
        Names that are no concepts.
    broader : mapping of str to tuple of str
        What a concept is a kind of.
    """

    merge: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: tuple[str, ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    retype: Mapping[str, ConceptType] = field(default_factory=dict)
    block: tuple[str, ...] = ()
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse_curation(text: str, *, file: str = "curation.toml") -> Curation:
    """Read the text of a ``curation.toml``.

    Parameters
    ----------
    text : str
        TOML with the lists ``block`` and ``split`` and the tables ``merge``, ``rename``, ``retype``
        and ``broader``, all optional.
    file : str
        Its name, for errors.

    Raises
    ------
    CurationError
        If it is no TOML, has an unknown key or type, or contradicts itself.

    Examples
    --------
    >>> parse_curation('''
    ... block = ["results"]
    ... [merge]
    ... "mixture of experts" = ["expert mixture"]
    ... [retype]
    ... "Atari" = "Dataset"
    ... ''').merge
    {'mixture of experts': ('expert mixture',)}
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{file}: {error}; {_EXAMPLE}") from error
    for key in data:
        if key not in (*_LISTS, *_TABLES):
            known = ", ".join((*_LISTS, *_TABLES))
            raise CurationError(f"{file}: {key!r} is no decision; there are {known}")
    lists = {key: _names(data.get(key, []), key, file) for key in _LISTS}
    tables = {key: _table(data.get(key, {}), key, file) for key in _TABLES}
    curation = Curation(
        merge={into: _names(names, f"merge.{into}", file) for into, names in tables["merge"].items()},
        split=lists["split"],
        rename={name: _name(label, f"rename.{name}", file) for name, label in tables["rename"].items()},
        retype={name: _type(kind, f"retype.{name}", file) for name, kind in tables["retype"].items()},
        block=lists["block"],
        broader={name: _names(wide, f"broader.{name}", file) for name, wide in tables["broader"].items()},
    )
    _check(curation, file)
    return curation


def _check(curation: Curation, file: str) -> None:
    home: dict[str, str] = {}
    for into, names in curation.merge.items():
        for name in names:
            if home.setdefault(name, into) != into:
                raise CurationError(
                    f"{file}: {name!r} is merged into both {home[name]!r} and {into!r}; keep one"
                )
            if name in curation.split:
                raise CurationError(f"{file}: {name!r} is both merged and split; keep one")
    for name in curation.block:
        if name in home or name in curation.merge or name in curation.rename:
            raise CurationError(f"{file}: {name!r} is blocked and used elsewhere; keep one")


def _names(value: Any, key: str, file: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise CurationError(f"{file}: {key} must be a list of names; {_EXAMPLE}")
    return tuple(values)


def _name(value: Any, key: str, file: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CurationError(f"{file}: {key} must be a name; {_EXAMPLE}")
    return value


def _type(value: Any, key: str, file: str) -> ConceptType:
    try:
        return ConceptType(value)
    except ValueError:
        kinds = ", ".join(ConceptType)
        raise CurationError(f"{file}: {key} = {value!r} is no type; there are {kinds}") from None


def _table(value: Any, key: str, file: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CurationError(f"{file}: {key} must be a table; {_EXAMPLE}")
    return value
