"""The numbers of the measures page, and the choice of its part."""

from __future__ import annotations

import streamlit as st

from xianzhong.model.labels import Label
from xianzhong.query import measures
from xianzhong.ui.cards import cards
from xianzhong.ui.choice import link_choice
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.session import Session

OF_MEASURES = ("kinds_received", "schools_all_measures", "schools_no_measure")
NUMBERS = (
    *OF_MEASURES, "staff_sent", "person_days", "lessons", "reporting_lag", "reporting_lag_p90",
)  # fmt: skip
PART = "part"
PARTS: dict[str, Label] = {
    "received": Label("措施覆盖", "Measures received"),
    "time": Label("时间分布", "Over time"),
    "intensity": Label("帮扶强度", "Intensity"),
    "subjects": Label("学科", "Subjects"),
    "lag": Label("上报时滞", "Reporting lag"),
}


def anything(session: Session) -> bool:
    """Whether the view has a paired school or an activity."""
    found = by_id(session, session.view, ("schools", "activities"))
    return bool(found["schools"].value or found["activities"].value)


def headline(session: Session) -> None:
    """The cards; what the chosen kinds leave nothing of is left out, and said."""
    chosen = session.filters.kind
    left_out: set[str] = set()
    if not measures.measures_of(session.filters):
        left_out.update(OF_MEASURES)
    if chosen and "staff" not in chosen:
        left_out.add("staff_sent")
    ids = [name for name in NUMBERS if name not in left_out]
    found = by_id(session, session.view, ids)
    cards(session, [found[name] for name in ids], compared=compared_with(session))
    if chosen and measures.measures_of(session.filters):
        st.caption(
            session.say(
                "With kinds chosen, “all” and “none” of the measures are those of the kinds chosen."
            )
        )
    elif chosen:
        st.caption(session.say("The kinds chosen are none of the seven measures."))


def choose_part(session: Session) -> str:
    """The part of the page that is open; only it is computed."""
    return link_choice(session, session.say("Show"), PART, PARTS)
