"""How much and of what: intensity against size, and the subjects."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xianzhong.brief import amounts
from xianzhong.query import measures
from xianzhong.ui.charts import draw
from xianzhong.ui.measures.common import fill, nothing, said_together
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
    if part.native:
        draw(session, part)
    else:
        draw(session, part, on_code=open_school, said=lambda notes: _points_said(session, notes))


def _points_said(session: Session, notes: Sequence[str]) -> Sequence[str]:
    point, compares, *rest = notes
    opens = session.say("Click one to open its page.")
    return (said_together(session, point, opens, compares), *rest)


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
