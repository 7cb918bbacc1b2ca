"""One part of a view: a heading, and figures, a chart, a map or a table under it.

The same part is drawn by a page (its Plotly figure and the table behind it), by a slide and by
a document (native charts and shapes, made from the table). So no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from xianzhong.charts.maps import Measure
from xianzhong.charts.plain import PlainFigure
from xianzhong.query.figures import Figure


@dataclass(frozen=True, slots=True)
class Native:
    """How an office program draws a part's table as a chart of its own.

    Attributes:
        kind: ``column`` (upright bars), ``bar`` (lying bars, the first row on top), ``line``;
            the two with ``stacked`` put the columns on one another.
        columns: headers of the table's columns that are drawn, one series each.
        category: header of the column with the names, the table's first where it is empty.
        unit: of the numbers.
        most: rows that are drawn, from the top; all by default.
    """

    kind: Literal["column", "bar", "line", "stacked_column", "stacked_bar"]
    columns: tuple[str, ...]
    category: str = ""
    unit: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """What a map shows.

    Attributes:
        values: ``code`` (province or county), ``value`` (missing where nothing is on record) and
            ``text``.
        measure: title, unit, classes and colours.
        province: two-digit code of the province whose counties are shown, empty for the nation.
    """

    values: pd.DataFrame
    measure: Measure
    province: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a view.

    Attributes:
        id: stable within its page, in links and saved meetings.
        title: the heading.
        table: the numbers with readable headers and values, as many rows as are worth printing.
        alt: what the chart shows, in a sentence; the title by default.
        notes: what must be read with it.
        figure: the Plotly figure of the screen, None where the table speaks for itself.
        native: the same as an office program's chart, None where it has none.
        places: the same as a map.
        figures: headline figures; then the table repeats them in words.
        figure_notes: what must stand under a figure, by the indicator's id.
        origin: id of the indicator that the part divides.
        rows: how many rows there are in all where ``table`` has only the first.
    """

    id: str
    title: str
    table: pd.DataFrame
    alt: str = ""
    notes: tuple[str, ...] = ()
    figure: PlainFigure | None = None
    native: Native | None = None
    places: Places | None = None
    figures: tuple[Figure, ...] = ()
    figure_notes: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    rows: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is on record."""
        return self.table.empty
