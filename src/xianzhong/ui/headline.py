"""The overview's numbers: cards, the newest term, and how much of the programme is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import htpy as h
import streamlit as st

from xianzhong.brief import overview
from xianzhong.brief.overview import BESIDE, HEADLINE, announced, covered
from xianzhong.model.labels import COLON, COMMA
from xianzhong.model.programme import PAIRINGS_ANNOUNCED
from xianzhong.model.terms import Term
from xianzhong.query import by_term
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.ui.cards import cards, small
from xianzhong.ui.markup import icon, show
from xianzhong.ui.navigation import path_to
from xianzhong.ui.origin import origin_path
from xianzhong.ui.session import Session, page_params, params_for


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


def newest_term(session: Session, page: str) -> None:
    """For a view over all time: the newest term that has records, and its change.

    Args:
        session: the run.
        page: name of the page that shows it, and leads to that term.
    """
    if session.filters.period is not None:
        return
    newest = by_term.newest_term(session.engine, session.view)
    if newest is None:
        return
    term, found = newest
    of_term = session.narrowed(term=term, date_from=None, date_to=None).filters
    params = params_for(of_term, session.lang, **page_params())
    links = [
        h.a(href=origin_path(session, name, of_term))[figure.indicator.label[session.lang]]
        for name, figure in found.items()
    ]
    show(
        h.section(".xz-newest")[
            h.p[
                h.strong[session.say("Newest term with records: {term}",
                                     term=term.label(session.lang))],
                session.say(", against the term before"), _unfinished(session, term),
            ],
            h.div(".xz-row")[
                h.dl[(small(session, figure) for figure in found.values())],
                h.a(".xz-button", href=path_to(page, params))[
                    icon("event"), session.say("Show this term")
                ],
            ],
            h.p(".xz-note")[
                session.say("Where from?"), " ", _dotted(links)
            ],
        ]
    )  # fmt: skip


def _dotted(links: Sequence[h.Element]) -> Sequence[h.Node]:
    """Links with a dot between them."""
    return [part for link in links for part in (" · ", link)][1:]


def _unfinished(session: Session, term: Term) -> str:
    """A warning that a term still runs, so that a whole one is not compared unawares."""
    if term.last_day < session.view.data_day:
        return ""
    return session.say(" (the term runs until {day}: not all of it)",
                       day=term.last_day)  # fmt: skip


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
