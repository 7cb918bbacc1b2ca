"""Weak counties and those that are reached."""

from __future__ import annotations

from xianzhong.model.indicators._shared import COUNTIES, PERCENT, Indicator
from xianzhong.model.labels import Label

COVERAGE: tuple[Indicator, ...] = (
    Indicator(
        "weak_counties", "coverage", Label("教育基础薄弱县", "Weak counties"), COUNTIES,
        Label(
            "名单上的县数。默认名单是832个脱贫县，这是本系统的默认，可换成官方名单。",
            "Counties on the list. By default the 832 former poverty counties, this product's "
            "choice until an official list is loaded.",
        ),
        Label(
            "名单的行数，对不上现行代码的也计入。",
            "Rows of the list, those without a current code too.",
        ),
        Label("脱贫县名单（2016—2020年）", "List of former poverty counties, 2016-2020"),
        period=False,
        question="coverage", records="weak_counties",
    ),
    Indicator(
        "weak_counties_covered", "coverage", Label("已覆盖薄弱县", "Counties covered"),
        COUNTIES,
        Label(
            "至少有一所学校在册结对的薄弱县数；在多类帮扶中也只计一次。",
            "Weak counties with at least one school among the pairings; counted once even in "
            "several schemes.",
        ),
        Label(
            "名单上的县 ∩ 结对学校所在的县。",
            "Counties of the list ∩ counties of the pairings.",
        ),
        question="coverage", records="weak_counties_covered",
    ),
    Indicator(
        "weak_counties_uncovered", "coverage", Label("尚未覆盖薄弱县", "Not yet covered"),
        COUNTIES,
        Label(
            "名单上没有在册结对学校的县数。没有记录不等于没有帮扶。",
            "Counties of the list without a school among the pairings. No record does not mean "
            "that there is no support.",
        ),
        Label("名单的行数 − 已覆盖薄弱县。", "Rows of the list − weak counties covered."),
        question="coverage", records="weak_counties_uncovered",
    ),
    Indicator(
        "weak_counties_share", "coverage", Label("薄弱县覆盖率", "Share covered (%)"),
        PERCENT,
        Label(
            "已覆盖薄弱县占名单上的县的比例；目标是100%，即每个薄弱县至少有一所县中得到帮扶。",
            "Share of the list's counties that are covered; the goal is 100 %: every weak county "
            "has at least one supported school.",
        ),
        Label("已覆盖薄弱县 ÷ 名单的行数 × 100。", "Covered ÷ rows of the list × 100."),
        question="coverage", records="weak_counties", counted="share covered",
    ),
)  # fmt: skip
