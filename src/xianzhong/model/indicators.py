"""The indicators: what each headline number means and how it is computed.

Definitions follow the programme's documents (see docs/decisions); where a rule is this
product's own decision, the definition says so with the word 本系统 / this product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xianzhong.model.labels import Label

Group = Literal["programme", "activity", "attention", "coverage"]
GROUPS: dict[Group, Label] = {
    "programme": Label("结对与协议", "Pairings and agreements"),
    "activity": Label("帮扶活动", "Activities"),
    "attention": Label("需要关注", "Needs attention"),
    "coverage": Label("覆盖", "Coverage"),
}
_RECORDS = Label("本系统中已导入的记录", "Records loaded into this product")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        id: stable name in snake_case, used by the command line and in links.
        label: name in both languages.
        unit: unit of the value.
        definition: what the value says, with the rule that decides borderline cases.
        formula: how it is computed, in words of the tables' columns.
        source: where the data come from.
        period: whether the value depends on the chosen period, so that the one before
            can be compared.
    """

    id: str
    group: Group
    label: Label
    unit: Label
    definition: Label
    formula: Label
    source: Label = _RECORDS
    period: bool = True


def _unit(zh: str, en: str) -> Label:
    return Label(zh, en)


_PAIRS, _SCHOOLS, _COUNTIES = (
    _unit("对", "pairings"),
    _unit("所", "schools"),
    _unit("个", "counties"),
)
_TIMES = _unit("人次", "person-times")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "pairings", "programme", Label("在册结对", "Pairings on record"), _PAIRS,
        Label(
            "有来源证明、已记录在册的结对关系;选了时段时,只计时段内有效的。",
            "Pairings on record with a source; with a period chosen, those in force in it.",
        ),
        Label(
            "结对关系的行数;有效期从起始学期首日(没有则为签约日期)起,到到期日期(没有则加三年)止。",
            "Rows of pairings; in force from the first day of the first term (else the agreement "
            "date) to the end date (else plus three years).",
        ),
    ),
    Indicator(
        "pairings_announced", "programme", Label("公布结对", "Pairings announced"), _PAIRS,
        Label(
            "教育部公布的部属高校县中托管帮扶结对总数。只有全国数,没有分省的公布数。",
            "Total that the Ministry announced for its universities. No figure by province "
            "was published.",
        ),
        Label("公布数,不由记录计算。", "The published number, not computed."),
        Label("教育部,2022-08-31,教基厅函〔2022〕13号", "Ministry of Education, 2022-08-31"),
        period=False,
    ),
    Indicator(
        "universities", "programme", Label("帮扶高校", "Supporting universities"),
        _unit("所", "universities"),
        Label("在册结对中的不同高校(机构)数。", "Different universities among the pairings."),
        Label("结对关系中不同高校代码的个数。", "Distinct university codes of the pairings."),
    ),
    Indicator(
        "schools", "programme", Label("受援县中", "County schools"), _SCHOOLS,
        Label(
            "在册结对中的不同学校数;一所学校有两个结对只计一次。",
            "Different schools among the pairings; a school with two pairings counts once.",
        ),
        Label("结对关系中不同学校代码的个数。", "Distinct school codes of the pairings."),
    ),
    Indicator(
        "counties", "programme", Label("受援县", "Counties"), _COUNTIES,
        Label("受援县中所在的不同县级单位数。", "Different counties of the schools."),
        Label("上述学校所在县的不同代码个数。", "Distinct county codes of those schools."),
    ),
    Indicator(
        "agreements_in_force", "programme", Label("有效协议", "Agreements in force"), _PAIRS,
        Label(
            "在截止日仍在有效期内的结对。没有到期日期的,本系统按起始加三年计。",
            "Pairings in force at the reference date. Without an end date this product "
            "counts three years from the start.",
        ),
        Label(
            "有效期含截止日的结对数;截止日为数据截至日与时段末日中较早者。",
            "Pairings whose cycle holds the reference date: the earlier of the data's date "
            "and the period's last day.",
        ),
    ),
    Indicator(
        "agreements_ending_180", "programme",
        Label("180天内到期", "Ending within 180 days"), _PAIRS,
        Label(
            "有效且在180天内到期的结对(180天为本系统的规则)。",
            "In force and ending within 180 days (180 days is this product's rule).",
        ),
        Label(
            "截止日 ≤ 到期日 ≤ 截止日+180天。",
            "Reference date ≤ end ≤ reference date + 180 days.",
        ),
    ),
    Indicator(
        "agreements_ended", "programme",
        Label("已到期、续签未见记录", "Ended, renewal not on record"), _PAIRS,
        Label(
            "到期日早于截止日的结对。没有续签记录不等于没有续签,更不是学校的过错。",
            "Pairings past their end. No renewal on record does not mean none was signed.",
        ),
        Label("到期日 < 截止日的结对数。", "Pairings whose end is before the reference date."),
    ),
    Indicator(
        "activities", "activity", Label("活动", "Activities"), _unit("次", "activities"),
        Label(
            "时段内开始的活动记录数;一次活动涉及多所学校的,每所学校计一次。",
            "Activity records that begin in the period; one that concerns several schools "
            "counts once for each.",
        ),
        Label("开始日期在时段内的行数。", "Rows whose start is in the period."),
    ),
    Indicator(
        "people_sent", "activity", Label("派出", "People sent"), _TIMES,
        Label(
            "高校派出人次合计。来源没有写人数的活动不计入,也不估计。",
            "Person-times sent by universities. Activities without a number are left out, "
            "not estimated.",
        ),
        Label("派出人数之和。", "Sum of people_sent."),
    ),
    Indicator(
        "participants", "activity", Label("参加", "Participants"), _TIMES,
        Label(
            "县中师生参加人次合计。没有写人数的活动不计入。",
            "Person-times of the schools' teachers and students. Activities without a number "
            "are left out.",
        ),
        Label("参加人数之和。", "Sum of participants."),
    ),
    Indicator(
        "days_on_site", "activity", Label("驻校", "Days on site"), _unit("天", "days"),
        Label("派出人员在校天数合计。", "Days that people sent spent at the schools."),
        Label("驻校天数之和。", "Sum of days_on_site."),
    ),
    Indicator(
        "lessons", "activity", Label("课时", "Lessons"), _unit("课时", "lessons"),
        Label("授课课时合计。", "Lessons taught."),
        Label("课时之和。", "Sum of lessons."),
    ),
    Indicator(
        "active_schools", "activity", Label("有活动的学校", "Active schools"), _SCHOOLS,
        Label(
            "时段内至少有一次活动的学校数。",
            "Schools with at least one activity in the period.",
        ),
        Label("时段内活动中不同学校代码的个数。", "Distinct school codes of the activities."),
    ),
    Indicator(
        "kinds_received", "activity", Label("平均覆盖措施", "Measures received, average"),
        _unit("类/校", "of 7 per school"),
        Label(
            "有活动的学校平均得到七类帮扶措施中的几类。",
            "How many of the seven measures an active school has had, on average.",
        ),
        Label("各校不同措施类型数的平均值。", "Mean of the distinct measures per active school."),
    ),
    Indicator(
        "reporting_lag", "activity", Label("上报时滞(中位数)", "Reporting lag, median"),
        _unit("天", "days"),
        Label(
            "从活动结束到上报入库的天数的中位数。",
            "Median days from the end of an activity to the upload that reported it.",
        ),
        Label("上报日期 − 活动结束日期,取中位数。", "Median of upload date − end of activity."),
    ),
    Indicator(
        "silent_schools_90", "attention", Label("90天无活动学校", "Silent for 90 days"), _SCHOOLS,
        Label(
            "协议生效已满90天且仍有效，而截止日前90天内没有活动记录的学校（90天为本系统的规则）。"
            "更早开始、此期间仍在进行的活动(如长期派驻)算作有活动。",
            "Pairing in force for 90 days or more and no activity on record in the 90 days before "
            "the reference date (90 days is this product's rule). An activity that began earlier "
            "and still ran then, such as a year's secondment, counts.",
        ),
        Label(
            "协议生效满90天且有效的学校 − 截止日前90天内有活动的学校。",
            "Schools with an agreement in force for 90 days − schools active in the last "
            "90 days.",
        ),
    ),
    Indicator(
        "silent_schools_180", "attention", Label("180天无活动学校", "Silent for 180 days"),
        _SCHOOLS,
        Label(
            "同上,按180天计(本系统的规则)。",
            "The same over 180 days (this product's rule).",
        ),
        Label(
            "协议生效满180天且有效的学校 − 截止日前180天内有活动的学校。",
            "Schools with an agreement in force for 180 days − schools active in the last "
            "180 days.",
        ),
    ),
    Indicator(
        "weak_counties", "coverage", Label("教育基础薄弱县", "Weak counties"), _COUNTIES,
        Label(
            "名单上的县数。默认名单是832个脱贫县,这是本系统的默认,可换成官方名单。",
            "Counties on the list. By default the 832 former poverty counties, this product's "
            "choice until an official list is loaded.",
        ),
        Label(
            "名单的行数,对不上现行代码的也计入。",
            "Rows of the list, those without a current code too.",
        ),
        Label("脱贫县名单(2016—2020年)", "List of former poverty counties, 2016-2020"),
        period=False,
    ),
    Indicator(
        "weak_counties_covered", "coverage", Label("已覆盖薄弱县", "Weak counties covered"),
        _COUNTIES,
        Label(
            "至少有一所学校在册结对的薄弱县数;在多类帮扶中也只计一次。",
            "Weak counties with at least one school among the pairings; counted once even in "
            "several schemes.",
        ),
        Label(
            "名单上的县 ∩ 结对学校所在的县。",
            "Counties of the list ∩ counties of the pairings.",
        ),
    ),
)  # fmt: skip
INDICATOR_BY_ID: dict[str, Indicator] = {indicator.id: indicator for indicator in INDICATORS}
