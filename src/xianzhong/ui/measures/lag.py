"""How soon activities were reported after they ended."""

from __future__ import annotations

import streamlit as st

from xianzhong.brief import amounts
from xianzhong.ui.charts import draw
from xianzhong.ui.measures.common import go_to_place, nothing, said_together
from xianzhong.ui.session import Session


def reporting(session: Session) -> None:
    """Activities by days from end to report, in all and by place."""
    part = amounts.lag(session)
    if part.empty:
        nothing(session)
        return
    whole, places = st.columns([2, 3], gap="medium")
    with whole:
        draw(session, part)
    with places:
        draw(
            session, amounts.lag_by_place(session), on_code=go_to_place,
            said=lambda notes: (said_together(session, *notes, session.say("Click to go in.")),),
        )  # fmt: skip
