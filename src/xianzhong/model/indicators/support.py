"""What counties promised and delivered, and the fees beside it.

None is compared with the period before: support is recorded by calendar year, so two terms that
follow each other mostly count the same records.
"""

from __future__ import annotations

from xianzhong.model.indicators._shared import PERCENT, WAN, Indicator
from xianzhong.model.labels import Label

_YEARS = Label(
    "按年度统计：与所选时段有交集的年度全部计入。",
    "By calendar year: every year that the period touches counts in full.",
)
_APART = Label(
    "包括建设投入、工作经费、办学条件和政策支持；管理费、品牌费不计入。政策支持一般没有金额，只计条数。",
    "Building, programme expenses, school conditions and policy; management and brand fees are "
    "kept apart. A policy mostly has no amount and is counted only.",
)
_RECORDS = Label("条", "records")


def _with_rules(zh: str, en: str, *rules: Label) -> Label:
    return Label(
        zh + "".join(rule.zh for rule in rules), " ".join([en, *(rule.en for rule in rules)])
    )


COUNTY_SUPPORT: tuple[Indicator, ...] = (
    Indicator(
        "support_promised", "support", Label("承诺投入", "Promised (10,000 yuan)"), WAN,
        _with_rules(
            "县级政府承诺投入的金额合计。没有写金额的记录不计入，也不估计。",
            "Sum that county governments promised. Records without an amount are left out, not "
            "estimated.",
            _APART, _YEARS,
        ),
        Label("四类投入的承诺金额之和。", "Sum of promised over the four categories."),
        period=False, question="support_totals", records="support_duty", counted="sum promised",
    ),
    Indicator(
        "support_delivered", "support", Label("落实投入", "Delivered (10,000 yuan)"), WAN,
        _with_rules(
            "县级政府已经落实的金额合计。没有写金额的记录不计入，也不估计。",
            "Sum that county governments delivered. Records without an amount are left out, not "
            "estimated.",
            _APART, _YEARS,
        ),
        Label("四类投入的落实金额之和。", "Sum of delivered over the four categories."),
        period=False, question="support_totals", records="support_duty", counted="sum delivered",
    ),
    Indicator(
        "support_share", "support", Label("投入落实率", "Delivered share (%)"), PERCENT,
        _with_rules(
            "落实金额占承诺金额的比例，只用两项金额都有的记录计算（本系统的规则）。",
            "Delivered as a share of promised, over the records that give both (this product's "
            "rule).",
            _APART, _YEARS,
        ),
        Label(
            "落实金额之和 ÷ 承诺金额之和 × 100，限两项都有的记录。",
            "Sum of delivered ÷ sum of promised × 100, over records that give both.",
        ),
        period=False, question="support_totals", records="support_both",
        counted="share delivered promised",
    ),
    Indicator(
        "support_records", "support", Label("投入记录", "Support records"), _RECORDS,
        _with_rules(
            "县级政府投入的记录数，一行是一所学校一年一类，包括政策支持和两种费用。",
            "Records of county support: a school, a year and a category each; policies and both "
            "fees included.",
            _YEARS,
        ),
        Label("年度在时段内的行数。", "Rows whose year the period touches."),
        period=False, question="support_totals", records="support",
    ),
    Indicator(
        "brand_fee_records", "support", Label("品牌费记录", "Brand fee records"), _RECORDS,
        _with_rules(
            "金额大于0的品牌费记录数。项目规定不得收取品牌费，应为0。",
            "Brand fee records above 0. The programme forbids a brand fee, so there should be "
            "none.",
            _YEARS,
        ),
        Label(
            "类别为品牌费且承诺或落实金额 > 0 的行数。",
            "Rows of the brand fee with promised or delivered above 0.",
        ),
        period=False, question="support_totals", records="brand_fee",
    ),
    Indicator(
        "management_fee", "support", Label("管理费", "Management fee (10,000 yuan)"), WAN,
        _with_rules(
            "县级政府已经支付的管理费合计。协议可以约定管理费，它不计入投入。",
            "Management fees that counties have paid. An agreement may provide for one; it is "
            "not part of the support.",
            _YEARS,
        ),
        Label("类别为管理费的落实金额之和。", "Sum of delivered of the management fee."),
        period=False, question="support_totals", records="management_fee", counted="sum delivered",
    ),
)  # fmt: skip
