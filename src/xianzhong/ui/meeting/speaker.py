"""What the speaker sees: notes, what comes next, the time, and two large buttons."""

from __future__ import annotations

import streamlit as st

from xianzhong.lake.meetings import Meeting, Slide
from xianzhong.ui.meeting.position import positions
from xianzhong.ui.meeting.slides import place_of, title_of
from xianzhong.ui.meeting.steps import ROOM, edit_params, here, known, leave, room, step, watch
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.text import plain

_STARTED = "speaker_started"


def speaker(session: Session, meeting: Meeting) -> None:
    """The speaker's window; with a code it moves the presenting one."""
    total = len(meeting.slides)
    joined = bool(room()) and known(meeting.id)
    if room() and not joined:
        _unjoined(session, meeting)
        return
    at = here(meeting.id, total)
    st.set_page_config(page_title=f"{meeting.title} · {session.say('Speaker')}")
    with st.container(key="speaker"):
        with st.container(key="speaker_head", horizontal=True, vertical_alignment="center"):
            st.title(plain(meeting.title), anchor=False)
            st.markdown(f"**{at} / {total}**", width="content")
            _timer(session, room())
        if joined:
            st.caption(session.say("Moves the slides on the screen with the code {code}.",
                                   code=room()))  # fmt: skip
        _now(session, meeting, at)
        _next(session, meeting.slides[at] if at < total else None)
        _buttons(session, meeting)
    watch(meeting.id)


def _now(session: Session, meeting: Meeting, at: int) -> None:
    with st.container(key="speaker_now"):
        if not at:
            st.header(session.say("Title"), anchor=False)
            st.markdown(session.say("The meeting's title is on the screen."))
            return
        slide = meeting.slides[at - 1]
        st.header(plain(title_of(session, slide)), anchor=False)
        st.caption(plain(place_of(session, slide)))
        st.markdown(_note(session, slide))


def _next(session: Session, slide: Slide | None) -> None:
    with st.container(key="speaker_next"):
        if slide is None:
            st.markdown(session.say("**Next:** the end"))
            return
        st.markdown(session.say("**Next:** {title}", title=plain(title_of(session, slide))))
        if slide.note:
            st.markdown(_note(session, slide))


def _note(session: Session, slide: Slide) -> str:
    if not slide.note:
        return f"*{session.say('No note for this slide.')}*"
    return "  \n".join(plain(line) for line in slide.note.splitlines())


def _buttons(session: Session, meeting: Meeting) -> None:
    total = len(meeting.slides)
    with st.container(key="speaker_buttons", horizontal=True):
        st.button(session.say("Previous slide"), key="slide_previous", icon=":material/arrow_back:",
                  on_click=step, args=(meeting.id, total, "previous"), width="stretch")  # fmt: skip
        st.button(session.say("Next slide"), key="slide_next", icon=":material/arrow_forward:",
                  on_click=step, args=(meeting.id, total, "next"), type="primary",
                  width="stretch")  # fmt: skip
    with st.container(key="speaker_further", horizontal=True, horizontal_alignment="center"):
        st.button(session.say("First slide"), key="slide_first", type="tertiary",
                  on_click=step, args=(meeting.id, total, "first"))  # fmt: skip
        st.button(session.say("Last slide"), key="slide_last", type="tertiary",
                  on_click=step, args=(meeting.id, total, "last"))  # fmt: skip
        st.button(session.say("Leave"), key="slide_leave", type="tertiary",
                  on_click=leave, args=(edit_params(meeting.id, session.lang),))  # fmt: skip


@st.fragment(run_every=1.0)
def _timer(session: Session, code: str) -> None:
    """The time since this window opened; a press begins anew."""
    state = st.session_state
    if _STARTED not in state:
        state[_STARTED] = positions.now()
    seconds = int(positions.now() - state[_STARTED])
    hours, minutes = divmod(seconds // 60, 60)
    time = f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
    with st.container(key="speaker_timer", horizontal=True, vertical_alignment="center",
                      gap="xxsmall"):  # fmt: skip
        st.markdown(f"**{time}**", width="content")
        st.button(
            session.say("Start the time anew"), key="speaker_restart", type="tertiary",
            icon=":material/restart_alt:", on_click=_restart,
        )  # fmt: skip


def _restart() -> None:
    st.session_state[_STARTED] = positions.now()


def _unjoined(session: Session, meeting: Meeting) -> None:
    with st.container(key="speaker"):
        st.title(plain(meeting.title), anchor=False)
        st.warning(
            session.say(
                "No screen answers to the code {code}. On the screen that shows the slides, press "
                "R for the code and point the camera at it again.",
                code=plain(room()[:20]),
            ),
            icon=":material/phonelink_off:",
        )
        params = {k: v for k, v in st.query_params.to_dict().items() if k != ROOM}
        st.button(session.say("Notes without remote control"), key="speaker_alone",
                  on_click=set_params, args=(params,))  # fmt: skip
