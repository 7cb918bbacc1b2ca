"""Several numbers over the same terms, one panel below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    BLUE,
    INK,
    SKY,
    TICK_ROOM,
    axis,
    layout,
    numbers_outside,
)  # fmt: skip
from xianzhong.charts.trend import short_term
from xianzhong.model.labels import Label, Lang
from xianzhong.model.terms import Term

PANEL_HEIGHT = 165
# Of a panel's height: for its title and the number above the highest bar.
HEAD = 0.36
UNKNOWN = Label("没有写明数字", "no number given")


@dataclass(frozen=True)
class Panel:
    """One number: its title, the unit of its hover, a value for each term or None."""

    title: str
    unit: str
    values: Sequence[float | None]


def term_panels(terms: Sequence[Term], panels: Sequence[Panel], *, lang: Lang) -> PlainFigure:
    """A bar a term in each panel, autumn terms darker; a click gives the term's code.

    A term without a number has a dash in place of a bar: it is not zero.

    Args:
        terms: from the oldest.
        panels: from the top, each with a value for each term.
        lang: language of the interface.
    """
    share = 1 / max(len(panels), 1)
    axes: dict[str, Any] = {}
    traces, titles = [], []
    for number, panel in enumerate(panels):
        top = 1 - number * share
        name = f"y{number + 1 if number else ''}"
        most = max((value or 0 for value in panel.values), default=0) or 1
        axes[name.replace("y", "yaxis")] = axis(
            range=[0, most], showticklabels=False, showgrid=False,
            domain=[top - share * 0.96, top - share * HEAD],
        )  # fmt: skip
        traces.append(_bars(terms, panel, name, lang))
        titles.append(_title(panel, top))
    room = 2 * TICK_ROOM
    return PlainFigure(
        traces,
        layout(
            PANEL_HEIGHT * len(panels) + room,
            bottom=room,
            bargap=0.35,
            annotations=titles,
            xaxis=axis(showgrid=False, type="category", tickangle=0, anchor="free", position=0),
            **axes,
        ),
    )


def _bars(terms: Sequence[Term], panel: Panel, name: str, lang: Lang) -> dict[str, Any]:
    said = [
        UNKNOWN[lang] if value is None else f"{value:,.10g} {panel.unit}" for value in panel.values
    ]
    return {
        "type": "bar",
        "x": [short_term(term, lang) for term in terms],
        "y": [value or 0 for value in panel.values],
        "yaxis": name,
        "marker": {"color": [BLUE if term.half == 1 else SKY for term in terms]},
        "width": min(0.5, 0.12 * len(terms)) if len(terms) < 5 else None,
        "customdata": [
            [term.code, term.label(lang), text] for term, text in zip(terms, said, strict=True)
        ],
        **numbers_outside(value or 0 for value in panel.values),
        "text": ["—" if value is None else f"{value:,.0f}" for value in panel.values],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    }


def _title(panel: Panel, top: float) -> dict[str, Any]:
    return {
        "text": panel.title,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": top,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 14, "color": INK},
    }
