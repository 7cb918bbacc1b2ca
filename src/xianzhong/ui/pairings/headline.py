"""The numbers: agreements by state, the terms in which they end, and the checklist."""

from __future__ import annotations

import streamlit as st

from xianzhong.brief import agreements
from xianzhong.brief.agreements import HEADLINE, MOST_PLACES, READY
from xianzhong.model.tables import PAIRINGS
from xianzhong.query.figures import by_county
from xianzhong.query.pairings import ends_by_term, readiness
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import draw, filter_by
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import upload_link
from xianzhong.ui.pairings.choice import ENDS, ROWS, STATE, Choice, toggle
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session


def headline(session: Session) -> None:
    """The cards, and what a zero and an end without a renewal mean."""
    found = by_id(session, session.view, HEADLINE)
    notes = agreements.ending(session, found)
    cards(session, [found[name] for name in HEADLINE], notes=notes, columns=3)
    st.caption(" ".join(agreements.meanings(session, found)))
    if found["agreements_ended"].value or found["agreements_undated"].value:
        upload_link(session, PAIRINGS.name, session.say("Fill in dates and renewals, and upload"))


def states(session: Session, choice: Choice) -> None:
    """Pairings by state; a click narrows the list to it."""
    part = agreements.states(session, choice.state)
    draw(session, part, on_code=lambda code: toggle(STATE, code))


def ends(session: Session, choice: Choice) -> None:
    """The terms in which cycles end, past and coming; a click narrows the list to one."""
    part = agreements.ends(session, choice.ends.code if choice.ends else "")
    if not ends_by_term(session.engine, session.view):
        st.markdown(f"**{part.title}**")
        st.caption(session.say("No end of a cycle is on record for these filters."))
        return
    draw(session, part, on_code=lambda code: toggle(ENDS, code))


def checklist(session: Session) -> None:
    """The share that has each thing of the checklist, and by place what is missing where."""
    found = by_id(session, session.view, READY)
    cards(session, [found[name] for name in READY], columns=3)
    if said := agreements.unknown(session, found):
        st.caption(said)
        upload_link(session, PAIRINGS.name, session.say("Fill in and upload"))
    _by_place(session)


def _by_place(session: Session) -> None:
    frame = readiness(session.engine, session.view)
    frame = frame[(frame["part"] == "place") & (frame["code"] != "")]
    # Few pairings are all in the matrix below.
    if len(frame) < 2 or frame["pairings"].sum() <= ROWS:
        return
    part = agreements.by_place(session, compact=on_phone())
    level = "county" if by_county(session.filters) else "province"
    draw(session, part, on_code=filter_by(level=level))
    st.caption(_how_to_read(session, len(part.table)))


def _how_to_read(session: Session, places: int) -> str:
    note = session.say(
        "Beside the name the number of pairings; in each cell the share that has it among those "
        "recorded, “—” where nothing is recorded. A click filters by the place."
    )
    if places > MOST_PLACES:
        note += " " + session.say("The first {n} of {all}; all in the table.", n=MOST_PLACES,
                                  all=places)  # fmt: skip
    return note
