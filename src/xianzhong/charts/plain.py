"""Figures from plain dictionaries, without the cost of building Plotly's objects.

``go.Figure`` checks every property, copies its default template into each figure (7 KB that
travel to the browser) and copies itself again when it is sent. Here that took a quarter of the
processor time of a page. What the charts build is checked by the tests instead, which read
``data`` and ``layout`` and so build the full figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import orjson
import pandas as pd
import plotly.graph_objects as go


class PlainFigure(go.Figure):  # type: ignore[misc]
    """A figure that hands over its dictionaries as they are.

    Args:
        data: traces, each with its ``type``.
        layout: the layout.
    """

    def __init__(self, data: Iterable[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        # Plotly's own attributes are not set up: nothing but the two dictionaries is kept.
        object.__setattr__(self, "_plain", {"data": list(data), "layout": dict(layout)})
        object.__setattr__(self, "_text", b"")

    def to_dict(self) -> dict[str, Any]:
        """The figure as JSON-like data; shared, not to be changed."""
        plain: dict[str, Any] = self._plain
        return plain

    def text(self) -> bytes:
        """The figure as JSON text in UTF-8, made once; missing numbers are ``null``."""
        if not self._text:
            object.__setattr__(self, "_text", _json(self._plain))
        text: bytes = self._text
        return text

    def full(self) -> go.Figure:
        """The same as Plotly's own checked object.

        Raises:
            ValueError: a property is not Plotly's.
        """
        return go.Figure(**self._plain)

    @property
    def data(self) -> Any:
        """The traces, checked."""
        return self.full().data

    @property
    def layout(self) -> Any:
        """The layout, checked."""
        return self.full().layout

    def to_json(self, *args: Any, **values: Any) -> str:
        """The figure as JSON text."""
        text: str = self.full().to_json(*args, **values)
        return text

    def to_plotly_json(self) -> dict[str, Any]:
        """The figure as JSON-like data."""
        return self.to_dict()


def text_of(figure: go.Figure) -> bytes:
    """Any figure's ``data`` and ``layout`` as JSON text in UTF-8."""
    return figure.text() if isinstance(figure, PlainFigure) else _json(figure.to_plotly_json())


def _json(plain: Mapping[str, Any]) -> bytes:
    options = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(plain, default=_simple, option=options)


def _simple(value: object) -> object:
    """What JSON has for a value that it does not know."""
    if isinstance(value, np.ndarray | np.generic | pd.Series | pd.Index):
        return value.tolist()  # arrays with gaps, of texts or of moments
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    raise TypeError(type(value).__name__)
