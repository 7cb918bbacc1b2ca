"""Which parts each page has, in their order, for slides, meetings and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from xianzhong.brief import (
    agreements,
    amounts,
    attention,
    difficulties,
    measures,
    overview,
    practices,
    records,
    schools,
    support,
    support_sums,
    supporters,
    trained,
    weak,
    when,
)
from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Part
from xianzhong.brief.printed import printed
from xianzhong.brief.source import Source
from xianzhong.brief.where import CHOICES, Choice
from xianzhong.model.alerts import ALERT_RULES
from xianzhong.model.labels import Label
from xianzhong.query.figures import by_county, figures

Build = Callable[[Source], Part]
OVERVIEW_FIGURES = overview.HEADLINE


def _always(_source: Source) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part that a page has.

    Attributes:
        id: stable in links.
        label: what it is called in lists.
        build: its maker.
        fits: whether it says something of its own about a view; a report leaves out what does not.
    """

    id: str
    label: Label
    build: Build
    fits: Callable[[Source], bool] = _always


@dataclass(frozen=True, slots=True)
class Chapter:
    """The parts of one page."""

    page: str
    title: Label
    parts: tuple[PartSpec, ...]

    def part(self, name: str) -> PartSpec | None:
        """The part of an id."""
        return next((part for part in self.parts if part.id == name), None)


def _part(name: str, zh: str, en: str, build: Build) -> PartSpec:
    """A part whose id is that of the chapter, as it is printed."""
    return PartSpec(name, Label(zh, en), lambda source: printed(build(source), name))


def _of(build: Callable[[Source, Choice], Part], choice: Choice) -> Build:
    return lambda source: build(source, choice)


def _by_choice(
    prefix: str, build: Callable[[Source, Choice], Part], choices: tuple[Choice, ...], label: Label
) -> tuple[PartSpec, ...]:
    """One part for each thing that a page's map can show."""
    return tuple(
        _part(
            f"{prefix}_{choice.id}", f"{label.zh}：{choice.label.zh}",
            f"{label.en}: {choice.label.en}", _of(build, choice),
        )
        for choice in choices
    )  # fmt: skip


def _first_by_county(specs: tuple[PartSpec, ...]) -> tuple[PartSpec, ...]:
    """Maps that are one and the same where places are counties: then the first stands for all."""
    return (
        specs[0],
        *(replace(spec, fits=lambda source: not by_county(source.filters)) for spec in specs[1:]),
    )


def _alone(spec: PartSpec) -> PartSpec:
    """A part of what another one has in all: shown where it is asked for, in no report."""
    return replace(spec, fits=lambda _source: False)


_MAP, _PLACES = Label("地图", "Map"), Label("各地", "By place")
_MONTHS = _part("months", "各月活动", "Activities by month", when.by_month)
_TERMS = _part("terms", "各学期活动", "Activities by term", when.by_terms)
_KINDS = _part("kinds", "各类活动", "Activities by kind", when.by_kind)
_BY_UNIVERSITY = _part("universities", "各高校活动", "Activities by university", when.by_university)

ACTIVITY_FIGURES = ("activities", "active_schools", "people_sent", "participants")


def _activity_figures(source: Source) -> Part:
    return figures_part(source, ACTIVITY_FIGURES, source.say("Headline figures"))


