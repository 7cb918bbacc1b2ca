"""One school: its pairing, what it has received, its own terms compared, its sources."""

import streamlit as st

from xianzhong.ui import school
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.session import current

chosen = current()
code = chosen.filters.school
session = begin("school", title=chosen.names.school(code) if code else None)
if not code:
    empty(
        session,
        session.say("Choose a school in the list of schools, or on the map of the overview."),
        clear=False,
    )
    school.back(session)
    st.stop()

school.place(session)
school.numbers(session)

section(session.say("Pairing and agreement"))
school.pairings(session)

section(
    session.say("Measures received"),
    session.say("The seven measures of the programme, over all time on record."),
)
school.measures(session)

section(session.say("Activities over time"))
school.over_time(session)

section(session.say("Records and sources"))
school.records(session)
school.back(session)
