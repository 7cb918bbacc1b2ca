"""What a supporter does: the activity kinds, and the focal tasks that they serve.

The kinds and the three focal tasks are the programme's own (announcement of 2022-08-31,
notice 教基厅函〔2022〕13号). Which kind serves which task is our reading, not an official
rule; see docs/decisions.
"""

from __future__ import annotations

from dataclasses import dataclass

from xianzhong.model.labels import Choice, Label

FOCAL_TASKS: dict[str, Label] = {
    "management": Label("提高县中管理水平", "Better school management"),
    "teaching": Label("加强教研指导和教师培训", "Teaching research and teacher training"),
    "quality": Label("提高育人质量", "Better education of students"),
    "organisation": Label("组织保障", "Organisation"),
}


@dataclass(frozen=True, slots=True)
class Kind(Choice):
    """An activity kind.

    Attributes:
        measure: whether it is one of the seven measures counted in "kinds received".
        task: key of the focal task it serves.
    """

    measure: bool = False
    task: str = "organisation"


KINDS: tuple[Kind, ...] = (
    Kind(
        "staff",
        Label("派驻校长教师团队", "Staff sent to the school"),
        ("派驻", "派驻管理干部和教师", "派驻团队", "选派校长教师", "派驻校长", "派驻教师",
         "选派教师"),
        measure=True,
        task="management",
    ),
    Kind(
        "guidance",
        Label("骨干教师到校指导", "Visiting teachers"),
        ("骨干教师指导", "到校指导", "专家到校指导", "送教", "送教下乡", "教学指导", "听课评课",
         "听评课", "评课", "同课异构", "示范课", "公开课"),
        ("讲座", "专题讲座", "教研", "教研活动"),
        measure=True,
        task="teaching",
    ),
    Kind(
        "student_teaching",
        Label("大学生支教", "Student teachers"),
        ("大学生支教（含教育实习）", "教育实习", "支教", "研究生支教", "实习支教"),
        measure=True,
        task="quality",
    ),
    Kind(
        "training",
        Label("校长教师培训", "Training of principals and teachers"),
        ("教师培训", "校长培训", "培训", "集中培训", "师资培训"),
        ("讲座", "专题讲座"),
        measure=True,
        task="teaching",
    ),
    Kind(
        "shadowing",
        Label("跟岗挂职", "Shadowing"),
        ("跟岗", "跟岗培训", "跟岗研修", "挂职", "跟岗学习", "挂职锻炼",
         "跟岗/挂职"),
        measure=True,
        task="teaching",
    ),
    Kind(
        "camp",
        Label("夏（冬）令营", "Summer and winter camps"),
        ("夏令营", "冬令营", "夏冬令营", "研学", "研学夏令营", "暑期夏令营", "寒假冬令营"),
        measure=True,
        task="quality",
    ),
    Kind(
        "lab",
        Label("实验室开放与科技活动", "Open labs and science activities"),
        ("实验室开放", "科技活动", "科普活动", "科普讲座", "开放实验室", "科普"),
        ("讲座", "专题讲座"),
        measure=True,
        task="quality",
    ),
    Kind(
        "online",
        Label("线上教研与网络优质资源共享", "Online teaching research and shared resources"),
        ("线上教研", "网络资源共享", "优质资源共享", "网络教研", "在线教研", "远程教研",
         "网课", "线上课程", "同步课堂", "线上课堂"),
        ("线上", "教研", "教研活动"),
        task="teaching",
    ),
    Kind(
        "base",
        Label("共建基地", "Jointly built bases"),
        ("基地共建", "建立基地", "实践基地", "实习基地", "基地揭牌"),
        ("揭牌", "揭牌仪式"),
    ),
    Kind(
        "meeting",
        Label("工作会商", "Working meetings and visits"),
        ("工作会商（调研互访）", "调研互访", "调研", "座谈", "座谈会", "互访"),
    ),
    Kind(
        "signing",
        Label("签约", "Signing of the agreement"),
        ("签约仪式", "协议签订", "签订协议"),
        ("揭牌", "揭牌仪式"),
    ),
)  # fmt: skip
KIND_BY_CODE: dict[str, Kind] = {kind.code: kind for kind in KINDS}
MEASURES: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.measure)
# Training in the wider sense, our reading: sessions, and days spent beside a colleague elsewhere.
TRAINING_KINDS: tuple[str, ...] = ("training", "shadowing")
