"""How ready the pairings are: the share that has each thing of the checklist."""

from __future__ import annotations

from xianzhong.model.indicators._shared import PAIRS, PERCENT, Indicator
from xianzhong.model.labels import Label


def _share(name: str, label: Label, column: Label, records: str, what: Label) -> Indicator:
    """A share of the pairings on which something is recorded."""
    return Indicator(
        f"ready_{name}", "readiness", label, PERCENT,
        Label(
            f"在册结对中，{what.zh}的占比。没有记录的结对不计入分母，另行注明；没有记录不等于没有。",
            f"Of the pairings, the share {what.en}. Pairings on which nothing is recorded are "
            "left out and counted beside the figure: not on record does not mean that there is "
            "none.",
        ),
        Label(
            f"{column.zh}为“是”的结对数 ÷ 填写了这一项的结对数。",
            f"Pairings with {column.en} = yes ÷ pairings where it is filled in.",
        ),
        # As things stand today: only which pairings are looked at depends on the period.
        period=False,
        question="pairing_readiness", records=records, counted=f"share has_{name}",
    )  # fmt: skip


def _of_university(name: str, label: Label, column: Label, what: Label) -> Indicator:
    of = Label(f"帮扶高校的{column.zh}", f"the university's {column.en}")
    return _share(name, label, of, "pairings", what)


READINESS: tuple[Indicator, ...] = (
    Indicator(
        "agreements_undated", "readiness",
        Label("未找到签约日期", "No date of signing"), PAIRS,
        Label(
            "在册结对中没有签约日期记录的数目。没有记录不等于没有签约；有效期可由起始学期推算"
            "（本系统的规则）。",
            "Pairings without a date of signing on record. It does not mean that none was "
            "signed; this product also reckons a cycle from the first term.",
        ),
        Label("“签约日期”为空的结对数。", "Pairings whose agreement_date is empty."),
        question="pairing_readiness", records="pairings_undated",
    ),
    Indicator(
        "ready_agreement", "readiness", Label("签约日期在册", "Date of signing, %"), PERCENT,
        Label(
            "在册结对中，有签约日期记录的占比。空着只说明没有找到来源，因此分母是全部在册结对。",
            "Of all pairings, the share whose date of signing is on record. An empty cell says "
            "only that no source was found, so all pairings are the base.",
        ),
        Label("有“签约日期”的结对数 ÷ 在册结对数。", "Pairings with an agreement_date ÷ pairings."),
        period=False,
        question="pairing_readiness", records="pairings", counted="share has_agreement",
    ),
    _share(
        "plan", Label("有一校一策方案", "Plan for the school, %"),
        Label("“一校一策方案”", "has_plan"), "pairings",
        Label("有一校一策帮扶方案", "that has a support plan for the school"),
    ),
    _share(
        "development_plan", Label("有学校发展规划", "School development plan, %"),
        Label("“学校发展规划”", "has_development_plan"), "pairings",
        Label("县中有自己的发展提升规划", "whose school has its own development plan"),
    ),
    _share(
        "county_policy", Label("有县级支持政策", "County policy, %"),
        Label("“县级支持政策”", "has_county_policy"), "pairings",
        Label("县级政府出台了支持政策", "whose county has a supporting policy"),
    ),
    _of_university(
        "leading_group", Label("高校有领导小组", "University's leading group, %"),
        Label("“成立领导小组”", "has_leading_group"),
        Label("帮扶高校成立了领导小组", "whose university has a leading group"),
    ),
    _of_university(
        "incentives", Label("高校有激励政策", "University's incentives, %"),
        Label("“派驻人员激励政策”", "has_incentives"),
        Label("帮扶高校有派驻人员激励政策", "whose university has incentives for staff it sends"),
    ),
)  # fmt: skip