def _brand_fees(source: Source) -> bool:
    """None is allowed: only where one is on record there is something to list."""
    (found,) = figures(source.engine, source.view, ("brand_fee_records",))
    return bool(found.value)


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "overview",
        Label("总体情况", "Overview"),
        (
            _part("figures", "主要指标", "Headline figures", overview.headline),
            *_by_choice("map", overview.map_of, CHOICES, _MAP),
            *_by_choice("places", overview.places_of, CHOICES, _PLACES),
            _MONTHS, _TERMS, _KINDS,
            _part("latest", "最新活动", "Latest activities", records.latest),
        ),
    ),
    Chapter(
        "pairings",
        Label("结对与协议", "Pairings and agreements"),
        (
            _part("figures", "主要指标", "Headline figures", agreements.headline),
            _part("states", "协议状态", "Agreements by state", agreements.states),
            _part("ends", "协议到期学期", "Ends of agreements", agreements.ends),
            _part("checklist", "落实清单", "Checklist", agreements.checklist),
            _part("readiness", "各地落实清单", "Checklist by place", agreements.by_place),
            _part("matrix", "每对落实清单", "Checklist of each pairing", agreements.matrix),
            _part("list", "结对名单", "The pairings", agreements.listed),
        ),
    ),
    Chapter(
        "activities",
        Label("活动", "Activities"),
        (
            _part("figures", "主要指标", "Headline figures", _activity_figures),
            _MONTHS, _TERMS, _KINDS, _BY_UNIVERSITY,
            _part("records", "最新记录", "Newest records", records.newest),
        ),
    ),
    Chapter(
        "measures",
        Label("帮扶措施", "Measures"),
        (
            _part("figures", "主要指标", "Headline figures", measures.headline),
            _part("places", "各地措施覆盖", "Measures by place", measures.received_by_place),
            _part("schools", "各校措施覆盖", "Measures by school", measures.received_by_school),
            _part("terms", "各学期措施", "Measures by term", measures.by_terms),
            _part("intensity", "帮扶强度", "Intensity", amounts.intensity),
            _part("subjects", "学科", "Subjects", amounts.subjects),
            _part("lag", "上报时滞", "Reporting lag", amounts.lag),
            _part("lag_places", "各地上报时滞", "Reporting lag by place", amounts.lag_by_place),
        ),
    ),
    Chapter(
        "training",
        Label("培训", "Training"),
        (
            _part("figures", "主要指标", "Headline figures", trained.headline),
            _part("terms", "各学期培训", "Training by term", trained.by_terms),
            _part("kinds", "培训类别与对象", "By kind and audience", trained.by_kind),
            _part("places", "各地培训覆盖", "Schools reached by place", trained.by_place),
            _part("not_reached", "尚未培训的学校", "Schools not reached", trained.not_reached),
            _part("records", "最新培训记录", "Newest records", trained.newest),
        ),
    ),
    Chapter(
        "support",
        Label("县级投入", "County support"),
        (
            _part("figures", "主要指标", "Headline figures", support.headline),
            replace(
                _part("brand_fees", "品牌费", "Brand fees", support.brand_fees),
                fits=_brand_fees,
            ),
            _part("years", "各年投入", "Support by year", support_sums.by_year),
            _part("categories", "各类投入", "Support by category", support_sums.by_category),
            *(
                _part(
                    f"cells_{choice.id}", f"分类分年：{choice.label.zh}",
                    f"By category and year: {choice.label.en}",
                    partial(support_sums.cells, shown_=choice.id),
                )
                for choice in support.CHOICES
            ),
            *_by_choice("map", support.map_of, support.CHOICES, _MAP),
            *_by_choice("places", support.ranking_of, support.CHOICES, _PLACES),
            _part("records", "投入记录", "Records", support.records),
        ),
    ),
    Chapter(
        "coverage",
        Label("覆盖", "Coverage"),
        (
            _part("figures", "主要指标", "Headline figures", weak.headline),
            *_first_by_county(_by_choice("map", weak.map_of, weak.CHOICES, _MAP)),
            _part("goal", "各地覆盖率", "Share covered by place", weak.against_goal),
            _part("schemes", "各类帮扶覆盖", "By scheme", weak.by_scheme),
            _part("combinations", "帮扶叠加情况", "By combination of schemes", weak.combinations),
            _part("uncovered", "尚未覆盖的县", "Counties not covered", weak.not_covered),
        ),
    ),
    Chapter(
        "attention",
        Label("待办提醒", "Needs attention"),
        (
            _part("rules", "各规则提醒数", "Alerts by rule", attention.rules),
            _part("places", "各地提醒数", "Alerts by place", attention.places),
            _part("alerts", "全部提醒", "All alerts", attention.waiting),
            *(
                _alone(_part(
                    f"alerts_{rule.code}", f"提醒：{rule.label.zh}", f"Alerts: {rule.label.en}",
                    partial(attention.waiting, rule=rule.code),
                ))
                for rule in ALERT_RULES
            ),
        ),
    ),
    Chapter(
        "difficulties",
        Label("困难问题", "Difficulties"),
        (
            _part("figures", "主要指标", "Headline figures", difficulties.headline),
            _part("places", "各地困难问题", "Open difficulties by place", difficulties.by_place),
            _part("owners", "责任方", "Open difficulties by owner", difficulties.by_owner),
            _part("open", "未解决的困难问题", "Open difficulties", difficulties.waiting),
        ),
    ),
    Chapter(
        "practices",
        Label("经验做法", "Good practice"),
        (
            _part("figures", "主要指标", "Headline figures", practices.headline),
            _part("list", "经验做法名单", "The practices", practices.listed),
        ),
    ),
    Chapter(
        "schools",
        Label("学校", "Schools"),
        (_part("list", "学校名单", "The schools", schools.listed),),
    ),
    Chapter(
        "school",
        Label("学校详情", "School"),
        (
            _part("figures", "主要指标", "Headline figures", schools.headline),
            _part("pairings", "结对与协议", "Pairing and agreement", schools.pairings),
            _part("measures", "各学期各类活动", "By kind and term", schools.measures),
            _part("terms", "各学期活动", "Activities by term", schools.by_terms),
            _part("timeline", "逐次活动", "Every activity by its date", schools.by_date),
            _part("records", "最新记录", "Newest records", schools.newest),
        ),
    ),
    Chapter(
        "universities",
        Label("高校", "Universities"),
        (
            _part("figures", "主要指标", "Headline figures", supporters.headline),
            _part("list", "高校名单", "The universities", supporters.listed),
        ),
    ),
    Chapter(
        "university",
        Label("高校详情", "University"),
        (
            _part("figures", "主要指标", "Headline figures", supporters.of_one),
            _part("schools", "受援县中", "Schools supported", supporters.schools),
            _part("map", "地图", "Map", supporters.schools_on_map),
            _part("terms", "各学期活动", "By term", supporters.over_time),
            _part("measures", "各学期各类活动", "By kind and term", supporters.done_by_kind),
            _part("extensions", "延伸帮扶", "Beyond the school", supporters.reach),
            _part("records", "最新记录", "Newest records", supporters.newest),
        ),
    ),
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
# What a whole report takes of each page: what a meeting asks for first. A file of the page alone,
# and the workbook of the report, hold the rest.
REPORT_PARTS: dict[str, tuple[str, ...]] = {
    "overview": ("figures", "map_pairings", "terms", "kinds"),
    "pairings": ("figures", "states", "ends", "checklist"),
    "activities": ("figures", "universities"),
    "measures": ("figures", "places", "lag"),
    "training": ("figures", "kinds", "places"),
    "support": ("figures", "brand_fees", "years", "categories", "map_share"),
    "coverage": ("figures", "map_gaps", "goal", "schemes", "uncovered"),
    "attention": ("rules", "places", "alerts"),
    "difficulties": ("figures", "owners", "open"),
    "practices": ("figures", "list"),
}
