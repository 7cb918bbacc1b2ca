"""What county governments promised and delivered."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import SCHOOL, SOURCES

WAN = Label("万元", "10,000 yuan")
SUPPORT_CATEGORIES = (
    Choice("building", Label("建设投入", "Building"), ("建设", "基本建设")),
    Choice("expenses", Label("工作经费", "Programme expenses"), ("经费", "项目工作经费")),
    Choice("conditions", Label("办学条件", "School conditions"), ("条件改善", "改善办学条件")),
    Choice("policy", Label("政策支持", "Policy"), ("政策",)),
    Choice("management_fee", Label("管理费", "Management fee"), ()),
    Choice("brand_fee", Label("品牌费", "Brand fee"), ()),
)

# What a county owes the programme; fees are paid to the university and kept apart from it.
DUTY = ("building", "expenses", "conditions", "policy")
# A supporting policy is a measure and no sum: it is counted.
UNPRICED = "policy"


def _amount(
    name: str, label: Label, meaning_zh: str, meaning_en: str, synonyms: tuple[str, ...]
) -> Column:
    return Column(
        name, label, Label(meaning_zh, meaning_en), ColumnType.AMOUNT, unit=WAN,
        minimum=0, maximum=1_000_000, unusual_above=50_000, synonyms=synonyms,
    )  # fmt: skip


SUPPORT = Table(
    "support",
    Label("县级政府投入", "County support"),
    Label(
        "一行是县级政府对一所学校一年一类的承诺和落实。",
        "A row is what the county promised and delivered to a school in a year, by category.",
    ),
    (
        SCHOOL,
        Column(
            "year",
            Label("年度", "Year"),
            Label("承诺和落实的年度。", "Calendar year."),
            ColumnType.COUNT,
            required=True,
            minimum=2015,
            maximum=2099,
            synonyms=("年份", "所属年度", "投入年度"),
            example="2024",
        ),
        Column(
            "category",
            Label("投入类别", "Category"),
            Label("投入的类别。", "What the money or measure is for."),
            ColumnType.CHOICE,
            required=True,
            choices=SUPPORT_CATEGORIES,
            synonyms=("类别", "类型", "经费类别", "投入类型"),
            example="工作经费",
        ),
        _amount(
            "promised", Label("承诺金额", "Promised"), "协议中承诺的金额。", "Amount promised.",
            ("承诺", "承诺投入", "承诺资金", "承诺经费", "承诺投入金额", "计划投入", "计划金额"),
        ),
        _amount(
            "delivered", Label("落实金额", "Delivered"), "已经落实的金额。", "Amount delivered.",
            ("落实", "已落实", "落实资金", "落实经费", "已落实金额", "实际投入", "到位金额",
             "到位资金", "实际落实", "落实投入"),
        ),
        *SOURCES,
    ),
    natural_key=("school_code", "year", "category"),
)  # fmt: skip
