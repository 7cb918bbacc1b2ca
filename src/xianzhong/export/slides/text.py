"""Writes words into shapes of a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from xianzhong.charts.style import INK, QUIET
from xianzhong.export.clean import clean
from xianzhong.export.freeform import DRAWING
from xianzhong.export.slides.box import Box
from xianzhong.model.labels import Lang

Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]
_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
LOCALE: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
_GLOW = (
    f'<a:effectLst xmlns:a="{DRAWING}"><a:glow rad="25400">'
    '<a:srgbClr val="{color}"/></a:glow></a:effectLst>'
)
WEB = ("http://", "https://")
# python-pptx tells no types of what a slide holds.
Slide = Any
Shape = Any


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one look; the font is the theme's.

    Attributes:
        text: the words.
        size: in points.
        color: ``#rrggbb``, empty for the placeholder's own.
        bold: whether they are bold.
        link: address that a click opens; only of the web.
        halo: colour of a glow around the letters, none where it is empty.
    """

    text: str
    size: float
    color: str = INK
    bold: bool = False
    link: str = ""
    halo: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its runs, how it is set, and points of space above it."""

    runs: tuple[Run, ...]
    align: Align = "left"
    before: float = 0


def quiet(text: str, size: float = 12) -> Run:
    """Words that stand back."""
    return Run(text, size, QUIET)


def color_of(value: str) -> Any:
    """A colour such as ``#1f5f8b``."""
    made: Any = RGBColor
    return made.from_string(value.lstrip("#").upper())


def write(frame: Any, paragraphs: Sequence[Paragraph], lang: Lang) -> None:
    """Fills an empty text frame."""
    for number, paragraph in enumerate(paragraphs):
        made = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        made.alignment = _ALIGN[paragraph.align]
        if paragraph.before:
            made.space_before = Pt(paragraph.before)
        for run in paragraph.runs:
            _add(made, run, lang)


def _add(paragraph: Any, run: Run, lang: Lang) -> None:
    made = paragraph.add_run()
    made.text = clean(run.text)
    made.font.size, made.font.bold = Pt(run.size), run.bold or None
    if run.link.startswith(WEB):
        made.hyperlink.address = clean(run.link)
    elif run.color:
        made.font.color.rgb = color_of(run.color)
    properties = made._r.get_or_add_rPr()
    properties.set("lang", LOCALE[lang])
    if run.halo:
        properties.append(parse_xml(_GLOW.format(color=run.halo.lstrip("#").upper())))


def text_box(
    slide: Slide,
    box: Box,
    paragraphs: Sequence[Paragraph],
    lang: Lang,
    *,
    name: str = "",
    anchor: Anchor = "top",
) -> Shape:
    """A text box without margins, whose words wrap at its edge."""
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    settle(shape.text_frame, anchor=anchor)
    write(shape.text_frame, paragraphs, lang)
    if name:
        shape.name = name
    return shape


def settle(frame: Any, *, anchor: Anchor = "top", margin: int = 0) -> None:
    """Sets a text frame's margins; text neither shrinks nor makes its shape grow."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = _ANCHOR[anchor]
    frame.margin_left = frame.margin_right = margin
    frame.margin_top = frame.margin_bottom = margin


def field(slide: Slide, box: Box, fill: str, edge: str, width: float = 0.75) -> Shape:
    """A rectangle of one colour with an edge, and nothing of the theme's shadows."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, box.left, box.top, box.width, box.height)
    style = shape._element.find("{*}style")
    if style is not None:
        shape._element.remove(style)
    shape.fill.solid()
    shape.fill.fore_color.rgb = color_of(fill)
    shape.line.color.rgb, shape.line.width = color_of(edge), Pt(width)
    return shape


def described(shape: Shape, text: str) -> None:
    """Gives a shape or frame its alternative text."""
    shape._element._nvXxPr.cNvPr.set("descr", clean(text))


def resized(paragraph: Paragraph, size: float) -> Paragraph:
    """The paragraph with all runs in a size."""
    return replace(paragraph, runs=tuple(replace(run, size=size) for run in paragraph.runs))
