"""The parts of a university's page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.brief import supporters
from xianzhong.brief.readable import (
    LAST_ACTIVITY,
    SCHOOL_CODE,
    UNIVERSITY_CODE,
    partial_dates,
    readable_records,
)
from xianzhong.brief.readable_supporters import readable_pairings
from xianzhong.brief.supporters import NUMBERS, mark
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import COLON
from xianzhong.model.pairing_states import STATES
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, UNIVERSITIES
from xianzhong.model.tables.activities import EXTENSIONS
from xianzhong.model.terms import Term
from xianzhong.query import tables
from xianzhong.query.universities import pairing_schools, university_record
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart
from xianzhong.ui.headline import by_id, compared_with, newest_term, silence
from xianzhong.ui.navigation import page_object, school_paths, upload_link
from xianzhong.ui.places import on_phone
from xianzhong.ui.records import activity_order, downloads, record_table
from xianzhong.ui.session import Session, current, go, params_for
from xianzhong.ui.text import plain

AGREEMENTS = ("pairings", "agreements_in_force", "agreements_ended")
MOST_RECORDS = 300
MOST_IN_TABLE = 40


def about(session: Session) -> None:
    """Department, code, readiness with its source, and the way to a comparison."""
    record = university_record(session.engine, session.view).to_dict("records")[0]
    parts = [plain(str(record["department"]))] if _said(record["department"]) else []
    parts.append(f"{session.say('code')} {plain(session.filters.university)}")
    st.markdown(" · ".join(f"**{part}**" if not i else part for i, part in enumerate(parts)))
    known = _readiness(session, record)
    with st.container(horizontal=True, gap="medium"):
        back(session)
        st.page_link(
            page_object("compare"), label=session.say("Compare with another university"),
            icon=":material/compare_arrows:",
            query_params=params_for(session.filters, session.lang, by="university"),
        )  # fmt: skip
        if not known:
            upload_link(session, UNIVERSITIES.name, session.say("Fill in and upload"))


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _readiness(session: Session, record: Mapping[Hashable, Any]) -> bool:
    """Draws the marks with their source; whether anything is recorded."""
    flags = {
        "has_leading_group": record["has_leading_group"],
        "has_incentives": record["has_incentives"],
        "affiliated_schools": record["has_affiliated"],
    }
    with st.container(horizontal=True, gap="xsmall"):
        for name, value in flags.items():
            known = value is not None and not pd.isna(value)
            label = UNIVERSITIES.column(name).label[session.lang]
            st.badge(
                f"{label} {mark(session, value)}",
                color="blue" if known and value else "orange" if known else "gray",
            )
    notes = []
    if _said(record["affiliated_schools"]):
        label = UNIVERSITIES.column("affiliated_schools").label[session.lang]
        notes.append(f"{label}{COLON[session.lang]}{plain(record['affiliated_schools'])}")
    if _said(record["source"]):
        notes.append(f"{session.say('Source')}{COLON[session.lang]}{plain(record['source'])}")
    st.caption(" · ".join(notes) or session.say("no source found"))
    return any(value is not None and not pd.isna(value) for value in flags.values())


def numbers(session: Session) -> None:
    """The university's figures in the period, compared with its own earlier period only."""
    found = by_id(session, session.view, (*NUMBERS, *AGREEMENTS))
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    silence(session, found)
    newest_term(session, "university")


def schools(session: Session) -> None:
    """Its pairings as a table: the school, the agreement's state, what was done there."""
    frame = pairing_schools(session.engine, session.view)
    if frame.empty:
        st.caption(session.say("No pairing of this university is on record for these filters."))
        return
    table = readable_pairings(frame, session.names, session.lang)
    label = {column.name: column.label[session.lang] for column in PAIRINGS.columns}
    sources = [label[name] for name in ("source", "source_date")]
    title, name = session.say("Schools supported"), label["school_code"]
    paths = school_paths(session, frame["school_code"], frame["school"])
    hidden = [SCHOOL_CODE[session.lang], label["source_url"], *sources]
    # A phone is too narrow for a table that does not scroll.
    if len(table) <= MOST_IN_TABLE and not on_phone():
        _short_table(session, frame, table, paths, title)
    else:
        record_table(table.assign(**{name: paths}), alt=title, titled=[name], hidden=hidden)
    downloads(session, "university-schools", title, lambda: table)


