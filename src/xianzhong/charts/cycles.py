"""Agreements along the time: when each begins and ends, and in which terms they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    AMBER,
    BLUE,
    INK,
    PALE,
    QUIET,
    SKY,
    TICK_ROOM,
    axis,
    layout,
    numbers_outside,
    width_of,
)  # fmt: skip
from xianzhong.charts.trend import short_term
from xianzhong.model.labels import Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.terms import Term

ROW = 24
DAY = 86_400_000  # milliseconds
WIDEST_NAME = 170
# Light enough to stand back, and told apart without colour by their place at the line of today.
COLOURS = {
    "not_begun": SKY, "in_force": BLUE, "ending": AMBER, "ended": "#b4c3d0", "unknown": PALE,
}  # fmt: skip
_WIDE_BAR = 0.5


@dataclass(frozen=True, slots=True)
class Cycle:
    """One agreement.

    Attributes:
        name: whose it is, the label of its row.
        start, end: first and last day.
        state: one of ``STATES``.
        code: handed back by a click.
        hover: what is shown under the mouse, plain text.
    """

    name: str
    start: date
    end: date
    state: str
    code: str
    hover: str


def cycle_bars(cycles: Sequence[Cycle], today: date, *, today_label: str, lang: Lang) -> PlainFigure:
    """A bar a cycle from the top down, and a line at the day by which states are judged.

    Args:
        cycles: in the order of the rows.
        today: the day of the line.
        today_label: words at the line.
        lang: of the legend.
    """
    names = [cut(cycle.name, WIDEST_NAME) for cycle in cycles]
    first = min((cycle.start for cycle in cycles), default=today)
    last = max((cycle.end for cycle in cycles), default=today)
    traces = [
        _of_state(state, cycles, lang) for state in STATES if any(c.state == state for c in cycles)
    ]
    years = range(min(first, today).year, max(last, today).year + 2)
    return PlainFigure(
        traces,
        layout(
            ROW * len(cycles) + 78,
            left=width_of(names) + 6,
            top=52,
            bottom=TICK_ROOM,
            bargap=0.3,
            barmode="overlay",
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "yref": "paper",
                    "itemclick": False, "itemdoubleclick": False, "font": {"size": 13}},
            shapes=[_line(today)],
            annotations=[_note(today, today_label)],
            xaxis=axis(
                type="date", tickmode="array", tickvals=[f"{year}-01-01" for year in years],
                ticktext=[str(year) for year in years],
                range=[f"{years[0]}-01-01", f"{years[-1]}-01-01"],
            ),
            yaxis=axis(
                range=[len(cycles) - 0.5, -0.5], showgrid=False, tickmode="array",
                tickvals=list(range(len(cycles))),
                ticktext=[escape(name, quote=False) for name in names],
            ),
        ),
    )  # fmt: skip


def _of_state(state: str, cycles: Sequence[Cycle], lang: Lang) -> dict[str, Any]:
    rows = [(row, cycle) for row, cycle in enumerate(cycles) if cycle.state == state]
    return {
        "type": "bar",
        "orientation": "h",
        "name": STATES[state][lang],
        "base": [cycle.start.isoformat() for _, cycle in rows],
        "x": [((cycle.end - cycle.start).days + 1) * DAY for _, cycle in rows],
        "y": [row for row, _ in rows],
        "marker": {"color": COLOURS[state]},
        "customdata": [cycle.code for _, cycle in rows],
        "hovertext": [escape(cycle.hover, quote=False) for _, cycle in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _line(today: date) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "x0": today.isoformat(),
        "x1": today.isoformat(), "y0": 0, "y1": 1, "line": {"color": INK, "width": 1.5},
    }  # fmt: skip


def _note(today: date, label: str) -> dict[str, Any]:
    return {
        "text": escape(label, quote=False), "xref": "x", "yref": "paper", "x": today.isoformat(),
        "y": 0, "yanchor": "top", "yshift": -18, "showarrow": False,
        "font": {"size": 12, "color": INK},
    }  # fmt: skip


def cut(name: str, widest: int) -> str:
    """A name of at most ``widest`` pixels, with an ellipsis where it was longer."""
    if width_of([name]) <= widest:
        return name
    while name and width_of([f"{name}…"]) > widest:
        name = name[:-1]
    return f"{name}…"


def ends_by_term(
    terms: Sequence[tuple[Term, int]], today: date, *, unit: str, lang: Lang, chosen: str = ""
) -> PlainFigure:
    """How many agreements end in each term, those of past terms lighter; a click gives its code.

    Args:
        terms: from the oldest.
        today: the day by which past and coming are told apart.
        unit: of the numbers, for the hover text.
        lang: language of the interface.
        chosen: code of a term that stands out.
    """
    colours = [
        (AMBER if term.code == chosen else COLOURS["ended"] if term.last_day < today else BLUE)
        for term, _ in terms
    ]
    bars = {
        "type": "bar",
        "x": [short_term(term, lang) for term, _ in terms],
        "y": [value for _, value in terms],
        "marker": {"color": colours},
        "width": min(_WIDE_BAR, 0.12 * len(terms)) if len(terms) < 5 else None,
        "customdata": [[term.code, term.label(lang)] for term, _ in terms],
        **numbers_outside(value for _, value in terms),
        "hovertemplate": "%{customdata[1]}<br>%{y:,} " + unit + "<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }
    most = max((value for _, value in terms), default=1) or 1
    return PlainFigure(
        [bars],
        layout(
            230,
            top=TICK_ROOM,
            bottom=2 * TICK_ROOM,
            bargap=0.35,
            xaxis=axis(
                showgrid=False, type="category", tickangle=0,
                tickfont={"size": 12, "color": QUIET},
            ),
            yaxis=axis(range=[0, most], showticklabels=False, showgrid=False),
        ),
    )  # fmt: skip
