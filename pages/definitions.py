"""Definitions: every indicator and every column, from the declarations themselves."""

import streamlit as st

from xianzhong.ui import definitions
from xianzhong.ui.frame import begin, section

session = begin("definitions", filters=False)

section(session.say("Indicators"), session.say("What each figure means and how it is computed."))
definitions.indicators(session)

section(session.say("Published totals"))
definitions.programme(session)

section(session.say("Terms, kinds and schemes"))
definitions.vocabulary(session)

section(
    session.say("Tables and columns"),
    session.say("What each sheet holds, and the headers under which a column is recognised."),
)
definitions.tables(session)
st.caption(session.say("Generated from the product's own declarations."))
