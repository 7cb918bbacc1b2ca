"""Alerts that somebody put aside: which, why, and until when."""

from __future__ import annotations

from xianzhong.model.alerts import ALERT_RULES
from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import SCHOOL, SOURCES

PUT_ASIDE = Table(
    "put_aside",
    Label("暂缓的提醒", "Alerts put aside"),
    Label(
        "一行是一条暂缓处理的提醒：哪一条、为什么、到哪天。",
        "A row is one alert that was put aside: which one, why, and until when.",
    ),
    (
        Column(
            "rule",
            Label("提醒规则", "Rule"),
            Label("提醒按哪条规则产生。", "The rule that gave the alert."),
            ColumnType.CHOICE,
            required=True,
            choices=tuple(Choice(rule.code, rule.label) for rule in ALERT_RULES),
            synonyms=("规则", "提醒类型"),
            example=ALERT_RULES[0].label.zh,
        ),
        SCHOOL,
        Column(
            "item",
            Label("提醒对象", "Item"),
            Label(
                "同一学校同一规则有多条提醒时的区别，如高校代码或问题编号。",
                "What tells apart alerts of one rule for one school, such as a university's code.",
            ),
            ColumnType.CODE,
        ),
        Column(
            "until",
            Label("暂缓至", "Until"),
            Label("过了这一天提醒重新出现。", "After this day the alert comes back."),
            ColumnType.DATE,
            required=True,
            synonyms=("暂缓到", "截止日期"),
            example="2026-12-31",
        ),
        Column(
            "reason",
            Label("暂缓理由", "Reason"),
            Label("为什么可以暂缓。", "Why it can wait."),
            required=True,
            synonyms=("理由", "原因"),
            example="示例理由",
        ),
        *SOURCES,
    ),
    natural_key=("rule", "school_code", "item"),
)
