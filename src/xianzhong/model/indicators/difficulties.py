"""Difficulties: how many are open and late, and how long solving takes."""

from __future__ import annotations

from xianzhong.model.indicators._shared import DAYS, Indicator
from xianzhong.model.labels import Label

_ITEMS = Label("个", "difficulties")

DIFFICULTIES: tuple[Indicator, ...] = (
    Indicator(
        "difficulties_open", "difficulties", Label("未解决", "Unresolved"), _ITEMS,
        Label(
            "截止日时已提出、尚未解决的困难问题，含处理中的。截止日后才解决的，当时算未解决。",
            "Difficulties raised and not resolved at the reference date, those in progress "
            "included. One that was resolved later was open then.",
        ),
        Label(
            "截止日前提出、状态不是“已解决”或解决日期晚于截止日的行数。",
            "Rows raised by the reference date whose state is not resolved, or that were resolved "
            "after it.",
        ),
        question="difficulty_totals", records="difficulties_open",
    ),
    Indicator(
        "difficulties_overdue", "difficulties", Label("逾期未解决", "Overdue"), _ITEMS,
        Label(
            "未解决且办结期限早于截止日的困难问题。期限只知月份的，按当月末日计（本系统的规则）。",
            "Unresolved and due before the reference date. A due date known only to the month "
            "counts to the month's end (this product's rule).",
        ),
        Label(
            "未解决且办结期限 < 截止日的行数。", "Unresolved rows due before the reference date."
        ),
        question="difficulty_totals", records="difficulties_overdue",
    ),
    Indicator(
        "difficulties_resolved", "difficulties", Label("已解决", "Resolved"), _ITEMS,
        Label(
            "时段内解决的困难问题。没有填解决日期的，只在“全部时段”中计入。",
            "Difficulties resolved in the period. Those without a date count only over all time.",
        ),
        Label(
            "状态为“已解决”且解决日期在时段内的行数。",
            "Rows whose state is resolved and whose date of it is in the period.",
        ),
        question="difficulty_totals", records="difficulties_resolved",
    ),
    Indicator(
        "difficulties_days", "difficulties", Label("中位解决用时", "Median days to solve"), DAYS,
        Label(
            "时段内解决的困难问题从提出到解决的天数的中位数；两个日期都有的才计入，只知月份的按当月末日计。",
            "Median days from raising to resolving, over those resolved in the period that have "
            "both dates; a date known only to the month counts to its end.",
        ),
        Label("解决日期 − 提出日期，取中位数。", "Median of date resolved − date raised."),
        question="difficulty_totals", records="difficulties_resolved",
        counted="median days_to_solve",
    ),
)  # fmt: skip
