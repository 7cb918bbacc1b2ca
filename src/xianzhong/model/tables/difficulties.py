"""Difficulties that were raised and what became of them."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import SCHOOL, SOURCES

DIFFICULTY_STATES = (
    Choice(
        "open",
        Label("待解决", "Open"),
        ("未解决", "新提出", "未办结", "待办", "未办理", "否", "未处理"),
    ),
    Choice(
        "in_progress",
        Label("处理中", "In progress"),
        ("办理中", "正在办理", "推进中", "正在推进", "解决中", "部分解决"),
    ),
    Choice(
        "resolved",
        Label("已解决", "Resolved"),
        ("已办结", "办结", "已完成", "解决", "是", "已处理"),
    ),
)


def _date(
    name: str, label: Label, meaning_zh: str, meaning_en: str, synonyms: tuple[str, ...]
) -> Column:
    meaning = Label(meaning_zh, meaning_en)
    return Column(name, label, meaning, ColumnType.DATE, synonyms=synonyms)


DIFFICULTIES = Table(
    "difficulties",
    Label("困难问题", "Difficulties"),
    Label("一行是一个提出的困难问题。", "A row is one difficulty that was raised."),
    (
        Column(
            "difficulty_code",
            Label("问题编号", "Difficulty code"),
            Label("本系统给出的编号。", "Given by this product."),
            ColumnType.CODE,
            synonyms=("编号",),
        ),
        SCHOOL,
        Column(
            "title",
            Label("困难问题", "Difficulty"),
            Label("问题是什么。", "What the difficulty is."),
            required=True,
            synonyms=(
                "问题", "问题描述", "存在困难", "存在的问题", "存在问题", "存在的困难", "困难",
                "主要困难", "主要问题", "困难和问题", "困难与问题", "问题和困难", "具体问题",
                "问题内容",
            ),
            example="示例问题",
        ),
        _date(
            "raised", Label("提出日期", "Raised"), "提出的日期。", "When it was raised.",
            ("提出时间", "反映日期", "反映时间", "发现时间", "登记时间"),
        ),
        Column(
            "owner",
            Label("责任单位", "Owner"),
            Label("负责解决的单位。", "Who is to solve it."),
            synonyms=("责任部门", "牵头单位"),
        ),
        _date(
            "due", Label("办结期限", "Due"), "应当解决的日期。", "When it should be solved.",
            ("办结时限", "解决期限", "解决时限", "完成时限", "整改期限", "要求办结日期",
             "计划解决时间"),
        ),
        Column(
            "state",
            Label("状态", "State"),
            Label("办理的状态。", "Where it stands."),
            ColumnType.CHOICE,
            required=True,
            choices=DIFFICULTY_STATES,
            synonyms=(
                "办理状态", "办理情况", "解决情况", "处理状态", "处理情况", "进展", "进展情况",
                "当前状态", "是否解决",
            ),
            example="待解决",
        ),
        _date(
            "resolved", Label("解决日期", "Resolved on"), "解决的日期。", "When it was solved.",
            ("解决时间", "办结日期", "办结时间", "实际办结时间", "完成时间"),
        ),
        *SOURCES,
    ),
    natural_key=("school_code", "title"),
    identity="difficulty_code",
)  # fmt: skip
