"""The filter bar: widgets that show the URL's filters and write them back.

Before the widgets are made, their state is set from the URL; when one changes, the URL is
written from their state. So the URL always has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from xianzhong.model.divisions import Division
from xianzhong.model.kinds import KIND_BY_CODE, KINDS
from xianzhong.model.schemes import SCHEME_BY_CODE, SCHEMES
from xianzhong.model.terms import Term
from xianzhong.query import tables
from xianzhong.query.filters import EARLIEST, LATEST, Filters
from xianzhong.query.scope import NATION
from xianzhong.ui.session import Session, current, go, showing

DATES = "dates"


def _place_of(session: Session) -> tuple[str, str, str]:
    """Province, prefecture and county to show: the filters', or where the chosen school is."""
    filters = session.filters
    if not filters.school:
        return filters.province, filters.prefecture, filters.county
    province, county = session.names.school_places.get(filters.school, ("", ""))
    found = session.engine.divisions.get(county)
    if found is None:
        return province, "", ""
    return found.province, found.prefecture, county


def _url_says(session: Session) -> dict[str, object]:
    """The widgets' values by the URL."""
    filters = session.filters
    province, prefecture, county = _place_of(session)
    period = filters.term.code if filters.term else DATES if filters.period else ""
    dates = {"f_dates": filters.period or (EARLIEST, LATEST)} if period == DATES else {}
    return {
        "f_province": province,
        "f_prefecture": prefecture,
        "f_county": county,
        "f_scheme": list(filters.scheme),
        "f_university": filters.university,
        "f_kind": list(filters.kind),
        "f_period": period,
        **dates,
    }


def _place(changed: str, session: Session) -> dict[str, str]:
    """What changes when a place was chosen: it, and the levels below are open again.

    The levels above stay as they are shown: of a school they are no filters of the link.
    """
    value = str(st.session_state.get(f"f_{changed}") or "")
    levels = ("province", "prefecture", "county")
    at = levels.index(changed)
    above = zip(levels[:at], _place_of(session), strict=False)
    return {**dict(above), changed: value, **dict.fromkeys(levels[at + 1 :], "")}


def _changed(what: str) -> None:
    """Callback: writes the URL from the widgets."""
    session = current()
    changes: dict[str, object] = {
        "scheme": _in_order(SCHEME_BY_CODE, st.session_state.get("f_scheme")),
        "university": str(st.session_state.get("f_university") or ""),
        "kind": _in_order(KIND_BY_CODE, st.session_state.get("f_kind")),
    }
    if what == "period":
        changes |= _period(session, str(st.session_state.get("f_period") or ""))
    elif what == DATES:
        chosen = st.session_state.get("f_dates")
        if not isinstance(chosen, tuple) or len(chosen) < 2:
            return
        changes |= {"term": None, "date_from": chosen[0], "date_to": chosen[1]}
    elif what in ("province", "prefecture", "county"):
        changes |= {"school": "", **_place(what, session)}
    go(session.narrowed(**changes).filters)


def _in_order(allowed: Iterable[str], given: object) -> tuple[str, ...]:
    chosen = given if isinstance(given, list) else []
    return tuple(code for code in allowed if code in chosen)


def _period(session: Session, value: str) -> dict[str, object]:
    """Term or dates for the period widget's value; dates open on a year that has records."""
    if not value:
        return {"term": None, "date_from": None, "date_to": None}
    if value != DATES:
        return {"term": Term.parse(value), "date_from": None, "date_to": None}
    last = latest_day(session) or session.view.data_day
    return {"term": None, "date_from": last - timedelta(days=364), "date_to": last}


