"""County support: promised and delivered, fees, by year, category and place, and the records."""

import streamlit as st

from xianzhong.ui import places, support, support_sums
from xianzhong.ui.frame import begin, section
from xianzhong.ui.support_places import SHOWN

session = begin("support")
if support.nothing(session):
    st.stop()

support.rules(session)
support.numbers(session)

section(session.say("By year and category"), session.say("Click a year to filter by it."))
years, categories = st.columns(2, gap="medium")
with years:
    support_sums.by_year(session)
with categories:
    support_sums.by_category(session)
support_sums.category_by_year(session)

section(session.say("Where"), session.say("Click a province or county to filter by it."))
places.where(session, SHOWN)

section(session.say("Records"), session.say("A corrected download loads again as an update."))
support.records(session)
