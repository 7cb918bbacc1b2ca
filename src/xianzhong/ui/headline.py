"""The overview's numbers: cards, the newest term, and how much of the programme is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from xianzhong.brief.figures import change, shown
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

HEADLINE = (
    "pairings", "universities", "schools", "weak_counties_covered", "activities", "people_sent",
    "active_schools", "silent_schools_90",
)  # fmt: skip


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
    further = ("agreements_in_force", "agreements_ended", "weak_counties")
    found = by_id(session, session.view, (*HEADLINE, *further))
    cards(
        session, [found[name] for name in HEADLINE], compared=compared_with(session),
        notes=_covered(session, found),
    )  # fmt: skip
    silence(session, found)


def _covered(session: Session, found: dict[str, Figure]) -> dict[str, str]:
    """The share of weak counties that is covered: the goal is each one."""
    listed, covered = found["weak_counties"].value, found["weak_counties_covered"].value or 0
    if not listed:
        return {}
    note = session.say("of {listed} on the list, {share}", listed=f"{listed:,}",
                       share=f"{covered / listed:.1%}")  # fmt: skip
    return {"weak_counties_covered": note}


def silence(session: Session, found: dict[str, Figure]) -> None:
    """Explains a zero that could be read as all being well.

    Args:
        session: the run.
        found: among them ``pairings``, ``agreements_in_force`` and ``agreements_ended``.
    """
    if found["agreements_in_force"].value or not found["pairings"].value:
        return
    st.caption(
        session.say(
            "On {day} no agreement on record is in force: {ended} are past their end and no "
            "renewal is on record. So no school counts as silent. This does not mean that none "
            "was renewed.",
            day=session.view.reference_day,
            ended=found["agreements_ended"].value or 0,
        )
    )


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
    if session.demo or not session.filters.without("scheme").empty:
        return
    everything = replace(session.view, filters=Filters(scheme=("ministry",)))
    found = by_id(session, everything, ("pairings", "pairings_announced"))
    announced, verified = found["pairings_announced"].value, found["pairings"].value or 0
    if not announced:
        return
    with st.container(border=True, key="on_record"):
        st.markdown(
            session.say(
                "**{verified} of {announced} announced pairings are on record.** The Ministry "
                "announced {announced}; the attachment that lists them could not be had, so only "
                "pairings that a public source proves are recorded here. The other {missing} are "
                "missing from this product, not from the programme.",
                verified=verified,
                announced=announced,
                missing=max(int(announced) - int(verified), 0),
            )
        )
        st.progress(min(float(verified) / float(announced), 1.0))
        st.caption(
            f"{session.say('Source')}{COLON[session.lang]}{PAIRINGS_ANNOUNCED.source[session.lang]}{COMMA[session.lang]}"
            f"{PAIRINGS_ANNOUNCED.date}"
        )
