"""The control on every page that puts its parts into a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from xianzhong.access.shared import add_slides_as, made_in, may_change, meetings_seen
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, Chapter
from xianzhong.lake.errors import LakeError
from xianzhong.lake.links import LONGEST_TITLE
from xianzhong.lake.meetings import Meeting, Slide, make_meeting
from xianzhong.ui.meeting.steps import ID
from xianzhong.ui.navigation import page_object
from xianzhong.ui.own_name import keep_name, own_name, own_name_field
from xianzhong.ui.session import LANG, Session, params_for
from xianzhong.ui.sharing import shared_params
from xianzhong.ui.text import plain

_SAID, _MEETING = "add_said", "add_meeting"
_ALL, _NEW, _LAST = "add_all", "", "add_last"


@dataclass(frozen=True, slots=True)
class _Done:
    meeting: Meeting
    added: int


def add_control(session: Session, page: str) -> None:
    """The button that opens the form, on pages that have parts.

    Args:
        session: the run.
        page: name of the page.
    """
    chapter = CHAPTER_BY_PAGE.get(page)
    if chapter is None:
        return
    control = st.popover(
        session.say("Add to meeting"), icon=":material/co_present:", type="tertiary", key="add",
        on_change="rerun", help=session.say("Parts of this view become slides of a meeting."),
    )  # fmt: skip
    if control.open:
        with control:
            _form(session, chapter)


def _form(session: Session, chapter: Chapter) -> None:
    _parts(session, chapter)
    caller = session.caller
    known = {
        meeting.id: meeting
        for meeting in meetings_seen(session.engine.lake, caller)
        if may_change(caller, meeting.by)
    }
    if st.session_state.get(_MEETING) not in known:
        # What was added to last, for the next page has slides for the same meeting.
        last = st.session_state.get(_LAST, _NEW)
        st.session_state[_MEETING] = last if last in known else _NEW
    st.selectbox(
        session.say("Meeting"), [*known, _NEW], key=_MEETING,
        format_func=lambda key: known[key].title if key else session.say("A new meeting"),
    )  # fmt: skip
    if not st.session_state[_MEETING]:
        st.text_input(session.say("Title of the meeting"), key="add_title", max_chars=LONGEST_TITLE)
    own_name_field(session, "add_who")
    if session.asof.pin is not None:
        st.caption(
            session.say("The slides keep the numbers of snapshot {number}.",
                        number=session.view.snapshot.number)
        )  # fmt: skip
    st.button(
        session.say("Add"), key="add_make", type="primary", icon=":material/add_to_queue:",
        on_click=_add, args=(session, chapter),
    )  # fmt: skip
    _said(session)


def _key(chapter: Chapter, part: str) -> str:
    return f"add_part_{chapter.page}_{part}"


def _parts(session: Session, chapter: Chapter) -> None:
    keys = [_key(chapter, part.id) for part in chapter.parts]
    # The widget for all says what the single ones say, whoever changed them last.
    st.session_state[_ALL] = all(st.session_state.get(key) for key in keys)
    st.markdown(f"**{session.say('Parts of this page')}**")
    with st.container(height=300 if len(keys) > 8 else "content", border=len(keys) > 8,
                      gap="xxsmall", key="add_parts"):  # fmt: skip
        st.checkbox(session.say("All parts"), key=_ALL, on_change=_choose_all, args=(keys,))
        for part, key in zip(chapter.parts, keys, strict=True):
            st.checkbox(session.label(part.label), key=key)


def _choose_all(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = st.session_state[_ALL]


def _add(session: Session, chapter: Chapter) -> None:
    """Adds the slides. A callback, so that a press adds once whatever the page does next."""
    state = st.session_state
    who = own_name("add_who")
    chosen = [part.id for part in chapter.parts if state.get(_key(chapter, part.id))]
    key = state.get(_MEETING) or _NEW
    title = str(state.get("add_title") or "").strip()
    missing = _missing(session, chosen, key or title, who)
    if missing:
        state[_SAID] = missing
        return
    keep_name(who)
    slides = _slides(session, chapter.page, chosen)
    lake = session.engine.lake
    try:
        if key:
            found = add_slides_as(lake, session.caller, key, slides, who)
        else:
            caller = session.caller
            found = make_meeting(lake, title, who, slides, by=caller.person, scope=made_in(caller))
    except LakeError as error:
        state[_SAID] = error.said[session.lang]
        return
    state[_MEETING], state["add_title"] = found.id, ""
    state[_LAST] = found.id
    state[_SAID] = _Done(found, len(slides))
    for part in chapter.parts:
        state[_key(chapter, part.id)] = False


def _missing(session: Session, chosen: Sequence[str], named: str, who: str) -> str:
    if not chosen:
        return session.say("Choose at least one part.")
    if not named:
        return session.say("Please give the meeting a title.")
    return "" if who else session.say("Please give your name first.")


def _slides(session: Session, page: str, parts: Sequence[str]) -> list[Slide]:
    params = {name: value for name, value in shared_params(session).items() if name != LANG}
    pinned = session.view.snapshot.number if session.asof.pin is not None else None
    return [Slide(page, part, params, snapshot=pinned) for part in parts]


def _said(session: Session) -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, str):
        st.warning(plain(said), icon=":material/error:")
    elif isinstance(said, _Done):
        st.success(
            session.say(
                "Slides added: {added}. “{title}” now has this many: {n}.", added=said.added,
                title=plain(said.meeting.title), n=len(said.meeting.slides),
            ),
            icon=":material/task_alt:",
        )  # fmt: skip
    key = st.session_state.get(_MEETING)
    if key:
        st.page_link(
            page_object("meeting"), label=session.say("Open the meeting"),
            icon=":material/slideshow:",
            query_params={**params_for(session.filters, session.lang), ID: key},
        )  # fmt: skip
