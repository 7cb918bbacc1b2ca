"""A map as a group of Word's shapes: one for each area in its colour, the inset, the legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.shared import Mm, RGBColor

from xianzhong.brief.part import Part, Places
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.layers import BORDER, COAST, SEA_LABEL
from xianzhong.charts.outlines import Sheet, counties, has_inset, nation, south_china_sea
from xianzhong.charts.painted import Painted, painted
from xianzhong.charts.places import CORPS, NAMED_AT_SEA, NO_ROOM_IN_ENGLISH, PLACES
from xianzhong.charts.projections import Point
from xianzhong.export.clean import in_line
from xianzhong.export.document.charts import INLINE, MAIN, WORD
from xianzhong.export.document.layout import CREDIT, DRAWING, FANGSONG, LATIN
from xianzhong.export.document.page import WIDTH, Paper
from xianzhong.export.freeform import custom_geometry

GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BACKDROP = "#f3f6f9"
_NAME_SIZE = 6.5
_POINT = 12_700
_INSET = 0.3


class _Group:
    """Shapes that are moved and sized as one.

    Args:
        paper: the document, for the ids.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.shapes: list[str] = []

    def outline(
        self, name: str, parts: Sequence[Sequence[Point]], scale: float, at: tuple[int, int],
        style: str, *, closed: bool = True,
    ) -> None:  # fmt: skip
        """An area or some strokes."""
        geometry, (x, y, width, height) = custom_geometry(parts, scale, closed=closed)
        place = f'<a:off x="{at[0] + x}" y="{at[1] + y}"/><a:ext cx="{width}" cy="{height}"/>'
        self._shape(name, place, geometry + style)

    def box(self, name: str, place: tuple[int, int, int, int], style: str, words: str = "") -> None:
        """A rectangle, with words in its middle where there are any."""
        x, y, width, height = place
        where = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
        shape = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{style}'
        self._shape(name, where, shape, words)

    def _shape(self, name: str, place: str, drawn: str, words: str = "") -> None:
        text = f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>" if words else ""
        said = quoteattr(in_line(name))
        self.shapes.append(
            f'<wps:wsp><wps:cNvPr id="{next(self.paper.ids)}" name={said} descr={said}/>'
            f"<wps:cNvSpPr/><wps:spPr><a:xfrm>{place}</a:xfrm>{drawn}</wps:spPr>{text}"
            '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
        )

    def drawing(self, width: int, height: int, alt: str) -> Any:
        """The group as what stands in a run; a program that cannot draw it says so in words."""
        number, said = next(self.paper.ids), quoteattr(in_line(alt))
        instead = self.paper.source.say("(The map cannot be shown here; the table has its values.)")
        frame = f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        inside = f'<a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/>'
        return parse_xml(
            f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}" xmlns:w="{WORD}" xmlns:wp="{INLINE}" '
            f'xmlns:a="{MAIN}" xmlns:wpg="{GROUP}" xmlns:wps="{SHAPE}">'
            f'<mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" '
            f'distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" '
            f'name="Map {number}" descr={said}/><wp:cNvGraphicFramePr/><a:graphic>'
            f'<a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}'
            f"{inside}</a:xfrm></wpg:grpSpPr>{''.join(self.shapes)}</wpg:wgp></a:graphicData>"
            "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:t>"
            f"{escape(instead)}</w:t></mc:Fallback></mc:AlternateContent>"
        )


def add(paper: Paper, part: Part, places: Places, boundaries: Boundaries) -> None:
    """Adds the map, its legend, and its credit with the number of approval.

    Raises:
        FileNotFoundError: the boundary files are not there.
    """
    sheet = counties(boundaries, places.province) if places.province else nation(boundaries)
    paint = painted(places.values, places.measure, sheet, paper.lang)
    tall = Mm(115)
    scale = min(WIDTH / sheet.width, tall / sheet.height)
    width, height = round(sheet.width * scale), round(sheet.height * scale)
    group = _Group(paper)
    _areas(group, sheet, paint, scale, (0, 0))
    if not places.province:
        _names(group, sheet, paint, scale, paper)
    right = width
    if has_inset(places.province):
        right = _inset(group, paint, (width, height), paper, boundaries, places.province)
    alt = part.alt or part.title
    run = paper.paragraph("", DRAWING).add_run()
    run._r.append(group.drawing(right, height, alt))
    _legend(paper, paint)
    paper.paragraph(boundaries.credit(paper.lang), CREDIT)


