"""Difficulties that were raised and what became of them."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import SCHOOL, SOURCES

DIFFICULTY_STATES = (
    Choice("open", Label("待解决", "Open"), ("未解决", "新提出")),
    Choice("in_progress", Label("处理中", "In progress"), ("办理中",)),
    Choice("resolved", Label("已解决", "Resolved"), ("已办结", "办结")),
)


def _date(name: str, zh: str, en: str, meaning_zh: str, meaning_en: str) -> Column:
    return Column(name, Label(zh, en), Label(meaning_zh, meaning_en), ColumnType.DATE)


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
            synonyms=("问题", "问题描述", "存在困难"),
            example="示例问题",
        ),
        _date("raised", "提出日期", "Raised", "提出的日期。", "When it was raised."),
        Column(
            "owner",
            Label("责任单位", "Owner"),
            Label("负责解决的单位。", "Who is to solve it."),
            synonyms=("责任部门", "牵头单位"),
        ),
        _date("due", "办结期限", "Due", "应当解决的日期。", "When it should be solved."),
        Column(
            "state",
            Label("状态", "State"),
            Label("办理的状态。", "Where it stands."),
            ColumnType.CHOICE,
            required=True,
            choices=DIFFICULTY_STATES,
            example="待解决",
        ),
        _date("resolved", "解决日期", "Resolved on", "解决的日期。", "When it was solved."),
        *SOURCES,
    ),
    natural_key=("school_code", "title"),
    identity="difficulty_code",
)
