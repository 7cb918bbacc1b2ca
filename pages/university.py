"""One university: readiness, its own terms compared, its schools, what it did, its sources."""

import streamlit as st

from xianzhong.ui import university
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.places import schools_on_map
from xianzhong.ui.session import current

chosen = current()
code = chosen.filters.university
session = begin("university", title=chosen.names.university(code) if code else None)
if not code:
    empty(session, session.say("Choose a university in the list of universities."), clear=False)
    university.back(session)
    st.stop()

university.about(session)
university.numbers(session)

section(
    session.say("Schools supported"),
    session.say(
        "All pairings on record, whatever the period; activities, people and days are those of "
        "the period."
    ),
)
university.schools(session)

section(
    session.say("Where and when"),
    session.say("Click a school to open it, a province or a term to filter by it."),
)
where, when = st.columns([3, 2], gap="medium")
with where:
    schools_on_map(session)
with when:
    university.over_time(session)

section(
    session.say("What it has done"),
    session.say("All terms on record, whatever the period chosen."),
)
university.measures(session)

section(
    session.say("Beyond the school"),
    session.say("Activities of the period that reach further than the school supported."),
)
university.reach(session)

section(
    session.say("Records and sources"),
    session.say("Every record names its source. Newest first."),
)
university.records(session)
university.back(session)
