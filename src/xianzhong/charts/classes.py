"""Classes of a map's colours: few, with limits that a reader can say aloud."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xianzhong.model.labels import Label, Lang

# One hue, light to dark, even in lightness: readable with any colour blindness and in grey.
COLORS = ("#d0e4ef", "#94c0d9", "#5596bb", "#276993", "#0d3b5e")
ZERO_COLOR = "#fdf8e8"
MISSING_COLOR = "#dfe1e2"
MISSING_LABEL = Label("无记录", "No record")
ZERO, MISSING = -1, -2
# Brighter than this a colour takes dark text.
_DARK_BELOW = 0.35


@dataclass(frozen=True)
class Palette:
    """The colours of a map.

    Attributes:
        colors: of the classes above zero, light to dark.
        zero, missing: of the two others.
        words: what legend and hover say of a class in place of its limits or value.
    """

    colors: tuple[str, ...] = COLORS
    zero: str = ZERO_COLOR
    missing: str = MISSING_COLOR
    words: tuple[tuple[int, Label], ...] = ()

    def word(self, number: int, lang: Lang) -> str:
        """The words for a class, empty where its limits speak."""
        return next((label[lang] for known, label in self.words if known == number), "")


CALM = Palette()


@dataclass(frozen=True)
class Classes:
    """Upper limits of the classes above zero, each belonging to its class, ascending."""

    limits: tuple[float, ...]
    whole: bool
    palette: Palette = CALM

    def of(self, value: float | None) -> int:
        """The number of the class of a value: 0 …, or ZERO, or MISSING."""
        if value is None or math.isnan(value):
            return MISSING
        if value <= 0:
            return ZERO
        return next((i for i, top in enumerate(self.limits) if value <= top), len(self.limits) - 1)

    def color(self, number: int) -> str:
        """The colour of a class; fewer classes spread over the whole scale."""
        if number < 0:
            return self.palette.zero if number == ZERO else self.palette.missing
        steps, last = len(self.limits) - 1, len(self.palette.colors) - 1
        return self.palette.colors[round(number * last / steps) if steps else last // 2]

    def is_dark(self, number: int) -> bool:
        """Whether light text reads better on a class."""
        red, green, blue = (int(self.color(number)[i : i + 2], 16) / 255 for i in (1, 3, 5))
        light: float = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        return light < _DARK_BELOW

    def label(self, number: int, lang: Lang) -> str:
        """The words of the legend for a class."""
        if said := self.palette.word(number, lang):
            return said
        if number < 0:
            return "0" if number == ZERO else MISSING_LABEL[lang]
        top = self.limits[number]
        below = self.limits[number - 1] if number else 0.0
        if not self.whole:
            return f"{below:g}–{top:g}"
        first = int(below) + 1
        return f"{first}" if first == top else f"{first}–{top:.0f}"


def classes_of(
    values: Iterable[float | None],
    limits: Sequence[float] | None = None,
    palette: Palette = CALM,
) -> Classes:
    """Classes for values: at most five, none of them empty but where ``limits`` are given.

    Args:
        values: the values to be shown; None and NaN are missing, negative ones count as zero.
        limits: upper limits to use instead, ascending; the last is raised to the maximum.
        palette: their colours.
    """
    known = sorted(v for v in values if v is not None and not math.isnan(v) and v > 0)
    whole = all(float(v).is_integer() for v in known)
    if not known:
        return Classes((1.0,), whole, palette)
    if limits:
        return Classes((*limits[:-1], max(limits[-1], known[-1])), whole, palette)
    distinct = sorted(set(known))
    if len(distinct) <= len(palette.colors):
        return Classes(tuple(distinct), whole, palette)
    return Classes(_quantile_limits(known), whole, palette)


def _quantile_limits(known: list[float]) -> tuple[float, ...]:
    """Limits near the fifths of the values, rounded up to numbers like 2, 5, 20, 150."""
    count = len(COLORS)
    wanted = [known[math.ceil(len(known) * (i + 1) / count) - 1] for i in range(count - 1)]
    tops = sorted({_round_up(v) for v in wanted if _round_up(v) < known[-1]})
    limits = [*tops, known[-1]]
    filled = [hi for lo, hi in pairwise([0.0, *limits]) if any(lo < v <= hi for v in known)]
    return tuple(filled)


def _round_up(value: float) -> float:
    """The next number of the form 1, 1.5, 2, 3, 5 or 8 times a power of ten (whole from 1 on)."""
    power = 10.0 ** math.floor(math.log10(value))
    for step in (1, 1.5, 2, 3, 5, 8, 10):
        # Twelve digits are enough, and free of what 3 * 0.1 leaves behind.
        top = float(f"{step * power:.12g}")
        if top >= value and (power != 1 or step != 1.5):
            return top
    return value
