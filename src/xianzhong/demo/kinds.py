"""How each activity kind looks in the generated data: when, how big, how long.

Sizes follow what real reports name (one vice-principal for a year, 8 to 10 visiting teachers,
8 or 9 teachers shadowing, 9 student teachers, a camp of 30). Shares and seasons are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "思想政治")
HERE, AWAY, ONLINE = "到校", "高校", "线上"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind.

    Attributes:
        share: of all activities, before the season.
        months: weight of each month, January first.
        sent: mean number of people sent; 0 where nobody is.
        attend: median number of participants; 0 where it is not counted.
        days: shortest and longest duration.
        lessons: lessons per day, on average.
        subject: share of records that name a subject.
        places: where it happens, each as likely.
        titles: what it may be called.
        audiences: four that are equally likely, empty where none is named.
    """

    share: float
    months: tuple[float, ...]
    sent: float
    attend: float
    days: tuple[int, int]
    lessons: float
    subject: float
    places: tuple[str, ...]
    titles: tuple[str, ...]
    audiences: tuple[str, str, str, str] = ("", "", "", "")


_TERM_TIME = (0.5, 0.5, 1.7, 1.9, 1.8, 1.1, 0.2, 0.2, 1.5, 1.8, 2.0, 1.5)
_TERM_START = (0.2, 1.4, 1.0, 0.4, 0.3, 0.2, 0.2, 0.7, 3.0, 0.9, 0.4, 0.2)
_HOLIDAYS = (1.8, 1.2, 0, 0, 0, 0, 3.6, 2.6, 0, 0, 0, 0)
_ALL_YEAR = (0.8, 0.5, 1.1, 1.2, 1.2, 1.1, 1.2, 1.2, 1.1, 1.0, 1.1, 0.9)

SHAPES: dict[str, Shape] = {
    "staff": Shape(
        6, _TERM_START, 2.2, 0, (120, 330), 0.5, 0.2, (HERE,),
        ("管理干部到校任职", "教师团队到校任教", "副校长驻校工作"),
    ),
    "guidance": Shape(
        30, _TERM_TIME, 5, 45, (1, 4), 3, 0.8, (HERE,),
        (
            "骨干教师到校听评课", "骨干教师到校上示范课", "备课组同课异构", "教学视导",
            "复习备课指导",
        ),
        ("teachers", "teachers", "students", ""),
    ),
    "student_teaching": Shape(
        7, _TERM_START, 9, 0, (40, 130), 1.5, 0.6, (HERE,), ("大学生到校支教", "师范生教育实习"),
    ),
    "training": Shape(
        14, _ALL_YEAR, 2.5, 70, (1, 7), 4, 0.4, (HERE, AWAY, ONLINE),
        ("校长治校能力培训", "学科教师培训", "班主任培训", "信息技术应用培训"),
        ("principals", "teachers", "teachers", "principals_teachers"),
    ),
    "shadowing": Shape(
        10, _TERM_TIME, 0, 8, (5, 30), 0, 0.5, (AWAY,), ("教师跟岗研修", "中层干部跟岗学习"),
        ("teachers", "teachers", "principals", ""),
    ),
    "camp": Shape(
        5, _HOLIDAYS, 3, 32, (3, 9), 2, 0, (AWAY,), ("学生科学营", "学生研学营"),
        ("students", "students", "students", "students"),
    ),
    "lab": Shape(
        7, _TERM_TIME, 3.5, 120, (1, 2), 2, 0.4, (HERE, AWAY),
        ("实验室开放日", "科普报告进校园", "科技创新活动"),
        ("students", "students", "students", ""),
    ),
    "online": Shape(
        22, _TERM_TIME, 1.6, 35, (1, 1), 2, 0.9, (ONLINE,),
        ("线上集体备课", "线上教研", "网络课程资源共享", "线上名师课堂"),
        ("teachers", "teachers", "teachers", ""),
    ),
    "base": Shape(
        2, _ALL_YEAR, 4, 25, (1, 1), 0, 0, (HERE, AWAY), ("共建实践基地", "共建教研基地"),
    ),
    "meeting": Shape(
        9, _ALL_YEAR, 5, 14, (1, 2), 0, 0, (HERE, AWAY, ONLINE),
        ("帮扶工作会商", "帮扶工作调研", "工作互访座谈"),
    ),
    # Drawn apart: one at the beginning of an agreement.
    "signing": Shape(0, _ALL_YEAR, 4, 20, (1, 1), 0, 0, (HERE, AWAY), ("帮扶协议签约",)),
}  # fmt: skip
