"""Where: the map by an indicator, and the places in the order of their values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from xianzhong.brief.part import Native, Part, Places
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.bars import DENSE_ROW, ROW_HEIGHT, horizontal_bars
from xianzhong.charts.classes import CALM, Palette, classes_of
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import Measure, national_map, province_map
from xianzhong.charts.places import PLACES
from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import width_of
from xianzhong.model.divisions import CORPS, Division
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import LISTED, Label, bracketed
from xianzhong.query import tables
from xianzhong.query.figures import activity_totals, by_county, coverage, pairing_totals
from xianzhong.settings import Settings

MOST_POINTS_NATIONALLY = 300
MOST_BARS = 15
LONGEST_NAME = 136
# The corps' cities lie within Xinjiang: its map would have holes without them.
WITHIN = {"65": (CORPS,)}


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
        divides: the indicator that it divides among places, where its id does not tell it.
    """

    id: str
    label: Label
    unit: Label
    limits: tuple[float, ...] = ()
    county_limits: tuple[float, ...] = ()
    palette: Palette = CALM
    lowest_first: bool = False
    most: int = MOST_BARS
    divides: str = ""

    @property
    def indicator(self) -> str:
        """The indicator that it divides among places; of a share that of its part."""
        if self.divides:
            return self.divides
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


@lru_cache(maxsize=2)
def boundaries(data: Path) -> Boundaries:
    """The boundary files, fetched by the browser from this server's own address."""
    return Boundaries(data / "geo", "/geo")


def level_of(source: Source) -> str:
    """What the places of the view are: counties where a province is chosen."""
    return source.say("County") if by_county(source.filters) else source.say("Province")


