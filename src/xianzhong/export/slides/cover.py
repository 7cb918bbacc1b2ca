"""The first slide: title, filters, as of when, link."""

from __future__ import annotations

from xianzhong.brief.brief import PRODUCT, Brief, as_of
from xianzhong.charts.style import BLUE, INK, QUIET
from xianzhong.export.clean import in_line
from xianzhong.export.slides.box import POINT, Box, inches
from xianzhong.export.slides.measure import fitted, width_of
from xianzhong.export.slides.pages import Heading, Pages, banner
from xianzhong.export.slides.text import Paragraph, Run, Slide, text_box, write

_SIZE, _SMALLER = 40, 32


def add(pages: Pages, brief: Brief) -> None:
    """Adds the first slide."""
    source, lang = brief.source, brief.source.lang
    heading = Heading(brief.title, "", source, brief.link, (brief.title, source.sentence))
    slide, room = pages.add_cover(heading)
    width = room.width / POINT - 10
    size = _SIZE if width_of(brief.title, _SIZE) <= width else _SMALLER
    title = Run(fitted(brief.title, width, size, 2), size, "#18527a", bold=True)
    below = Box(room.left, inches(3.9), room.width, inches(1.5))
    if slide.shapes.title is None:
        box = Box(room.left, inches(1.75), room.width, inches(1.75))
        text_box(slide, box, [Paragraph((title,))], lang, name="Title", anchor="bottom")
    else:
        shape = slide.shapes.title
        write(shape.text_frame, [Paragraph((title,))], lang)
        below = Box(int(shape.left), _under(pages, shape), int(shape.width), inches(1.5))
    _without_empty(slide)
    text_box(slide, below, _words(brief, width), lang, name="About")
    if source.demo:
        words = source.say(
            "Demonstration data: generated at random, with fictional names. Nothing in this file "
            "is about a real school or university."
        )
        box = Box(
            below.left, min(below.bottom, room.bottom - inches(0.7)), below.width, inches(0.7)
        )
        banner(slide, box, fitted(words, below.width / POINT * 0.92, 14, 2), 14, lang)
    product = [Paragraph((Run(PRODUCT[lang], 16, BLUE, bold=True),))]
    text_box(slide, room.first(inches(0.4)), product, lang, name="Product")


def _under(pages: Pages, title: object) -> int:
    """Below the title and the rule under it, but always on the slide."""
    bottom = int(getattr(title, "top", 0)) + int(getattr(title, "height", 0))
    return min(bottom + inches(0.42), pages.height - inches(3.0))


def _without_empty(slide: Slide) -> None:
    """Takes away the placeholders that nothing is written into: they would ask for text."""
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.text_frame.text:
            shape._element.getparent().remove(shape._element)


def _words(brief: Brief, width: float) -> list[Paragraph]:
    source = brief.source
    words = [
        Paragraph((Run(fitted(source.sentence, width, 20, 2), 20, INK),)),
        Paragraph((Run(as_of(source), 16, QUIET),), before=8),
    ]
    if link := in_line(brief.link):
        words.append(Paragraph((Run(fitted(link, width, 14), 14, BLUE, link=link),), before=8))
    return words
