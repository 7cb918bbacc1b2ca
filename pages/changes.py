"""What changed: the same view in an earlier state of the data and now, figure by figure."""

import streamlit as st

from xianzhong.ui import changes
from xianzhong.ui.asof import named_base
from xianzhong.ui.frame import begin, empty, section

session = begin("changes")
if session.view.snapshot.number == 0:
    empty(session, session.say("No data have been loaded yet."), clear=False)
    st.stop()

changes.choose_base(session)
base = session.asof.base
if base is None:
    empty(
        session,
        session.say(
            "Choose a day or a pinned link above. The page then shows which figures of this view "
            "are others now, and which records are new, gone or changed."
        ),
        clear=False,
    )
    st.stop()

st.markdown(session.say("**Compared with {when}**", when=named_base(session)))
between = changes.uploads_seen(session, base)
if not between:
    st.info(session.say("No upload lies between the two states."), icon=":material/info:")
    st.stop()

section(session.say("Figures"), session.say("Only those that differ."))
changes.figures_moved(session, base)

section(
    session.say("Records"),
    session.say("A record counts as changed when an upload put it again with other values."),
)
changes.records(session, base)

section(session.say("Uploads in between"))
changes.uploads(session, between)
