"""The numbers of the measures page, and the choice of its part."""

from __future__ import annotations

import streamlit as st

from xianzhong.brief import measures as brief
from xianzhong.model.labels import Label
from xianzhong.ui.cards import cards
from xianzhong.ui.choice import link_choice
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.session import Session

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
    ids = brief.shown_numbers(session)
    found = by_id(session, session.view, ids)
    cards(session, [found[name] for name in ids], compared=compared_with(session))
    if said := brief.of_kinds(session):
        st.caption(said)


def choose_part(session: Session) -> str:
    """The part of the page that is open; only it is computed."""
    return link_choice(session, session.say("Show"), PART, PARTS)
