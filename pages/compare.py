"""Two provinces, two terms or two universities side by side."""

from dataclasses import replace

import streamlit as st

from xianzhong.query.compare import with_code
from xianzhong.ui.compare import charts, choice
from xianzhong.ui.compare.table import figures_table
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.headline import nothing_at_all
from xianzhong.ui.navigation import upload_link

session = begin("compare")
if nothing_at_all(session):
    empty(session, session.say("There is nothing to compare yet: load data first."), clear=False)
    upload_link(session, "universities", session.say("Upload data"))
    st.stop()

sides = choice.read_sides(session)
choice.choose_sides(session, sides)
if not (sides.first and sides.second):
    empty(
        session,
        session.say(
            "Choose both sides above. The page then shows their figures, months, kinds and "
            "measures side by side; the other filters act on both."
        ),
        clear=False,
    )
    st.stop()

views = tuple(
    replace(session.view, filters=with_code(session.filters, sides.by, code))
    for code in (sides.first, sides.second)
)
names = tuple(choice.name_of(session, sides.by, code) for code in (sides.first, sides.second))
choice.passed_over(session, sides)

section(session.say("Figures side by side"))
found = figures_table(session, views, names, sides.by)
if sides.by == "province":
    charts.coverage(session, found, names)

section(session.say("When and what"), session.say("Click a kind to filter both sides by it."))
charts.by_month(session, views, names, sides.by)
left, right = st.columns(2, gap="medium")
with left:
    charts.kinds(session, views, names)
with right:
    charts.measures(session, views, names)