def latest_day(session: Session) -> date | None:
    """Start of the newest activity on record under the filters but for the period."""
    view = session.narrowed(term=None, date_from=None, date_to=None)
    value = tables.span(session.engine, view)["last_start"].iloc[0]
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _terms(session: Session) -> list[str]:
    """Codes of the terms to choose from, newest first, the chosen one always among them."""
    everything = tables.span(session.engine, session.narrowed(**_nothing()))
    first, last = everything["first_start"].iloc[0], everything["last_start"].iloc[0]
    newest = Term.of(session.view.data_day) if session.view.snapshot.number else None
    terms: set[Term] = {session.filters.term} if session.filters.term else set()
    if not pd.isna(first):
        term = Term.of(pd.Timestamp(first).date())
        stop = max(Term.of(pd.Timestamp(last).date()), newest or term)
        while term <= stop and len(terms) < 200:
            terms.add(term)
            term = term.next
    return [term.code for term in sorted(terms, reverse=True)]


def _nothing() -> dict[str, object]:
    empty = Filters()
    return {name: getattr(empty, name) for name in Filters.__slots__}


def _offered(session: Session, divisions: Iterable[Division], chosen: str) -> list[str]:
    """Codes of the divisions in which the reader may see anything.

    The chosen one is among them although a link asked for it beyond the scope: it finds nothing.
    """
    reaches = session.names.reaches
    return [one.code for one in divisions if one.code == chosen or reaches(one.code)]


def _place_widgets(session: Session) -> None:
    divisions, lang = session.engine.divisions, session.lang
    province, prefecture, county = _place_of(session)
    whole = session.say("All")

    def named(code: str) -> str:
        return divisions.label(code, lang) if code else whole

    provinces = _offered(session, divisions.provinces, province)
    everywhere = session.say("Whole nation") if session.view.scope == NATION else whole
    st.selectbox(
        session.say("Province"), ["", *provinces], key="f_province",
        format_func=lambda code: named(code) if code else everywhere,
        on_change=_changed, args=("province",),
    )  # fmt: skip
    if not province:
        return
    prefectures = _offered(session, divisions.prefectures(province), prefecture)
    if prefectures:
        st.selectbox(
            session.say("Prefecture"), ["", *prefectures], key="f_prefecture",
            format_func=named, on_change=_changed, args=("prefecture",),
        )  # fmt: skip
    counties = _offered(session, divisions.counties(province, prefecture), county)
    st.selectbox(
        session.say("County"), ["", *counties], key="f_county",
        format_func=named, on_change=_changed, args=("county",),
    )  # fmt: skip


def _period_widgets(session: Session) -> None:
    def period_name(value: str) -> str:
        if value == DATES:
            return session.say("Choose dates")
        return Term.parse(value).label(session.lang) if value else session.say("All time")

    st.selectbox(
        session.say("Period"), ["", *_terms(session), DATES], key="f_period",
        format_func=period_name, on_change=_changed, args=("period",),
    )  # fmt: skip
    if session.filters.term is None and session.filters.period:
        st.date_input(
            session.say("From and to"), key="f_dates", min_value=EARLIEST, max_value=LATEST,
            format="YYYY-MM-DD", on_change=_changed, args=(DATES,),
        )  # fmt: skip


def filter_bar(session: Session) -> None:
    """Draws the filters in the order of the sentence: place, scheme, university, period, kind."""
    said = {
        "f_university": session.names.university(session.filters.university),
        "f_province": session.names.everywhere(session.lang),
    }
    with showing(_url_says(session), said):
        _widgets(session)


def _widgets(session: Session) -> None:
    _place_widgets(session)
    _period_widgets(session)
    st.multiselect(
        session.say("Activity kind"), [kind.code for kind in KINDS], key="f_kind",
        format_func=lambda code: KIND_BY_CODE[code].label[session.lang],
        placeholder=session.say("All"), on_change=_changed, args=("kind",),
    )  # fmt: skip
    st.multiselect(
        session.say("Scheme"), [scheme.code for scheme in SCHEMES], key="f_scheme",
        format_func=lambda code: SCHEME_BY_CODE[code].label[session.lang],
        placeholder=session.say("All"), on_change=_changed, args=("scheme",),
    )  # fmt: skip
    st.selectbox(
        session.say("Supporting university"), ["", *session.names.universities],
        key="f_university", on_change=_changed, args=("university",),
        format_func=lambda code: session.names.university(code) if code else session.say("All"),
    )  # fmt: skip
