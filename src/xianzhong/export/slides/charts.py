"""A part's table as a chart of PowerPoint's own, which can be edited there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_MARK,
)
from pptx.util import Pt

from xianzhong.brief.part import Native, Part
from xianzhong.charts.style import GRID, INK, QUIET
from xianzhong.export.clean import in_line
from xianzhong.export.freeform import DRAWING
from xianzhong.export.slides.box import POINT, Box
from xianzhong.export.slides.measure import fitted, width_of
from xianzhong.export.slides.plain import FONT
from xianzhong.export.slides.tables import cell
from xianzhong.export.slides.text import Slide, color_of, described
from xianzhong.export.slides.workbook import workbook

# chartCategoricalColors of the theme in .streamlit/config.toml.
COLORS = (
    "#1f5f8b", "#d98a1f", "#2f9077", "#a8466f", "#6fb1dd", "#8c5a2b", "#c8b24a", "#5b6b7a",
)  # fmt: skip
MOST, LYING = 40, 20
LABELLED, SIZE = 26, 12
# As on a card, no tenths from here on.
_NO_TENTHS = 10_000
# So many names may be broken into lines; a tilted one needs so many points.
_WRAPPED, _TILTED = 14, 1.4 * SIZE
_KINDS = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "stacked_column": XL_CHART_TYPE.COLUMN_STACKED,
    "stacked_bar": XL_CHART_TYPE.BAR_STACKED,
}
_A = f"{{{DRAWING}}}"
_YEAR = re.compile(r"(19|20)\d\d")
# Names of a lying bar chart take at most so much of its width.
_NAMES = 0.34


@dataclass(frozen=True)
class Drawn:
    """What a chart shows.

    Attributes:
        native: how.
        header: of the names.
        categories: names, in the order of the table.
        series: header and values of each; None where nothing is on record.
        colors: of each bar of the only series, as on the screen; empty for one colour.
        left_out: how many rows are not drawn.
        newest: whether the rows left out are the first, not the last.
    """

    native: Native
    header: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    colors: tuple[str, ...] = ()
    left_out: int = 0
    newest: bool = False

    @property
    def lying(self) -> bool:
        """Whether its bars lie."""
        return self.native.kind in ("bar", "stacked_bar")

    def part(self, start: int, count: int) -> Drawn:
        """Some of the rows."""
        rows = slice(start, start + count)
        series = tuple((name, values[rows]) for name, values in self.series)
        return replace(
            self, categories=self.categories[rows], series=series, colors=self.colors[rows]
        )


def drawn(part: Part, native: Native) -> Drawn:
    """The rows of a part that its chart shows: at most forty, of months the newest."""
    table = part.table
    names = native.category or str(table.columns[0])
    categories = tuple(cell(value) for value in table[names])
    series = tuple((in_line(c), tuple(_number(v) for v in table[c])) for c in native.columns)
    whole = Drawn(native, in_line(names), categories, series, _colors(part, categories, native))
    most = min(native.most or MOST, MOST)
    count = len(categories)
    if count <= most:
        return whole
    lying = native.kind in ("bar", "stacked_bar")
    newest = not lying and all(_YEAR.search(name) for name in categories)
    kept = whole.part(count - most if newest else 0, most)
    return replace(kept, left_out=count - most, newest=newest)


def batches(whole: Drawn) -> Iterator[Drawn]:
    """The chart of each slide: lying bars go on to a second one."""
    count = len(whole.categories)
    slides = -(-count // LYING) if whole.lying else 1
    size = -(-count // max(slides, 1))
    for number in range(slides):
        yield whole.part(number * size, size)


def _number(value: object) -> float | None:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _colors(part: Part, categories: Sequence[str], native: Native) -> tuple[str, ...]:
    """The colours of the bars on the screen, such as of autumn and spring terms."""
    traces = part.figure.to_dict()["data"] if part.figure else []
    if len(traces) != 1 or len(native.columns) != 1 or traces[0].get("type") != "bar":
        return ()
    colors = traces[0].get("marker", {}).get("color")
    if not isinstance(colors, list) or len(set(colors)) < 2:
        return ()
    known: dict[str, str] = {}
    for color, keys in zip(colors, traces[0].get("customdata", []), strict=False):
        known |= {str(key): color for key in (keys if isinstance(keys, list) else [keys])}
    if sum(name in known for name in categories) * 2 > len(categories):
        return tuple(known.get(name, COLORS[0]) for name in categories)
    return tuple(colors) if len(colors) == len(categories) else ()


def draw(slide: Slide, room: Box, shown: Drawn, alt: str) -> None:
    """Draws a chart and puts the data behind it."""
    made: Any = CategoryChartData
    data = made(number_format=_format(shown))
    # The axis has short names, the workbook behind it the full ones.
    data.categories = list(_names(shown, room))
    for name, values in shown.series:
        data.add_series(name, values)
    frame = slide.shapes.add_chart(
        _KINDS[shown.native.kind], room.left, room.top, room.width, room.height, data
    )
    frame.name = "Chart"
    described(frame, alt)
    chart: Any = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(
        workbook(shown.header, shown.categories, shown.series)
    )
    chart.has_title = False
    _font(chart)
    _legend(chart, shown)
    _axes(chart, shown, room)
    _series(chart, shown)


def _names(shown: Drawn, room: Box) -> Iterator[str]:
    """The names as the axis shows them: short enough to leave the bars their room."""
    width = room.width / POINT * _NAMES if shown.lying else 160
    for name in shown.categories:
        yield fitted(name, width, SIZE, 1 if shown.lying else 2)


def _format(shown: Drawn) -> str:
    values = [v for _, series in shown.series for v in series if v is not None]
    if max(map(abs, values), default=0) >= _NO_TENTHS or all(v.is_integer() for v in values):
        return "#,##0"
    return "#,##0.0"


def _font(chart: Any) -> None:
    chart.font.size, chart.font.name = Pt(SIZE), FONT
    chart.font.color.rgb = color_of(INK)
    for latin in chart._chartSpace.iterfind(f".//{_A}latin"):
        latin.addnext(etree.Element(f"{_A}ea", typeface=FONT))


def _legend(chart: Any, shown: Drawn) -> None:
    chart.has_legend = len(shown.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False


def _axes(chart: Any, shown: Drawn, room: Box) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.format.line.color.rgb = color_of("#8296a5")
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    names.reverse_order = shown.lying
    if shown.lying:
        # The numbers stay below although the names run from the top.
        values._element.find(f"{_C}crosses").set("val", "max")
    labelled = _labelled(shown)
    values.has_major_gridlines = not labelled
    values.format.line.fill.background()
    values.tick_labels.number_format = _format(shown)
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.font.color.rgb = color_of(QUIET)
    known = [v for _, series in shown.series for v in series if v is not None]
    if min(known, default=0) >= 0:
        values.minimum_scale = 0
    if max(known, default=0) < 5 and "stacked" not in shown.native.kind:
        values.maximum_scale, values.major_unit = 5, 1
    if labelled:
        values.visible = False
    else:
        values.major_gridlines.format.line.color.rgb = color_of(GRID)
    if not shown.lying:
        _skip(names, shown, room)


def _skip(axis: Any, shown: Drawn, room: Box) -> None:
    """Labels upright where they have room, else tilted, and no more than have room then."""
    widest = max((width_of(name, SIZE) for name in shown.categories), default=0) + SIZE
    each = room.width / POINT * 0.92 / len(shown.categories)
    upright = widest <= each or len(shown.categories) <= _WRAPPED
    axis.tick_labels.font.size = Pt(SIZE)
    body = axis._element.find(f"{_C}txPr/{_A}bodyPr")
    body.set("rot", "0" if upright else "-2700000")
    body.set("vert", "horz")
    step = math.ceil(_TILTED / each)
    if upright or step < 2:
        return
    for tag in ("tickLblSkip", "tickMarkSkip"):
        made = etree.Element(f"{_C}{tag}", val=str(step))
        axis._element.find(f"{_C}noMultiLvlLbl").addprevious(made)


_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def _labelled(shown: Drawn) -> bool:
    """Whether each bar has its number: then there is no need of an axis."""
    count = len(shown.categories) * (1 if "stacked" in shown.native.kind else len(shown.series))
    most = LYING if shown.lying else LABELLED
    return count <= most and shown.native.kind != "line" and len(shown.series) <= 3


def _series(chart: Any, shown: Drawn) -> None:
    plot = chart.plots[0]
    if shown.native.kind != "line":
        count = len(shown.categories)
        plot.gap_width = 45 if count > 8 else 90 if count > 4 else 180
        if "stacked" in shown.native.kind:
            plot.overlap = 100
        elif len(shown.series) > 1:
            plot.overlap = -5
    for number, series in enumerate(plot.series):
        _color(series, COLORS[number % len(COLORS)], line=shown.native.kind == "line")
    for index, color in enumerate(shown.colors):
        point = plot.series[0].points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = color_of(color)
    if _labelled(shown):
        _labels(plot, shown)


def _color(series: Any, color: str, *, line: bool) -> None:
    if line:
        series.format.line.color.rgb = color_of(color)
        series.format.line.width, series.smooth = Pt(2.5), False
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = color_of(color)
        series.marker.format.line.color.rgb = color_of(color)
    else:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = color_of(color)
        series.invert_if_negative = False


def _labels(plot: Any, shown: Drawn) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(shown), False
    labels.show_value = True
    labels.font.size = Pt(SIZE)
    stacked = "stacked" in shown.native.kind
    labels.font.color.rgb = color_of("#ffffff" if stacked else INK)
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
