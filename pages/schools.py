"""Schools: who supports each one and what was done there lately."""

import streamlit as st

from xianzhong.brief.readable import SCHOOL_CODE, readable_schools
from xianzhong.query import tables
from xianzhong.ui.frame import begin, empty
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import downloads, linked_places, record_table
from xianzhong.ui.search import search_box, searched

session = begin("schools")
schools = tables.schools(session.engine, session.view)
if schools.empty:
    empty(session, session.say("No school with a pairing is on record for these filters."))
    st.stop()

words = search_box(session, session.say("Search by school, county or university"))
table = searched(readable_schools(schools, session.names, session.lang), words)
st.caption(
    session.say("{shown} of {all} schools. A name opens the school, a place filters by it.",
                shown=f"{len(table):,}", all=f"{len(schools):,}")
)  # fmt: skip
if table.empty:
    empty(session, session.say("No school matches “{words}”.", words=words), clear=False)
    st.stop()

title = session.say("Schools")
name = table.columns[0]
linked, places = linked_places(session, table, schools.loc[table.index])
linked[name] = school_paths(session, table[SCHOOL_CODE[session.lang]], table[name])
record_table(
    linked, alt=title, titled=[name, *places], hidden=[SCHOOL_CODE[session.lang]], height=640
)
downloads(session, "schools", title, lambda: table)
