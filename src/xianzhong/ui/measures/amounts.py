"""How much and of what: intensity against size, and the subjects."""

from __future__ import annotations

import streamlit as st

from xianzhong.brief import amounts
from xianzhong.query import measures
from xianzhong.ui.charts import draw
from xianzhong.ui.measures.common import fill, nothing
from xianzhong.ui.measures.received import open_school
from xianzhong.ui.session import Session


def intensity(session: Session) -> None:
    """Activities per 100 students against the number of students."""
    part = amounts.intensity(session)
    if part.empty:
        st.markdown(f"**{part.title}**")
        fill(
            session,
            session.say(
                "No school of this view has its number of students on record. Fill in the column "
                "“Students” of the table of county schools, and each school stands here by its "
                "size."
            ),
            "schools",
        )
        return
    draw(session, part, on_code=None if part.native else open_school)


def subjects(session: Session) -> None:
    """Activities by the subject that they name."""
    part = amounts.subjects(session)
    found, without = measures.subjects(session.engine, session.view)
    if found:
        draw(session, part)
        return
    st.markdown(f"**{part.title}**")
    if not without:
        nothing(session)
        return
    fill(
        session,
        session.say(
            "No activity of this view names a subject. Fill in the column “Subject” of the "
            "table of activities, several separated by 、."
        ),
        "activities",
    )
