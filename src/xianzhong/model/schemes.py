"""The four support schemes, always kept apart: a county may be in two of them."""

from __future__ import annotations

from xianzhong.model.labels import Choice, Label

SCHEMES: tuple[Choice, ...] = (
    Choice(
        "ministry",
        Label("部属高校托管", "Ministry universities"),
        ("部属高校托管帮扶", "部属高校", "部属高校县中托管帮扶项目"),
    ),
    Choice(
        "provincial",
        Label("地方高校托管", "Provincial universities"),
        ("地方高校托管帮扶", "地方高校", "省属高校托管"),
    ),
    Choice(
        "city_school",
        Label("市域内城区优质校托管", "City schools of the prefecture"),
        ("城区优质校托管", "市域内托管", "优质校托管"),
    ),
    Choice(
        "team",
        Label("组团式帮扶", "Team support to key counties"),
        ("组团式", "教育人才组团式帮扶"),
    ),
)
SCHEME_BY_CODE: dict[str, Choice] = {scheme.code: scheme for scheme in SCHEMES}
