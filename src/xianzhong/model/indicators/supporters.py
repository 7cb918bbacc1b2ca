"""How ready the supporting universities are."""

from __future__ import annotations

from xianzhong.model.indicators._shared import PERCENT, UNIVERSITIES, Indicator
from xianzhong.model.labels import Label

SUPPORTERS: tuple[Indicator, ...] = (
    Indicator(
        "universities_leading_group", "supporters",
        Label("成立领导小组", "Leading group, %"), PERCENT,
        Label(
            "在册结对的高校中，成立校领导任组长的帮扶领导小组的占比。没有记录的高校不计入分母，"
            "另行注明；没有记录不等于没有成立。",
            "Of the universities among the pairings, the share that has a leading group under "
            "one of its leaders. Universities on which nothing is recorded are left out and "
            "counted beside the figure: not on record does not mean that there is none.",
        ),
        Label(
            "“成立领导小组”为“是”的高校数 ÷ 填写了这一项的高校数。",
            "Universities with has_leading_group = yes ÷ universities where it is filled in.",
        ),
        # As things stand today: only which universities are looked at depends on the period.
        period=False,
        question="university_readiness", records="universities", counted="share has_leading_group",
    ),
    Indicator(
        "universities_incentives", "supporters",
        Label("有激励政策", "Incentives, %"), PERCENT,
        Label(
            "在册结对的高校中，有派驻人员待遇保障和激励政策的占比。没有记录的高校不计入分母，"
            "另行注明。",
            "Of the universities among the pairings, the share that has incentives for the staff "
            "it sends. Universities on which nothing is recorded are left out and counted beside "
            "the figure.",
        ),
        Label(
            "“派驻人员激励政策”为“是”的高校数 ÷ 填写了这一项的高校数。",
            "Universities with has_incentives = yes ÷ universities where it is filled in.",
        ),
        period=False,
        question="university_readiness", records="universities", counted="share has_incentives",
    ),
    Indicator(
        "universities_affiliated", "supporters",
        Label("有附属高中", "Affiliated schools"), UNIVERSITIES,
        Label(
            "在册结对的高校中，记录了附属高中名称的高校数。表中只写有的，空着不等于没有，"
            "因此本系统给出数目，不算占比。",
            "Universities among the pairings whose affiliated high schools are on record. The "
            "table names those there are, and an empty cell does not mean none, so this product "
            "gives a number and no share.",
        ),
        Label(
            "“附属高中”写有名称的高校数；写明“无”的不计。",
            "Universities with names in affiliated_schools; one that says “none” does not count.",
        ),
        period=False,
        question="university_readiness", records="universities", counted="count has_affiliated",
    ),
)  # fmt: skip
