"""The rules by which something needs attention (待办提醒).

All of them are rules of this product, none is an official one. What a rule finds is asked of the
records by ``query/sql/alerts.sql``; which figure counts it is named by ``indicator``.
"""

from __future__ import annotations

from dataclasses import dataclass

from xianzhong.model.labels import Label


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule.

    Attributes:
        code: stable code in links and in the lake.
        label: its name.
        meaning: when it speaks, in one sentence.
        todo: what to do about it.
        indicator: id of the indicator that counts the same, or empty.
        page: the page on which the records behind it are worked on.
    """

    code: str
    label: Label
    meaning: Label
    todo: Label
    indicator: str = ""
    page: str = "school"


ALERT_RULES: tuple[AlertRule, ...] = (
    AlertRule(
        "silent_180",
        Label("180天无活动", "Silent for 180 days"),
        Label(
            "协议有效,截止日前180天内没有活动记录。",
            "An agreement is in force and no activity is on record in the last 180 days.",
        ),
        Label(
            "请联系高校和学校,补报活动或安排帮扶。", "Ask university and school to report or act."
        ),
        "silent_schools_180",
    ),
    AlertRule(
        "silent_90",
        Label("90天无活动", "Silent for 90 days"),
        Label(
            "协议有效,截止日前90天内没有活动记录(180天以上的另列)。",
            "An agreement is in force and no activity is on record in the last 90 days (those of "
            "180 days are listed apart).",
        ),
        Label(
            "请联系高校和学校,补报活动或安排帮扶。", "Ask university and school to report or act."
        ),
        "silent_schools_90",
    ),
    AlertRule(
        "agreement_ending",
        Label("协议180天内到期", "Agreement ends within 180 days"),
        Label("协议有效,180天内到期。", "The agreement is in force and ends within 180 days."),
        Label("请商定是否续签。", "Agree whether to renew it."),
        "agreements_ending_180",
        "pairings",
    ),
    AlertRule(
        "agreement_ended",
        Label("协议已到期,续签未见记录", "Agreement ended, renewal not on record"),
        Label(
            "协议已过到期日,没有续签记录;这不是学校的过错。",
            "The agreement is past its end and no renewal is on record; no fault of the school.",
        ),
        Label("已续签的请补录新的到期日期。", "Where it was renewed, record the new end."),
        "agreements_ended",
        "pairings",
    ),
    AlertRule(
        "no_plan",
        Label("没有一校一策方案", "No plan for the school"),
        Label(
            "结对记录写明没有一校一策帮扶方案;未填写的不算。",
            "The record says that there is no plan for the school; an empty cell does not count.",
        ),
        Label("请催办方案,或补录已有方案。", "Have the plan made, or record the one there is."),
        page="pairings",
    ),
    AlertRule(
        "support_behind",
        Label("县级投入未达承诺", "County support behind promise"),
        Label(
            "往年承诺的某类投入,落实不足八成。",
            "Of what was promised for a past year, less than four fifths was delivered.",
        ),
        Label("请督促县级政府落实,或补录落实金额。", "Press the county, or record what was paid."),
        page="support",
    ),
    AlertRule(
        "brand_fee",
        Label("收取品牌费", "Brand fee charged"),
        Label("有大于0的品牌费记录。", "A brand fee above 0 is on record."),
        Label("请核实并要求退还。", "Verify it and have it paid back."),
        page="support",
    ),
    AlertRule(
        "difficulty_overdue",
        Label("困难问题逾期未解决", "Difficulty overdue"),
        Label("过了办结期限仍未解决。", "It is past its due date and not resolved."),
        Label("请责任单位说明进展或调整期限。", "Ask its owner for progress or a new date."),
        page="difficulties",
    ),
    AlertRule(
        "late_reporting",
        Label("上报迟缓", "Late reporting"),
        Label(
            "近一年的活动从结束到上报,半数以上超过60天。",
            "More than half of the last year's activities were reported over 60 days after "
            "their end.",
        ),
        Label("请学校按月上报。", "Ask the school to report every month."),
        "reporting_lag",
    ),
)
ALERT_RULE_BY_CODE: dict[str, AlertRule] = {rule.code: rule for rule in ALERT_RULES}
