"""Good practice: searched by its words, chosen by theme and spread, and read."""

from dataclasses import replace

import streamlit as st

from xianzhong.model.tables import PRACTICES
from xianzhong.query.filters import Filters
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import begin, empty
from xianzhong.ui.practices import choice, hits, reading
from xianzhong.ui.search import search_box

session = begin("practices")
everything = replace(session.view, filters=Filters())
search = choice.search(session)
if not hits.total(session, everything):
    empty(
        session,
        session.say(
            "No good practice is on record yet. Once some is, this page searches it by any words, "
            "sorts it by theme and by how far it has spread, and lays each out to be read."
        ),
        clear=False,
    )
    to_fill(session, PRACTICES)
    st.stop()

row = reading.chosen(session, search)
if row:
    reading.read(session, row, search)
    st.stop()

if not hits.total(session, session.view):
    empty(session, session.say("No good practice is on record for these filters."))
    st.stop()
hits.figures(session)
search_box(
    session, session.say("Search titles, themes and texts; several words must all occur"),
    session.say("Any two characters will do"),
)  # fmt: skip
count = hits.facets(session, search)
if not count:
    empty(session, session.say("Nothing on record has all of this."), clear=False)
    st.stop()
hits.hits(session, search, count)
hits.files(session, search)