def _areas(
    group: _Group, sheet: Sheet, paint: Painted | None, scale: float, at: tuple[int, int]
) -> None:
    """What is filled, then the lines, in the order of the screen's map."""
    if sheet.backdrop:
        style = _fill(_BACKDROP) + _line(BORDER, 0.5)
        group.outline(sheet.backdrop.name, sheet.backdrop.rings, scale, at, style)
    for area in sheet.areas:
        known = paint is not None and area.code in paint.paints
        color = paint.paints[area.code].color if paint and known else _BACKDROP
        name = paint.described(area) if paint and known else area.name
        group.outline(name, area.rings, scale, at, _fill(color) + _line(BORDER, 0.5))
    strokes = (("undefined_border", "未定国界", 0.9, True), ("dashline", "断续线", 1.2, False))
    for key, name, wide, dashed in strokes:
        if parts := sheet.lines.get(key):
            style = f"<a:noFill/>{_line(COAST, wide, dashed=dashed)}"
            group.outline(name, parts, scale, at, style, closed=False)


def _inset(
    group: _Group, paint: Painted, main: tuple[int, int], paper: Paper, boundaries: Boundaries,
    province: str,
) -> int:  # fmt: skip
    """The South China Sea in a frame, bottom right; gives the right edge of the whole."""
    sheet = south_china_sea(boundaries)
    height = round(main[1] * _INSET)
    scale = height / sheet.height
    width = round(sheet.width * scale)
    # Beside Hainan there is no sea to stand in.
    left = main[0] + int(Mm(4)) if province else main[0] - width
    at = (left, main[1] - height)
    label = SEA_LABEL[paper.lang]
    frame = (at[0], at[1], width, height)
    group.box(f"{label} ", frame, _fill("#ffffff") + _line(COAST, 1.0))
    _areas(group, sheet, None if province else paint, scale, at)
    line = int(10 * _POINT)
    place = (at[0], at[1] + height - line, width, line)
    group.box(label, place, "<a:noFill/><a:ln><a:noFill/></a:ln>", _words(label, "#1f2933"))
    return max(main[0], left + width)


def _names(group: _Group, sheet: Sheet, paint: Painted, scale: float, paper: Paper) -> None:
    """The short names of the provinces; the Corps, which has no area, as a square."""
    wide, high = int(60 * _POINT), int(9 * _POINT)
    for code, (name, longitude, latitude) in PLACES.items():
        x, y = (round(value * scale) for value in sheet.project(longitude, latitude))
        if code == CORPS:
            half = 3 * _POINT
            style = _fill(paint.paints[code].color) + _line(COAST, 1.0)
            group.box(paint.line(code, name[paper.lang]), (x - half, y - half, 2 * half, 2 * half),
                      style)  # fmt: skip
            continue
        if paper.lang == "en" and code in NO_ROOM_IN_ENGLISH:
            continue
        dark = paint.paints[code].dark and code not in NAMED_AT_SEA
        words = _words(name[paper.lang], "#ffffff" if dark else "#1f2933")
        place = (x - wide // 2, y - high // 2, wide, high)
        group.box(name[paper.lang], place, "<a:noFill/><a:ln><a:noFill/></a:ln>", words)


def _words(text: str, color: str) -> str:
    """A centred line of small letters inside a shape."""
    tone, size = color.lstrip("#").upper(), round(_NAME_SIZE * 2)
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="180" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FANGSONG}"/>'
        f'<w:color w:val="{tone}"/><w:sz w:val="{size}"/></w:rPr>'
        f"<w:t>{escape(text)}</w:t></w:r></w:p>"
    )


def _legend(paper: Paper, paint: Painted) -> None:
    """What the colours mean, in a line under the map."""
    line = paper.paragraph("", DRAWING)
    line.paragraph_format.space_before = 0
    line.add_run(f"{in_line(paint.title)}{'：' if paper.lang == 'zh' else ': '}")
    for color, words in paint.legend:
        square = line.add_run("■")
        square.font.color.rgb = RGBColor.from_string(color.lstrip("#").upper())
        line.add_run(f"\u00a0{in_line(words).replace(' ', chr(160))}   ")


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color.lstrip("#").upper()}"/></a:solidFill>'


def _line(color: str, width: float, *, dashed: bool = False) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{round(width * _POINT)}">{_fill(color)}{dash}<a:round/></a:ln>'
