"""Coverage: which weak counties have a supported school, by which schemes, and the gaps."""

import streamlit as st

from xianzhong.ui import coverage, weak_list
from xianzhong.ui.frame import begin, section

session = begin("coverage")
if coverage.nothing(session):
    st.stop()

coverage.numbers(session)

section(session.say("Where"), session.say("Click a province or county to filter by it."))
coverage.on_map(session)
weak_list.unmatched(session)

section(
    session.say("By which scheme"),
    session.say("The four schemes are kept apart and no county is counted twice."),
)
coverage.by_scheme(session)

section(session.say("The counties"), session.say("A download keeps the headers of the list."))
weak_list.listed(session)

# It is about the whole list and how to replace it, which is no part of a guest's view.
if not session.guest:
    section(session.say("The list itself"))
    weak_list.replacing(session)
