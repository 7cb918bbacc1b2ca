"""Good practice that should spread."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import SCHOOL, SOURCES

SPREADS = (
    Choice("school", Label("学校", "School"), ("校级",)),
    Choice("province", Label("全省", "Province"), ("省级",)),
    Choice("nation", Label("全国", "Nation"), ("国家级",)),
)

PRACTICES = Table(
    "practices",
    Label("经验做法", "Good practice"),
    Label("一行是一条经验做法。", "A row is one good practice."),
    (
        Column(
            "practice_code",
            Label("经验编号", "Practice code"),
            Label("本系统给出的编号。", "Given by this product."),
            ColumnType.CODE,
            synonyms=("编号",),
        ),
        SCHOOL,
        Column(
            "title",
            Label("标题", "Title"),
            Label("经验做法的标题。", "What the practice is called."),
            required=True,
            synonyms=(
                "经验做法",
                "名称",
                "题目",
                "经验名称",
                "做法名称",
                "经验标题",
                "典型经验",
                "案例名称",
            ),
            example="示例经验",
        ),
        Column(
            "theme",
            Label("主题", "Theme"),
            Label("经验做法的主题。", "What it is about."),
            synonyms=("类别",),
        ),
        Column(
            "text",
            Label("正文", "Text"),
            Label("经验做法的内容。", "The practice itself."),
            synonyms=("内容", "经验内容", "主要做法", "具体做法", "做法", "主要内容"),
        ),
        Column(
            "spread",
            Label("推广范围", "Spread"),
            Label("推广到哪一级。", "How far it has been spread."),
            ColumnType.CHOICE,
            choices=SPREADS,
            synonyms=("推广层级", "范围", "推广级别"),
        ),
        Column(
            "published",
            Label("经验发布日期", "Published"),
            Label("发布的日期。", "When it was published."),
            ColumnType.DATE,
            synonyms=("发布时间", "推广时间", "经验发布时间"),
        ),
        *SOURCES,
    ),
    natural_key=("school_code", "title"),
    identity="practice_code",
)
