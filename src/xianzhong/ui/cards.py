"""Headline figures as cards, each with its change and its definition at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from xianzhong.brief.figures import change, shown
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


def card_note(session: Session, figure: Figure) -> str:
    """What must stand under a number so that it is not read as more than it is."""
    if figure.value is None:
        return session.say("no source found")
    if figure.indicator.group == "supporters":
        return _recorded(session, figure)
    if figure.indicator.group == "readiness":
        return _of_pairings(session, figure)
    if figure.total and figure.known < figure.total:
        if figure.indicator.group != "activity":
            return session.say(
                "not given by {missing} of {total} records",
                missing=f"{figure.total - figure.known:,}",
                total=f"{figure.total:,}",
            )
        return session.say(
            "reported by {known} of {total} activities",
            known=f"{figure.known:,}",
            total=f"{figure.total:,}",
        )
    return ""


def _recorded(session: Session, figure: Figure) -> str:
    """On how many universities a figure rests, and how many are not recorded."""
    missing = figure.total - figure.known
    if figure.yes is None:
        return session.say("not recorded for {missing}", missing=f"{missing:,}") if missing else ""
    words = session.say(
        "{yes} of {known} recorded", yes=f"{figure.yes:,}", known=f"{figure.known:,}"
    )
    if not missing:
        return words
    return session.say("{words}; {missing} not recorded", words=words, missing=f"{missing:,}")


def _of_pairings(session: Session, figure: Figure) -> str:
    """On how many pairings a share rests, and how many are not recorded."""
    if figure.yes is None:
        return ""
    words = session.say(
        "{yes} of {known} pairings", yes=f"{figure.yes:,}", known=f"{figure.known:,}"
    )
    missing = figure.total - figure.known
    if not missing:
        return words
    return session.say("{words}; {missing} more not recorded", words=words, missing=f"{missing:,}")


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
