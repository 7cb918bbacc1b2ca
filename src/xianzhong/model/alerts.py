"""The rules by which something needs attention (待办提醒).

All of them are rules of this product, none is an official one. ``query/sql/alerts.sql`` asks the
records what a rule finds; the numbers that decide stand here and are bound there.
"""

from __future__ import annotations

from dataclasses import dataclass

from xianzhong.model.labels import Label

# Less than this share of what was promised is behind the promise.
DELIVERED_SHARE = 0.8
# The whole years before the reference day that are looked at: a cycle of the programme.
SUPPORT_YEARS = 3
# An activity reported later than this many days after its end is late; more than half, and the
# school is.
LATE_DAYS = 60
# An alert is put aside for a year at most, so that none is forgotten.
LONGEST_ASIDE = 366


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule.

    Attributes:
        code: stable code in links and in the lake.
        label: its name.
        short: the same in a few letters, for the head of a column.
        meaning: when it speaks, in one sentence.
        todo: what to do about it.
        table: the table whose records it reads.
        indicator: id of the indicator that looks at the same, or empty.
        page: the page on which the records behind it are worked on.
    """

    code: str
    label: Label
    short: Label
    meaning: Label
    todo: Label
    table: str
    indicator: str = ""
    page: str = ""


ALERT_RULES: tuple[AlertRule, ...] = (
    AlertRule(
        "silent_180",
        Label("180天无活动", "Silent for 180 days"),
        Label("180天", "180 d"),
        Label(
            "协议有效，截止日前180天内没有活动记录。更早开始、此期间仍在进行的活动算作有活动。",
            "An agreement is in force and no activity is on record in the 180 days before the "
            "reference day. One that began earlier and still ran counts.",
        ),
        Label(
            "请与高校和学校联系：已开展的补报，未开展的商定安排。",
            "Contact university and school: have what was done reported, and plan what was not.",
        ),
        "activities",
        "silent_schools_180",
        "activities",
    ),
    AlertRule(
        "silent_90",
        Label("90天无活动", "Silent for 90 days"),
        Label("90天", "90 d"),
        Label(
            "协议有效，截止日前90天内没有活动记录；已满180天的列入上一项，不重复计。",
            "An agreement is in force and no activity is on record in the 90 days before the "
            "reference day. Those of 180 days are listed under their own rule only.",
        ),
        Label(
            "请与高校和学校联系：已开展的补报，未开展的商定安排。",
            "Contact university and school: have what was done reported, and plan what was not.",
        ),
        "activities",
        "silent_schools_90",
        "activities",
    ),
    AlertRule(
        "agreement_ending",
        Label("协议180天内到期", "Ending in 180 days"),
        Label("将到期", "Ending"),
        Label(
            "协议有效，180天内到期，之后的协议未见记录。",
            "The agreement is in force, ends within 180 days, and no later one is on record.",
        ),
        Label(
            "请三方商定是否续签；已续签的补录新的到期日期。",
            "Have the three parties decide on a renewal; where it was signed, record the new end.",
        ),
        "pairings",
        "agreements_ending_180",
        "pairings",
    ),
    AlertRule(
        "agreement_ended",
        Label("到期未见续签记录", "Renewal not on record"),
        Label("已到期", "Ended"),
        Label(
            "协议已过到期日，同一高校与学校之后的协议未见记录；每对高校和学校计一次。"
            "这说的是记录，不是学校的过错。",
            "The agreement is past its end and no later one of the same university and school is "
            "on record; each pair counts once. It says what is on record, not that anybody is at "
            "fault.",
        ),
        Label(
            "已续签的请补录新的到期日期，提醒随即消失；不再续签的可以暂缓并写明理由。",
            "Where it was renewed, record the new end and the alert is gone; where it was not, "
            "put it aside and say why.",
        ),
        "pairings",
        "agreements_ended",
        "pairings",
    ),
    AlertRule(
        "no_plan",
        Label("缺一校一策方案", "No plan"),
        Label("缺方案", "No plan"),
        Label(
            "协议有效（或日期不明），结对记录写明没有一校一策方案；没有填写的不算。",
            "The agreement is in force (or its dates are not known) and its record says that "
            "there is no plan for the school; an empty cell does not count.",
        ),
        Label("请催办方案；已有方案的补录。", "Have the plan made, or record the one there is."),
        "pairings",
        page="pairings",
    ),
    AlertRule(
        "support_behind",
        Label("县级投入未达承诺", "Support behind"),
        Label("投入", "Support"),
        Label(
            "前三个年度中某一年承诺的投入，落实不足八成。只看承诺和落实都有记录的建设、经费、条件、"
            "政策投入。",
            "Of what was promised for one of the three years before, less than four fifths was "
            "delivered. Only building, expenses, conditions and policy with both amounts on "
            "record are looked at.",
        ),
        Label(
            "请督促县级政府落实；已落实的补录落实金额。",
            "Press the county to deliver; where it has, record what was delivered.",
        ),
        "support",
        page="support",
    ),
    AlertRule(
        "brand_fee",
        Label("收取品牌费", "Brand fee"),
        Label("品牌费", "Fee"),
        Label(
            "有大于0的品牌费记录。政策规定不得收取品牌费。",
            "A brand fee above 0 is on record. The policy allows none.",
        ),
        Label(
            "请核实；确属收取的督促纠正，记错类别的改正记录。",
            "Verify it; have it put right where it was charged, and the record where it was not.",
        ),
        "support",
        page="support",
    ),
    AlertRule(
        "difficulty_overdue",
        Label("困难问题逾期", "Difficulty overdue"),
        Label("逾期", "Overdue"),
        Label(
            "过了办结期限仍未解决；没有期限的不算。",
            "It is past its due date and not resolved; one without a due date does not count.",
        ),
        Label(
            "请责任单位说明进展，或商定新的期限。",
            "Ask its owner for progress, or agree a new date.",
        ),
        "difficulties",
        page="difficulties",
    ),
    AlertRule(
        "late_reporting",
        Label("上报迟缓", "Late reporting"),
        Label("迟报", "Late"),
        Label(
            "近一年结束的活动，半数以上在结束60天后才上报。首次集中补录也会出现这一提醒。",
            "Of the activities that ended in the last year, more than half were reported over 60 "
            "days after their end. A first bulk load of older records shows here too.",
        ),
        Label(
            "请学校按月上报；属于集中补录的可以暂缓。",
            "Ask the school to report every month; put it aside where it was a bulk load.",
        ),
        "activities",
        "reporting_lag",
        "activities",
    ),
)  # fmt: skip
ALERT_RULE_BY_CODE: dict[str, AlertRule] = {rule.code: rule for rule in ALERT_RULES}
RULE_CODES = tuple(ALERT_RULE_BY_CODE)
