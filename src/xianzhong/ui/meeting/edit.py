"""One meeting put in order: its title, its slides, their notes, and the way to the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.access.shared import change_meeting_as, may_change
from xianzhong.lake import meetings as kept
from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import journal_of
from xianzhong.lake.links import LONGEST_TITLE
from xianzhong.lake.meetings import KIND, LONGEST_NOTE, Action, Meeting, Slide
from xianzhong.model.labels import Label
from xianzhong.query.filters import Filters
from xianzhong.ui.meeting.files import files
from xianzhong.ui.meeting.slides import link_params, numbers_of, place_of, title_of
from xianzhong.ui.meeting.steps import REMOTE, SLIDE, SPEAKER, open_remote, present_params
from xianzhong.ui.navigation import PAGE_BY_NAME, PRODUCT, page_object
from xianzhong.ui.own_name import keep_name, own_name, own_name_field
from xianzhong.ui.session import Session, params_for, set_params
from xianzhong.ui.sharing import address_of, qr
from xianzhong.ui.text import in_china, plain

ACTIONS: dict[str, Label] = {
    "made": Label("建立", "Made"),
    "renamed": Label("改名", "Renamed"),
    "added": Label("添加页面", "Slides added"),
    "removed": Label("移除一页", "Slide removed"),
    "moved": Label("调整顺序", "Order changed"),
    "edited": Label("修改一页", "Slide edited"),
    "pinned": Label("固定数据", "Fixed to a snapshot"),
    "live": Label("改用最新数据", "Newest numbers again"),
    "deleted": Label("删除", "Deleted"),
}
_WHO, _SAID = "meeting_who", "meeting_said"


def edit(session: Session, meeting: Meeting) -> None:
    """The page of one meeting."""
    st.set_page_config(page_title=f"{meeting.title} · {PRODUCT[session.lang]}")
    st.caption(
        session.say(
            "Slides: {n} · made by {who} · last changed {moment} (China time)",
            n=len(meeting.slides), who=plain(meeting.who), moment=in_china(meeting.changed_at),
        )
    )  # fmt: skip
    _said(session)
    _present(session, meeting)
    files(session, meeting)
    if not may_change(session.caller, meeting.by):
        st.caption(
            session.say("Only whoever made the meeting, or an administrator, may change it.")
        )
        return
    _name(session)
    if not meeting.slides:
        st.info(
            session.say(
                "This meeting has no slides yet. Open a page, choose its filters, and press "
                "“Add to meeting” above its numbers."
            ),
            icon=":material/info:",
        )
        st.page_link(page_object("overview"), label=session.label(PAGE_BY_NAME["overview"].title),
                     query_params=params_for(Filters(), session.lang))  # fmt: skip
    for number, slide in enumerate(meeting.slides, 1):
        _slide(session, meeting, slide, number)
    _whole(session, meeting)
    _events(session, meeting)


def _said(session: Session) -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, Label):
        st.warning(plain(said[session.lang]), icon=":material/error:")
    elif isinstance(said, str):
        st.success(plain(said), icon=":material/task_alt:")


def _present(session: Session, meeting: Meeting) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_present"):
        st.button(
            session.say("Present"), key="present", type="primary",
            icon=":material/present_to_all:", on_click=set_params,
            args=(present_params(meeting.id, session.lang),),
        )  # fmt: skip
        st.button(
            session.say("Present with remote control"), key="present_remote",
            icon=":material/phonelink_ring:", on_click=_with_remote, args=(session, meeting),
        )  # fmt: skip
        st.page_link(
            page_object("meeting"), label=session.say("Speaker's view"),
            icon=":material/speaker_notes:", width="content",
            query_params=present_params(meeting.id, session.lang, **{SPEAKER: "1"}),
        )  # fmt: skip
    st.caption(
        session.say(
            "Keys: → Page Down Space next · ← Page Up previous · Home End · F full screen · "
            "B black · R remote control · Esc leave"
        )
    )
    shown = st.expander(session.say("Address of the presentation"), key="meeting_address",
                        icon=":material/qr_code_2:", on_change="rerun")  # fmt: skip
    if shown.open:
        with shown:
            url = address_of("meeting", present_params(meeting.id, session.lang))
            st.code(url, language=None, wrap_lines=True)
            st.image(qr(url), width=180,
                     alt=session.say("Code for a telephone's camera: {url}", url=url))  # fmt: skip


def _with_remote(session: Session, meeting: Meeting) -> None:
    set_params(present_params(meeting.id, session.lang, **{REMOTE: "1"}))
    open_remote(meeting.id, len(meeting.slides))


def _name(session: Session) -> None:
    own_name_field(
        session, _WHO, width=320,
        help=session.say("Every change is recorded with the name of whoever made it."),
    )  # fmt: skip


def _slide(session: Session, meeting: Meeting, slide: Slide, number: int) -> None:
    last = len(meeting.slides)
    with st.container(border=True, key=f"slide_{slide.id}", gap="xsmall"):
        st.markdown(f"**{number}　{plain(title_of(session, slide))}**")
        st.caption(f"{plain(place_of(session, slide))} · {numbers_of(session, slide)}")
        if slide.note:
            st.markdown("  \n".join(plain(line) for line in slide.note.splitlines()))
        with st.container(horizontal=True, gap="small", vertical_alignment="center",
                          key=f"do_{slide.id}"):  # fmt: skip
            _button(session, f"up_{slide.id}", session.say("Up"), "arrow_upward", number == 1,
                    _change, meeting, "moved", lambda s: kept.moved(s, slide.id, -1))  # fmt: skip
            _button(session, f"down_{slide.id}", session.say("Down"), "arrow_downward",
                    number == last, _change, meeting, "moved",
                    lambda s: kept.moved(s, slide.id, 1))  # fmt: skip
            _editor(session, meeting, slide)
            _button(session, f"remove_{slide.id}", session.say("Remove"), "delete", False,
                    _change, meeting, "removed", lambda s: kept.removed(s, slide.id))  # fmt: skip
            if slide.page in PAGE_BY_NAME:
                st.page_link(
                    page_object(slide.page), label=session.say("Open the view"),
                    icon=":material/open_in_full:", width="content",
                    query_params=link_params(session, slide),
                )  # fmt: skip
            st.page_link(
                page_object("meeting"), label=session.say("Present from here"),
                icon=":material/present_to_all:", width="content",
                query_params=present_params(meeting.id, session.lang, **{SLIDE: str(number)}),
            )  # fmt: skip


def _button(
    session: Session,
    key: str,
    label: str,
    icon: str,
    disabled: bool,
    act: Callable[..., None],
    *values: Any,
) -> None:
    st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", disabled=disabled,
              on_click=act, args=(session, *values))  # fmt: skip


def _editor(session: Session, meeting: Meeting, slide: Slide) -> None:
    opened = st.popover(session.say("Title and note"), icon=":material/edit_note:",
                        type="tertiary", key=f"edit_{slide.id}", on_change="rerun")  # fmt: skip
    if not opened.open:
        return
    newest = session.engine.lake.snapshot().number
    choices = dict.fromkeys([None, slide.snapshot, newest or None])
    with opened:
        st.text_input(
            session.say("Title"), value=slide.title, key=f"title_{slide.id}",
            max_chars=LONGEST_TITLE, placeholder=title_of(session, slide),
        )  # fmt: skip
        st.text_area(
            session.say("Note for the speaker"), value=slide.note, key=f"note_{slide.id}",
            max_chars=LONGEST_NOTE, height=160,
        )  # fmt: skip
        st.selectbox(
            session.say("Numbers"), list(choices), index=list(choices).index(slide.snapshot),
            key=f"numbers_{slide.id}",
            format_func=lambda number: _numbers(session, number, newest),
        )  # fmt: skip
        st.button(
            session.say("Save"), key=f"save_{slide.id}", type="primary", icon=":material/save:",
            on_click=_save, args=(session, meeting, slide),
        )  # fmt: skip


def _numbers(session: Session, number: int | None, newest: int) -> str:
    if number is None:
        return session.say("always the newest numbers")
    if number == newest:
        return session.say("today's numbers for ever (snapshot {number})", number=number)
    return session.say("numbers of snapshot {number}", number=number)


def _save(session: Session, meeting: Meeting, slide: Slide) -> None:
    state = st.session_state
    values = {
        "title": str(state.get(f"title_{slide.id}") or ""),
        "note": str(state.get(f"note_{slide.id}") or ""),
        "snapshot": state.get(f"numbers_{slide.id}"),
    }
    _change(session, meeting, "edited", lambda slides: kept.edited(slides, slide.id, **values))


def _change(
    session: Session,
    meeting: Meeting,
    action: Action,
    act: Callable[[tuple[Slide, ...]], tuple[Slide, ...]],
) -> None:
    _keep(session, meeting, action, slides=act(meeting.slides))


def _keep(session: Session, meeting: Meeting, action: Action, **changes: Any) -> None:
    """Keeps a change of the meeting as it was drawn; says who was quicker, if somebody was."""
    state = st.session_state
    who = own_name(_WHO)
    if not who:
        state[_SAID] = Label("请先填写您的姓名。", "Please give your name first.")
        return
    keep_name(who)
    try:
        change_meeting_as(session.engine.lake, session.caller, meeting, action, who, **changes)
    except LakeChangedError:
        state[_SAID] = Label(
            "刚刚有别人改过这个会议，下面是最新内容。您的修改没有保存，请再做一次。",
            "Somebody else has just changed this meeting; below is the newest state. Your change "
            "was not kept: please make it again.",
        )
    except LakeError as error:
        state[_SAID] = error.said
    else:
        if action != "moved":
            state[_SAID] = session.say("Done and recorded.")


def _whole(session: Session, meeting: Meeting) -> None:
    """What is done to the meeting as a whole."""
    newest = session.engine.lake.snapshot().number
    with st.container(border=True, key="meeting_whole"):
        st.text_input(session.say("Title of the meeting"), value=meeting.title,
                      key=f"meeting_title_{meeting.id}", max_chars=LONGEST_TITLE)  # fmt: skip
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                session.say("Save the title"), key="meeting_rename", icon=":material/save:",
                on_click=_rename, args=(session, meeting),
            )  # fmt: skip
            if meeting.slides and newest:
                st.button(
                    session.say("Fix all slides to today's numbers"), key="meeting_pin",
                    icon=":material/push_pin:", on_click=_change,
                    args=(session, meeting, "pinned", lambda s: kept.pinned(s, newest)),
                    help=session.say("Snapshot {number}, whatever is uploaded later.",
                                     number=newest),
                )  # fmt: skip
            if any(slide.snapshot is not None for slide in meeting.slides):
                st.button(
                    session.say("Always the newest numbers on all slides"), key="meeting_live",
                    icon=":material/update:", on_click=_change,
                    args=(session, meeting, "live", lambda s: kept.pinned(s, None)),
                )  # fmt: skip
            with st.popover(session.say("Delete the meeting"), icon=":material/delete:",
                            type="tertiary", key="meeting_delete"):  # fmt: skip
                st.markdown(session.say("It leaves the list and opens for nobody any more."))
                st.button(session.say("Delete it"), key="meeting_deleted", type="primary",
                          on_click=_delete, args=(session, meeting))  # fmt: skip


def _rename(session: Session, meeting: Meeting) -> None:
    title = str(st.session_state[f"meeting_title_{meeting.id}"] or "").strip()
    if title and title != meeting.title:
        _keep(session, meeting, "renamed", title=title)


def _delete(session: Session, meeting: Meeting) -> None:
    _keep(session, meeting, "deleted", deleted=own_name(_WHO))


def _events(session: Session, meeting: Meeting) -> None:
    """What was done to the meeting and by whom."""
    shown = st.expander(session.say("What was done to the meeting"), key="meeting_events",
                        icon=":material/history:", on_change="rerun")  # fmt: skip
    if not shown.open:
        return
    events = journal_of(session.engine.lake).events(KIND, meeting.id)
    frame = pd.DataFrame(
        {
            session.say("When (China time)"): [in_china(event.at) for event in events],
            session.say("Who"): [event.who for event in events],
            session.say("What"): [session.label(ACTIONS[event.action]) for event in events],
            session.say("Title"): [str(event.body["title"]) for event in events],
            session.say("Slides"): [len(event.body["slides"]) for event in events],
        }
    )
    with shown:
        st.dataframe(frame, hide_index=True, alt=session.say("What was done to the meeting"))
