"""Shared links: every short address, what it shows and until when; renamed, extended, revoked."""

import streamlit as st

from xianzhong.access.shared import links_seen
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui import shared_list
from xianzhong.ui.frame import begin, empty, ignored

session = begin("links", filters=False)
links = links_seen(session.engine.lake, session.caller)
if not links:
    empty(
        session,
        session.say(
            "No link has been shared yet. On any page, “Share” makes a short address of what you "
            "see: live, or with its numbers kept for ever, so that a meeting sees what you sent."
        ),
        clear=False,
    )
    st.stop()

chosen = st.query_params.get(shared_list.PARAMETER, "")
shared_list.table_of_links(session, links, chosen)
found = next((link for link in links if link.id == chosen), None)
if found:
    shared_list.one_link(session, found)
elif chosen:
    ignored(session, Problem(shared_list.PARAMETER, chosen[:80], UNKNOWN))
