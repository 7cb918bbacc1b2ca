"""Adds slides to the deck: title, the line above it, footer, speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from xianzhong.brief.brief import Section, as_of
from xianzhong.brief.source import Source
from xianzhong.charts.style import BLUE, QUIET
from xianzhong.export.clean import clean, in_line
from xianzhong.export.slides.box import POINT, Box, inches
from xianzhong.export.slides.measure import fitted, lines_of, width_of
from xianzhong.export.slides.template import Template
from xianzhong.export.slides.text import (
    Paragraph,
    Run,
    Slide,
    field,
    quiet,
    resized,
    settle,
    text_box,
    write,
)
from xianzhong.model.labels import Lang

TITLE_SIZE, KICKER_SIZE, FOOT_SIZE, NOTE_SIZE = 28, 14, 10.5, 12
SMALLER_TITLE = 24
DEMO_COLOR, DEMO_INK = "#fdf0dc", "#7a4a00"
_NOTE_LINES = 4
_NUMBER_WIDTH = inches(0.9)


@dataclass(frozen=True)
class Heading:
    """What stands on a slide beside its content.

    Attributes:
        title: the slide's title.
        kicker: the small line above it.
        source: whose filters and snapshot the footer names.
        link: address in the footer.
        remarks: paragraphs of the speaker notes.
    """

    title: str
    kicker: str
    source: Source
    link: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.source.lang


def heading_of(section: Section, title: str, link: str, remarks: Sequence[str]) -> Heading:
    """The heading of a slide of a section; a title the section's own needs no line above it."""
    kicker = section.title if section.title != title else ""
    return Heading(title, kicker, section.source, section.link or link, tuple(remarks))


class Pages:
    """The slides of a deck, in the order in which they are added.

    Args:
        template: what they are made from.
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self.deck = template.deck
        self.width, self.height = int(self.deck.slide_width), int(self.deck.slide_height)
        self.margin = round(self.width * 0.045)

    def add(self, heading: Heading) -> tuple[Slide, Box]:
        """A new slide, and the room for its content."""
        slide = self.deck.slides.add_slide(self._template.page)
        # Ids are counted on, not looked for in the whole slide with each shape.
        slide.shapes.turbo_add_enabled = True
        title = self._title(slide, heading)
        self._kicker(slide, heading, title)
        self.foot(slide, heading)
        if heading.source.demo:
            self._demo(slide, heading, title)
        remark(slide, heading.remarks)
        foot = self.foot_box
        # A title that stands elsewhere than on top leaves the usual room.
        top = min(title.bottom, round(self.height * 0.4)) + inches(0.3)
        return slide, Box(title.left, top, title.width, foot.top - inches(0.1) - top)

    def add_cover(self, heading: Heading) -> tuple[Slide, Box]:
        """The first slide without its words, and the room on it."""
        slide = self.deck.slides.add_slide(self._template.cover)
        self.foot(slide, heading)
        remark(slide, heading.remarks)
        inside = self.width - 2 * self.margin
        return slide, Box(self.margin, self.margin, inside, self.foot_box.top - self.margin)

    @property
    def inner(self) -> float:
        """Points between the margins."""
        return (self.width - 2 * self.margin) / POINT

    @property
    def foot_box(self) -> Box:
        """The strip of the footer, two lines high."""
        height = inches(0.46)
        top = self.height - inches(0.2) - height
        return Box(self.margin, top, self.width - 2 * self.margin, height)

    def _title(self, slide: Slide, heading: Heading) -> Box:
        shape = slide.shapes.title
        box = Box(self.margin, inches(0.62), self.width - 2 * self.margin, inches(0.72))
        if shape is None:
            shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
            shape.name = "Title"
        if shape.width:
            box = Box(int(shape.left), int(shape.top), int(shape.width), int(shape.height))
        room = box.width / POINT - 8
        size = TITLE_SIZE if width_of(heading.title, TITLE_SIZE) <= room else SMALLER_TITLE
        lines = 2 if box.height / POINT >= 2.3 * SMALLER_TITLE else 1
        words = fitted(heading.title, room, size, lines)
        frame = shape.text_frame
        frame.word_wrap = True
        write(frame, [Paragraph((Run(words, size, "", bold=True),))], heading.lang)
        return box

    def _kicker(self, slide: Slide, heading: Heading, title: Box) -> None:
        if not heading.kicker:
            return
        height = inches(0.3)
        top = max(title.top - height, inches(0.08))
        words = fitted(heading.kicker, title.width / POINT * 0.75, KICKER_SIZE)
        text_box(
            slide, Box(title.left, top, round(title.width * 0.78), height),
            [Paragraph((Run(words, KICKER_SIZE, BLUE),))], heading.lang,
            name="Section", anchor="bottom",
        )  # fmt: skip

    def _demo(self, slide: Slide, heading: Heading, title: Box) -> None:
        words = heading.source.say("Demonstration data")
        width = inches(0.4) + round(width_of(words, 12) * POINT)
        top = max(title.top - inches(0.32), inches(0.08))
        banner(slide, Box(title.right - width, top, width, inches(0.3)), words, 12, heading.lang)

    def foot(self, slide: Slide, heading: Heading) -> None:
        """Filter sentence, snapshot, link and page number."""
        box, lang = self.foot_box, heading.lang
        room = (box.width - _NUMBER_WIDTH) / POINT
        snapshot = as_of(heading.source)
        left = room - width_of(f" · {snapshot}", FOOT_SIZE) - FOOT_SIZE
        said = f"{fitted(heading.source.sentence, left, FOOT_SIZE)} · {snapshot}"
        link = in_line(heading.link)
        words = [Paragraph((quiet(said, FOOT_SIZE),))]
        if link:
            shown = fitted(link, room - FOOT_SIZE, FOOT_SIZE)
            words.append(Paragraph((Run(shown, FOOT_SIZE, QUIET, link=link),)))
        frame = self._foot_shape(slide, PP_PLACEHOLDER.FOOTER, "Footer", box.above(0))
        write(frame, words, lang)
        number = self._foot_shape(slide, PP_PLACEHOLDER.SLIDE_NUMBER, "Number", box)
        _page_number(number, len(self.deck.slides), lang)

    def _foot_shape(self, slide: Slide, kind: Any, name: str, box: Box) -> Any:
        """The frame of the layout's own placeholder where it has one, else of a text box."""
        number = kind == PP_PLACEHOLDER.SLIDE_NUMBER
        box = box.east(_NUMBER_WIDTH) if number else box.west(box.width - _NUMBER_WIDTH)
        shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        shape.name = name
        for known in slide.slide_layout.placeholders:
            if known.placeholder_format.type == kind:
                place = deepcopy(known._element.nvSpPr.nvPr.find(_PH))
                shape._element.nvSpPr.nvPr.append(place)
                break
        settle(shape.text_frame, anchor="top")
        return shape.text_frame


