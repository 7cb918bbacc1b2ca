"""How soon activities were reported after they ended."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.places import level_label, place_name
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.shares import shares
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.query import measures
from xianzhong.ui.charts import chart
from xianzhong.ui.measures.common import go_to_place, nothing
from xianzhong.ui.session import Session


def _buckets(session: Session) -> list[str]:
    return [
        session.say("Within 30 days"),
        session.say("31–60 days"),
        session.say("61–90 days"),
        session.say("Over 90 days"),
    ]


def reporting(session: Session) -> None:
    """Activities by days from end to report, in all and by place."""
    frame = measures.lags(session.engine, session.view)
    if frame.empty:
        nothing(session)
        return
    unit = INDICATOR_BY_ID["activities"].unit[session.lang]
    whole, places = st.columns([2, 3], gap="medium")
    with whole:
        _whole(session, frame, unit)
    with places:
        _by_place(session, frame, unit)


def _whole(session: Session, frame: pd.DataFrame, unit: str) -> None:
    title = session.say("Activities by days until they were reported")
    st.markdown(f"**{title}**")
    names, counts = _buckets(session), measures.lag_buckets(frame)
    total = sum(counts)
    table = pd.DataFrame(
        {
            session.say("Days from end to report"): names,
            session.say("Activities"): counts,
            session.say("Share (%)"): [round(100 * count / total, 1) for count in counts],
        }
    )
    figure = horizontal_bars(names, counts, ["" for _ in names], unit=unit)
    chart(session, "lag", figure, table, alt=title)
    st.caption(
        session.say(
            "Counted from the end of an activity (the month's last day where only the month is "
            "known) to the day of the upload; one reported while it still ran is within 30 days. "
            "Of records that were gathered later from public sources it says when they were "
            "gathered, not how soon a school reports."
        )
    )


def _by_place(session: Session, frame: pd.DataFrame, unit: str) -> None:
    level = level_label(session)
    title = session.say("How soon was reported, by {level}", level=level.lower())
    st.markdown(f"**{title}**")
    names = _buckets(session)
    found = []
    for code, rows in frame.groupby("code", sort=True):
        counts = measures.lag_buckets(rows)
        days, weights = rows["days"].tolist(), rows["activities"].tolist()
        middle, most = (measures.weighted_quantile(days, weights, p) for p in (0.5, 0.9))
        found.append((counts[0] / sum(counts), str(code), counts, middle, most))
    found.sort(key=lambda item: item[:2])
    labels = [place_name(session, code) for _, code, _, _, _ in found]
    table = pd.DataFrame(
        {
            level: labels,
            **{name: [item[2][n] for item in found] for n, name in enumerate(names)},
            session.say("Median (days)"): [round(item[3], 1) for item in found],
            session.say("90th percentile (days)"): [round(item[4], 1) for item in found],
        }
    )
    figure = shares(
        labels, [item[2] for item in found], [item[1] for item in found], names, unit=unit
    )
    chart(session, "lag_places", figure, table, alt=title, on_code=go_to_place)
    st.caption(session.say("The least share within 30 days stands first. Click to go in."))
