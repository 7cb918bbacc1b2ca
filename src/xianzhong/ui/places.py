"""Where: the map by a chosen indicator, the same numbers as bars, and the schools as points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from xianzhong.brief.where import CHOICES, Choice, map_part, ranking, uncovered, values_by_place
from xianzhong.charts.maps import MAP_CONFIG
from xianzhong.query.figures import by_county
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import around, chart, draw, filter_by
from xianzhong.ui.frame import ignored
from xianzhong.ui.navigation import page_object
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session, current, params_for, set_params, showing

PARAMETER = "map"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page's map and the figures beside it show.

    Attributes:
        choices: what can be chosen, the first by default; one alone needs no choosing.
        values: the values of a choice by place: ``code``, ``value`` (missing where nothing is on
            record) and ``text`` for the hover.
        beside: draws what stands beside the map, from the choice and its values.
        points: whether the schools are marked.
        known: further ids that a link may have, of choices that this level does not offer.
    """

    choices: tuple[Choice, ...]
    values: Callable[[Session, str], pd.DataFrame]
    beside: Callable[[Session, Choice, pd.DataFrame], None]
    points: bool = True
    known: tuple[str, ...] = ()


def _choose(first: str) -> None:
    chosen = st.session_state.get("map_by") or first
    params = {**st.query_params.to_dict(), PARAMETER: chosen}
    if chosen == first:
        params.pop(PARAMETER)
    set_params(params)


def _choice(session: Session, shown: Shown) -> Choice:
    """The choice of the link, with the widget to change it; names one that does not exist."""
    by_id = {choice.id: choice for choice in shown.choices}
    first = shown.choices[0].id
    asked = st.query_params.get(PARAMETER) or first
    choice = by_id.get(asked, shown.choices[0])
    if asked not in by_id and asked not in shown.known:
        ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))
    if len(by_id) > 1:
        with showing({"map_by": choice.id}):
            st.segmented_control(
                session.say("Show on the map"), list(by_id), key="map_by", required=True,
                format_func=lambda name: by_id[name].label[session.lang], on_change=_choose,
                args=(first,),
            )  # fmt: skip
    return choice


def on_phone() -> bool:
    """Whether the browser says that it is on a phone, so that the map leaves out its labels."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def clicked(code: str) -> None:
    """A province or county becomes the filter; a school's point opens its page."""
    if code.isdigit() and len(code) in (2, 6):
        filter_by(level="province" if len(code) == 2 else "county")(code)
        return
    session = current()
    st.switch_page(
        page_object("school"),
        query_params=params_for(session.narrowed(school=code).filters, session.lang),
    )


def where(session: Session, shown: Shown | None = None) -> None:
    """The map, its choice of indicator, and the places as bars beside it.

    Args:
        session: the run.
        shown: what to show, the overview's choices by default.
    """
    shown = shown or OVERVIEW
    choice = _choice(session, shown)
    values = shown.values(session, choice.id)
    map_side, bar_side = st.columns([3, 2], gap="medium")
    with map_side:
        _map(session, choice, values, marked=shown.points)
    with bar_side:
        shown.beside(session, choice, values)


def _map(
    session: Session, choice: Choice, values: pd.DataFrame, *, marked: bool, origin: bool = True
) -> None:
    part = map_part(session, choice, values, marked=marked, compact=on_phone())
    chart(
        session, "map", part.figure, part.table, on_code=clicked, config=MAP_CONFIG, alt=part.alt,
        words=around(session, notes=part.notes, origin=part.origin if origin else ""),
    )  # fmt: skip


def _beside(session: Session, choice: Choice, values: pd.DataFrame) -> None:
    if choice.id == "coverage" and by_county(session.filters):
        _uncovered(session, values)
    else:
        draw(session, ranking(session, choice, values), on_code=clicked)


OVERVIEW = Shown(CHOICES, values_by_place, _beside)


def _uncovered(session: Session, values: pd.DataFrame) -> None:
    """The weak counties without a pairing."""
    part = uncovered(session, values)
    st.markdown(f"**{part.title}**")
    for note in part.notes:
        st.caption(note)
    if not part.empty:
        record_table(part.table, alt=part.title)


def schools_on_map(session: Session) -> None:
    """The paired schools of the view as points over the pairings of each place; no choice."""
    choice = CHOICES[0]
    _map(session, choice, values_by_place(session, choice.id), marked=True, origin=False)
