"""Which parts each page has, in their order, for slides, meetings and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xianzhong.brief import when
from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.model.labels import Label

Build = Callable[[Source], Part]


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part that a page has: its id (stable in links), what it is called in lists, its maker."""

    id: str
    label: Label
    build: Build


@dataclass(frozen=True, slots=True)
class Chapter:
    """The parts of one page."""

    page: str
    title: Label
    parts: tuple[PartSpec, ...]

    def part(self, name: str) -> PartSpec | None:
        """The part of an id."""
        return next((part for part in self.parts if part.id == name), None)


OVERVIEW_FIGURES = (
    "pairings", "universities", "schools", "weak_counties_covered", "activities", "people_sent",
    "active_schools", "silent_schools_90",
)  # fmt: skip


def _headline(source: Source) -> Part:
    return figures_part(source, OVERVIEW_FIGURES, source.say("Headline figures"))


_MONTHS = PartSpec("months", Label("各月活动", "Activities by month"), when.by_month)
_TERMS = PartSpec("terms", Label("各学期活动", "Activities by term"), when.by_terms)
_KINDS = PartSpec("kinds", Label("各类活动", "Activities by kind"), when.by_kind)
_BY_UNIVERSITY = PartSpec(
    "universities", Label("各高校活动", "Activities by university"), when.by_university
)

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "overview",
        Label("总体情况", "Overview"),
        (
            PartSpec("figures", Label("主要指标", "Headline figures"), _headline),
            _MONTHS, _TERMS, _KINDS,
        ),
    ),
    Chapter("activities", Label("活动", "Activities"), (_MONTHS, _TERMS, _KINDS, _BY_UNIVERSITY)),
)  # fmt: skip
CHAPTER_BY_PAGE = {chapter.page: chapter for chapter in CHAPTERS}
# The pages that a report about a place goes through, in this order.
REPORT: tuple[str, ...] = tuple(
    page
    for page in (
        "overview", "pairings", "activities", "measures", "training", "support", "coverage",
        "attention", "difficulties", "practices",
    )
    if page in CHAPTER_BY_PAGE
)  # fmt: skip
