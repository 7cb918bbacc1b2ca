"""Pairings: who supports which school, under which scheme and agreement."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Label
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables._shared import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    SCHOOL,
    SOURCES,
    UNIVERSITY,
)


def _ready(
    name: str, label: Label, meaning_zh: str, meaning_en: str, synonyms: tuple[str, ...]
) -> Column:
    meaning = Label(meaning_zh, meaning_en)
    return Column(name, label, meaning, ColumnType.FLAG, synonyms=synonyms)


PAIRINGS = Table(
    "pairings",
    Label("结对关系", "Pairings"),
    Label(
        "一行是一所高校对一所县中的托管帮扶关系。",
        "A row is the support of one school by one university under one scheme.",
    ),
    (
        UNIVERSITY,
        SCHOOL,
        PROVINCE,
        PREFECTURE,
        COUNTY,
        Column(
            "county_code",
            Label("县级代码", "County code"),
            Label(
                "学校所在县的国标代码；学校还没有登记时凭它登记。",
                "GB/T 2260 code of the school's county; needed where the school is new.",
            ),
            ColumnType.COUNTY,
            synonyms=("区划代码", "行政区划代码", "县代码"),
            stored=False,
        ),
        Column(
            "scheme",
            Label("帮扶类型", "Scheme"),
            Label("四类帮扶之一。", "One of the four schemes."),
            ColumnType.CHOICE,
            required=True,
            choices=SCHEMES,
            synonyms=("类型", "帮扶方式", "托管类型"),
            example="部属高校托管",
        ),
        Column(
            "agreement_date",
            Label("签约日期", "Agreement date"),
            Label("三方协议签订的日期。", "When the three parties signed."),
            ColumnType.DATE,
            synonyms=("协议日期", "签订日期", "协议签订日期", "签约时间", "签署日期",
                      "协议签署日期"),
            example="2022-08-31",
        ),
        Column(
            "start_term",
            Label("起始学期", "First term"),
            Label("帮扶开始的学年学期。", "School term in which the support begins."),
            ColumnType.TERM,
            synonyms=("开始学期", "起始学年学期"),
            example="2022-2023学年秋季学期",
        ),
        Column(
            "end_date",
            Label("到期日期", "End date"),
            Label(
                "协议到期的日期；没有时按起始加三年计。",
                "When the agreement ends; start plus three years where none is given.",
            ),
            ColumnType.DATE,
            synonyms=("协议到期", "到期", "结束日期", "截止日期", "到期时间", "协议到期日期",
                      "终止日期"),
        ),
        _ready("has_plan", Label("一校一策方案", "Plan for the school"),
               "是否有一校一策帮扶方案。",
               "Whether a support plan for this school exists.",
               ("一校一策", "一校一策帮扶方案", "帮扶方案")),
        _ready("has_development_plan", Label("学校发展规划", "School development plan"),
               "县中是否有自己的发展提升规划。",
               "Whether the school has its own development plan.",
               ("发展规划", "发展提升规划", "学校发展提升规划")),
        _ready("has_county_policy", Label("县级支持政策", "County policy"),
               "县级政府是否出台支持政策。", "Whether the county has a supporting policy.",
               ("支持政策", "县级政策", "县级政府支持政策")),
        *SOURCES,
        Column(
            "quote",
            Label("原文", "Quote"),
            Label("来源中证明这一关系的原文。", "The source's words that prove the pairing."),
            synonyms=("原文摘录", "依据"),
        ),
    ),
    natural_key=("school_code", "university_code", "scheme"),
)  # fmt: skip
