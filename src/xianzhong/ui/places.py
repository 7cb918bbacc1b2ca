"""Where: the map by a chosen indicator, the same numbers as bars, and the schools as points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from xianzhong.charts.bars import DENSE_ROW, ROW_HEIGHT, horizontal_bars
from xianzhong.charts.classes import CALM, Palette
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import MAP_CONFIG, Measure, national_map, province_map
from xianzhong.charts.style import width_of
from xianzhong.model.divisions import CORPS
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import Label, bracketed
from xianzhong.query import tables
from xianzhong.query.figures import activity_totals, by_county, coverage, pairing_totals
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.settings import Settings
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.frame import ignored
from xianzhong.ui.navigation import page_object
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session, current, params_for, set_params

MOST_POINTS_NATIONALLY = 300
MOST_BARS = 15
LONGEST_NAME = 136


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the map can show.

    Attributes:
        id: stable code in links.
        label, unit: its name and unit; the unit may be empty.
        limits, county_limits: upper limits of the map's classes by province and by county,
            where the usual ones do not serve.
        palette: the map's colours.
        lowest_first: whether the ranking beside the map begins with the lowest.
        most: bars of the ranking.
    """

    id: str
    label: Label
    unit: Label
    limits: tuple[float, ...] = ()
    county_limits: tuple[float, ...] = ()
    palette: Palette = CALM
    lowest_first: bool = False
    most: int = MOST_BARS

    @property
    def indicator(self) -> str:
        """The indicator that it divides among places; of a share that of its part."""
        named = ("weak_counties_covered" if self.id == "coverage" else self.id,
                 f"support_{self.id}", f"weak_counties_{self.id}")  # fmt: skip
        return next((name for name in named if name in INDICATOR_BY_ID), "")

    def measure(self, *, county: bool) -> Measure:
        """The same for the map's legend."""
        title = self.label
        if self.unit.zh:
            title = Label(
                bracketed(self.label.zh, self.unit.zh), bracketed(self.label.en, self.unit.en, "en")
            )
        limits = self.county_limits if county else self.limits
        return Measure(title, self.unit, limits or None, self.palette)


CHOICES: tuple[Choice, ...] = (
    *(
        Choice(name, INDICATOR_BY_ID[name].label, INDICATOR_BY_ID[name].unit)
        for name in ("pairings", "activities", "active_schools")
    ),
    # Of one county a share is all or nothing.
    Choice(
        "coverage", Label("薄弱县覆盖率", "Coverage of weak counties"), Label("%", "%"),
        county_limits=(99, 100),
    ),
)  # fmt: skip
PARAMETER = "map"
# The corps' cities lie within Xinjiang: its map would have holes without them.
WITHIN = {"65": (CORPS,)}


@lru_cache(maxsize=2)
def boundaries(data: Path) -> Boundaries:
    """The boundary files, fetched by the browser from this server's own address."""
    return Boundaries(data / "geo", "/geo")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page's map and the figures beside it show.

    Attributes:
        choices: what can be chosen, the first by default; one alone needs no choosing.
        values: the values of a choice by place: ``code``, ``value`` (missing where nothing is on
            record) and ``text`` for the hover.
        beside: draws what stands beside the map, from the choice, its values and the level's name.
        points: whether the schools are marked.
        known: further ids that a link may have, of choices that this level does not offer.
    """

    choices: tuple[Choice, ...]
    values: Callable[[Session, str], pd.DataFrame]
    beside: Callable[[Session, Choice, pd.DataFrame, str], None]
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
        st.session_state["map_by"] = choice.id
        st.segmented_control(
            session.say("Show on the map"), list(by_id), key="map_by", required=True,
            format_func=lambda name: by_id[name].label[session.lang], on_change=_choose,
            args=(first,),
        )  # fmt: skip
    return choice


def values_by_place(session: Session, measure: str) -> pd.DataFrame:
    """``code``, ``value`` (missing where nothing is on record) and ``text`` for each place.

    Places with pairings but no activity have zero; places without any pairing are missing.
    """
    engine, view = session.engine, session.view
    if measure == "coverage":
        frame = of_places(coverage(engine, view))
        share = 100 * frame["weak_counties_covered"] / frame["weak_counties"]
        text = [
            session.say("{covered} of {listed} weak counties", covered=covered, listed=listed)
            for covered, listed in zip(
                frame["weak_counties_covered"], frame["weak_counties"], strict=True
            )
        ]
        return pd.DataFrame({"code": frame["code"], "value": share.round(1), "text": text})
    paired = of_places(pairing_totals(engine, view))
    if measure == "pairings":
        return pd.DataFrame({"code": paired["code"], "value": paired["pairings"], "text": ""})
    done = of_places(activity_totals(engine, view)).set_index("code")[measure]
    codes = sorted({*paired["code"], *done.index})
    values = [done.get(code, 0) for code in codes]
    return pd.DataFrame({"code": codes, "value": values, "text": ""})


def of_places(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a question's answer that stand for a known place."""
    return frame[(frame["part"] == "place") & (frame["code"] != "")]


