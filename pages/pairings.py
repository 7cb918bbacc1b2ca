"""Pairings and agreements: states, cycles, what is missing, who supports whom, sources."""

import streamlit as st

from xianzhong.query.pairings import pairing_list
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.navigation import upload_link
from xianzhong.ui.pairings import choice, headline, matrix, network, records
from xianzhong.ui.search import search_box, searched

session = begin("pairings")
frame = pairing_list(session.engine, session.view)
if frame.empty:
    empty(
        session,
        session.say(
            "No pairing is on record for these filters. This page shows which agreements are in "
            "force or ending, what each pairing still lacks, and who supports whom."
        ),
    )
    upload_link(session, "pairings", session.say("Upload pairings"))
    st.stop()

chosen = choice.read_choice(session)
headline.headline(session)
left, right = st.columns([2, 3], gap="medium")
with left:
    headline.states(session, chosen)
with right:
    headline.ends(session, chosen)

section(
    session.say("Readiness"),
    session.say("What should be in place for each pairing. As on record today."),
)
headline.checklist(session)

section(
    session.say("Pairing by pairing"),
    session.say("Those that lack most come first."),
)
choice.chips(session, chosen)
words = search_box(session, session.say("Search by school, county, university or scheme"))
narrowed = choice.chosen_rows(frame, chosen)
narrowed = narrowed.loc[searched(matrix.searchable(session, narrowed), words).index]
st.caption(session.say("{shown} of {all} pairings.", shown=f"{len(narrowed):,}",
                       all=f"{len(frame):,}"))  # fmt: skip
if narrowed.empty:
    empty(session, session.say("No pairing matches what is chosen above."), clear=False)
else:
    first, last = choice.page_of(session, len(narrowed))
    matrix.pairing_by_pairing(session, narrowed.iloc[first:last])

section(session.say("Network"), session.say("All pairings of the filters; a band is as wide as "
                                            "it has pairings."))  # fmt: skip
network.network(session, frame)

if not narrowed.empty:
    section(
        session.say("Records and sources"),
        session.say("A downloaded file loads again as an update: fill it in and upload it."),
    )
    records.records(session, narrowed)
