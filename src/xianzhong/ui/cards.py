"""Headline figures as cards, each with its change and its definition at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import htpy as h

from xianzhong.brief.figures import card_note, change, shown
from xianzhong.model.labels import bracketed
from xianzhong.query.figures import Figure
from xianzhong.ui.markup import about, show
from xianzhong.ui.origin import origin_path
from xianzhong.ui.session import Session


def titled(session: Session, figure: Figure) -> str:
    """Label with its unit; English labels name what they count already."""
    label, unit = figure.indicator.label, figure.indicator.unit
    return bracketed(label.zh, unit.zh) if session.lang == "zh" else label.en


def _name(session: Session, figure: Figure, label: str) -> h.Element:
    """The label, and behind a sign what the indicator means."""
    indicator, lang = figure.indicator, session.lang
    return h.dt[
        h.span(".xz-name")[label],
        about(
            session.say("What is “{name}”?", name=indicator.label[lang]),
            indicator.definition[lang],
            [h.strong[session.say("Formula")], " ", indicator.formula[lang]],
            [h.strong[session.say("Source")], " ", indicator.source[lang]],
        ),
    ]


def _card(session: Session, figure: Figure, *, compared: str, more: str) -> h.Element:
    delta = change(session, figure)
    said = [part for part in (more, card_note(session, figure)) if part]
    origin = h.a(href=origin_path(session, figure.indicator.id))[session.say("Where from?")]
    return h.div(".xz-card")[
        _name(session, figure, titled(session, figure)),
        h.dd(".xz-value")[shown(figure.value)],
        delta is not None and h.dd(".xz-change")[h.span[delta], " ", compared],
        h.dd(".xz-note")[(f"{part} · " for part in said), origin],
    ]


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
    given = notes or {}
    show(
        h.dl(".xz-cards", style=f"--xz-columns: {columns}")[
            (
                _card(session, figure, compared=compared, more=given.get(figure.indicator.id, ""))
                for figure in figures
            )
        ]
    )


def small(session: Session, figure: Figure) -> h.Element:
    """A figure beside others in a row, with its change."""
    delta = change(session, figure)
    return h.div(".xz-small")[
        _name(session, figure, figure.indicator.label[session.lang]),
        h.dd(".xz-value")[shown(figure.value)],
        delta is not None and h.dd(".xz-change")[h.span[delta]],
    ]
