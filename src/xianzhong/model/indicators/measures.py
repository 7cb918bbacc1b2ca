"""Which measures the schools have had, and how much of them.

An activity's days on site are days of the calendar: the column takes at most 400 of them, for a
team of any size. A person-day is therefore a person sent times a day, a rule of this product.
"""

from __future__ import annotations

from xianzhong.model.indicators._shared import DAYS, SCHOOLS, TIMES, Indicator
from xianzhong.model.labels import Label

MEASURES_HAD: tuple[Indicator, ...] = (
    Indicator(
        "schools_all_measures", "measures", Label("七类齐全的学校", "Schools with all 7"),
        SCHOOLS,
        Label(
            "时段内七类帮扶措施都有活动记录的结对学校数；选了活动类型时，按所选的措施计。",
            "Paired schools with an activity of every one of the seven measures in the period; "
            "with kinds chosen, of every measure chosen.",
        ),
        Label(
            "结对学校中，不同措施类型数等于七（或所选措施数）的校数。",
            "Paired schools whose distinct measures are seven (or as many as were chosen).",
        ),
        question="measures_received", records="schools_all_measures",
    ),
    Indicator(
        "schools_no_measure", "measures",
        Label("七类均无的学校", "Schools with none"), SCHOOLS,
        Label(
            "时段内七类帮扶措施都没有活动记录的结对学校数；选了活动类型时，按所选的措施计。"
            "没有记录不等于没有开展。",
            "Paired schools with no activity of any of the seven measures on record in the "
            "period; with kinds chosen, of any measure chosen. Not on record does not mean "
            "not done.",
        ),
        Label(
            "结对学校 − 至少有一类措施记录的学校。",
            "Paired schools − those with at least one measure on record.",
        ),
        question="measures_received", records="schools_no_measure",
    ),
    Indicator(
        "staff_sent", "measures", Label("派驻人员", "Staff posted"), TIMES,
        Label(
            "“派驻校长教师团队”活动的派出人次合计。没有写人数的活动不计入，也不估计。",
            "Person-times sent in activities of the kind “staff sent to the school”. Activities "
            "without a number are left out, not estimated.",
        ),
        Label(
            "活动类型为派驻校长教师团队的派出人数之和。",
            "Sum of people_sent where the kind is staff.",
        ),
        question="activity_totals", records="activities_staff", counted="sum people_sent",
    ),
    Indicator(
        "person_days", "measures", Label("驻校人天", "Person-days on site"),
        Label("人天", "person-days"),
        Label(
            "派出人员驻校的人天合计。“驻校天数”按日历天数理解（一次活动至多400天），所以乘以派出人数，"
            "这是本系统的规则；缺人数或缺天数的活动不计入，也不估计。",
            "Days on site times people sent. Days on site are read as calendar days (at most 400 "
            "an activity), so they are multiplied by the people: a rule of this product. "
            "Activities that lack either number are left out, not estimated.",
        ),
        Label("驻校天数 × 派出人数，求和。", "Sum of days_on_site × people_sent."),
        question="activity_totals", records="activities", counted="sum people_sent*days_on_site",
    ),
    Indicator(
        "reporting_lag_p90", "measures",
        Label("九成上报时滞", "Lag, nine in ten"), DAYS,
        Label(
            "九成活动从结束到上报入库不超过的天数。",
            "Nine in ten activities were reported within this many days of their end.",
        ),
        Label(
            "上报日期 − 活动结束日期，取第90百分位数。",
            "90th percentile of upload date − end of activity.",
        ),
        question="reporting_lag", records="activities", counted="p90 lag_days",
    ),
)  # fmt: skip
