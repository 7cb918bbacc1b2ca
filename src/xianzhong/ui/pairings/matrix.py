"""Pairing by pairing: what of the checklist is there, and the cycles along the time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.charts.cycles import Cycle, cycle_bars
from xianzhong.export.readable import partial_dates
from xianzhong.export.supporters import STATE as STATE_LABEL
from xianzhong.model.pairing_states import STATES
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import PAIRINGS
from xianzhong.ui.charts import chart
from xianzhong.ui.navigation import page_object, school_paths
from xianzhong.ui.places import on_phone
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session, current, params_for
from xianzhong.ui.text import plain


def mark(session: Session, value: object) -> str:
    """There, not there, or not recorded: told apart by sign and word, not by colour."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return session.say("not recorded")
    return "✓" if value else "✗"


def _place(session: Session, province: str, county: str) -> str:
    name = session.engine.divisions.label(province, session.lang) if province else ""
    return " ".join(filter(None, (name, county)))


def matrix(session: Session, rows: pd.DataFrame) -> None:
    """The checklist of some pairings; a school's name opens its page.

    Args:
        session: the run.
        rows: of ``pairing_list``, no more than fit on the page.
    """
    lang, title = session.lang, session.say("Readiness of each pairing")
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    paths = school_paths(session, rows["school_code"], rows["school"])
    marks = {
        item.short[lang]: [mark(session, value) for value in rows[item.id].astype(object)]
        for item in CHECKLIST
    }
    about = {
        session.say("Place"): [
            _place(session, *pair) for pair in zip(rows["province"], rows["county"], strict=True)
        ],
        label["university_code"]: [session.names.university(c) for c in rows["university_code"]],
        STATE_LABEL[lang]: [STATES[state][lang] for state in rows["state"]],
    }
    # A phone is too narrow for a table that does not scroll.
    if on_phone():
        table = pd.DataFrame({label["school_code"]: paths, **marks, **about})
        record_table(table, alt=title, titled=[label["school_code"]])
    else:
        links = [
            f"[{plain(school)}]({path.partition('#')[0]})"
            for school, path in zip(rows["school"], paths, strict=True)
        ]
        about[label["university_code"]] = [plain(n) for n in about[label["university_code"]]]
        st.table(
            pd.DataFrame({label["school_code"]: links, **about, **marks}),
            border="horizontal", hide_index=True, alt=title,
        )  # fmt: skip
    st.caption(
        session.say(
            "✓ there · ✗ recorded as not there · not recorded: no source found, which is not a "
            "“no”. Leading group and incentives are the university's."
        )
    )


def searchable(session: Session, rows: pd.DataFrame) -> pd.DataFrame:
    """The words by which pairings are found, in both languages where codes have names."""
    schemes = {code: f"{s.label.zh} {s.label.en}" for code, s in SCHEME_BY_CODE.items()}
    provinces = {
        code: session.engine.divisions.label(code, session.lang)
        for code in rows["province"].unique() if code
    }  # fmt: skip
    return pd.DataFrame(
        {
            "school": rows["school"],
            "county": rows["county"],
            "province": [provinces.get(code, "") for code in rows["province"]],
            "university": [session.names.university(code) for code in rows["university_code"]],
            "scheme": [schemes.get(code, code) for code in rows["scheme"]],
        },
        index=rows.index,
    )


def _open_school(code: str) -> None:
    session = current()
    st.switch_page(
        page_object("school"),
        query_params=params_for(session.narrowed(school=code).filters, session.lang),
    )


def timeline(session: Session, rows: pd.DataFrame) -> None:
    """The cycles of the same pairings in the same order; a click opens the school."""
    title = session.say("Cycles of the agreements")
    st.markdown(f"**{title}**")
    dated = rows[rows["cycle_start"].notna() & rows["cycle_end"].notna()]
    without = len(rows) - len(dated)
    if dated.empty:
        st.caption(session.say("No date of these agreements is on record."))
        return
    whole = pd.Series("day", index=dated.index)
    starts, stops = (partial_dates(dated[name], whole) for name in ("cycle_start", "cycle_end"))
    universities = [session.names.university(code) for code in dated["university_code"]]
    table = pd.DataFrame(
        {
            session.say("School"): dated["school"].tolist(),
            session.say("Supporting university"): universities,
            session.say("From"): starts,
            session.say("Until"): stops,
            STATE_LABEL[session.lang]: [STATES[s][session.lang] for s in dated["state"]],
        }
    )
    cycles = [
        Cycle(
            school, start.date(), end.date(), state, code,
            f"{school} · {university} · {first} – {last}",
        )
        for school, start, end, state, code, university, first, last in zip(
            dated["school"], pd.to_datetime(dated["cycle_start"]),
            pd.to_datetime(dated["cycle_end"]), dated["state"], dated["school_code"],
            universities, starts, stops, strict=True,
        )
        if end >= start
    ]  # fmt: skip
    day = session.view.reference_day
    figure = cycle_bars(cycles, day, today_label=str(day), lang=session.lang)
    chart(session, "cycles", figure, table, alt=title, on_code=_open_school)
    if without:
        st.caption(session.say("{count} of the pairings above have no date on record.",
                               count=without))  # fmt: skip
