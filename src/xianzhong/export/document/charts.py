"""A part's table as a chart of Word's own, with its workbook inside, which can be edited there."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml as parse_chart

from xianzhong.brief.part import Native, Part
from xianzhong.export.clean import in_line
from xianzhong.export.document.layout import DRAWING, HEITI, LATIN, WIDTH_MM
from xianzhong.export.document.page import WIDTH, Paper
from xianzhong.export.slides.charts import COLORS, Drawn, drawn
from xianzhong.export.slides.measure import fitted, width_of
from xianzhong.export.slides.workbook import workbook

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SIZE = 9
LABELLED = 20
_INK, _GRID = "1F2933", "D5DCE2"
_KINDS = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "stacked_column": XL_CHART_TYPE.COLUMN_STACKED,
    "stacked_bar": XL_CHART_TYPE.BAR_STACKED,
}
# The names of lying bars take at most so many points.
_NAMES = 150.0


def add(paper: Paper, part: Part, native: Native) -> Drawn | None:
    """Adds the chart of a part and gives what it shows; None where there is no number to draw."""
    shown = drawn(part, native)
    if not any(value is not None for _, values in shown.series for value in values):
        return None
    relation = _embed(paper, shown)
    height = _height(shown)
    number = next(paper.ids)
    alt = quoteattr(in_line(part.alt or part.title))
    xml = (
        f'<w:drawing xmlns:w="{WORD}" xmlns:wp="{INLINE}" xmlns:a="{MAIN}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH}" '
        f'cy="{height}"/><wp:docPr id="{number}" name="Chart {number}" descr={alt}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart '
        f'xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    paragraph = paper.paragraph("", DRAWING)
    paragraph.add_run()._r.append(parse_xml(xml))
    return shown


def _embed(paper: Paper, shown: Drawn) -> str:
    """Puts the chart and its workbook into the file; the id by which the text names it."""
    owner = paper.document.part
    package = owner.package
    number = sum(str(p.partname).startswith("/word/charts/") for p in package.iter_parts()) + 1
    sheet = FilePart(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET,
        workbook(shown.header, shown.categories, shown.series), package,
    )  # fmt: skip
    made = FilePart(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package
    )
    inside = made.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    made._blob = _xml(shown, inside)
    return str(owner.relate_to(made, RELATIONSHIP_TYPE.CHART))


def _height(shown: Drawn) -> int:
    """EMU: lying bars need room for each name, upright ones always the same."""
    if not shown.lying:
        return int(Mm(68))
    rows = len(shown.categories) * (len(shown.series) if shown.native.kind == "bar" else 1)
    return int(Mm(min(max(7 * rows + 12, 30), 200)))


def _xml(shown: Drawn, inside: str) -> bytes:
    """The chart's XML, with data, looks, and the workbook that it comes from."""
    make: Any = CategoryChartData
    data: Any = make(number_format=_format(shown))
    data.categories = [_named(shown, name) for name in shown.categories]
    for name, values in shown.series:
        data.add_series(name, values)
    space: Any = parse_chart(data.xml_bytes(_KINDS[shown.native.kind]))
    make_chart: Any = Chart
    chart: Any = make_chart(space, None)
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(SIZE), LATIN
    chart.font.color.rgb = _color(_INK)
    for latin in space.iterfind(f".//{{{MAIN}}}latin"):
        latin.addnext(etree.Element(f"{{{MAIN}}}ea", typeface=HEITI))
    chart.has_legend = len(shown.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, shown)
    _series(chart, shown)
    _frameless(space)
    space.get_or_add_externalData().rId = inside
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _frameless(space: Any) -> None:
    """White, without the frame that office programs draw around a chart that says nothing."""
    looks = parse_chart(
        f'<c:spPr xmlns:c="{CHART}" xmlns:a="{MAIN}"><a:solidFill><a:srgbClr val="FFFFFF"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>"
    )
    space.find(f"{{{CHART}}}chart").addnext(looks)


def _named(shown: Drawn, name: str) -> str:
    """A name as the axis shows it; the workbook and the table have it in full."""
    return fitted(name, _NAMES, SIZE, 1 if shown.lying else 2)


def _format(shown: Drawn) -> str:
    values = [value for _, series in shown.series for value in series if value is not None]
    return "#,##0" if all(value.is_integer() for value in values) else "#,##0.0"


def _labelled(shown: Drawn) -> bool:
    """Whether each bar has its number, which makes the axis needless."""
    count = len(shown.categories) * len(shown.series)
    return shown.native.kind != "line" and (count <= LABELLED or shown.lying)


def _color(value: str) -> Any:
    """A colour such as ``#1f5f8b``."""
    made: Any = RGBColor
    return made.from_string(value.lstrip("#").upper())


def _axes(chart: Any, shown: Drawn) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines, names.reverse_order = False, shown.lying
    names.format.line.color.rgb = _color("808080")
    values.format.line.fill.background()
    values.tick_labels.number_format = _format(shown)
    values.tick_labels.number_format_is_linked = False
    known = [value for _, series in shown.series for value in series if value is not None]
    if min(known) >= 0:
        values.minimum_scale = 0
    if max(known) < 5 and "stacked" not in shown.native.kind:
        values.maximum_scale, values.major_unit = 5, 1
    # Names wrap, and never stand on end.
    names.tick_labels.font.size = Pt(SIZE)
    names._element.find(f"{{{CHART}}}txPr/{{{MAIN}}}bodyPr").set("rot", "0")
    if not shown.lying:
        _skip(names, shown)
    labelled = _labelled(shown)
    values.has_major_gridlines = not labelled
    values.visible = not labelled
    if labelled:
        return
    values.major_gridlines.format.line.color.rgb = _color(_GRID)
    if shown.native.unit:
        values.has_title = True
        frame = values.axis_title.text_frame
        frame.text = in_line(shown.native.unit)
        frame.paragraphs[0].font.bold = False


def _skip(axis: Any, shown: Drawn) -> None:
    """As many names as have room beside each other, in two lines at most."""
    widest = max(width_of(name, SIZE) for name in shown.categories)
    room = WIDTH_MM / 25.4 * 72 * 0.92
    step = -(-len(shown.categories) * (widest / 2 + SIZE * 2) // room)
    if step < 2:
        return
    for tag in ("tickLblSkip", "tickMarkSkip"):
        made = etree.Element(f"{{{CHART}}}{tag}", val=str(int(step)))
        axis._element.find(f"{{{CHART}}}noMultiLvlLbl").addprevious(made)


def _series(chart: Any, shown: Drawn) -> None:
    plot = chart.plots[0]
    line, stacked = shown.native.kind == "line", "stacked" in shown.native.kind
    if not line:
        plot.gap_width = 45 if len(shown.categories) > 3 else 160
        plot.overlap = 100 if stacked else 0
    for number, series in enumerate(plot.series):
        color = _color(COLORS[number % len(COLORS)])
        if line:
            series.format.line.color.rgb, series.format.line.width = color, Pt(2)
            series.smooth = False
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = color
            continue
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = color
        series.invert_if_negative = False
    for index, tone in enumerate(shown.colors):
        point = plot.series[0].points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = _color(tone)
    if _labelled(shown):
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = _format(shown), False
        labels.show_value, labels.font.size = True, Pt(SIZE)
        labels.font.color.rgb = _color("FFFFFF" if stacked else _INK)
        labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
