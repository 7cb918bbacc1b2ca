"""Measures: which of the seven each school has had, when, how much, and how soon reported."""

import streamlit as st

from xianzhong.ui.frame import begin, empty
from xianzhong.ui.measures import amounts, lag, over_time
from xianzhong.ui.measures.headline import anything, choose_part, headline
from xianzhong.ui.measures.received import received

session = begin("measures")
if not anything(session):
    empty(
        session,
        session.say("Neither a paired school nor an activity is on record for these filters."),
    )
    st.stop()

headline(session)
part = choose_part(session)
if part == "received":
    received(session)
elif part == "time":
    over_time.by_terms(session)
    over_time.by_day(session)
elif part == "intensity":
    amounts.intensity(session)
elif part == "subjects":
    amounts.subjects(session)
else:
    lag.reporting(session)