def _short_table(
    session: Session, frame: pd.DataFrame, table: pd.DataFrame, paths: list[str], title: str
) -> None:
    """The few columns that fit side by side: place in one, the agreement in one."""
    divisions = session.engine.divisions
    ends = partial_dates(frame["cycle_end"], pd.Series("day", index=frame.index))
    states = [
        session.say("{state}, until {day}", state=STATES[state][session.lang], day=day)
        if state in ("in_force", "ending") else STATES[state][session.lang]
        for state, day in zip(frame["state"], ends, strict=True)
    ]  # fmt: skip
    label = {column.name: column.label[session.lang] for column in PAIRINGS.columns}
    done = ("activities", "people_sent", "days_on_site")
    numbers = pd.DataFrame(
        {INDICATOR_BY_ID[name].label[session.lang]: frame[name] for name in done}
    ).assign(**{LAST_ACTIVITY[session.lang]: table[LAST_ACTIVITY[session.lang]]})
    shown = pd.DataFrame(
        {
            label["school_code"]: [
                f"[{plain(school)}]({path.partition('#')[0]})"
                for school, path in zip(frame["school"], paths, strict=True)
            ],
            session.say("Place"): [
                " ".join(filter(None, (divisions.label(p, session.lang) if p else "", county)))
                for p, county in zip(frame["province"], frame["county"], strict=True)
            ],
            session.say("Agreement"): [
                f"{scheme} · {state}"
                for scheme, state in zip(table[label["scheme"]], states, strict=True)
            ],
        }
    )
    st.table(
        _dashed(pd.concat([shown, numbers], axis=1)), border="horizontal", hide_index=True,
        alt=title,
    )  # fmt: skip


def _dashed(table: pd.DataFrame) -> pd.DataFrame:
    """Missing values as dashes and numbers as they are read, for a table of text."""

    def said(value: object) -> str:
        if value is None or pd.isna(value) or value == "":  # type: ignore[call-overload]
            return "—"
        return f"{value:,.10g}" if isinstance(value, int | float) else str(value)

    return table.astype(object).map(said)


def measures(session: Session) -> None:
    """What it has done by kind and term, whatever the period."""
    part = supporters.done_by_kind(session, compact=on_phone())
    if part.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    chart(session, part.id, part.figure, part.table, alt=part.title)


def _choose_term(code: str) -> None:
    session = current()
    go(session.narrowed(term=Term.parse(code), date_from=None, date_to=None).filters)


def over_time(session: Session) -> None:
    """Activities, people sent and days on site by term; a click on a bar chooses the term."""
    part = supporters.over_time(session)
    st.markdown(f"**{part.title}**")
    if part.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    chart(session, part.id, part.figure, part.table, alt=part.title, on_code=_choose_term)
    st.caption(" ".join(part.notes))


def reach(session: Session) -> None:
    """What reaches beyond the school, by what it reaches; where to record it if nothing does."""
    part = supporters.reach(session)
    label = ACTIVITIES.column("extension").label[session.lang]
    if part.empty:
        kinds = session.say(", ").join(choice.label[session.lang] for choice in EXTENSIONS)
        st.caption(
            session.say(
                "No activity of the period is recorded as reaching beyond the school ({kinds}). "
                "It is filled in by the column {column} of the table of activities.",
                kinds=kinds, column=label,
            )
        )  # fmt: skip
        upload_link(session, ACTIVITIES.name, session.say("Fill in and upload"))
        return
    counts = part.table[session.say("Activities")].tolist()
    st.markdown(supporters.reach_words(session, counts))
    chart(session, part.id, part.figure, part.table, alt=part.title)


def records(session: Session) -> None:
    """The newest records of the period with their sources, and the download of all."""
    frame = tables.records(session.engine, session.view, limit=MOST_RECORDS)
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    if len(frame) == MOST_RECORDS:
        st.caption(
            session.say("The newest {shown} records; a download holds all of them.",
                        shown=MOST_RECORDS)
        )  # fmt: skip
    table = readable_records(frame, session.names, session.lang)
    label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
    hidden = {
        label["university_code"], UNIVERSITY_CODE[session.lang], label["activity_code"],
        *(column for column in table.columns if column not in label.values()),
    }  # fmt: skip
    title = session.label(ACTIVITIES.label)
    record_table(table[activity_order(session, table)], alt=title, links=[label["source_url"]],
                 hidden=[c for c in table.columns if c in hidden])  # fmt: skip
    downloads(
        session, "university", title,
        lambda: readable_records(
            tables.records(session.engine, session.view, limit=tables.MOST_RECORDS),
            session.names, session.lang,
        ),
    )  # fmt: skip


def back(session: Session) -> None:
    """A way back to the list, with the other filters kept."""
    st.page_link(
        page_object("universities"),
        label=session.say("All universities"),
        icon=":material/arrow_back:",
        query_params=params_for(replace(session.filters, university=""), session.lang),
    )
