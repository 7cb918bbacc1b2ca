"""One meeting: put in order, or shown on a wall, or read by its speaker."""

import streamlit as st

from xianzhong.access.shared import meeting_seen
from xianzhong.ui.frame import begin
from xianzhong.ui.meeting import edit, show, speaker
from xianzhong.ui.meeting.listed import title_of_asked, unknown
from xianzhong.ui.meeting.steps import ID, PRESENT, SPEAKER
from xianzhong.ui.session import current

asked = st.query_params.get(ID, "")
if st.query_params.get(PRESENT):
    session = current()
    found = meeting_seen(session.engine.lake, session.caller, asked)
    if found and not found.deleted:
        (speaker.speaker if st.query_params.get(SPEAKER) else show.present)(session, found)
        st.stop()

session = begin("meeting", filters=False, title=title_of_asked(asked))
found = meeting_seen(session.engine.lake, session.caller, asked)
if found is None or found.deleted:
    unknown(session, asked, found)
    st.stop()
edit.edit(session, found)
