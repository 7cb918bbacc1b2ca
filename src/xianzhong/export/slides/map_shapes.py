"""Shapes of a map as XML: one for each area, in a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from xianzhong.charts.layers import BORDER, COAST
from xianzhong.charts.outlines import Outline, Ring, Sheet
from xianzhong.charts.painted import Painted
from xianzhong.charts.projections import Point
from xianzhong.export.clean import clean
from xianzhong.export.freeform import DRAWING, custom_geometry
from xianzhong.export.slides.box import Box
from xianzhong.export.slides.text import Slide

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_SPACES = f'xmlns:p="{_P}" xmlns:a="{DRAWING}"'


@dataclass(frozen=True)
class Canvas:
    """A place on a slide where a sheet is drawn; nothing else is added to the slide meanwhile.

    Attributes:
        slide: the slide.
        sheet: the map.
        box: of the sheet's proportions.
    """

    slide: Slide
    sheet: Sheet
    box: Box
    _ids: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        tree = self.slide.shapes._spTree
        known = [int(found) for found in tree.xpath("//@id") if str(found).isdigit()]
        object.__setattr__(self, "_ids", count(max(known, default=1) + 1))

    @property
    def scale(self) -> float:
        """EMU in a unit of the sheet."""
        return self.box.width / self.sheet.width

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Where a place stands on the slide."""
        x, y = self.sheet.project(longitude, latitude)
        return self.box.left + round(x * self.scale), self.box.top + round(y * self.scale)

    def group(self, name: str, alt: str, shapes: Sequence[str]) -> None:
        """Adds shapes as a group that is moved and sized as one."""
        b = self.box
        place = (
            f'<a:off x="{b.left}" y="{b.top}"/><a:ext cx="{b.width}" cy="{b.height}"/>'
            f'<a:chOff x="{b.left}" y="{b.top}"/><a:chExt cx="{b.width}" cy="{b.height}"/>'
        )
        text = (
            f'<p:grpSp {_SPACES}><p:nvGrpSpPr><p:cNvPr id="{next(self._ids)}" '
            f"name={_quoted(name)} descr={_quoted(alt)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{place}</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:grpSp>"
        )
        self.add(text)

    def add(self, text: str) -> None:
        """Adds a shape from its XML."""
        shapes = self.slide.shapes
        shapes._spTree.append(parse_xml(text))
        # python-pptx counts on from the ids that are there now.
        shapes.turbo_add_enabled = False
        shapes.turbo_add_enabled = True

    def area(self, outline: Outline, fill: str, alt: str, width: float = 0.5) -> str:
        """An area filled with a colour, named in Chinese."""
        style = f"{_solid(fill)}{_line(BORDER, width)}"
        return self._shape(outline.name, alt, outline.rings, style)

    def strokes(self, name: str, parts: Sequence[Ring], width: float, *, dashed: bool) -> str:
        """Lines without a fill."""
        style = f"<a:noFill/>{_line(COAST, width, dashed=dashed)}"
        return self._shape(name, name, parts, style, closed=False)

    def _shape(
        self, name: str, alt: str, parts: Sequence[Sequence[Point]], style: str, *,
        closed: bool = True,
    ) -> str:  # fmt: skip
        geometry, (x, y, width, height) = custom_geometry(parts, self.scale, closed=closed)
        return (
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{next(self._ids)}" name={_quoted(name)} '
            f"descr={_quoted(alt)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>"
            f'<a:off x="{self.box.left + x}" y="{self.box.top + y}"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>{geometry}{style}</p:spPr></p:sp>'
        )


def areas(canvas: Canvas, painted: Painted, *, fine: bool = False) -> list[str]:
    """All areas of a sheet in their colours."""
    width = 0.25 if fine else 0.5
    return [
        canvas.area(area, painted.paints[area.code].color, painted.described(area), width)
        for area in canvas.sheet.areas
        if area.code in painted.paints
    ]


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _solid(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color.lstrip("#").upper()}"/></a:solidFill>'


def _line(color: str, width: float, *, dashed: bool = False) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{round(width * 12_700)}">{_solid(color)}{dash}<a:round/></a:ln>'
