"""What asks for attention."""

from __future__ import annotations

from xianzhong.model.indicators._shared import SCHOOLS, Indicator
from xianzhong.model.labels import Label

ATTENTION: tuple[Indicator, ...] = (
    Indicator(
        "silent_schools_90", "attention", Label("90天无活动学校", "Silent for 90 days"), SCHOOLS,
        Label(
            "协议生效已满90天且仍有效，而截止日前90天内没有活动记录的学校（90天为本系统的规则）。"
            "更早开始、此期间仍在进行的活动（如长期派驻）算作有活动。",
            "Pairing in force for 90 days or more and no activity on record in the 90 days before "
            "the reference date (90 days is this product's rule). An activity that began earlier "
            "and still ran then, such as a year's secondment, counts.",
        ),
        Label(
            "协议生效满90天且有效的学校 − 截止日前90天内有活动的学校。",
            "Schools with an agreement in force for 90 days − schools active in the last "
            "90 days.",
        ),
        question="silent_schools", records="silent_schools_90",
    ),
    Indicator(
        "silent_schools_180", "attention", Label("180天无活动学校", "Silent for 180 days"),
        SCHOOLS,
        Label(
            "同上，按180天计（本系统的规则）。",
            "The same over 180 days (this product's rule).",
        ),
        Label(
            "协议生效满180天且有效的学校 − 截止日前180天内有活动的学校。",
            "Schools with an agreement in force for 180 days − schools active in the last "
            "180 days.",
        ),
        question="silent_schools", records="silent_schools_180",
    ),
    Indicator(
        "open_alerts", "attention", Label("待办提醒", "Alerts waiting"), Label("条", "alerts"),
        Label(
            "按本系统的规则在截止日需要处理的提醒数，不含已暂缓的；各条规则见“待办提醒”页。",
            "Alerts that wait at the reference date by this product's rules, those put aside left "
            "out; the page of what needs attention says each rule.",
        ),
        Label(
            "各规则提醒数之和 − 暂缓期未过的提醒数。",
            "Alerts of all rules − those put aside until the reference date or later.",
        ),
        question="alerts", records="alerts",
    ),
)  # fmt: skip
