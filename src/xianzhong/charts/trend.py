"""Numbers over months and terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    AMBER,
    BLUE,
    PALE,
    SKY,
    TICK_ROOM,
    axis,
    count_axis,
    layout,
    numbers_outside,
    width_of,
)  # fmt: skip
from xianzhong.model.labels import Lang
from xianzhong.model.terms import Term

MANY_MONTHS = 60
MONTH_WIDTH = 24 * 86_400_000  # of 28 to 31 days, in milliseconds
WIDEST_BAR = 0.5
# Labels a little below the zero of the other axis.
_LOWER = {"ticklabelstandoff": 5}
FEW_TERMS = 2


def every_month(months: pd.DataFrame, column: str) -> list[tuple[date, float]]:
    """The months from the first to the last with none left out, zeros where nothing was."""
    if months.empty:
        return []
    known = dict(zip(map(_day, months["month"]), months[column].fillna(0), strict=True))
    return [(day, known.get(day, 0)) for day in _months_between(list(known))]


def month_bars(months: pd.DataFrame, *, column: str, unit: str, lang: Lang) -> PlainFigure:
    """One bar a month, autumn terms darker than spring terms; a click gives the month (2024-03).

    Args:
        months: ``month`` (its first day) and ``column``, gaps allowed.
        column: the number to show.
        unit: its unit.
        lang: language of the interface.
    """
    full = every_month(months, column)
    days = [day for day, _ in full]
    values = [value for _, value in full]
    terms = [Term.of(day) for day in days]
    bars = {
        "type": "bar",
        "x": days,
        "y": values,
        "width": MONTH_WIDTH if len(days) < MANY_MONTHS else None,
        "marker": {"color": [BLUE if term.half == 1 else SKY for term in terms]},
        "customdata": [
            [f"{day:%Y-%m}", term.label(lang)] for day, term in zip(days, terms, strict=True)
        ],
        "hovertemplate": "%{x|%Y-%m} · %{customdata[1]}<br>%{y:,} " + unit + "<extra></extra>",
    }
    return PlainFigure(
        [bars],
        layout(
            280,
            left=width_of([f"{max(values, default=0):,.0f}"]) + 6,
            bottom=TICK_ROOM,
            xaxis=axis(showgrid=False, hoverformat="%Y-%m", **_LOWER, **month_ticks(days)),
            yaxis=count_axis(max(values, default=0)),
        ),
    )


def term_bars(
    terms: Sequence[tuple[Term, int]], *, unit: str, lang: Lang, chosen: Term | None = None
) -> PlainFigure:
    """One bar a term with its number, autumn terms darker. A click gives the term's code.

    Where one is ``chosen``, it stands out and the others step back.
    """
    colours = [BLUE if term.half == 1 else SKY for term, _ in terms]
    if any(term == chosen for term, _ in terms):
        colours = [BLUE if term == chosen else PALE for term, _ in terms]
    bars = {
        "type": "bar",
        "x": [short_term(term, lang) for term, _ in terms],
        "y": [value for _, value in terms],
        "marker": {"color": colours},
        "width": min(WIDEST_BAR, 0.12 * len(terms)) if len(terms) < 5 else None,
        "customdata": [[term.code, term.label(lang)] for term, _ in terms],
        **numbers_outside(value for _, value in terms),
        "hovertemplate": "%{customdata[1]}<br>%{y:,} " + unit + "<extra></extra>",
    }
    most = max((value for _, value in terms), default=1) or 1
    return PlainFigure(
        [bars],
        layout(
            280,
            top=TICK_ROOM,
            bottom=2 * TICK_ROOM,
            bargap=0.4,
            xaxis=axis(showgrid=False, type="category", tickangle=0),
            yaxis=axis(range=[0, most], showticklabels=False, showgrid=False),
        ),
    )


def short_term(term: Term, lang: Lang) -> str:
    """A term on two short lines: the calendar year of its first day, autumn or spring."""
    half = ("秋", "Aut") if term.half == 1 else ("春", "Spr")
    return f"{term.first_day.year}<br>{half[0] if lang == 'zh' else half[1]}"


def term_columns(terms: Sequence[Term], lang: Lang) -> list[str]:
    """Names of terms side by side: in full where they are few, on two short lines else."""
    if len(terms) <= FEW_TERMS:
        return [term.label(lang) for term in terms]
    return [short_term(term, lang).replace("<br>", "\n") for term in terms]


def timeline(
    records: pd.DataFrame, kinds: Sequence[tuple[str, str]], *, chosen: str = ""
) -> PlainFigure:
    """Activities of one school as dots: one row per kind, along the dates.

    Args:
        records: ``start``, ``start_precision``, ``kind``, ``title`` and ``dates`` (as shown).
        kinds: (code, label) of the rows from the top.
        chosen: the kind and month that stands out, as a click gives it: ``guidance|2024-03``.
    """
    months = (records["start_precision"] == "month").tolist()
    # What is known only to the month stands in its middle, hollow: no day was reported.
    days = [
        _day(day) + timedelta(days=14 if month else 0)
        for day, month in zip(records["start"], months, strict=True)
    ]
    return PlainFigure(
        [_dots(records, [code for code, _ in kinds], days, months, chosen)],
        layout(
            60 + 32 * len(kinds),
            left=width_of(label for _, label in kinds) + 6,
            bottom=TICK_ROOM,
            xaxis=axis(**month_ticks(_months_between(days), most=3)),
            yaxis=axis(
                range=[len(kinds) - 0.4, -0.6],
                tickmode="array",
                tickvals=list(range(len(kinds))),
                ticktext=[label for _, label in kinds],
            ),
        ),
    )


def _dots(
    records: pd.DataFrame,
    rows: Sequence[str],
    days: Sequence[date],
    months: Sequence[bool],
    chosen: str,
) -> dict[str, Any]:
    codes = [
        f"{kind}|{_day(day):%Y-%m}"
        for kind, day in zip(records["kind"], records["start"], strict=True)
    ]
    colours = [AMBER if code == chosen else BLUE for code in codes]
    return {
        "type": "scatter",
        "x": days,
        "y": [rows.index(kind) for kind in records["kind"]],
        "mode": "markers",
        "marker": {
            "size": 13,
            "color": colours,
            "symbol": ["circle-open" if month else "circle" for month in months],
            "line": {"width": 2, "color": colours},
        },
        "customdata": [
            [code, dates, escape(title, quote=False)]
            for code, dates, title in zip(codes, records["dates"], records["title"], strict=True)
        ],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    }


def month_ticks(months: Sequence[date], most: int = 6) -> dict[str, Any]:
    """Ticks at evenly spaced months, at most ``most``, and room at both ends.

    Where there are three Januaries or more, the ticks are those, each with its year: so they stay
    apart on a phone.
    """
    if not months:
        return {}
    years = [month for month in months if month.month == 1]
    whole = len(years) >= 3
    step = -(-len(years if whole else months) // most)
    shown = (years if whole else list(months))[::step]
    half = timedelta(days=20)
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [f"{month:%Y}" if whole else f"{month:%Y-%m}" for month in shown],
        "tickangle": 0,
        "range": [months[0] - half, months[-1] + half + timedelta(days=15)],
    }


def _months_between(days: Sequence[date]) -> list[date]:
    """First days of the months from the first day to the last."""
    first, last = min(days), max(days)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _day(value: object) -> date:
    return pd.Timestamp(value).date()  # type: ignore[arg-type]
