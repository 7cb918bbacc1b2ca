"""What was done."""

from __future__ import annotations

from xianzhong.model.indicators._shared import DAYS, SCHOOLS, TIMES, Indicator
from xianzhong.model.labels import Label

ACTIVITY: tuple[Indicator, ...] = (
    Indicator(
        "activities", "activity", Label("活动", "Activities"), Label("次", "activities"),
        Label(
            "时段内开始的活动记录数；一次活动涉及多所学校的，每所学校计一次。",
            "Activity records that begin in the period; one that concerns several schools "
            "counts once for each.",
        ),
        Label("开始日期在时段内的行数。", "Rows whose start is in the period."),
        question="activity_totals", records="activities",
    ),
    Indicator(
        "people_sent", "activity", Label("派出", "People sent"), TIMES,
        Label(
            "高校派出人次合计。来源没有写人数的活动不计入，也不估计。",
            "Person-times sent by universities. Activities without a number are left out, "
            "not estimated.",
        ),
        Label("派出人数之和。", "Sum of people_sent."),
        question="activity_totals", records="activities", counted="sum people_sent",
    ),
    Indicator(
        "participants", "activity", Label("参加", "Participants"), TIMES,
        Label(
            "县中师生参加人次合计。没有写人数的活动不计入。",
            "Person-times of the schools' teachers and students. Activities without a number "
            "are left out.",
        ),
        Label("参加人数之和。", "Sum of participants."),
        question="activity_totals", records="activities", counted="sum participants",
    ),
    Indicator(
        "days_on_site", "activity", Label("驻校", "Days on site"), DAYS,
        Label("派出人员在校天数合计。", "Days that people sent spent at the schools."),
        Label("驻校天数之和。", "Sum of days_on_site."),
        question="activity_totals", records="activities", counted="sum days_on_site",
    ),
    Indicator(
        "lessons", "activity", Label("课时", "Lessons"), Label("课时", "lessons"),
        Label("授课课时合计。", "Lessons taught."),
        Label("课时之和。", "Sum of lessons."),
        question="activity_totals", records="activities", counted="sum lessons",
    ),
    Indicator(
        "active_schools", "activity", Label("有活动的学校", "Active schools"), SCHOOLS,
        Label(
            "时段内至少有一次活动的学校数。",
            "Schools with at least one activity in the period.",
        ),
        Label("时段内活动中不同学校代码的个数。", "Distinct school codes of the activities."),
        question="activity_totals", records="active_schools",
    ),
    Indicator(
        "kinds_received", "activity", Label("平均覆盖措施", "Measures received, average"),
        Label("类/校", "of 7 per school"),
        Label(
            "有活动的学校平均得到七类帮扶措施中的几类。",
            "How many of the seven measures an active school has had, on average.",
        ),
        Label("各校不同措施类型数的平均值。", "Mean of the distinct measures per active school."),
        question="activity_totals", records="active_schools", counted="mean measures",
    ),
    Indicator(
        "reporting_lag", "activity", Label("上报时滞（中位数）", "Reporting lag, median"),
        DAYS,
        Label(
            "从活动结束到上报入库的天数的中位数。",
            "Median days from the end of an activity to the upload that reported it.",
        ),
        Label("上报日期 − 活动结束日期，取中位数。", "Median of upload date − end of activity."),
        question="reporting_lag", records="activities", counted="median lag_days",
    ),
)  # fmt: skip
