"""Difficulties: what is open and late, a board by state, and one difficulty to read and change."""

import streamlit as st

from xianzhong.query import difficulties
from xianzhong.ui.difficulties import board, choice, detail, empty, form, summary
from xianzhong.ui.frame import begin, section

session = begin("difficulties")
chosen = choice.item(session)
if chosen:
    detail.heading(session, chosen)
    recorded, change = st.columns([3, 2], gap="large")
    with recorded:
        detail.facts(session, chosen)
        detail.history(session, chosen)
    with change:
        section(
            session.say("Change it"), session.say("Each change is one upload with its history.")
        )
        form.edit(session, chosen)
    st.stop()

owner = choice.owner(session)
counts = difficulties.totals(session.engine, session.view, owner)
if not counts["difficulties"]:
    empty.nothing(session)
    st.stop()

summary.figures(session, owner)
section(
    session.say("Where and with whom"),
    session.say("Amber is overdue. Click a bar to filter by it."),
)
summary.bars(session, owner)

section(session.say("Board"), session.say("Overdue ones first. Click a title to open it."))
form.add(session)
board.board(session, owner, counts)

section(session.say("Records"))
summary.records(session, owner, int(counts["difficulties"]))
