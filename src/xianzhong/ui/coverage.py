"""The parts of the page on coverage: weak counties, reached or not, by which schemes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief import weak
from xianzhong.brief.weak import GAPS, NUMBERS, SHARE, STATE
from xianzhong.brief.where import Choice
from xianzhong.model.tables import WEAK_COUNTIES
from xianzhong.query.county_support import weak_county_list
from xianzhong.query.figures import by_county
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart, draw, filter_by
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.places import Shown, clicked, where
from xianzhong.ui.session import Session


def nothing(session: Session) -> bool:
    """Says why there is nothing to show, if there is no list, or none of it lies here."""
    if not weak_county_list(session.engine, session.view).empty:
        return False
    if session.filters.province:
        empty(session, session.say("No county of this place is on the list of weak counties."))
        return True
    empty(
        session,
        session.say(
            "No list of weak counties has been loaded yet. Once it is, this page shows which of "
            "them have a supported school, under which schemes, and where the gaps are."
        ),
        clear=False,
    )
    to_fill(session, WEAK_COUNTIES)
    return True


def numbers(session: Session) -> None:
    """The cards, and what the records can and cannot say."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    st.caption(" ".join(weak.rules(session)))


def on_map(session: Session) -> None:
    """The gaps on the map, and beside it each place against the goal."""
    known = (GAPS.id, SHARE.id, STATE.id)
    if by_county(session.filters):
        where(session, Shown((STATE,), weak.of_counties, _against_goal, points=False, known=known))
    else:
        choices = (GAPS, SHARE)
        where(session, Shown(choices, weak.by_province, _against_goal, points=False, known=known))


def _against_goal(session: Session, _choice: Choice, _values: pd.DataFrame) -> None:
    """Provinces, or a province's prefectures, against the goal of all covered; widest gap first."""
    handler = filter_by(level="prefecture") if by_county(session.filters) else clicked
    draw(session, weak.against_goal(session), on_code=handler)


def by_scheme(session: Session) -> None:
    """What each scheme reaches, what several reach, and all of it without counting twice."""
    part = weak.by_scheme(session)
    bars, table_side = st.columns(2, gap="medium")
    with bars:
        st.markdown(f"**{part.title}**")
        chart(
            session, part.id, part.figure, part.table, alt=part.title,
            on_code=filter_by(field="scheme"),
        )  # fmt: skip
        if said := weak.several(session, *weak.reach(session)):
            st.markdown(said)
    with table_side:
        _combinations(session)


def _combinations(session: Session) -> None:
    part = weak.combinations(session)
    st.markdown(f"**{part.title}**")
    if part.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    st.table(part.table, border="horizontal", hide_index=True, alt=part.title)
