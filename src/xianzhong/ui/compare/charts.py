"""Both sides on equal axes: months, kinds, measures received, coverage."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from xianzhong.charts.pairs import Side, grouped_bars, month_panels
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KINDS, MEASURES
from xianzhong.query import tables
from xianzhong.query.figures import Figure, activity_totals
from xianzhong.query.gate import View
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session

Views = tuple[View, View]
Names = tuple[str, str]


def _months_from(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def by_month(session: Session, views: Views, names: Names, by: str) -> None:
    """Activities by month, a panel a side; of terms each has its own months."""
    title, unit = session.say("Activities by month"), _unit(session)
    st.markdown(f"**{title}**")
    counts = [_counts(session, view) for view in views]
    found = [day for side in counts for day in side]
    if not found:
        st.caption(session.say("Nothing on record for these filters."))
        return
    spans = [(min(found), max(found))] * 2
    if by == "term":
        spans = [view.filters.period or (min(found), max(found)) for view in views]
    months = [_months_from(*span) for span in spans]
    sides = [
        Side(name, [f"{month:%Y-%m}" for month in wanted], [side.get(m, 0) for m in wanted])
        for name, wanted, side in zip(names, months, counts, strict=True)
    ]
    table = pd.concat(
        [
            pd.DataFrame(
                {
                    session.say("Side"): side.name, session.say("Month"): list(side.labels),
                    session.say("Activities"): list(side.values),
                }
            )
            for side in sides
        ],
        ignore_index=True,
    )  # fmt: skip
    figure = month_panels(sides, unit=unit, ticks=4 if on_phone() else 8)
    chart(session, f"pair_months_{'_'.join(names)}", figure, table, alt=title)
    st.caption(session.say("The same scale on both sides."))


def _counts(session: Session, view: View) -> dict[date, int]:
    frame = tables.months(session.engine, view)
    return {
        pd.Timestamp(month).date(): int(count)
        for month, count in zip(frame["month"], frame["activities"], strict=True)
    }


def _unit(session: Session) -> str:
    return INDICATOR_BY_ID["activities"].unit[session.lang]


def _of_kinds(session: Session, view: View) -> tuple[pd.DataFrame, int]:
    """Rows by kind, and how many schools had any activity."""
    frame = activity_totals(session.engine, view)
    active = frame.loc[frame["part"] == "all", "active_schools"]
    return frame[frame["part"] == "kind"].set_index("code"), int(
        active.iloc[0] if len(active) else 0
    )


def kinds(session: Session, views: Views, names: Names) -> None:
    """Activities by kind in the programme's order; a click filters both sides by the kind."""
    title = session.say("Activities by kind")
    st.markdown(f"**{title}**")
    found = [_of_kinds(session, view)[0] for view in views]
    had = [kind for kind in KINDS if any(kind.code in side.index for side in found)]
    if not had:
        st.caption(session.say("Nothing on record for these filters."))
        return
    labels = [kind.label[session.lang] for kind in had]
    sides = [
        Side(name, labels, [int(side["activities"].get(kind.code, 0)) for kind in had])
        for name, side in zip(names, found, strict=True)
    ]
    figure = grouped_bars(sides, [kind.code for kind in had], unit=_unit(session))
    table = pd.DataFrame(
        {session.say("Activity kind"): labels, **{s.name: s.values for s in sides}}
    )
    chart(session, f"pair_kinds_{'_'.join(names)}", figure, table, alt=title,
          on_code=filter_by(field="kind"))  # fmt: skip


def measures(session: Session, views: Views, names: Names) -> None:
    """Of the schools with an activity, the share that received each of the seven measures."""
    title = session.say("Measures received, share of active schools")
    st.markdown(f"**{title}**")
    chosen = session.filters.kind
    wanted = [kind for kind in MEASURES if not chosen or kind.code in chosen]
    labels, sides, table = [kind.label[session.lang] for kind in wanted], [], {}
    for name, view in zip(names, views, strict=True):
        rows, active = _of_kinds(session, view)
        schools = [int(rows["active_schools"].get(kind.code, 0)) for kind in wanted]
        values = [100 * count / active if active else None for count in schools]
        sides.append(Side(name, labels, values))
        table[name] = [
            session.say("{yes} of {known} schools", yes=f"{count:,}", known=f"{active:,}")
            for count in schools
        ]
    if not labels or all(side.values[0] is None for side in sides):
        st.caption(session.say("Nothing on record for these filters."))
        return
    figure = grouped_bars(sides, [kind.code for kind in wanted], unit="%", most=100)
    chart(
        session, f"pair_measures_{'_'.join(names)}", figure,
        pd.DataFrame({session.say("Activity kind"): labels, **table}), alt=title,
        on_code=filter_by(field="kind"),
    )  # fmt: skip


def coverage(session: Session, sides: tuple[dict[str, Figure], ...], names: Names) -> None:
    """Weak counties of two provinces and how many of them are covered, in words."""
    lines = []
    for name, side in zip(names, sides, strict=True):
        listed, covered = side["weak_counties"].value, side["weak_counties_covered"].value or 0
        lines.append(
            session.say(
                "{name}: {covered} of {listed} weak counties have a school among the pairings "
                "({share}).",
                name=name, covered=f"{covered:,}", listed=f"{listed:,}",
                share=f"{covered / listed:.0%}",
            )
            if listed
            else session.say("{name}: no county on the list of weak counties.", name=name)
        )  # fmt: skip
    st.markdown("\n".join(f"- {line}" for line in lines))
