"""Headline figures as a grid of shapes with text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianzhong.brief.figures import change, shown
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.charts.style import BLUE, INK
from xianzhong.export.slides.box import POINT, Box, inches
from xianzhong.export.slides.measure import fitted, width_of
from xianzhong.export.slides.text import (
    Paragraph,
    Run,
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
_FIELD, _EDGE = "#f3f6f9", "#cbd5de"


def batches(part: Part) -> Iterator[tuple[Figure, ...]]:
    """The figures of each slide."""
    for start in range(0, len(part.figures), MOST):
        yield part.figures[start : start + MOST]


def draw(slide: Slide, room: Box, figures: Sequence[Figure], part: Part, source: Source) -> None:
    """One card for each figure, at most four beside each other."""
    across = len(figures) if len(figures) <= 3 else (len(figures) + 1) // 2
    rows = -(-len(figures) // across)
    width = (room.width - (across - 1) * _GAP) // across
    height = min((room.height - (rows - 1) * _GAP) // rows, _TALLEST)
    for number, figure in enumerate(figures):
        row, column = divmod(number, across)
        box = Box(
            room.left + column * (width + _GAP), room.top + row * (height + _GAP), width, height
        )
        _card(slide, box, figure, part.figure_notes.get(figure.indicator.id, ""), source)


def _card(slide: Slide, box: Box, figure: Figure, note: str, source: Source) -> None:
    lang, label = source.lang, figure.indicator.label[source.lang]
    shape = field(slide, box, _FIELD, _EDGE)
    shape.name = label
    described(shape, f"{label} {shown(figure.value)} {figure.indicator.unit[lang]}")
    settle(shape.text_frame, anchor="middle", margin=_INSET)
    room = (box.width - 2 * _INSET) / POINT - 4
    write(shape.text_frame, _words(figure, note, room, source), lang)


def _words(figure: Figure, note: str, room: float, source: Source) -> list[Paragraph]:
    """Label, value with its unit, change, and what must be read with it."""
    label = fitted(figure.indicator.label[source.lang], room, 16, 2)
    words = [Paragraph((Run(label, 16, INK),)), _value(figure, room, source)]
    delta = change(source, figure)
    if delta is not None:
        term = source.filters.term is not None
        since = source.say("from the term before" if term else "from the period before")
        space = "" if source.lang == "zh" else " "
        words.append(Paragraph((quiet(fitted(f"{since}{space}{delta}", room, 13), 13),)))
    if note:
        words.append(Paragraph((quiet(fitted(note, room, 12, 2)),)))
    return words


def _value(figure: Figure, room: float, source: Source) -> Paragraph:
    """The value as large as fits beside its unit, which else stands in a line of its own."""
    value, unit = shown(figure.value), figure.indicator.unit[source.lang]
    beside = width_of(f" {unit}", 14) if figure.value is not None else 0.0
    size = next((s for s in (44, 40, 36, 32, 28) if width_of(value, s) + beside <= room), 24)
    runs: tuple[Run, ...] = (Run(value, size, BLUE, bold=True),)
    if figure.value is not None:
        runs += (quiet(f" {fitted(unit, room, 14)}", 14),)
    return Paragraph(runs, before=2)
