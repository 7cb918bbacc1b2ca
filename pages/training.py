"""Training: principals and teachers trained, sessions, and the schools not yet reached."""

import streamlit as st

from xianzhong.query.training import training_kinds
from xianzhong.ui import training
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.measures.headline import anything

session = begin("training")
if not anything(session):
    empty(
        session,
        session.say("Neither a paired school nor an activity is on record for these filters."),
    )
    st.stop()
if not training_kinds(session.filters):
    empty(
        session,
        session.say(
            "The kinds chosen include neither training nor shadowing. Take the filter away to see "
            "the training on record."
        ),
    )
    st.stop()

sessions = training.headline(session)
left, right = st.columns(2, gap="medium")
with left:
    training.by_terms(session)
    training.by_kind(session)
with right:
    training.by_place(session)

section(
    session.say("Schools not reached"),
    session.say("Paired schools without a training or shadowing on record in the period."),
)
training.not_reached(session)

if sessions:
    section(session.say("Records"), session.say("Every record names its source. Newest first."))
    training.records(session)