def _points(session: Session) -> pd.DataFrame | None:
    frame = tables.school_points(session.engine, session.view)
    if frame.empty or (not by_county(session.filters) and len(frame) > MOST_POINTS_NATIONALLY):
        return None
    shift = frame.groupby("county_code").cumcount().to_numpy()
    texts = [
        session.say(
            "{county} · {universities} · {count} activities",
            county=county,
            universities="、".join(map(session.names.university, universities)),
            count=count,
        )
        for county, universities, count in zip(
            frame["county"], frame["universities"], frame["activities"], strict=True
        )
    ]
    # Schools of one county share its point; a small spiral keeps them apart.
    angle, radius = 2.4 * shift, 0.03 * shift**0.5
    return pd.DataFrame(
        {
            "lon": frame["longitude"] + radius * np.cos(angle),
            "lat": frame["latitude"] + radius * np.sin(angle),
            "name": frame["school"],
            "text": texts,
            "code": frame["school_code"],
        }
    )


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


def _figure(session: Session, choice: Choice, values: pd.DataFrame, *, marked: bool) -> object:
    points = _points(session) if marked else None
    borders = boundaries(Settings.from_environment().data)
    label = Label("受援县中", "County schools")
    province = session.filters.province
    if not province:
        return national_map(
            values.rename(columns={"code": "province"}), borders,
            measure=choice.measure(county=False),
            lang=session.lang, points=points, points_label=label, compact=on_phone(),
        )  # fmt: skip
    counties = [
        d
        for unit in (province, *WITHIN.get(province, ()))
        for d in session.engine.divisions.counties(unit)
        if d.has_polygon
    ]
    known = dict(zip(values["code"], values["value"], strict=True))
    texts = dict(zip(values["code"], values["text"], strict=True))
    table = pd.DataFrame(
        {
            "county": [d.code for d in counties],
            "name": [d.label(session.lang) for d in counties],
            "value": [known.get(d.code, float("nan")) for d in counties],
            "text": [texts.get(d.code, "") for d in counties],
        }
    )
    return province_map(
        table, borders, province, measure=choice.measure(county=True), lang=session.lang,
        points=points, points_label=label, compact=on_phone(),
        chosen=session.engine.divisions.get(session.filters.county),
    )  # fmt: skip


def where(session: Session, shown: Shown | None = None) -> None:
    """The map, its choice of indicator, and the places as bars beside it.

    Args:
        session: the run.
        shown: what to show, the overview's choices by default.
    """
    shown = shown or OVERVIEW
    choice = _choice(session, shown)
    values = shown.values(session, choice.id)
    level = session.say("County") if by_county(session.filters) else session.say("Province")
    names = [session.engine.divisions.label(code, session.lang) for code in values["code"]]
    heading = choice.measure(county=False).title[session.lang]
    table = pd.DataFrame(
        {level: names, heading: values["value"], session.say("Details"): values["text"]}
    )
    title = choice.label[session.lang]
    map_side, bar_side = st.columns([3, 2], gap="medium")
    with map_side:
        chart(
            session, "map", _figure(session, choice, values, marked=shown.points), table,
            on_code=clicked, config=MAP_CONFIG, origin=choice.indicator,
            alt=session.say("Map: {title} by {level}", title=title, level=level.lower()),
        )  # fmt: skip
        _unmapped(session, values)
    with bar_side:
        shown.beside(session, choice, values, level)


