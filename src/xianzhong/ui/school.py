"""The parts of a school's page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.brief import schools
from xianzhong.brief.readable import readable_records
from xianzhong.brief.schools import MOST_RECORDS, NUMBERS, facts, whole
from xianzhong.model.kinds import MEASURES
from xianzhong.model.labels import COLON, COMMA
from xianzhong.model.tables import ACTIVITIES
from xianzhong.query import tables
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import around, chart, draw, filter_by_time, time_code
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.navigation import page_object, university_paths
from xianzhong.ui.records import activity_order, downloads, linked_activities, record_table
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain
from xianzhong.ui.when import by_terms


def place(session: Session) -> None:
    """Province, prefecture and county of the school."""
    province, county = session.names.school_places[session.filters.school]
    divisions = session.engine.divisions
    found = divisions.get(county)
    codes = [province, found.prefecture if found else "", county]
    names = [divisions.label(code, session.lang) for code in codes if code]
    st.markdown(f"**{' · '.join(names)}** · {session.say('code')} {session.filters.school}")


def numbers(session: Session) -> None:
    """The school's figures in the period, compared with its own earlier term only."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))


def pairings(session: Session) -> None:
    """Each pairing: supporter, scheme, cycle, state, readiness, and the words that prove it."""
    frame = tables.pairings(session.engine, whole(session).view)
    if frame.empty:
        empty(session, session.say("No pairing of this school is on record."), clear=False)
        return
    for row in frame.to_dict("records"):
        with st.container(border=True):
            _pairing(session, row)


def _pairing(session: Session, row: Mapping[Hashable, Any]) -> None:
    code = str(row["university_code"])
    name = session.names.university(code)
    (path,) = university_paths(session, [code], [""])
    st.markdown(f"**[{plain(name)}]({path.rstrip('#')})**")
    known = facts(session, row)
    st.table({name: value for name, value in known.items() if value}, border="horizontal")
    if row["end_date"] is None or pd.isna(row["end_date"]):
        st.caption(
            session.say("No end date is on record: three years from the start, a rule of ours.")
        )
    if row["quote"]:
        st.markdown(f"> {plain(str(row['quote']))}")
    _source(session, row)


def _source(session: Session, row: Mapping[Hashable, Any]) -> None:
    parts = [str(row[name]) for name in ("source", "source_date") if row[name]]
    if not parts:
        st.caption(session.say("no source found"))
        return
    url = str(row["source_url"] or "")
    text = f"{session.say('Source')}{COLON[session.lang]}{plain(COMMA[session.lang].join(parts))}"
    if url.startswith(("http://", "https://")):
        text += f" · [{session.say('open the source')}](<{url}>)"
    st.caption(text)


def measures(session: Session) -> None:
    """Which of the seven measures the school has had, and in which terms."""
    frame = tables.kinds_by_month(session.engine, whole(session).view)
    had = set(frame["kind"])
    st.markdown(schools.received(session))
    with st.container(horizontal=True, gap="xsmall"):
        for kind in MEASURES:
            done = kind.code in had
            # Signs, not icons: an icon's name is read out in English.
            mark = "✓" if done else "–"
            label = kind.label[session.lang]
            st.badge(f"{mark} {label}", color="blue" if done else "gray")
    if frame.empty:
        return
    part = schools.measures(session, _chosen(session))
    chart(
        session, part.id, part.figure, part.table, alt=part.title, on_code=filter_by_time,
        words=around(session, origin=part.origin),
    )  # fmt: skip


def _chosen(session: Session) -> str:
    """The kind and the time of the filters, as a click on a cell or a dot would choose them."""
    kinds, when = session.filters.kind, time_code(session)
    return f"{kinds[0]}|{when}" if len(kinds) == 1 and when else ""


def over_time(session: Session) -> None:
    """Every activity as a dot along the dates."""
    part = schools.by_date(session, _chosen(session))
    if part.empty:
        empty(
            session,
            session.say(
                "No activity of this school is on record. That no source was found does not mean "
                "that nothing was done."
            ),
            clear=False,
        )
        return
    by_terms(session)
    draw(session, part, on_code=filter_by_time)


def records(session: Session) -> None:
    """The school's records in the period with their sources, and their download."""
    frame = tables.records(session.engine, session.view, limit=MOST_RECORDS)
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    table = readable_records(frame, session.names, session.lang)
    label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
    place_columns = {label[name] for name in ("school_code", "province", "prefecture", "county")}
    hidden = [c for c in table.columns if c in place_columns or c not in label.values()]
    title = session.label(ACTIVITIES.label)
    linked, names = linked_activities(session, "school", table, frame)
    record_table(
        linked[activity_order(session, linked)], alt=title, links=[label["source_url"]],
        titled=[name for name in names if name not in hidden],
        hidden=[*hidden, label["activity_code"]],
    )  # fmt: skip
    downloads(session, "school", title, lambda: table)


def back(session: Session) -> None:
    """A way back to the list, with the other filters kept."""
    st.page_link(
        page_object("schools"),
        label=session.say("All schools"),
        icon=":material/arrow_back:",
        query_params=params_for(replace(session.filters, school=""), session.lang),
    )
