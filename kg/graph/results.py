"""Records and lists of records that read well: as text, in a notebook, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")

_SHOWN = 20
"""Rows that a repr shows."""


class Answer:
    """A record that a notebook shows as a table: one row a field that says something.

    Examples
    --------
    >>> from kg.graph.answers import Path
    >>> Path(("a", "b"), ("A", "B"), ())._repr_html_()
    '<table><tbody><tr><th>nodes</th><td>a, b</td></tr><tr><th>labels</th><td>A, B</td></tr></tbody></table>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{_cell(value)}</td></tr>"
            for name, value in _as_dict(self).items()
            if value not in (None, (), "")
        )
        return f"<table><tbody>{rows}</tbody></table>"


class Results(list[T], Generic[T]):
    """A list of records with a readable ``repr`` and a table twin.

    Examples
    --------
    >>> from kg.model import Span
    >>> Results([Span("title", 0, 4)])
    1 Span
      field='title'  start=0  end=4
    >>> Results([Span("title", 0, 4)]).to_dicts()
    [{'field': 'title', 'start': 0, 'end': 4}]
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        super().__init__(items)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a record, with the record's field names."""
        return [_as_dict(item) for item in self]

    def to_df(self) -> pandas.DataFrame:
        """The same as a ``pandas.DataFrame``, one column a field.

        Raises
        ------
        ImportError
            If pandas is not installed (``pip install "paperkg[tables]"``).
        """
        try:
            import pandas
        except ImportError as missing:
            raise ImportError('to_df() needs pandas: pip install "paperkg[tables]"') from missing
        return pandas.DataFrame(self.to_dicts())

    def __repr__(self) -> str:
        if not self:
            return "nothing found"
        kinds = {type(item).__name__ for item in self}
        head = f"{len(self)} {kinds.pop() if len(kinds) == 1 else 'results'}"
        rows = [
            "  "
            + "  ".join(f"{k}={_short(v)}" for k, v in _as_dict(item).items() if v not in (None, (), [], ""))
            for item in self[:_SHOWN]
        ]
        more = [f"  … {len(self) - _SHOWN} more"] if len(self) > _SHOWN else []
        return "\n".join([head, *rows, *more])

    def _repr_html_(self) -> str:
        if not self:
            return "<p>nothing found</p>"
        columns = list(_as_dict(self[0]))
        head = "".join(f"<th>{escape(c)}</th>" for c in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_plain(row.get(c)))}</td>" for c in columns) + "</tr>"
            for row in (_as_dict(item) for item in self[:_SHOWN])
        )
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _as_dict(item: Any) -> dict[str, Any]:
    if is_dataclass(item):
        return {f.name: getattr(item, f.name) for f in fields(item)}
    return dict(item) if isinstance(item, dict) else {"value": item}


def _cell(value: Any) -> str:
    """A field's value; records inside it one a line, by their own text."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return "<br>".join(escape(str(getattr(item, "text", item))) for item in value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "<br>".join(escape(_plain(item)) for item in value)
    return escape(_plain(value))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(_plain(v) for v in value)
    if isinstance(value, float):
        return f"{value:.3g}"
    return str(value)


def _short(value: Any, width: int = 60) -> str:
    text = repr(value if not hasattr(value, "value") else value.value)
    return text if len(text) <= width else text[: width - 1] + "…"
