"""Where a number comes from: what it means, how it is computed, from which data and records."""

import streamlit as st

from xianzhong.query.behind import explain
from xianzhong.ui import figure
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.session import current

indicator = figure.asked_for()
session = begin("figure", title=indicator.label[current().lang] if indicator else None)
if indicator is None:
    empty(
        session,
        session.say("Choose a figure. On other pages every figure has a link to here."),
        clear=False,
    )
    figure.choice(session)
    st.stop()

found = explain(session.engine, session.view, indicator.id)
figure.meaning(session, found)
if found.statement is None:
    empty(
        session,
        session.say("A published number: it is not computed.")
        if indicator.published
        else session.say("These filters leave nothing to compute it from."),
        clear=not indicator.published,
    )
    st.stop()

section(
    session.say("How it is computed"),
    session.say("{file}, as it is written.", file=f"{indicator.question}.sql"),
)
figure.computed(session, found)

section(
    session.say("From which data"),
    session.say("Snapshot {number}", number=session.view.snapshot.number),
)
figure.data_read(session, found)

section(
    session.say("The records behind it"),
    session.say("Exactly the records that the figure counts, under the same filters."),
)
figure.records(session, found)