_PH = "{http://schemas.openxmlformats.org/presentationml/2006/main}ph"


def _page_number(frame: Any, number: int, lang: Lang) -> None:
    """A field that follows the slide when it is moved."""
    write(frame, [Paragraph((quiet(str(number), FOOT_SIZE + 1.5),), "right")], lang)
    run = frame.paragraphs[0].runs[0]._r
    run.tag = run.tag.replace("}r", "}fld")
    run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    run.set("type", "slidenum")


def banner(slide: Slide, box: Box, words: str, size: float, lang: Lang) -> None:
    """Words in an amber field, which nobody overlooks."""
    shape = field(slide, box, DEMO_COLOR, "#d98a1f", 1)
    shape.name = "Demonstration data"
    settle(shape.text_frame, anchor="middle", margin=inches(0.05))
    run = Run(words, size, DEMO_INK, bold=True)
    write(shape.text_frame, [Paragraph((run,), "center")], lang)


def remark(slide: Slide, remarks: Sequence[str]) -> None:
    """The speaker notes."""
    slide.notes_slide.notes_text_frame.text = clean("\n".join(r for r in remarks if r))


def notes_below(slide: Slide, room: Box, notes: Sequence[str], lang: Lang) -> Box:
    """Writes what must be read with a part below it; gives the room that is left above."""
    said = [note for note in notes if note.strip()]
    if not said:
        return room
    width = room.width / POINT - 4
    texts: list[str] = []
    left = _NOTE_LINES
    for number, note in enumerate(said):
        # Each of those that follow keeps a line.
        most = max(left - (len(said) - number - 1), 1)
        if left:
            texts.append(fitted(note, width, NOTE_SIZE, most))
            left -= len(lines_of(texts[-1], width, NOTE_SIZE))
    lines = sum(len(lines_of(text, width, NOTE_SIZE)) for text in texts)
    height = round((lines * NOTE_SIZE * 1.35 + 4) * POINT)
    words = [Paragraph((quiet(text, NOTE_SIZE),)) for text in texts]
    text_box(slide, room.last(height), words, lang, name="Notes", anchor="bottom")
    return room.above(height + inches(0.08))


def nothing(slide: Slide, room: Box, source: Source) -> None:
    """Says that nothing is on record."""
    words = source.say("Nothing is on record for this view.")
    text_box(
        slide, room, [resized(Paragraph((Run(words, 18, QUIET),), "center"), 20)], source.lang,
        name="Nothing", anchor="middle",
    )  # fmt: skip