def _beside(session: Session, choice: Choice, values: pd.DataFrame, level: str) -> None:
    if choice.id == "coverage" and by_county(session.filters):
        _uncovered(session, values)
    else:
        ranking(session, choice, values, level)


OVERVIEW = Shown(CHOICES, values_by_place, _beside)


def _uncovered(session: Session, values: pd.DataFrame) -> None:
    """The weak counties without a pairing: by county a share says only yes or no."""
    divisions, title = session.engine.divisions, session.say("Weak counties without a pairing")
    gaps = values[values["value"] == 0]
    st.markdown(f"**{title}**")
    st.caption(
        session.say("{gaps} of {all} on the list of weak counties", gaps=len(gaps), all=len(values))
    )
    if not gaps.empty:
        found = [divisions.get(code) for code in gaps["code"]]
        table = pd.DataFrame(
            {
                session.say("County"): [divisions.label(c, session.lang) for c in gaps["code"]],
                session.say("Prefecture"): [
                    divisions.label(d.prefecture, session.lang) if d else "" for d in found
                ],
            }
        )
        record_table(table, alt=title)


def ranking(session: Session, choice: Choice, values: pd.DataFrame, level: str) -> None:
    """The places as bars in the order of their values; a click filters by the place."""
    ranked = values.dropna(subset=["value"]).sort_values(
        ["value", "code"], ascending=[choice.lowest_first, True]
    )
    top = ranked.head(choice.most)
    title = session.say("{title} by {level}", title=choice.label[session.lang], level=level.lower())
    st.markdown(f"**{title}**")
    if top.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    figure = horizontal_bars(
        [_short(session.engine.divisions.label(code, session.lang)) for code in top["code"]],
        top["value"].tolist(), top["code"].tolist(), unit=choice.unit[session.lang],
        row_height=ROW_HEIGHT if len(top) <= MOST_BARS else DENSE_ROW,
        chosen=(session.filters.county,) if session.filters.county else (),
    )  # fmt: skip
    table = pd.DataFrame(
        {level: [session.engine.divisions.label(c, session.lang) for c in ranked["code"]],
         choice.label[session.lang]: ranked["value"]}
    )  # fmt: skip
    chart(session, "places", figure, table, alt=title, on_code=clicked, origin=choice.indicator)
    if len(ranked) > choice.most:
        st.caption(
            session.say("The first {n} of {all}; all in the table.", n=choice.most, all=len(ranked))
        )


def _short(name: str) -> str:
    """A name that leaves room for the bars: some counties have fifteen characters."""
    if width_of([name]) <= LONGEST_NAME:
        return name
    room = next(n for n in range(len(name), 0, -1) if width_of([name[:n]]) <= LONGEST_NAME)
    return f"{name[: room - 1]}…"


def _unmapped(session: Session, values: pd.DataFrame) -> None:
    """Names what has a value and no polygon: shown in the table, never dropped."""
    missing = [
        session.engine.divisions.label(code, session.lang)
        for code in values["code"]
        if len(code) == 6 and not getattr(session.engine.divisions.get(code), "has_polygon", False)
    ]
    if missing:
        st.caption(
            session.say("Not on the map, for want of a boundary: {names}", names="、".join(missing))
        )


def schools_on_map(session: Session) -> None:
    """The paired schools of the view as points over the pairings of each place; no choice."""
    choice = CHOICES[0]
    values = values_by_place(session, choice.id)
    level = session.say("County") if by_county(session.filters) else session.say("Province")
    names = [session.engine.divisions.label(code, session.lang) for code in values["code"]]
    table = pd.DataFrame({level: names, choice.label[session.lang]: values["value"]})
    title = session.say(
        "Map: {title} by {level}", title=choice.label[session.lang], level=level.lower()
    )
    chart(
        session, "map", _figure(session, choice, values, marked=True), table, on_code=clicked,
        config=MAP_CONFIG, alt=title,
    )  # fmt: skip
    _unmapped(session, values)
