"""A link as a QR code, drawn as one shape: no picture, sharp at any size."""

from __future__ import annotations

from itertools import groupby

import segno
from pptx.oxml import parse_xml

from xianzhong.charts.projections import Point
from xianzhong.export.freeform import DRAWING, custom_geometry
from xianzhong.export.slides.box import Box
from xianzhong.export.slides.text import WEB, Slide, described

# The standard (ISO/IEC 18004) asks for four empty modules around the code: the slide is white.
_QUIET = 4
_LONGEST = 1200


def can_be_scanned(link: str) -> bool:
    """Whether a telephone can follow a link: it names its host, and fits into a code."""
    return link.startswith(WEB) and len(link.encode()) <= _LONGEST


def draw(slide: Slide, box: Box, link: str, name: str) -> None:
    """Draws the code of a link in a square."""
    matrix = segno.make(link, error="m", micro=False).matrix
    parts: list[tuple[Point, ...]] = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                parts.append(((x, y), (x + wide, y), (x + wide, y + 1), (x, y + 1)))
            x += wide
    module = box.width / (len(matrix) + 2 * _QUIET)
    geometry, (left, top, width, height) = custom_geometry(parts, module)
    edge = round(_QUIET * module)
    shape = slide.shapes.add_textbox(box.left + edge + left, box.top + edge + top, width, height)
    shape.name = "QR"
    described(shape, name)
    properties = shape._element.spPr
    properties.replace(properties.prstGeom, parse_xml(geometry))
    fill = f'<a:solidFill xmlns:a="{DRAWING}"><a:srgbClr val="000000"/></a:solidFill>'
    properties.replace(properties.find("{*}noFill"), parse_xml(fill))
