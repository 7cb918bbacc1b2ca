"""Activities: what has been done at or for a school."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.kinds import KINDS
from xianzhong.model.labels import Choice, Label
from xianzhong.model.tables._shared import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    SCHOOL,
    SOURCES,
    UNIVERSITY,
)

PERSONS = Label("人次", "person-times")
PRECISIONS = (
    Choice("day", Label("日", "Day"), ("到日",)),
    Choice("month", Label("月", "Month"), ("到月",)),
)
AUDIENCES = (
    Choice("principals", Label("校长和管理干部", "Principals and managers"), ("校长", "管理干部")),
    Choice("teachers", Label("教师", "Teachers"), ("骨干教师", "学科教师", "老师")),
    Choice(
        "principals_teachers",
        Label("校长和教师", "Principals and teachers"),
        ("校长教师", "校长、教师"),
    ),
    Choice("students", Label("学生", "Students"), ("中学生", "高中生")),
)
# 拓展帮扶范围: what some universities do beyond the school they are paired with.
EXTENSIONS = (
    Choice(
        "county_schools",
        Label("全县高中", "All high schools of the county"),
        ("县域内所有高中", "其他高中"),
    ),
    Choice("preschool", Label("学前教育", "Preschool education"), ("幼儿园",)),
    Choice("compulsory", Label("义务教育", "Compulsory education"), ("小学初中", "初中", "小学")),
    Choice("industry", Label("产教融合", "Industry and education"), ("产学研",)),
    Choice("intellect", Label("智力支持", "Intellectual support"), ("决策咨询", "智库")),
    Choice("talent", Label("人才培养", "Talent training"), ("人才培训",)),
)

ACTIVITIES = Table(
    "activities",
    Label("帮扶活动", "Activities"),
    Label(
        "一行是一次活动对一所学校的记录。",
        "A row is one activity as it concerns one school.",
    ),
    (
        Column(
            "activity_code",
            Label("活动编号", "Activity code"),
            Label(
                "本系统导出时给出；带着它再上传就是更新，不会重复。",
                "Given in this product's exports; a sheet that carries it updates the record.",
            ),
            ColumnType.CODE,
            synonyms=("编号", "记录编号"),
        ),
        UNIVERSITY,
        SCHOOL,
        PROVINCE,
        PREFECTURE,
        COUNTY,
        Column(
            "kind",
            Label("活动类型", "Kind"),
            Label("帮扶活动的类型。", "Kind of support activity."),
            ColumnType.CHOICE,
            required=True,
            choices=KINDS,
            wordy=True,
            synonyms=(
                "类型", "类别", "活动类别", "帮扶类型", "帮扶内容类型", "活动种类", "帮扶类别",
                "工作类型", "帮扶形式", "帮扶方式", "帮扶措施", "活动形式", "举措",
            ),
            example="骨干教师到校指导",
        ),
        Column(
            "title",
            Label("活动名称", "Title"),
            Label("活动的名称或内容。", "What the activity was called."),
            required=True,
            synonyms=("名称", "活动", "活动内容", "内容", "活动主题", "主题", "项目名称",
                      "工作内容", "主要内容", "帮扶内容", "具体内容", "活动项目"),
            example="示例活动",
        ),
        Column(
            "start",
            Label("开始日期", "Start"),
            Label("开始的日期，知道到日或到月。", "First day, known to the day or the month."),
            ColumnType.DATE,
            required=True,
            synonyms=(
                "日期", "时间", "活动时间", "开始时间", "活动日期", "start_date", "开展时间",
                "起始日期", "起止时间", "起止日期", "举办时间", "实施时间",
            ),
            example="2024-03-05",
        ),
        Column(
            "end",
            Label("结束日期", "End"),
            Label("结束的日期；只有一天时可以不填。", "Last day; empty where it was one day."),
            ColumnType.DATE,
            synonyms=("结束时间", "end_date", "截止日期", "终止日期", "完成时间"),
            example="2024-03-08",
        ),
        Column(
            "date_precision",
            Label("日期精度", "Date precision"),
            Label(
                "日期只知道到月时写“月”。",
                "“Month” where the dates are known only to the month.",
            ),
            ColumnType.CHOICE,
            choices=PRECISIONS,
            stored=False,
        ),
        Column(
            "people_sent",
            Label("派出人数", "People sent"),
            Label("高校派出的人次。", "Person-times sent by the university."),
            ColumnType.COUNT,
            unit=PERSONS,
            minimum=0,
            maximum=10000,
            unusual_above=200,
            synonyms=(
                "派出人次", "派驻人数", "派出教师数", "选派人数", "专家人数", "派出", "派驻教师",
                "派出教师", "选派教师", "派驻人员", "派出人员", "派出专家", "派驻教师人数",
                "选派教师人数", "派出专家人数", "支教人数", "派遣人数",
            ),
            example="4",
        ),
        Column(
            "participants",
            Label("参加人数", "Participants"),
            Label("县中师生参加的人次。", "Person-times of teachers and students taking part."),
            ColumnType.COUNT,
            unit=PERSONS,
            minimum=0,
            maximum=100000,
            unusual_above=5000,
            synonyms=(
                "参与人数", "参训人数", "参加人次", "参与人次", "受益人数", "人数", "人次",
                "参训教师", "参训人员", "参与师生", "参加师生", "参与师生人数", "参加师生人数",
                "参与活动师生人数", "培训人数", "受训人数", "受训教师", "受训教师人数",
                "参训教师人数", "参训学生", "参训学生人数", "参加教师", "参加教师人数",
                "参加学生", "参加学生人数", "参与教师", "参与教师人数", "参与学生",
                "参与学生人数", "受益师生", "受益师生人数", "受益学生", "受益学生人数",
                "受益教师", "受益教师人数",
            ),
            example="60",
        ),
        Column(
            "audience",
            Label("参加对象", "Audience"),
            Label("参加活动的是校长、教师还是学生。", "Who took part on the school's side."),
            ColumnType.CHOICE,
            choices=AUDIENCES,
            synonyms=("培训对象", "参训对象", "对象", "面向对象"),
        ),
        Column(
            "days_on_site",
            Label("驻校天数", "Days on site"),
            Label("派出人员在校的天数。", "Days that the people sent spent at the school."),
            ColumnType.AMOUNT,
            unit=Label("天", "days"),
            minimum=0,
            maximum=400,
            synonyms=("天数", "在校天数", "驻校时间", "派驻天数", "派驻时间", "工作天数"),
        ),
        Column(
            "lessons",
            Label("课时", "Lessons"),
            Label("授课的课时数。", "Lessons taught."),
            ColumnType.AMOUNT,
            unit=Label("课时", "lessons"),
            minimum=0,
            maximum=5000,
            unusual_above=500,
            synonyms=("课时数", "授课课时", "学时", "授课节数", "节数", "授课课时数", "课节数"),
            example="8",
        ),
        Column(
            "subject",
            Label("学科", "Subject"),
            Label("涉及的学科。", "School subject concerned."),
            synonyms=("科目", "任教学科", "涉及学科"),
        ),
        Column(
            "place",
            Label("地点", "Place"),
            Label("到校、高校、线上等。", "At the school, the university, online."),
            synonyms=("活动地点", "方式", "场所"),
            example="到校",
        ),
        Column(
            "extension",
            Label("拓展帮扶范围", "Beyond the school"),
            Label(
                "超出本校、延伸到全县的帮扶；只帮扶本校时不填。",
                "What reaches beyond the school; empty where it is for the school alone.",
            ),
            ColumnType.CHOICE,
            choices=EXTENSIONS,
            synonyms=("拓展范围", "帮扶范围", "延伸范围"),
        ),
        *SOURCES,
    ),
    natural_key=("school_code", "university_code", "kind", "start", "title"),
    identity="activity_code",
)  # fmt: skip
