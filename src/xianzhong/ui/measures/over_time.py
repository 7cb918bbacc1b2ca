"""When measures were given: measures by terms, and the calendar of a school year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from xianzhong.brief import measures as brief_measures
from xianzhong.charts.cells import GAP, NOTHING, Cell, cell_grid, shade
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.terms import Term
from xianzhong.query import measures, tables
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import chart
from xianzhong.ui.choice import put_param
from xianzhong.ui.frame import ignored
from xianzhong.ui.measures.common import brief, legend, nothing
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session, current, go, showing

YEAR = "year"
_NAME_WIDTH, _NAME_WIDTH_ON_PHONE = 260, 92
_MONTH_COLUMN, _MONTH_WIDTH = 31.6, 3.0


def by_terms(session: Session) -> None:
    """Activities by measure and term; a click chooses both."""
    part = brief_measures.by_terms(session)
    st.markdown(f"**{part.title}**")
    if part.empty:
        nothing(session)
        return
    kinds = measures.measures_of(session.filters)
    terms, counts = brief_measures.counts_by_term(session)
    most = max(counts[cell] for cell in counts if cell[1] in terms)
    cells = []
    for row, kind in enumerate(kinds):
        label = KIND_BY_CODE[kind].label[session.lang]
        for column, term in enumerate(terms):
            value = counts.get((kind, term), 0)
            cells.append(
                Cell(row, column, brief(value, session.lang) if value else "–",
                     shade(value, most) if value else GAP, f"{kind}|{term.code}",
                     (label, term.label(session.lang), _activities(session, value)))
            )  # fmt: skip
    labels = [KIND_BY_CODE[kind].label[session.lang] for kind in kinds]
    figure = cell_grid(
        labels, [(n + 0.5, _short(session, term)) for n, term in enumerate(terms)], cells,
        widest=_NAME_WIDTH_ON_PHONE if on_phone() else _NAME_WIDTH,
        text_size=9 if on_phone() else 13,
    )  # fmt: skip
    chart(session, part.id, figure, part.table, alt=part.title, on_code=_choose_kind_and_term)
    for note in part.notes:
        st.caption(note)
    legend(session)


def _short(session: Session, term: Term) -> str:
    year = term.first_day.year % 100
    if session.lang == "zh":
        between = "<br>" if on_phone() else ""
        return f"{year:02d}{between}{'秋' if term.half == 1 else '春'}"
    return f"{'Aut' if term.half == 1 else 'Spr'}<br>{year:02d}"


def _activities(session: Session, count: int) -> str:
    return session.say("{count} activities", count=f"{count:,}")


def _choose_kind_and_term(code: str) -> None:
    kind, _, term = code.partition("|")
    session = current()
    changes: dict[str, object] = {"kind": (kind,), "term": Term.parse(term)}
    go(session.narrowed(**changes, date_from=None, date_to=None).filters)


def _span(session: Session) -> tuple[date, date] | None:
    """The days of the first and last record in the period, None where there is none."""
    span = tables.span(session.engine, session.view)
    if pd.isna(span["first_start"].iloc[0]):
        return None
    first = pd.Timestamp(span["first_start"].iloc[0]).date()
    last = pd.Timestamp(span["last_start"].iloc[0]).date()
    if session.filters.period:
        first = max(first, session.filters.period[0])
        last = min(last, session.filters.period[1])
    return (first, last) if first <= last else None


def _choose_year() -> None:
    put_param(YEAR, str(st.session_state.get("calendar_year") or ""))


def _chosen_year(session: Session, years: list[int]) -> int:
    asked = st.query_params.get(YEAR, "")
    codes = {str(year): year for year in years}
    if asked and asked not in codes:
        ignored(session, Problem(YEAR, asked[:80], UNKNOWN))
    chosen = codes.get(asked, years[0])
    if len(years) > 1:
        with showing({"calendar_year": chosen}):
            st.selectbox(
                session.say("School year"), years, key="calendar_year", on_change=_choose_year,
                format_func=lambda year: session.say("{year}-{next} school year", year=year,
                                                     next=year + 1),
                width=220,
            )  # fmt: skip
    return chosen


def by_day(session: Session) -> None:
    """The calendar of a school year: a row a month, a column a day. A click chooses the day."""
    title = session.say("Calendar: activities by the day on which they begin")
    st.markdown(f"**{title}**")
    span = _span(session)
    if span is None:
        nothing(session)
        return
    years = list(range(Term.of(span[1]).year, Term.of(span[0]).year - 1, -1))
    year = _chosen_year(session, years)
    first, last = max(date(year, 9, 1), span[0]), min(date(year + 1, 8, 31), span[1])
    frame = measures.starts_by_day(session.engine, session.view, first, last)
    days, months = _split(frame)
    table = pd.DataFrame(
        {
            session.say("Date"): [
                *(f"{d:%Y-%m-%d}" for d in days),
                *(f"{m:%Y-%m}" for m in months),
            ],
            session.say("Activities"): [*days.values(), *months.values()],
        }
    )
    figure = _calendar(session, _months(first, last), days, months)
    chart(session, "calendar", figure, table, alt=title, on_code=_choose_day)
    if months:
        st.caption(
            session.say(
                "{count} activities are known only to the month: they stand in the last column "
                "and on no day.",
                count=f"{sum(months.values()):,}",
            )
        )


def _split(frame: pd.DataFrame) -> tuple[dict[date, int], dict[date, int]]:
    """Counts by day, and by the first day of the month where no more is known."""
    days: dict[date, int] = {}
    months: dict[date, int] = {}
    for day, monthly, count in zip(
        frame["day"], frame["monthly"], frame["activities"], strict=True
    ):
        (months if monthly is True or monthly == 1 else days)[pd.Timestamp(day).date()] = int(count)
    return days, months


def _months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _calendar(
    session: Session, shown: list[date], days: dict[date, int], months: dict[date, int]
) -> object:
    most_day, most_month = max(days.values(), default=1), max(months.values(), default=1)
    cells = []
    for row, month in enumerate(shown):
        for number in range(calendar.monthrange(month.year, month.month)[1]):
            day = month + timedelta(days=number)
            value = days.get(day, 0)
            text = brief(value, session.lang) if value and not on_phone() else ""
            cells.append(
                Cell(row, number, text, shade(value, most_day) if value else NOTHING,
                     f"{day}" if value else "", (f"{day}", _activities(session, value)))
            )  # fmt: skip
        value = months.get(month, 0)
        cells.append(
            Cell(row, _MONTH_COLUMN, brief(value, session.lang) if value else "",
                 shade(value, most_month) if value else NOTHING,
                 f"{month:%Y-%m}" if value else "",
                 (f"{month:%Y-%m}", session.say("known only to the month"),
                  _activities(session, value)), _MONTH_WIDTH)
        )  # fmt: skip
    columns = [(day - 0.5, str(day)) for day in (1, 5, 10, 15, 20, 25, 30)]
    columns.append((_MONTH_COLUMN + _MONTH_WIDTH / 2, session.say("Month only")))
    return cell_grid(
        [f"{month:%Y-%m}" for month in shown], columns, cells, row_height=26, text_size=10
    )


def _choose_day(code: str) -> None:
    """A day, or a whole month where no day is known, becomes the period."""
    first = date.fromisoformat(code if len(code) > 7 else f"{code}-01")
    last = first
    if len(code) == 7:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    session = current()
    go(session.narrowed(term=None, date_from=first, date_to=last).filters)
