"""Headline figures as a grid of shapes with text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xianzhong.brief.figures import change, shown
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.charts.style import BLUE, INK
from xianzhong.export.slides.box import POINT, Box, inches
from xianzhong.export.slides.measure import fitted, lines_of, width_of
from xianzhong.export.slides.text import (
    Paragraph,
    Run,
    Shape,
    Slide,
    described,
    field,
    quiet,
    settle,
    write,
)
from xianzhong.query.figures import Figure

MOST = 8
_GAP, _INSET = inches(0.22), inches(0.16)
_TALLEST = inches(2.45)
# Bold figures are wider than letters.
_BOLD = 1.16
_FIELD, _EDGE = "#f3f6f9", "#cbd5de"


def batches(part: Part) -> Iterator[tuple[Figure, ...]]:
    """The figures of each slide."""
    for start in range(0, len(part.figures), MOST):
        yield part.figures[start : start + MOST]


def draw(slide: Slide, room: Box, figures: Sequence[Figure], part: Part, source: Source) -> None:
    """One card for each figure, at most four beside each other, all set alike."""
    across = len(figures) if len(figures) <= 3 else (len(figures) + 1) // 2
    rows = -(-len(figures) // across)
    width = (room.width - (across - 1) * _GAP) // across
    height = min((room.height - (rows - 1) * _GAP) // rows, _TALLEST)
    setting = _setting(figures, (width - 2 * _INSET) / POINT - 4, source)
    notes = [part.figure_notes.get(figure.indicator.id, "") for figure in figures]
    said = [_words(f, note, setting, source) for f, note in zip(figures, notes, strict=True)]
    tallest = max(_tall(words, setting.room) for words in said)
    above = max(_INSET // 2, (height - round(tallest * POINT)) // 2)
    for number, figure in enumerate(figures):
        row, column = divmod(number, across)
        left = room.left + column * (width + _GAP)
        box = Box(left, room.top + row * (height + _GAP), width, height)
        _card(slide, box, said[number], figure, source).text_frame.margin_top = above


@dataclass(frozen=True, slots=True)
class _Setting:
    """How all cards of a slide are set.

    Attributes:
        room: points in a line.
        size: of the values.
        beside: whether units stand beside the values or below them.
    """

    room: float
    size: float
    beside: bool


def _setting(figures: Sequence[Figure], room: float, source: Source) -> _Setting:
    values = [shown(figure.value) for figure in figures]
    widest = max(width_of(value, _BOLD) for value in values)
    size = next((s for s in (44, 40, 36, 32, 28) if s * widest <= room), 24)
    units = [width_of(f" {figure.indicator.unit[source.lang]}", 14) for figure in figures]
    pairs = zip(values, units, strict=True)
    beside = all(width_of(value, _BOLD * size) + unit <= room for value, unit in pairs)
    return _Setting(room, size, beside)


def _card(
    slide: Slide, box: Box, words: Sequence[Paragraph], figure: Figure, source: Source
) -> Shape:
    lang, label = source.lang, figure.indicator.label[source.lang]
    shape = field(slide, box, _FIELD, _EDGE)
    shape.name = label
    described(shape, f"{label} {shown(figure.value)} {figure.indicator.unit[lang]}")
    settle(shape.text_frame, anchor="top", margin=_INSET)
    write(shape.text_frame, words, lang)
    return shape


def _tall(words: Sequence[Paragraph], room: float) -> float:
    """Points that the words of a card take from top to bottom."""
    found = 0.0
    for paragraph in words:
        size = max(run.size for run in paragraph.runs)
        text = "".join(run.text for run in paragraph.runs)
        lines = 1 if size > 20 else len(lines_of(text, room, size))
        found += lines * size * 1.3 + paragraph.before
    return found


def _words(figure: Figure, note: str, setting: _Setting, source: Source) -> list[Paragraph]:
    """Label, value with its unit, change, and what must be read with it."""
    room = setting.room
    label = fitted(figure.indicator.label[source.lang], room, 16, 2)
    words = [Paragraph((Run(label, 16, INK),)), *_value(figure, setting, source)]
    delta = change(source, figure)
    if delta is not None:
        term = source.filters.term is not None
        since = source.say("from the term before" if term else "from the period before")
        said = f"{since} {delta}" if source.lang == "zh" else f"{delta} {since}"
        words.append(Paragraph((quiet(fitted(said, room, 13), 13),)))
    if note:
        words.append(Paragraph((quiet(fitted(note, room, 12, 2)),)))
    return words


def _value(figure: Figure, setting: _Setting, source: Source) -> list[Paragraph]:
    """The value, and its unit beside or below it; nothing on record has no unit."""
    value = Run(shown(figure.value), setting.size, BLUE, bold=True)
    if figure.value is None:
        return [Paragraph((value,), before=2)]
    unit = fitted(figure.indicator.unit[source.lang], setting.room, 14)
    if setting.beside:
        return [Paragraph((value, quiet(f" {unit}", 14)), before=2)]
    return [Paragraph((value,), before=2), Paragraph((quiet(unit, 14),))]
