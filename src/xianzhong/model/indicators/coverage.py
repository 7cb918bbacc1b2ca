"""Weak counties and those that are reached."""

from __future__ import annotations

from xianzhong.model.indicators._shared import COUNTIES, Indicator
from xianzhong.model.labels import Label

COVERAGE: tuple[Indicator, ...] = (
    Indicator(
        "weak_counties", "coverage", Label("教育基础薄弱县", "Weak counties"), COUNTIES,
        Label(
            "名单上的县数。默认名单是832个脱贫县,这是本系统的默认,可换成官方名单。",
            "Counties on the list. By default the 832 former poverty counties, this product's "
            "choice until an official list is loaded.",
        ),
        Label(
            "名单的行数,对不上现行代码的也计入。",
            "Rows of the list, those without a current code too.",
        ),
        Label("脱贫县名单(2016—2020年)", "List of former poverty counties, 2016-2020"),
        period=False,
        question="coverage", records="weak_counties",
    ),
    Indicator(
        "weak_counties_covered", "coverage", Label("已覆盖薄弱县", "Weak counties covered"),
        COUNTIES,
        Label(
            "至少有一所学校在册结对的薄弱县数;在多类帮扶中也只计一次。",
            "Weak counties with at least one school among the pairings; counted once even in "
            "several schemes.",
        ),
        Label(
            "名单上的县 ∩ 结对学校所在的县。",
            "Counties of the list ∩ counties of the pairings.",
        ),
        question="coverage", records="weak_counties_covered",
    ),
)  # fmt: skip
