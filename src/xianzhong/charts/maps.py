"""The national map by province, and the map of one province by county.

Values are a choropleth in few classes; boundaries come from ``Boundaries`` and are drawn in SVG,
without WebGL and without a request to anyone. Draw every map with ``MAP_CONFIG``: otherwise Plotly
asks its makers' server for a world map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xianzhong.charts import layers
from xianzhong.charts.classes import CALM, Palette, classes_of
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.places import CORPS, PLACES
from xianzhong.charts.plain import PlainFigure
from xianzhong.model.divisions import Division
from xianzhong.model.labels import Label, Lang

# An empty world in place of the one that Plotly would fetch for any choropleth; the trailing #
# cuts off the file name that it appends.
NO_WORLD = 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#'
MAP_CONFIG: dict[str, Any] = {
    "topojsonURL": NO_WORLD,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "locale": "zh-CN",
}
HAINAN, XINJIANG = "46", "65"


@dataclass(frozen=True)
class Measure:
    """What a map's values are.

    Attributes:
        title: what is shown, the heading of the legend, such as 受援县中（所）.
        unit: the word after a value on hover, such as 所.
        limits: upper limits of the classes, where the usual ones do not serve.
        palette: the colours.
    """

    title: Label
    unit: Label
    limits: Sequence[float] | None = None
    palette: Palette = CALM


def national_map(
    values: pd.DataFrame,
    boundaries: Boundaries,
    *,
    measure: Measure,
    lang: Lang = "zh",
    points: pd.DataFrame | None = None,
    points_label: Label | None = None,
    compact: bool = False,
) -> PlainFigure:
    """The 34 provincial units and the Corps, coloured by value.

    Args:
        values: columns ``province`` (two-digit code) and ``value`` (NaN where no source was
            found), and optionally ``text``, shown under the value on hover. Provinces that are
            not in the frame are drawn as missing.
        boundaries: where the boundaries are.
        measure: what the values are, for legend and hover.
        lang: language of the words.
        points: columns ``lon``, ``lat``, ``name``, ``text``, ``code``: small marks with a hover.
        points_label: what the points are, for the legend.
        compact: for a narrow screen: no names on the map, legend and inset below it.

    Returns:
        A figure in which a click on a province has ``customdata`` = its two-digit code, and on a
        point the point's ``code``. Zero and missing have colours of their own.
    """
    table = _complete(values)
    names = [PLACES[code][0][lang] for code in table["province"]]
    classes = classes_of(table["value"], measure.limits, measure.palette)
    regions = layers.regions(table["province"], names, table, classes, measure.unit, lang)
    corps = regions.at(CORPS)
    regions = regions.without(CORPS).with_ids(lambda code: f"{code}0000")
    traces = [
        layers.choropleth(boundaries.national, regions, classes, "geo"),
        *layers.lines(boundaries, ("undefined_border", "dashline"), "geo"),
        *([] if compact else [layers.labels(regions, classes, lang)]),
        layers.corps(corps, regions.at(XINJIANG), classes, lang, named=not compact),
        *layers.points(points, 6, _in(points_label, lang)),
        layers.choropleth(boundaries.inset, regions, classes, "geo2"),
        *layers.lines(boundaries, ("dashline",), "geo2"),
        layers.sea_label(lang),
        *layers.legend([*regions.fills, *corps.fills], classes, lang),
    ]
    geos = {"geo": layers.national_geo(compact), "geo2": layers.inset_geo(compact)}
    return PlainFigure(
        traces, layers.layout(measure.title[lang], boundaries.credit(lang), compact) | geos
    )


def province_map(  # noqa: PLR0913 - what is drawn, how, and what stands out
    values: pd.DataFrame,
    boundaries: Boundaries,
    province: str,
    *,
    measure: Measure,
    lang: Lang = "zh",
    points: pd.DataFrame | None = None,
    points_label: Label | None = None,
    chosen: Division | None = None,
    compact: bool = False,
) -> PlainFigure:
    """The counties of one province, coloured by value, with its schools as points.

    Args:
        values: columns ``county`` (six-digit code), ``name`` and ``value``, optionally ``text``;
            one row for **each** county that has a polygon, NaN where no source was found: a
            county without a row is not drawn.
        boundaries: where the boundaries are.
        province: two-digit code; 66 shows the Corps' cities on the outline of Xinjiang.
        measure: what the values are, for legend and hover.
        lang: language of the words.
        points: columns ``lon``, ``lat``, ``name``, ``text``, ``code``.
        points_label: what the points are, for the legend.
        chosen: the county that has a frame and its name.
        compact: for a narrow screen: the legend below the map.

    Returns:
        A figure in which a click on a county has ``customdata`` = its six-digit code, and on a
        point the point's ``code``.

    Raises:
        KeyError: there is no such province.
    """
    classes = classes_of(values["value"], measure.limits, measure.palette)
    regions = layers.regions(values["county"], values["name"], values, classes, measure.unit, lang)
    geometry = boundaries.county(province)
    framed = chosen if chosen and chosen.code in regions.codes else None
    traces = [
        *([layers.backdrop(geometry, "650000")] if province == CORPS else []),
        layers.choropleth(geometry, regions, classes, "geo"),
        *layers.points(points, 9, _in(points_label, lang)),
        *(layers.framed(geometry, framed, lang) if framed else []),
        *layers.legend(regions.fills, classes, lang),
    ]
    geos = {"geo": layers.province_geo(boundaries.view(province), compact)}
    if province == HAINAN:
        traces.append(layers.choropleth(geometry, regions, classes, "geo2"))
        traces += [*layers.lines(boundaries, ("dashline",), "geo2"), layers.sea_label(lang)]
        geos["geo2"] = layers.inset_geo(compact)
    return PlainFigure(
        traces, layers.layout(measure.title[lang], boundaries.credit(lang), compact) | geos
    )


def _complete(values: pd.DataFrame) -> pd.DataFrame:
    """One row for each provincial unit, in the order of the codes; NaN where there was none."""
    return values.set_index("province").reindex(list(PLACES)).rename_axis("province").reset_index()


def _in(label: Label | None, lang: Lang) -> str | None:
    return label[lang] if label else None
