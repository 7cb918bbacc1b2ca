"""The list of weak counties, county by county, and the list itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

import pandas as pd
import streamlit as st

from xianzhong.brief import weak
from xianzhong.brief.readable_support import readable_weak_counties
from xianzhong.model.labels import Label, bracketed
from xianzhong.model.tables import WEAK_COUNTIES
from xianzhong.query.county_support import weak_county_list
from xianzhong.query.filters import UNKNOWN, Filters, Problem
from xianzhong.reference import default_weak_counties
from xianzhong.settings import Settings
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import ignored
from xianzhong.ui.navigation import page_object
from xianzhong.ui.records import downloads, record_table
from xianzhong.ui.session import Session, params_for, set_params, showing
from xianzhong.ui.text import plain

PARAMETER = "list"
LISTS = {
    "uncovered": Label("尚未覆盖", "Not covered"),
    "covered": Label("已覆盖", "Covered"),
    "all": Label("全部", "All"),
}


def unmatched(session: Session) -> None:
    """Names the counties of the list without a code today: they count as not covered."""
    frame = weak_county_list(session.engine, session.view)
    lost = frame[frame["county_code"] == ""]
    if lost.empty:
        return
    names = "、".join(
        bracketed(plain(name), plain(code)) if code else plain(name)
        for name, code in zip(lost["listed_name"], lost["listed_code"].fillna(""), strict=True)
    )
    st.caption(
        session.say(
            "⚠ {count} on the list have no county of today to match and count as not covered: "
            "{names}",
            count=len(lost), names=names,
        )
    )  # fmt: skip


def _choose_list() -> None:
    chosen = st.session_state.get("coverage_list") or "uncovered"
    params = {**st.query_params.to_dict(), PARAMETER: chosen}
    if chosen == "uncovered":
        params.pop(PARAMETER)
    set_params(params)


def _chosen_list(session: Session) -> str:
    asked = st.query_params.get(PARAMETER) or "uncovered"
    if asked not in LISTS:
        ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))
        asked = "uncovered"
    with showing({"coverage_list": asked}):
        st.segmented_control(
            session.say("Which counties"), list(LISTS), key="coverage_list", required=True,
            format_func=lambda name: LISTS[name][session.lang], on_change=_choose_list,
        )  # fmt: skip
    return asked


def listed(session: Session) -> None:
    """The counties of the list by their state, and their download with the list's own headers."""
    chosen = _chosen_list(session)
    frame = weak_county_list(session.engine, session.view)
    reached = frame["schemes"] != ""
    if chosen != "all":
        frame = frame[reached if chosen == "covered" else ~reached]
    title = f"{WEAK_COUNTIES.label[session.lang]} · {LISTS[chosen][session.lang]}"
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    record_table(_readable(session, frame, chosen), alt=title, titled=[session.say("County")])
    downloads(
        session, f"weak-counties-{chosen}", title,
        lambda: readable_weak_counties(frame, session.names, session.lang),
    )  # fmt: skip


def _readable(session: Session, frame: pd.DataFrame, chosen: str) -> pd.DataFrame:
    table = weak.listed(session, frame, reached=chosen != "uncovered")
    paths = _paths(session, frame["county_code"], frame["county"])
    return table.assign(**{session.say("County"): paths})


def _paths(session: Session, codes: Iterable[str], names: Iterable[str]) -> list[str]:
    """Addresses of this page cut to a county, the name behind the #; no code filters nothing."""
    params = params_for(
        replace(session.filters, province="", prefecture="", county=""), session.lang
    )
    kept = "".join(f"&{name}={quote(value)}" for name, value in params.items())
    return [
        f"coverage?{f'county={quote(code)}' if code else ''}{kept}#{name}"
        for code, name in zip(codes, names, strict=True)
    ]


def replacing(session: Session) -> None:
    """Which list this is, and how an official one takes its place."""
    everything = replace(session.view, filters=Filters())
    codes = weak_county_list(session.engine, everything)["listed_code"]
    default = set(codes) == default_weak_counties(Settings.from_environment().data / "programme")
    in_use = (
        session.say("In use: the default list, {count} former poverty counties (2016–2020).",
                    count=len(codes))
        if default
        else session.say("In use: a list other than the default, of {count} counties.",
                         count=len(codes))
    )  # fmt: skip
    st.markdown(
        f"**{in_use}** "
        + session.say(
            "The default is this product's own choice and not an official list of counties with "
            "a weak education base."
        )
    )
    st.markdown(
        session.say(
            "To use an official list: upload it and choose “This file replaces the whole list”. "
            "The page shows first what would be removed, and one undo brings the old list back. "
            "Without the choice an upload only adds to the list."
        )
    )
    with st.container(horizontal=True):
        to_fill(session, WEAK_COUNTIES)
        st.page_link(
            page_object("history"), icon=":material/history:",
            query_params=params_for(session.filters, session.lang),
        )  # fmt: skip
