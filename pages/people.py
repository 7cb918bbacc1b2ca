"""People and access: what one may do and why, and the people that one administers."""

import streamlit as st

from xianzhong.access.record import people_seen
from xianzhong.access.roles import Action
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.frame import begin, ignored, section
from xianzhong.ui.people import administered
from xianzhong.ui.people.own import explained, own

session = begin("people", filters=False)
administers = session.caller.may_somewhere(Action.ADMINISTER)
people = people_seen(session.engine.lake, session.caller) if administers else ()

section(session.say("What you may do"))
own(session)

section(
    session.say("Why can I, or can I not?"),
    session.say("Name a place, a school, a university or a record, and read which rule applies."),
)
explained(session, people)
if not administers:
    st.stop()

section(session.say("People"), session.say("Every change is recorded and holds at once."))
administered.said(session)
asked = st.query_params.get(administered.PARAMETER, "")
administered.table_of_people(session, people, asked)
chosen = next((person for person in people if person.id == asked), None)
if chosen is not None:
    administered.one_person(session, chosen)
elif asked:
    ignored(session, Problem(administered.PARAMETER, asked[:80], UNKNOWN))
administered.invite(session)
