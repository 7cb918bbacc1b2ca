"""The template that comes with the product: white, a deep blue rule, fonts by name, no pictures.

Made by code from the empty presentation of python-pptx, so that what it holds can be read here.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation

from xianzhong.charts.style import AMBER, BLUE, INK, SKY
from xianzhong.export.freeform import DRAWING
from xianzhong.export.slides.box import Box, inches
from xianzhong.export.slides.text import color_of

FONT = "Microsoft YaHei"
WIDTH, HEIGHT = inches(13.333), inches(7.5)
MARGIN = inches(0.6)
TITLE = Box(MARGIN, inches(0.62), WIDTH - 2 * MARGIN, inches(0.72))
RULE = Box(MARGIN, inches(1.42), WIDTH - 2 * MARGIN, inches(0.03))
# Of the theme in .streamlit/config.toml (chartCategoricalColors).
ACCENTS = (BLUE, AMBER, "#2f9077", "#a8466f", SKY, "#8c5a2b")
_KEPT = ("Title Slide", "Title Only", "Blank")
_A = f"{{{DRAWING}}}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLE_SIZE = 28


@lru_cache(maxsize=1)
def plain_template() -> bytes:
    """The template as a file, which an office may take as the start of its own."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT  # type: ignore[assignment]
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    _theme(deck)
    master = deck.slide_master
    _master_title(master)
    for layout in deck.slide_layouts:
        _layout(layout)
    content = BytesIO()
    deck.save(content)
    return content.getvalue()


def _theme(deck: Any) -> None:
    """Fonts and colours of the product."""
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            root = etree.fromstring(part.blob)
            for kind in ("majorFont", "minorFont"):
                font = root.find(f".//{_A}{kind}")
                font.find(f"{_A}latin").set("typeface", FONT)
                font.find(f"{_A}ea").set("typeface", FONT)
            colors = {f"accent{i}": c for i, c in enumerate(ACCENTS, 1)}
            colors |= {"dk1": INK, "dk2": "#18527a", "lt2": "#f3f6f9", "hlink": BLUE}
            for name, color in colors.items():
                found = root.find(f".//{_A}clrScheme/{_A}{name}")
                found[:] = [etree.Element(f"{_A}srgbClr", val=color.lstrip("#"))]
            part._blob = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )


def _master_title(master: Any) -> None:
    style = master.element.find(f"{_P}txStyles/{_P}titleStyle/{_A}lvl1pPr")
    style.set("algn", "l")
    run = style.find(f"{_A}defRPr")
    run.set("sz", str(_TITLE_SIZE * 100))
    run.set("b", "1")
    for shape in list(master.placeholders):
        _placed(shape)


def _layout(layout: Any) -> None:
    for shape in list(layout.placeholders):
        _placed(shape)
    if layout.name == "Title Only":
        rule = _rule(layout, RULE)
        rule.name = "Rule"
    if layout.name == "Title Slide":
        _rule(layout, Box(MARGIN, inches(3.62), inches(2.4), inches(0.06))).name = "Rule"


def _placed(shape: Any) -> None:
    """A placeholder at its place on the wide slide."""
    kind = str(shape.placeholder_format.type)
    foot = inches(6.83)
    boxes = {
        "TITLE": TITLE,
        "CENTER_TITLE": Box(MARGIN, inches(1.75), WIDTH - 2 * MARGIN, inches(1.75)),
        "SUBTITLE": Box(MARGIN, inches(3.85), WIDTH - 2 * MARGIN, inches(1.2)),
        "BODY": Box(MARGIN, inches(1.65), WIDTH - 2 * MARGIN, inches(5.0)),
        "FOOTER": Box(MARGIN, foot, WIDTH - 2 * MARGIN - inches(1), inches(0.42)),
        "SLIDE_NUMBER": Box(WIDTH - MARGIN - inches(0.9), foot, inches(0.9), inches(0.42)),
        "DATE": Box(MARGIN, foot, inches(1), inches(0.42)),
    }
    box = boxes[kind.split(" ", maxsplit=1)[0].rsplit(".", maxsplit=1)[-1]]
    shape.left, shape.top, shape.width, shape.height = box.left, box.top, box.width, box.height
    if "TITLE" in kind and "SUB" not in kind:
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = 0
        frame._txBody.bodyPr.set("anchor", "b" if "CENTER" in kind else "ctr")


def _rule(layout: Any, box: Box) -> Any:
    """A deep blue bar, drawn on the layout so that every slide has it."""
    from pptx.oxml.shapes.autoshape import CT_Shape

    made: Any = CT_Shape.new_autoshape_sp(
        90, "Rule", "rect", box.left, box.top, box.width, box.height
    )
    layout.shapes._spTree.append(made)
    shape = list(layout.shapes)[-1]
    style = shape._element.find("{*}style")
    if style is not None:
        shape._element.remove(style)
    shape.fill.solid()
    shape.fill.fore_color.rgb = color_of(BLUE)
    shape.line.fill.background()
    return shape