@remembered
def values_by_place(source: Source, measure: str) -> pd.DataFrame:
    """``code``, ``value`` (missing where nothing is on record) and ``text`` for each place.

    Places with pairings but no activity have zero; places without any pairing are missing.
    """
    engine, view = source.engine, source.view
    if measure == "coverage":
        frame = of_places(coverage(engine, view))
        share = 100 * frame["weak_counties_covered"] / frame["weak_counties"]
        text = [
            source.say("{covered} of {listed} weak counties", covered=covered, listed=listed)
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


def _points(source: Source) -> pd.DataFrame | None:
    frame = tables.school_points(source.engine, source.view)
    if frame.empty or (not by_county(source.filters) and len(frame) > MOST_POINTS_NATIONALLY):
        return None
    shift = frame.groupby("county_code").cumcount().to_numpy()
    texts = [
        source.say(
            "{county} · {universities} · {count} activities",
            county=county,
            universities=LISTED[source.lang].join(map(source.names.university, universities)),
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


def _counties(source: Source) -> list[Division]:
    """The counties on the map of the view's province."""
    province = source.filters.province
    return [
        division
        for unit in (province, *WITHIN.get(province, ()))
        for division in source.engine.divisions.counties(unit)
        if division.has_polygon
    ]


def on_map(source: Source, choice: Choice, values: pd.DataFrame) -> Places:
    """The values of every place on the map, missing where nothing is on record.

    Args:
        source: the view.
        choice: what is shown.
        values: ``code``, ``value`` and ``text`` of the places that have one.
    """
    province = source.filters.province
    codes = [division.code for division in _counties(source)] if province else list(PLACES)
    known = dict(zip(values["code"], values["value"], strict=True))
    texts = dict(zip(values["code"], values["text"], strict=True))
    shown = pd.DataFrame(
        {
            "code": pd.Series(codes, dtype=object),
            "value": [known.get(code, float("nan")) for code in codes],
            "text": [texts.get(code, "") for code in codes],
        }
    )
    return Places(shown, choice.measure(county=bool(province)), province)


def _figure(source: Source, places: Places, *, marked: bool, compact: bool) -> PlainFigure:
    points = _points(source) if marked else None
    borders = boundaries(Settings.from_environment().data)
    label = Label("受援县中", "County schools")
    if not places.province:
        return national_map(
            places.values.rename(columns={"code": "province"}), borders,
            measure=places.measure, lang=source.lang, points=points, points_label=label,
            compact=compact,
        )  # fmt: skip
    table = places.values.rename(columns={"code": "county"}).assign(
        name=[division.label(source.lang) for division in _counties(source)]
    )
    return province_map(
        table, borders, places.province, measure=places.measure, lang=source.lang,
        points=points, points_label=label, compact=compact,
        chosen=source.engine.divisions.get(source.filters.county),
    )  # fmt: skip


@remembered
def map_part(
    source: Source,
    choice: Choice,
    values: pd.DataFrame,
    *,
    marked: bool = True,
    compact: bool = False,
) -> Part:
    """The map of a choice.

    Args:
        source: the view.
        choice: what is shown.
        values: ``code``, ``value`` and ``text`` of the places that have one.
        marked: whether the schools are marked.
        compact: for a narrow screen.
    """
    level, title = level_of(source), choice.label[source.lang]
    places = on_map(source, choice, values)
    missing = _unmapped(source, values)
    return Part(
        f"map_{choice.id}", title, _map_table(source, choice, values),
        alt=source.say("Map: {title} by {level}", title=title, level=level.lower()),
        notes=(missing,) if missing else (),
        figure=_figure(source, places, marked=marked, compact=compact),
        places=places, origin=choice.indicator,
    )  # fmt: skip


def _map_table(source: Source, choice: Choice, values: pd.DataFrame) -> pd.DataFrame:
    """The map's values as a table, the highest first; where the map has words, in those."""
    ranked = values.sort_values(["value", "code"], ascending=[False, True], na_position="last")
    heading = choice.measure(county=False).title[source.lang]
    classes = classes_of(values["value"], None, choice.palette)
    words = [choice.palette.word(classes.of(value), source.lang) for value in ranked["value"]]
    numbers = words if words and all(words) and not choice.unit.zh else ranked["value"]
    names = [source.engine.divisions.label(code, source.lang) for code in ranked["code"]]
    table = pd.DataFrame({level_of(source): names, heading: list(numbers)})
    if any(ranked["text"]):
        table[source.say("Details")] = ranked["text"].tolist()
    return table.reset_index(drop=True)


def _unmapped(source: Source, values: pd.DataFrame) -> str:
    """Names what has a value and no polygon: shown in the table, never dropped."""
    divisions = source.engine.divisions
    missing = [
        divisions.label(code, source.lang)
        for code in values["code"]
        if len(code) == 6 and not getattr(divisions.get(code), "has_polygon", False)
    ]
    if not missing:
        return ""
    return source.say(
        "Not on the map, for want of a boundary: {names}", names=LISTED[source.lang].join(missing)
    )


@remembered
def ranking(source: Source, choice: Choice, values: pd.DataFrame) -> Part:
    """The places as bars in the order of their values.

    Args:
        source: the view.
        choice: what is shown.
        values: ``code`` and ``value`` of the places.
    """
    level, label = level_of(source), choice.label[source.lang]
    ranked = values.dropna(subset=["value"]).sort_values(
        ["value", "code"], ascending=[choice.lowest_first, True]
    )
    top = ranked.head(choice.most)
    names = [source.engine.divisions.label(code, source.lang) for code in ranked["code"]]
    title = source.say("{title} by {level}", title=label, level=level.lower())
    unit = choice.unit[source.lang]
    figure = horizontal_bars(
        [_short(name) for name in names[: choice.most]],
        top["value"].tolist(), top["code"].tolist(), unit=unit,
        row_height=ROW_HEIGHT if len(top) <= MOST_BARS else DENSE_ROW,
        chosen=(source.filters.county,) if source.filters.county else (),
    )  # fmt: skip
    note = source.say("The first {n} of {all}; all in the table.", n=choice.most, all=len(ranked))
    return Part(
        "places", title, pd.DataFrame({level: names, label: ranked["value"]}), alt=title,
        notes=(note,) if len(ranked) > choice.most else (), figure=figure,
        native=Native("bar", (label,), unit=unit, most=choice.most), origin=choice.indicator,
    )  # fmt: skip


def _short(name: str) -> str:
    """A name that leaves room for the bars: some counties have fifteen characters."""
    if width_of([name]) <= LONGEST_NAME:
        return name
    room = next(n for n in range(len(name), 0, -1) if width_of([name[:n]]) <= LONGEST_NAME)
    return f"{name[: room - 1]}…"


@remembered
def uncovered(source: Source, values: pd.DataFrame) -> Part:
    """The weak counties without a pairing: by county a share says only yes or no.

    Args:
        source: the view.
        values: of the choice ``coverage`` by county.
    """
    divisions, lang = source.engine.divisions, source.lang
    gaps = values[values["value"] == 0]
    found = [divisions.get(code) for code in gaps["code"]]
    table = pd.DataFrame(
        {
            source.say("County"): [divisions.label(code, lang) for code in gaps["code"]],
            source.say("Prefecture"): [
                divisions.label(d.prefecture, lang) if d else "" for d in found
            ],
        }
    )
    note = source.say(
        "{gaps} of {all} on the list of weak counties", gaps=len(gaps), all=len(values)
    )
    return Part(
        "uncovered", source.say("Weak counties without a pairing"), table, notes=(note,),
        origin="weak_counties_uncovered",
    )  # fmt: skip
