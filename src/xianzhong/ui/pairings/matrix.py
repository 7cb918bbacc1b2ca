"""Pairing by pairing: what of the checklist is there, and the cycles along the time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from xianzhong.brief.agreements import heads, mark, matrix_table
from xianzhong.brief.readable import partial_dates
from xianzhong.brief.readable_supporters import STATE as STATE_LABEL
from xianzhong.charts.cells import GAP, NOTHING, Cell, cell_grid
from xianzhong.charts.cycles import ROW, Cycle, cycle_bars
from xianzhong.charts.style import SEQUENTIAL
from xianzhong.model.labels import COLON
from xianzhong.model.pairing_states import STATES
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.ui.charts import chart
from xianzhong.ui.navigation import page_object
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session, current, params_for

THERE = SEQUENTIAL[1]
# Room for the heads of the matrix beside, which are two lines.
HEAD = 44


def _colour(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return NOTHING
    return THERE if value else GAP


def _place(session: Session, province: str, county: str) -> str:
    name = session.engine.divisions.label(province, session.lang) if province else ""
    return " ".join(filter(None, (name, county)))


def pairing_by_pairing(session: Session, rows: pd.DataFrame) -> None:
    """The checklist and the cycles of some pairings, row by row beside each other.

    Args:
        session: the run.
        rows: of ``pairing_list``, no more than fit on the page.
    """
    left, right = st.columns([3, 2], gap="small")
    with left:
        matrix(session, rows)
    with right:
        timeline(session, rows)
    without = int((rows["cycle_start"].isna() | rows["cycle_end"].isna()).sum())
    notes = [
        session.say(
            "✓ there · × recorded as not there · not recorded or —: no source found, which is not "
            "a “no”. Leading group and incentives are the university's. Click to open the school."
        )
    ]
    if without:
        notes.append(
            session.say("{count} of the pairings above have no date on record.", count=without)
        )
    st.caption(" ".join(notes))


def matrix(session: Session, rows: pd.DataFrame) -> None:
    """The checklist of some pairings; a click opens the school."""
    lang, phone, title = session.lang, on_phone(), session.say("Readiness of each pairing")
    st.markdown(f"**{title}**")
    about = _about(session, rows)
    cells = [
        Cell(
            row, column, mark(session, value, short=phone or lang == "en"), _colour(value), code,
            (words, f"{item.label[lang]}{COLON[lang]}{mark(session, value)}"),
        )
        for column, item in enumerate(CHECKLIST)
        for row, (value, code, words) in enumerate(
            zip(rows[item.id].astype(object), rows["school_code"], about, strict=True)
        )
    ]  # fmt: skip
    figure = cell_grid(
        rows["school"].tolist(),
        heads(lang),
        cells, widest=110 if phone else 176, row_height=ROW, text_size=12, upright=phone,
    )  # fmt: skip
    table = matrix_table(session, rows)
    chart(session, f"matrix_{_first(rows)}", figure, table, alt=title, on_code=_open_school)


def _first(rows: pd.DataFrame) -> str:
    """Tells one page of rows from another, so that no click of the one lingers on the other."""
    return f"{rows.index[0]}_{len(rows)}"


def _about(session: Session, rows: pd.DataFrame) -> list[str]:
    """School, university and place of each pairing in a line."""
    return [
        " · ".join(filter(None, (school, session.names.university(code), _place(session, p, c))))
        for school, code, p, c in zip(
            rows["school"], rows["university_code"], rows["province"], rows["county"], strict=True
        )
    ]


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
    whole = pd.Series("day", index=rows.index)
    starts, stops = (partial_dates(rows[name], whole) for name in ("cycle_start", "cycle_end"))
    states = [STATES[state][session.lang] for state in rows["state"]]
    table = pd.DataFrame(
        {
            session.say("School"): rows["school"].tolist(),
            session.say("Supporting university"): [
                session.names.university(code) for code in rows["university_code"]
            ],
            session.say("From"): starts,
            session.say("Until"): stops,
            STATE_LABEL[session.lang]: states,
        }
    )
    cycles = [
        Cycle(
            name, date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None, state, code,
            (words, f"{first} – {last}", named),
        )
        for name, first, last, state, code, words, named in zip(
            rows["school"], starts, stops, rows["state"], rows["school_code"],
            _about(session, rows), states, strict=True,
        )
    ]  # fmt: skip
    day = session.view.reference_day
    # Beside the matrix the rows have their names there; below it, on a phone, they need them.
    phone = on_phone()
    figure = cycle_bars(
        cycles, day, lang=session.lang, named=phone, head=HEAD, widest=110,
        foot=96 if phone else 64, unknown=STATES["unknown"][session.lang],
    )  # fmt: skip
    chart(session, f"cycles_{_first(rows)}", figure, table, alt=title, on_code=_open_school)
