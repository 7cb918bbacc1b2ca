"""County support by year and category: charts, and a table of both."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.charts.bullets import Bullet, promise_columns, promise_rows
from xianzhong.model.tables import SUPPORT
from xianzhong.model.tables.support import DUTY, SUPPORT_CATEGORIES, UNPRICED, WAN
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import chart
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, current, go, set_params
from xianzhong.ui.support_places import CHOICES
from xianzhong.ui.support_words import priced, share_of, years_of

MOST_YEARS = 8
_SUMS = ("records", "promised", "delivered", "promised_both", "delivered_both", "both_known")
# A row of its own in the table of categories: those that a county owes, together.
_ALL_DUTY = "duty"
CELL_PARAMETER = "cells"
CELLS = ("share", "promised", "delivered")


def _choose_year(code: str) -> None:
    session, year = current(), int(code)
    dates = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
    go(session.narrowed(term=None, **dates).filters)


def _bullets(frame: pd.DataFrame, names: Mapping[str, str], column: str) -> list[Bullet]:
    """Bars of the records that give both amounts; the rest of the promises is not known."""
    amounts = frame[["promised", "promised_both", "delivered_both"]].fillna(0)
    return [
        Bullet(
            names[str(row[column])], str(row[column]), promised_both, delivered_both,
            promised - promised_both, share_of(row),
        )
        for row, (promised, promised_both, delivered_both) in zip(
            frame.to_dict("records"), amounts.to_numpy().tolist(), strict=True
        )
    ]  # fmt: skip


def _words(session: Session) -> tuple[str, str, str]:
    say = session.say
    return say("Promised"), say("Delivered"), say("Promised, delivery not given")


def _summed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.groupby(column, as_index=False)[list(_SUMS)].sum(min_count=1)


def _table(session: Session, frame: pd.DataFrame, column: str, names: Mapping[str, str],
           heading: str) -> pd.DataFrame:  # fmt: skip
    lang = session.lang
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            heading: [names[str(code)] for code in frame[column]],
            session.say("Records"): frame["records"].astype("Int64"),
            priced(session, SUPPORT.column("promised").label[lang]): frame["promised"].round(1),
            priced(session, SUPPORT.column("delivered").label[lang]): frame["delivered"].round(1),
            session.say("Delivered share"): [share_of(row) for row in rows],
            session.say("Without both amounts"): (frame["records"] - frame["both_known"]).astype(
                "Int64"
            ),
        }
    )


def by_year(session: Session, frame: pd.DataFrame) -> None:
    """Promised and delivered by year, whatever the period; a click chooses the year."""
    years = _summed(frame[frame["category"].isin(DUTY)], "year").tail(12)
    if years.empty:
        return
    title = session.say("Promised and delivered by year")
    names = {str(year): str(year) for year in years["year"]}
    chosen = [str(year) for year in years_of(session) or ()]
    figure = promise_columns(
        _bullets(years, names, "year"), words=_words(session), unit=WAN[session.lang],
        chosen=chosen,
    )  # fmt: skip
    st.markdown(f"**{title}**")
    heading = SUPPORT.column("year").label[session.lang]
    table = _table(session, years, "year", names, heading)
    chart(session, "support_years", figure, table, alt=title, on_code=_choose_year)
    st.caption(
        session.say(
            "10,000 yuan. Above each year the delivered share, over the records that give both "
            "amounts."
        )
    )


def by_category(session: Session, frame: pd.DataFrame) -> None:
    """Promised and delivered by category in the period; fees stand apart, policies are counted."""
    categories = _summed(_in_period(session, frame), "category").set_index("category")
    names = {choice.code: choice.label[session.lang] for choice in SUPPORT_CATEGORIES}
    order = [c for c in names if c in categories.index]
    categories = categories.loc[order].reset_index()
    title = session.say("Promised and delivered by category")
    st.markdown(f"**{title}**")
    with_amounts = categories[categories["promised"].notna() | categories["delivered"].notna()]
    heading = SUPPORT.column("category").label[session.lang]
    table = _table(session, categories, "category", names, heading)
    if not with_amounts.empty:
        figure = promise_rows(
            _bullets(with_amounts, names, "category"), words=_words(session), unit=WAN[session.lang]
        )
        chart(session, "support_categories", figure, table, alt=title)
    policies = categories.loc[categories["category"] == UNPRICED, "records"].sum()
    st.caption(
        session.say(
            "10,000 yuan; at the end of each bar the delivered share. Supporting policies, "
            "mostly without an amount: {count} records.",
            count=f"{policies:,}",
        )
    )


def _in_period(session: Session, frame: pd.DataFrame) -> pd.DataFrame:
    years = years_of(session)
    return frame if years is None else frame[frame["year"].between(years[0], years[-1])]


def _choose_cells() -> None:
    chosen = st.session_state.get("support_cells") or CELLS[0]
    params = {**st.query_params.to_dict(), CELL_PARAMETER: chosen}
    if chosen == CELLS[0]:
        params.pop(CELL_PARAMETER)
    set_params(params)


def category_by_year(session: Session, frame: pd.DataFrame) -> None:
    """A cell for each category and year in the period: what is chosen of it."""
    asked = st.query_params.get(CELL_PARAMETER) or CELLS[0]
    if asked not in CELLS:
        ignored(session, Problem(CELL_PARAMETER, asked[:80], UNKNOWN))
        asked = CELLS[0]
    st.session_state["support_cells"] = asked
    labels = {choice.id: choice.measure(county=False).title for choice in CHOICES}
    st.segmented_control(
        session.say("By category and year"), CELLS, key="support_cells", required=True,
        format_func=lambda name: labels[name][session.lang], on_change=_choose_cells,
    )  # fmt: skip
    found = _in_period(session, frame)
    years = sorted(found["year"].unique())[-MOST_YEARS:]
    table = _cells(session, found[found["year"].isin(years)], asked)
    st.table(table, border="horizontal", alt=labels[asked][session.lang])


def _cells(session: Session, frame: pd.DataFrame, shown_: str) -> pd.DataFrame:
    """Categories by years as texts: the county's duty and its sum, then the fees."""
    lang = session.lang
    sums = frame[frame["category"].isin(DUTY)].assign(category=_ALL_DUTY)
    parts = [frame, sums] if not sums.empty else [frame]
    whole = pd.concat(parts).groupby(["category", "year"])[list(_SUMS)].sum(min_count=1)
    cells = {key: _cell(session, row, shown_) for key, row in whole.to_dict("index").items()}
    names = {choice.code: choice.label[lang] for choice in SUPPORT_CATEGORIES}
    names[_ALL_DUTY] = session.say("Support in all")
    order = [*DUTY, _ALL_DUTY, *(code for code in names if code not in (*DUTY, _ALL_DUTY))]
    years = sorted(frame["year"].unique())
    held = [code for code in order if any((code, year) in cells for year in years)]
    columns = {str(year): [cells.get((code, year), "—") for code in held] for year in years}
    heading = SUPPORT.column("category").label[lang]
    return pd.DataFrame(columns, index=pd.Index([names[code] for code in held], name=heading))


def _cell(session: Session, row: Mapping[Hashable, Any], shown_: str) -> str:
    if pd.isna(row["promised"]) and pd.isna(row["delivered"]):
        return session.say("{count} records", count=f"{int(row['records']):,}")
    if shown_ == "share":
        return share_of(row)
    return "—" if pd.isna(row[shown_]) else f"{row[shown_]:,.1f}"
