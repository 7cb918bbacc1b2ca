"""When and what: months, terms and kinds of activities."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.trend import month_bars, term_bars
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KIND_BY_CODE, KINDS
from xianzhong.query import tables
from xianzhong.query.by_term import activities_by_term
from xianzhong.query.figures import activity_totals
from xianzhong.ui.charts import chart, filter_by, filter_by_time
from xianzhong.ui.session import Session

MOST_TERMS = 10


def _unit(session: Session) -> str:
    return INDICATOR_BY_ID["activities"].unit[session.lang]


def by_month(session: Session) -> None:
    """Activities by month, with the term in the colour of the bar."""
    months = tables.months(session.engine, session.view)
    title = session.say("Activities by month")
    st.markdown(f"**{title}**")
    if months.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    table = pd.DataFrame(
        {
            session.say("Month"): pd.to_datetime(months["month"]).dt.strftime("%Y-%m"),
            session.say("Activities"): months["activities"],
            session.say("People sent"): months["people_sent"],
            session.say("Participants"): months["participants"],
        }
    )
    figure = month_bars(months, column="activities", unit=_unit(session), lang=session.lang)
    chart(session, "months", figure, table, alt=title, on_code=filter_by_time, origin="activities")
    st.caption(session.say("Dark bars are autumn terms, light bars spring terms."))


def by_terms(session: Session) -> None:
    """Activities by term; a click on a bar chooses the term."""
    title = session.say("Activities by term")
    st.markdown(f"**{title}**")
    terms = activities_by_term(session.engine, session.view)
    if not terms:
        st.caption(session.say("Nothing on record for these filters."))
        return
    table = pd.DataFrame(
        {
            session.say("Term"): [term.label(session.lang) for term, _ in terms],
            session.say("Activities"): [value for _, value in terms],
        }
    )
    figure = term_bars(
        terms[-MOST_TERMS:], unit=_unit(session), lang=session.lang, chosen=session.filters.term
    )
    chart(session, "terms", figure, table, alt=title, on_code=filter_by_time, origin="activities")
    st.caption(session.say("All terms on record, whatever the period chosen."))


def by_kind(session: Session) -> None:
    """Activities by kind in the programme's order; a click chooses the kind."""
    title = session.say("Activities by kind")
    st.markdown(f"**{title}**")
    frame = activity_totals(session.engine, session.view)
    found = frame[frame["part"] == "kind"].set_index("code")
    if found.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    kinds = [kind for kind in KINDS if kind.code in found.index]
    figure = horizontal_bars(
        [kind.label[session.lang] for kind in kinds],
        [int(found["activities"][kind.code]) for kind in kinds],
        [kind.code for kind in kinds],
        unit=_unit(session),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            session.say("Activity kind"): [
                KIND_BY_CODE[code].label[session.lang] for code in found.index
            ],
            session.say("Activities"): found["activities"].tolist(),
            session.say("Schools"): found["active_schools"].tolist(),
            session.say("People sent"): found["people_sent"].tolist(),
            session.say("Participants"): found["participants"].tolist(),
        }
    )
    chart(
        session, "kinds", figure, table, alt=title, on_code=filter_by(field="kind"),
        origin="activities",
    )  # fmt: skip


def by_university(session: Session) -> None:
    """The most active universities; a click chooses one."""
    title = session.say("Activities by university")
    st.markdown(f"**{title}**")
    frame = tables.universities(session.engine, session.view)
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    names = [session.names.university(code) for code in frame["code"]]
    figure = horizontal_bars(
        names, frame["activities"].tolist(), frame["code"].tolist(), unit=_unit(session),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            session.say("Supporting university"): names,
            session.say("Activities"): frame["activities"].tolist(),
            session.say("Schools"): frame["active_schools"].tolist(),
            session.say("People sent"): frame["people_sent"].tolist(),
        }
    )
    chart(
        session, "universities", figure, table, alt=title, on_code=filter_by(field="university"),
        origin="activities",
    )  # fmt: skip
    if len(frame) == 15:
        st.caption(session.say("The 15 universities with the most activities."))
