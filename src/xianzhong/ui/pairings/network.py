"""The network: universities, places and schools; schemes and provinces where they are many."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import streamlit as st

from xianzhong.charts.cycles import cut
from xianzhong.charts.flow import Band, flow
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.query.figures import by_county
from xianzhong.ui.charts import chart
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session

MOST_UNIVERSITIES, MOST_PLACES, MOST_SCHOOLS = 25, 30, 45
WIDEST, NARROW = 260, 92


def network(session: Session, frame: pd.DataFrame) -> None:
    """The pairings of the view as bands.

    Args:
        session: the run.
        frame: rows of ``pairing_list``.
    """
    columns, title, note = _columns(session, frame)
    st.markdown(f"**{title}**")
    if note:
        st.caption(note)
    bands = [
        Band((column, str(source)), (column + 1, str(target)), int(count))
        for column, sides in enumerate(pairwise(columns))
        for source, target, count in _counts(frame, list(sides)).itertuples(index=False)
    ]
    ends = {end for band in bands for end in (band.source, band.target)}
    widest = NARROW if on_phone() else WIDEST
    full = {(column, code): _name(session, columns[column], code) for column, code in ends}
    names = {end: cut(name, widest) for end, name in full.items()}
    header = {"university_code": session.say("Supporting university"),
              "province": session.say("Province"), "county_code": session.say("County"),
              "prefecture": session.say("Prefecture"),
              "school_code": session.say("School"), "scheme": session.say("Scheme")}  # fmt: skip
    groups = _counts(frame, columns)
    table = pd.DataFrame(
        {
            header[name]: [_name(session, name, str(code)) for code in groups[name]]
            for name in columns
        }
        | {session.say("Pairings"): groups["count"].tolist()}
    )
    figure = flow(bands, names, unit=INDICATOR_BY_ID["pairings"].unit[session.lang])
    chart(session, "network", figure, table, alt=title)


def _counts(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """How many pairings there are of each combination, in the order of the rows."""
    return frame.groupby(columns, sort=False).size().reset_index(name="count")


def _columns(session: Session, frame: pd.DataFrame) -> tuple[list[str], str, str]:
    """What stands from left to right, the title, and why it is not schools."""
    county = by_county(session.filters)
    place = "county_code" if county else "province"
    universities, schools = frame["university_code"].nunique(), frame["school_code"].nunique()
    few = universities <= MOST_UNIVERSITIES and frame[place].nunique() <= MOST_PLACES
    if few and schools <= MOST_SCHOOLS:
        title = session.say("From university through county to school") if county else session.say(
            "From university through province to school")  # fmt: skip
        return ["university_code", place, "school_code"], title, ""
    if few:
        title = session.say("From university to county") if county else session.say(
            "From university to province")  # fmt: skip
        return ["university_code", place], title, ""
    note = session.say(
        "{count} universities are too many to draw one by one; filter by province, scheme or "
        "university to see them with their schools.",
        count=f"{universities:,}",
    )
    if county and frame[place].nunique() > MOST_PLACES:
        return ["scheme", "prefecture"], session.say("From scheme to prefecture"), note
    if county:
        return ["scheme", place], session.say("From scheme to county"), note
    return ["scheme", place], session.say("From scheme to province"), note


def _name(session: Session, column: str, code: str) -> str:
    if column == "university_code":
        return session.names.university(code)
    if column == "school_code":
        return session.names.school(code)
    if column == "scheme":
        scheme = SCHEME_BY_CODE.get(code)
        return scheme.label[session.lang] if scheme else code
    return session.engine.divisions.label(code, session.lang) if code else session.say("not known")
