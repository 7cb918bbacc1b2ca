"""What other pages say of uploads that wait for review."""

from __future__ import annotations

import streamlit as st

from xianzhong.access.review import own_sent, pending_seen, waiting_in_scope
from xianzhong.access.waiting import must_wait
from xianzhong.intake.load import Prepared
from xianzhong.lake.pending import State
from xianzhong.model.labels import Label
from xianzhong.ui.navigation import page_object
from xianzhong.ui.session import Session, params_for

PARAMETER = "pending"
STATES: dict[State, Label] = {
    "waiting": Label("待审核", "Waits for review"),
    "accepted": Label("已通过", "Accepted"),
    "returned": Label("已退回", "Returned"),
    "withdrawn": Label("已撤回", "Withdrawn"),
}


def will_wait(session: Session, prepared: Prepared) -> bool:
    """Whether what the reader would load waits for review; says so."""
    lake, caller = session.engine.lake, session.caller
    if not must_wait(lake, caller, prepared.base, prepared.changes):
        return False
    st.caption(
        session.say("A reviewer looks at it first; until it is accepted, no figure counts it.")
    )
    return True


def sent(session: Session, key: str) -> None:
    """That an upload was sent for review, what became of it since, and the way there."""
    found = pending_seen(session.engine.lake, session.caller, key)
    state = found.state if found else "waiting"
    if state == "waiting":
        st.info(
            session.say(
                "Sent for review. Nothing was written yet; it is loaded under your name once a "
                "reviewer accepts it."
            ),
            icon=":material/hourglass_top:",
        )
    else:
        st.info(session.label(STATES[state]), icon=":material/fact_check:")
    _link(session, session.say("See what waits for review"), key)


def own_waiting(session: Session) -> None:
    """On the page of uploads: how many of the reader's own wait or were returned."""
    own = own_sent(session.engine.lake, session.caller)
    waiting = sum(one.state == "waiting" for one in own)
    returned = sum(one.state == "returned" for one in own)
    if not (waiting or returned):
        return
    st.info(
        session.say("Your uploads that wait for review: {waiting}; returned to you: {returned}.",
                    waiting=waiting, returned=returned),
        icon=":material/hourglass_top:",
    )  # fmt: skip
    _link(session, session.say("See your uploads under review"))


def waiting_line(session: Session) -> None:
    """On the overview: how many uploads of the reader's scope wait; nothing of them is counted."""
    if waiting := waiting_in_scope(session.engine.lake, session.caller):
        st.caption(
            session.say(
                "Uploads that wait for review: {count}. No figure counts them.",
                count=f"{waiting:,}",
            )
        )


def _link(session: Session, label: str, key: str = "") -> None:
    here = params_for(session.filters, session.lang)
    st.page_link(
        page_object("review"), label=label, icon=":material/fact_check:",
        query_params={**here, PARAMETER: key} if key else here,
    )  # fmt: skip
