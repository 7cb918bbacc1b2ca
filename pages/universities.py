"""Universities: who supports, how ready each is, and what it did."""

import streamlit as st

from xianzhong.brief.readable_supporters import readable_universities
from xianzhong.query.universities import university_list
from xianzhong.ui import universities
from xianzhong.ui.frame import begin, empty
from xianzhong.ui.navigation import upload_link
from xianzhong.ui.records import downloads
from xianzhong.ui.search import search_box, searched

session = begin("universities")
frame = university_list(session.engine, session.view)
if frame.empty:
    empty(
        session,
        session.say(
            "No university with a pairing or an activity is on record for these filters. This "
            "page lists who supports which schools, how ready each university is and what it "
            "has done."
        ),
    )
    if not session.names.universities:
        upload_link(session, "universities", session.say("Upload universities"))
    st.stop()

universities.headline(session)
words = search_box(
    session, session.say("Search by university, scheme or province"),
    session.say("For example a university's or a province's name"),
)  # fmt: skip
table = searched(readable_universities(frame, session.names, session.lang), words)
st.caption(
    session.say("{shown} of {all} universities. Click a name to open the university's page.",
                shown=f"{len(table):,}", all=f"{len(frame):,}")
)  # fmt: skip
if table.empty:
    empty(session, session.say("No university matches “{words}”.", words=words), clear=False)
    st.stop()

universities.university_table(session, table, frame)
universities.unpaired(session, frame)
downloads(session, "universities", session.say("Universities"), lambda: table)
