"""County support by year and category: charts, and a table of both."""

from __future__ import annotations

from datetime import date

import streamlit as st

from xianzhong.brief import support_sums
from xianzhong.brief.support import CHOICES
from xianzhong.brief.support_sums import CELLS
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import chart, draw
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, current, go, set_params, showing

CELL_PARAMETER = "cells"


def _choose_year(code: str) -> None:
    session, year = current(), int(code)
    dates = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
    go(session.narrowed(term=None, **dates).filters)


def by_year(session: Session) -> None:
    """Promised and delivered by year, whatever the period; a click chooses the year."""
    part = support_sums.by_year(session)
    if not part.empty:
        draw(session, part, on_code=_choose_year)


def by_category(session: Session) -> None:
    """Promised and delivered by category in the period; fees stand apart, policies are counted."""
    part = support_sums.by_category(session)
    st.markdown(f"**{part.title}**")
    if part.figure is not None:
        chart(session, part.id, part.figure, part.table, alt=part.title)
    for note in part.notes:
        st.caption(note)


def _choose_cells() -> None:
    chosen = st.session_state.get("support_cells") or CELLS[0]
    params = {**st.query_params.to_dict(), CELL_PARAMETER: chosen}
    if chosen == CELLS[0]:
        params.pop(CELL_PARAMETER)
    set_params(params)


def category_by_year(session: Session) -> None:
    """A cell for each category and year in the period: what is chosen of it."""
    asked = st.query_params.get(CELL_PARAMETER) or CELLS[0]
    if asked not in CELLS:
        ignored(session, Problem(CELL_PARAMETER, asked[:80], UNKNOWN))
        asked = CELLS[0]
    labels = {choice.id: choice.measure(county=False).title for choice in CHOICES}
    with showing({"support_cells": asked}):
        st.segmented_control(
            session.say("By category and year"), CELLS, key="support_cells", required=True,
            format_func=lambda name: labels[name][session.lang], on_change=_choose_cells,
        )  # fmt: skip
    table = support_sums.cells(session, asked).table
    st.table(
        table.set_index(table.columns[0]), border="horizontal", alt=labels[asked][session.lang]
    )
