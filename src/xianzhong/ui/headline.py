"""The overview's numbers: cards, the newest term, and how much of the programme is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from xianzhong.brief import overview
from xianzhong.brief.figures import change, shown
from xianzhong.brief.overview import BESIDE, HEADLINE, announced, covered
from xianzhong.model.labels import COLON, COMMA
from xianzhong.model.programme import PAIRINGS_ANNOUNCED
from xianzhong.model.terms import Term
from xianzhong.query import by_term
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.ui.cards import cards
from xianzhong.ui.origin import origin_links
from xianzhong.ui.session import Session, current, go


def compared_with(session: Session) -> str:
    """What a change is measured against, in words."""
    if session.filters.term is not None:
        return session.say("vs. last term")
    return session.say("vs. last period")


def by_id(session: Session, view: View, ids: Sequence[str]) -> dict[str, Figure]:
    """Some figures of a view, by the indicator's id."""
    return {f.indicator.id: f for f in figures(session.engine, view, ids)}


def nothing(session: Session) -> bool:
    """Whether the view has neither a pairing, nor an activity, nor a weak county."""
    found = by_id(session, session.view, ("pairings", "activities", "weak_counties"))
    return not any(figure.value for figure in found.values())


def nothing_at_all(session: Session) -> bool:
    """Whether the lake has neither a pairing nor an activity, whatever the filters."""
    found = by_id(session, replace(session.view, filters=Filters()), ("pairings", "activities"))
    return not any(figure.value for figure in found.values())


def headline(session: Session) -> None:
    """The cards of the view."""
    found = by_id(session, session.view, (*HEADLINE, *BESIDE))
    cards(
        session, [found[name] for name in HEADLINE], compared=compared_with(session),
        notes=covered(session, found),
    )  # fmt: skip
    silence(session, found)


def silence(session: Session, found: Mapping[str, Figure]) -> None:
    """Explains a zero that could be read as all being well, where there is one."""
    if said := overview.silence(session, found):
        st.caption(said)


def _choose_term(code: str) -> None:
    session = current()
    go(session.narrowed(term=Term.parse(code), date_from=None, date_to=None).filters)


def newest_term(session: Session) -> None:
    """For a view over all time: the newest term that has records, and its change."""
    if session.filters.period is not None:
        return
    newest = by_term.newest_term(session.engine, session.view)
    if newest is None:
        return
    term, found = newest
    with st.container(border=True, key="newest_term"):
        st.markdown(
            session.say(
                "**Newest term with records: {term}**, against the term before",
                term=term.label(session.lang),
            )
            + _unfinished(session, term)
        )
        with st.container(horizontal=True, gap="large", vertical_alignment="top"):
            for figure in found.values():
                _small(session, figure)
            st.button(
                session.say("Show this term"), key="choose_newest", on_click=_choose_term,
                args=(term.code,), icon=":material/event:",
            )  # fmt: skip
        of_term = session.narrowed(term=term, date_from=None, date_to=None).filters
        st.caption(origin_links(session, found, of_term))


def _unfinished(session: Session, term: Term) -> str:
    """A warning that a term still runs, so that a whole one is not compared unawares."""
    if term.last_day < session.view.data_day:
        return ""
    return session.say(" (the term runs until {day}: not all of it)",
                       day=term.last_day)  # fmt: skip


def _small(session: Session, figure: Figure) -> None:
    st.metric(
        figure.indicator.label[session.lang], shown(figure.value), change(session, figure),
        delta_color="off", delta_arrow="off", help=figure.indicator.definition[session.lang],
        width="content",
    )  # fmt: skip


def on_record(session: Session) -> None:
    """How much of the announced programme is on record, and why not all of it."""
    numbers = announced(session)
    if numbers is None:
        return
    verified, whole = numbers
    with st.container(border=True, key="on_record"):
        st.markdown(overview.on_record(session))
        st.progress(min(verified / whole, 1.0))
        st.caption(
            f"{session.say('Source')}{COLON[session.lang]}{PAIRINGS_ANNOUNCED.source[session.lang]}{COMMA[session.lang]}"
            f"{PAIRINGS_ANNOUNCED.date}"
        )
