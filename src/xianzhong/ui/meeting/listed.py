"""The list of meetings, and the form for a new one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xianzhong.access.shared import made_in, meeting_seen
from xianzhong.lake.errors import LakeError
from xianzhong.lake.links import LONGEST_TITLE
from xianzhong.lake.meetings import Meeting, make_meeting
from xianzhong.query.open import open_engine
from xianzhong.settings import Settings
from xianzhong.ui.frame import empty
from xianzhong.ui.meeting.steps import ID, present_params
from xianzhong.ui.navigation import page_object
from xianzhong.ui.own_name import keep_name, own_name, own_name_field
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.signed_in import asking
from xianzhong.ui.text import in_china, plain

_SAID = "meetings_said"


def meeting_list(session: Session, found: Sequence[Meeting]) -> None:
    """Every meeting with its slides counted, the one changed last first."""
    for meeting in found:
        with st.container(border=True, key=f"meeting_{meeting.id}", gap="xxsmall"):
            st.page_link(
                page_object("meeting"), label=f"**{plain(meeting.title)}**",
                icon=":material/slideshow:",
                query_params={**params_for(session.filters, session.lang), ID: meeting.id},
            )  # fmt: skip
            st.caption(
                session.say(
                    "Slides: {n} · made by {who} · last changed {moment} (China time)",
                    n=len(meeting.slides), who=plain(meeting.who),
                    moment=in_china(meeting.changed_at),
                )
            )  # fmt: skip
            st.page_link(
                page_object("meeting"), label=session.say("Present"),
                icon=":material/present_to_all:", width="content",
                query_params=present_params(meeting.id, session.lang),
            )  # fmt: skip


def new_meeting(session: Session) -> None:
    """The form for a meeting without slides yet."""
    with st.expander(session.say("A new meeting"), icon=":material/add:", key="meeting_new"):
        st.text_input(
            session.say("Title of the meeting"), key="meeting_title", max_chars=LONGEST_TITLE
        )
        own_name_field(session, "meeting_who")
        st.button(session.say("Make the meeting"), key="meeting_make", type="primary",
                  on_click=_make, args=(session,))  # fmt: skip
        said = st.session_state.pop(_SAID, "")
        if said:
            st.warning(plain(said), icon=":material/error:")


def title_of_asked(asked: str) -> str | None:
    """The title of a meeting, for the page's heading; None where there is none."""
    try:
        found = meeting_seen(open_engine(Settings.from_environment()).lake, asking(), asked)
    except LakeError:
        return None  # the page itself says it
    return found.title if found and not found.deleted else None


def unknown(session: Session, asked: str, found: Meeting | None) -> None:
    """Says that there is no meeting to open, or no more, and where the others are."""
    words = session.say("Choose a meeting from the list.")
    if found:
        words = session.say(
            "The meeting “{title}” was deleted by {who} on {moment} (China time).",
            title=plain(found.title), who=plain(found.deleted), moment=in_china(found.changed_at),
        )  # fmt: skip
    elif asked:
        words = session.say(
            "There is no such meeting. Perhaps a part of the address was lost on its way; ask "
            "whoever sent it."
        )
    empty(session, words, clear=False)
    st.page_link(
        page_object("meetings"), label=session.say("All meetings"), icon=":material/list:",
        query_params=params_for(session.filters, session.lang),
    )  # fmt: skip


def _make(session: Session) -> None:
    state = st.session_state
    title = str(state.get("meeting_title") or "").strip()
    who = own_name("meeting_who")
    if not title:
        state[_SAID] = session.say("Please give the meeting a title.")
    elif not who:
        state[_SAID] = session.say("Please give your name first.")
    else:
        keep_name(who)
        try:
            caller = session.caller
            make_meeting(session.engine.lake, title, who, by=caller.person, scope=made_in(caller))
        except LakeError as error:
            state[_SAID] = error.said[session.lang]
            return
        state["meeting_title"] = ""
