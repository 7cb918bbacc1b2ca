"""Agreements along the time: when each begins and ends, and in which terms they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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

ROW, FOOT = 27, 64
# Days beside the first and the last one, for the words below the line of today.
ROOM_LEFT, ROOM_RIGHT = timedelta(days=60), timedelta(days=270)
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
        start, end: first and last day, None where none is on record.
        state: one of ``STATES``.
        code: handed back by a click.
        hover: the lines shown under the mouse, plain text.
    """

    name: str
    start: date | None
    end: date | None
    state: str
    code: str
    hover: tuple[str, ...]


_LEGEND = {
    "orientation": "h", "x": 0, "y": 0, "yanchor": "bottom", "yref": "container",
    "itemclick": False, "itemdoubleclick": False, "font": {"size": 12},
}  # fmt: skip


def _years_axis(days: Sequence[date]) -> dict[str, Any]:
    """The axis of days above the rows, with at most five years named."""
    years = list(range(min(days).year, max(days).year + 2))
    shown = years[:: -(-len(years) // 5)]
    return axis(
        type="date", side="top", tickmode="array", tickangle=0,
        tickvals=[f"{year}-01-01" for year in shown],
        ticktext=[str(year) for year in shown],
        range=[f"{min(days) - ROOM_LEFT:%Y-%m-%d}", f"{max(days) + ROOM_RIGHT:%Y-%m-%d}"],
    )  # fmt: skip


def cycle_bars(
    cycles: Sequence[Cycle],
    today: date,
    *,
    lang: Lang,
    named: bool = True,
    head: int = 26,
    unknown: str = "",
    widest: int = WIDEST_NAME,
    foot: int = FOOT,
) -> PlainFigure:
    """A bar a cycle from the top down, and a line at the day by which states are judged.

    Args:
        cycles: in the order of the rows; one without dates keeps its row empty.
        today: the day of the line.
        lang: of the legend.
        named: whether the rows have their names at the left.
        head: pixels above the rows, as high as those of a chart beside.
        unknown: stands in a row without dates.
        widest: pixels that the names may take.
        foot: pixels below the rows, for the day and the legend.
    """
    dated = [(row, cycle) for row, cycle in enumerate(cycles) if cycle.start and cycle.end]
    names = [cut(cycle.name, widest) if named else "" for cycle in cycles]
    days = [day for _, c in dated for day in (c.start, c.end) if day] + [today]
    by_state = {state: [(row, c) for row, c in dated if c.state == state] for state in STATES}
    traces = [_of_state(state, found, lang) for state, found in by_state.items() if found]
    bare = set(range(len(cycles))) - {row for row, _ in dated}
    return PlainFigure(
        traces,
        layout(
            16 + head + ROW * len(cycles) + foot,
            left=width_of(names) + 6 if named else 0,
            top=head,
            bottom=foot,
            bargap=0.3,
            barmode="overlay",
            showlegend=True,
            legend=_LEGEND,
            shapes=[_line(today)],
            annotations=[_note(today), *(_bare(row, unknown) for row in sorted(bare))],
            xaxis=_years_axis(days),
            yaxis=axis(
                range=[len(cycles) - 0.5, -0.5], showgrid=False, showticklabels=named,
                tickmode="array", tickvals=list(range(len(cycles))),
                ticktext=[escape(name, quote=False) for name in names],
            ),
        ),
    )  # fmt: skip


def _of_state(state: str, rows: Sequence[tuple[int, Cycle]], lang: Lang) -> dict[str, Any]:
    spans = [(cycle.start or date.min, cycle.end or date.min) for _, cycle in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": STATES[state][lang],
        "base": [start.isoformat() for start, _ in spans],
        "x": [((end - start).days + 1) * DAY for start, end in spans],
        "y": [row for row, _ in rows],
        "width": 0.68,
        "marker": {"color": COLOURS[state]},
        "customdata": [cycle.code for _, cycle in rows],
        "hovertext": [
            "<br>".join(escape(line, quote=False) for line in cycle.hover) for _, cycle in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _line(today: date) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "x0": today.isoformat(),
        "x1": today.isoformat(), "y0": 0, "y1": 1, "line": {"color": INK, "width": 1.5},
    }  # fmt: skip


def _note(today: date) -> dict[str, Any]:
    """The day itself below the line."""
    return {
        "text": today.isoformat(), "xref": "x", "yref": "paper", "x": today.isoformat(), "y": 0,
        "yanchor": "top", "showarrow": False, "font": {"size": 12, "color": INK},
    }  # fmt: skip


def _bare(row: int, text: str) -> dict[str, Any]:
    return {
        "text": escape(text, quote=False), "xref": "paper", "x": 0.02, "xanchor": "left",
        "yref": "y", "y": row, "showarrow": False, "font": {"size": 12, "color": QUIET},
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
