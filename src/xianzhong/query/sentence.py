"""The filters in words: the sentence above every view and in every export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import LISTED, Label, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.query.filters import EARLIEST, LATEST, Filters, Known

WHOLE_NATION = Label("全国", "Whole nation")
ALL_TIME = Label("全部时段", "All time")


class Names(Known, Protocol):
    """Known codes with their names."""

    def university(self, code: str) -> str:
        """Name of a university."""

    def school(self, code: str) -> str:
        """Name of a school."""

    def everywhere(self, lang: Lang) -> str:
        """What a view without a place shows: the whole nation, or all that the reader may see."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sentence; ``parameter`` is what ``Filters.without`` removes."""

    parameter: str
    text: str


def _dates(filters: Filters, lang: Lang) -> str:
    first, last = filters.date_from, filters.date_to
    if first and last:
        return f"{first} {'至' if lang == 'zh' else 'to'} {last}"
    if first and first != EARLIEST:
        return f"{first} 起" if lang == "zh" else f"from {first}"
    if last and last != LATEST:
        return f"截至 {last}" if lang == "zh" else f"until {last}"
    return ALL_TIME[lang]


def parts(filters: Filters, names: Names, lang: Lang) -> tuple[Part, ...]:
    """The restrictions one by one, the place first."""
    found: list[Part] = []
    for level in ("province", "prefecture", "county"):
        code = getattr(filters, level)
        if code:
            found.append(Part(level, names.divisions.label(code, lang)))
    if filters.school:
        found.append(Part("school", names.school(filters.school)))
    if filters.scheme:
        labels = (SCHEME_BY_CODE[code].label[lang] for code in filters.scheme)
        found.append(Part("scheme", LISTED[lang].join(labels)))
    if filters.university:
        found.append(Part("university", names.university(filters.university)))
    if filters.term:
        found.append(Part("term", filters.term.label(lang)))
    elif filters.period:
        found.append(Part("dates", _dates(filters, lang)))
    if filters.kind:
        labels = (KIND_BY_CODE[code].label[lang] for code in filters.kind)
        found.append(Part("kind", LISTED[lang].join(labels)))
    return tuple(found)


def sentence(filters: Filters, names: Names, lang: Lang) -> str:
    """The whole sentence, such as 云南省 · 2024-2025学年秋季学期 · 骨干教师到校指导."""
    texts = [part.text for part in parts(filters, names, lang)]
    if not (filters.province or filters.school):
        texts.insert(0, names.everywhere(lang))
    if filters.period is None:
        texts.append(ALL_TIME[lang])
    return " · ".join(texts)
