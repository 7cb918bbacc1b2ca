"""Review: what waits to be accepted, what the reader has sent, and terms that are closed."""

import streamlit as st

from xianzhong.access.review import own_sent, pending_seen, waiting_seen
from xianzhong.access.terms import administered
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.frame import begin, ignored, section
from xianzhong.ui.review.listed import table_of_pending
from xianzhong.ui.review.one import one_pending, said
from xianzhong.ui.review.terms import terms
from xianzhong.ui.review.told import PARAMETER

session = begin("review", filters=False)
lake, caller = session.engine.lake, session.caller
said(session)
waiting, own = waiting_seen(lake, caller), own_sent(lake, caller)
asked = st.query_params.get(PARAMETER, "")
chosen = pending_seen(lake, caller, asked) if asked else None
if asked and chosen is None:
    ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))

if chosen is not None:
    section(session.say("One upload"))
    one_pending(session, chosen)
title = session.say("What waits for you")
section(title)
if waiting:
    table_of_pending(session, waiting, asked, key="review_waiting", alt=title)
else:
    st.info(session.say("Nothing waits for your review."), icon=":material/info:")
if own:
    title = session.say("What you have sent")
    section(title)
    table_of_pending(session, own, asked, key="review_own", alt=title)
if administered(caller):
    section(
        session.say("Closed terms"),
        session.say(
            "What happened in a closed term is changed only by administrators of the province "
            "who may report, and such a change is marked in the history."
        ),
    )
    terms(session)
