"""Headline figures as cards, each with its change and its definition at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from xianzhong.brief.figures import card_note, change, shown
from xianzhong.model.labels import bracketed
from xianzhong.query.figures import Figure
from xianzhong.ui.origin import origin_link
from xianzhong.ui.session import Session


def titled(session: Session, figure: Figure) -> str:
    """Label with its unit; English labels name what they count already."""
    label, unit = figure.indicator.label, figure.indicator.unit
    return bracketed(label.zh, unit.zh) if session.lang == "zh" else label.en


def _explained(session: Session, figure: Figure) -> str:
    indicator = figure.indicator
    lines = [
        indicator.definition[session.lang],
        f"**{session.say('Formula')}** {indicator.formula[session.lang]}",
        f"**{session.say('Source')}** {indicator.source[session.lang]}",
    ]
    return "\n\n".join(lines)


def _card(session: Session, figure: Figure, *, compared: str, more: str) -> None:
    delta = change(session, figure)
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.metric(
            titled(session, figure),
            shown(figure.value),
            delta,
            delta_color="off",
            # The sign says it; an arrow beside it would say it twice, and point up for zero.
            delta_arrow="off",
            delta_description=compared if delta is not None else None,
            help=_explained(session, figure),
        )
        said = (more, card_note(session, figure), origin_link(session, figure.indicator.id))
        st.caption(" · ".join(part for part in said if part))


def cards(
    session: Session,
    figures: Sequence[Figure],
    *,
    compared: str = "",
    columns: int = 4,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Draws figures as a grid that wraps on a phone.

    Args:
        session: the run.
        figures: in the order of the cards.
        compared: what the change is measured against.
        columns: cards side by side where there is room.
        notes: what else to say under a number, by the indicator's id.
    """
    with st.grid(columns, min_column_width=170, gap="small"):
        for figure in figures:
            more = (notes or {}).get(figure.indicator.id, "")
            _card(session, figure, compared=compared, more=more)
