"""Upload: a spreadsheet in, every fault in its cell, and nothing written before it was seen."""

import streamlit as st

from xianzhong.ui.frame import begin, section
from xianzhong.ui.review.told import own_waiting
from xianzhong.ui.upload.committing import who
from xianzhong.ui.upload.hand import in_hand
from xianzhong.ui.upload.steps import choose_table, drop, one_file, template
from xianzhong.ui.upload.together import together
from xianzhong.ui.upload.typed import may_write

session = begin("upload", filters=False)
if not may_write(session):
    st.stop()

own_waiting(session)
table = choose_table(session)
section(session.say("1 · Template"), session.say("Your own spreadsheet is as welcome."))
template(session, table)

section(session.say("2 · Your file"))
hands = in_hand(table, drop(session))
if hands:
    who(session)
if len(hands) > 1:
    together(session, hands)
for hand in hands:
    one_file(session, hand, alone=len(hands) == 1)
