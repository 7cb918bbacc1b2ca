"""History: every upload, what it changed, its file, and the way back."""

import streamlit as st

from xianzhong.access.uploads import entries_seen
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.frame import begin, empty, ignored, section
from xianzhong.ui.history import PARAMETER, one_upload, table_of_uploads
from xianzhong.ui.text import in_china

session = begin("history", filters=False)
entries = entries_seen(session.engine.lake, session.caller)
if said := st.session_state.pop("history_said", ""):
    st.success(said, icon=":material/task_alt:")
if not entries:
    empty(session, session.say("Nothing has been uploaded yet."))
    st.stop()

asked = st.query_params.get(PARAMETER, "")
chosen = next((entry for entry in entries if entry.upload_id == asked), None)
if asked and chosen is None:
    ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))
if chosen is not None:
    section(session.say("Upload of {moment} (China time)", moment=in_china(chosen.at)))
    one_upload(session, chosen, entries)
    section(session.say("All uploads"))
table_of_uploads(session, entries, chosen)
