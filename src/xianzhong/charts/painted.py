"""A map's areas with their colours and words: the screen's, for files that draw shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from xianzhong.charts.classes import MISSING, Classes, classes_of
from xianzhong.charts.layers import legend_entries, said
from xianzhong.charts.maps import Measure
from xianzhong.charts.outlines import Outline, Sheet
from xianzhong.charts.places import CORPS, PLACES
from xianzhong.model.labels import Lang


@dataclass(frozen=True, slots=True)
class Paint:
    """What an area looks like and says.

    Attributes:
        color: of the fill, ``#rrggbb``.
        dark: whether light text reads better on it.
        said: the value in words, such as ``12 所``.
        text: the further line that the screen shows on hover, often empty.
    """

    color: str
    dark: bool
    said: str
    text: str = ""


@dataclass(frozen=True)
class Painted:
    """A map's colours.

    Attributes:
        title: heading of the legend.
        unit: the word after a value.
        paints: by code; of each area of the sheet, and of the Corps on the national map.
        legend: colour and words of each entry, dark to light, then zero and missing.
        lang: of the words.
    """

    title: str
    unit: str
    paints: Mapping[str, Paint]
    legend: tuple[tuple[str, str], ...]
    lang: Lang

    def described(self, outline: Outline) -> str:
        """An area and its value in a line, for those who do not see the map."""
        return self.line(outline.code, name_of(outline, self.lang))

    def line(self, code: str, name: str) -> str:
        """A name and the value of a code in a line."""
        paint = self.paints[code]
        colon, comma = ("：", "，") if self.lang == "zh" else (": ", ", ")
        more = f"{comma}{paint.text.replace('<br>', comma)}" if paint.text else ""
        return f"{name}{colon}{paint.said}{more}"


def name_of(outline: Outline, lang: Lang) -> str:
    """The name to be read: of a province in the language, of a county in Chinese."""
    place = PLACES.get(outline.code)
    return place[0][lang] if place and lang == "en" else outline.name


def painted(values: pd.DataFrame, measure: Measure, sheet: Sheet, lang: Lang) -> Painted:
    """The colours of a map exactly as on the screen: same classes, same palette.

    Args:
        values: ``code`` (as the sheet's areas have it, 66 for the Corps on the national map),
            ``value`` (missing where nothing is on record) and optionally ``text``.
        measure: what the values are.
        sheet: of the nation or of a province; areas without a row are drawn as missing.
        lang: of the words.
    """
    numbers = pd.to_numeric(values["value"], errors="coerce").astype(float)
    classes = classes_of(numbers, measure.limits, measure.palette)
    codes = [str(code) for code in values["code"]]
    texts = values["text"] if "text" in values else [""] * len(codes)
    found = {
        code: _paint(value, text, classes, measure, lang)
        for code, value, text in zip(codes, numbers, texts, strict=True)
    }
    wanted = [area.code for area in sheet.areas]
    wanted += [CORPS] if all(len(code) == 2 for code in wanted) else []
    nothing = _paint(float("nan"), "", classes, measure, lang)
    by_code = dict(zip(codes, numbers, strict=True))
    fills = [classes.of(by_code[code]) if code in by_code else MISSING for code in wanted]
    return Painted(
        measure.title[lang], measure.unit[lang],
        {code: found.get(code, nothing) for code in wanted},
        tuple(legend_entries(fills, classes, lang)), lang,
    )  # fmt: skip


def _paint(value: float, text: object, classes: Classes, measure: Measure, lang: Lang) -> Paint:
    number = classes.of(value)
    return Paint(
        classes.color(number),
        classes.is_dark(number),
        said(value, classes, measure.unit, lang),
        text if isinstance(text, str) else "",
    )
