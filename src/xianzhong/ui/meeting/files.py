"""A meeting's slides as files: for the projector of another office, for the minutes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from xianzhong.brief.meeting import meeting_brief, unusable
from xianzhong.lake.meetings import Meeting
from xianzhong.ui.briefing import download_buttons
from xianzhong.ui.session import Session
from xianzhong.ui.sharing import root
from xianzhong.ui.text import plain


def files(session: Session, meeting: Meeting) -> None:
    """Buttons for the slides, a report and a workbook, or why there is none."""
    if not meeting.slides:
        return
    opened = st.expander(
        session.say("Files of this meeting"), key="meeting_files", icon=":material/file_save:",
        on_change="rerun",
    )  # fmt: skip
    if not opened.open:
        return
    with opened:
        trouble = unusable(session, meeting)
        if trouble is not None:
            st.warning(plain(trouble.said[session.lang]), icon=":material/error:")
            return
        download_buttons(session, "meeting", partial(meeting_brief, session, meeting, root=root()))
