"""Overview: what is on record, where, when and of what kind."""

import streamlit as st

from xianzhong.ui import headline, places, when
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.latest import latest_activities
from xianzhong.ui.navigation import page_object
from xianzhong.ui.review.told import waiting_line
from xianzhong.ui.session import params_for

session = begin("overview")
waiting_line(session)
if session.view.snapshot.number == 0:
    empty(
        session,
        session.say(
            "Nothing has been loaded yet. Upload the lists of universities and schools first, "
            "then the pairings and the activities."
        ),
    )
    st.page_link(
        page_object("upload"), label=session.say("Upload a spreadsheet"),
        icon=":material/upload_file:",
        query_params=params_for(session.filters, session.lang, table="universities"),
    )  # fmt: skip
    st.stop()

if headline.nothing(session):
    empty(
        session,
        session.say(
            "Nothing is on record for these filters. That does not mean that nothing was done: "
            "only what was reported with a source is here."
        ),
    )
    places.where(session)
    st.stop()

headline.headline(session)
headline.newest_term(session, "overview")
headline.on_record(session)

section(session.say("Where"), session.say("Click a province or county to filter by it."))
places.where(session)

section(session.say("When and what"))
months, terms = st.columns(2, gap="medium")
with months:
    when.by_month(session)
with terms:
    when.by_terms(session)
kinds, newest = st.columns([2, 3], gap="medium")
with kinds:
    when.by_kind(session)
with newest:
    latest_activities(session)
