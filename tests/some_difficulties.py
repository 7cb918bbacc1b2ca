"""Seven difficulties and five practices for the small lake, whose clock stands at 20 June 2024.

| difficulty | school  | raised     | owner | due        | state       | resolved   |
| ---------- | ------- | ---------- | ----- | ---------- | ----------- | ---------- |
| d1         | A1 (53) | 2024-01-10 | 县局  | 2024-03-31 | open        |            |
| d2         | A1 (53) | 2024-02    | 学校  | 2024-06    | in progress |            |
| d3         | A3 (53) | 2023-10-01 | 学校  | 2023-12-31 | resolved    | 2024-01-15 |
| d4         | B1 (42) | 2024-03    |       |            | resolved    | 2024-04    |
| d5         | C1 (66) | 2024-05-01 |       |            | open        |            |
| d6         | C1 (66) | 2023-09-10 | 县局  |            | resolved    | no date    |
| d7         | none    | 2024-06-01 | 县局  | 2024-06-19 | open        |            |

d7 names a school that is not on record.
"""

from __future__ import annotations

from typing import Any

from tests.small_lake import A1, A2, A3, B1, C1, partial, put
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake

_DIFFICULTIES = [
    ("d1", A1, "2024-01-10", "县局", "2024-03-31", "open", ""),
    ("d2", A1, "2024-02", "学校", "2024-06", "in_progress", ""),
    ("d3", A3, "2023-10-01", "学校", "2023-12-31", "resolved", "2024-01-15"),
    ("d4", B1, "2024-03", None, "", "resolved", "2024-04"),
    ("d5", C1, "2024-05-01", None, "", "open", ""),
    ("d6", C1, "2023-09-10", "县局", "", "resolved", ""),
    ("d7", "999999-99", "2024-06-01", "县局", "2024-06-19", "open", ""),
]
_PRACTICES = [
    ("p1", A1, "集体备课促教研", "教研指导", "每周一次,全组参加。", "school", "2024-01-05"),
    ("p2", A2, "青蓝结对", "教师培训", "新教师参加集体备课。\n\n第二段。", "province", "2024-03"),
    ("p3", A3, "科学营", "集体备课", "AI课程与实验。", "nation", "2023-07-01"),
    ("p4", C1, "集体备课新做法", None, "", None, "2024-05-01"),
    ("p5", B1, "ＳＴＥＭ课程", "学生成长", "动手 _做_ 中学。", "school", ""),
]


def difficulty(row: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of a difficulty."""
    code, school, raised, owner, due, state, resolved = row
    return {
        RECORD_ID: code, "difficulty_code": code, "school_code": school, "title": f"示例问题{code}",
        **partial("raised", raised), "owner": owner, **partial("due", due), "state": state,
        **partial("resolved", resolved),
    }  # fmt: skip


def practice(row: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of a practice."""
    code, school, title, theme, text, spread, published = row
    return {
        RECORD_ID: code, "practice_code": code, "school_code": school, "title": title,
        "theme": theme, "text": text, "spread": spread, **partial("published", published),
    }  # fmt: skip


def put_difficulties(lake: Lake) -> None:
    """Commits the seven difficulties as one upload."""
    put(lake, "difficulties", [difficulty(row) for row in _DIFFICULTIES])


def put_practices(lake: Lake) -> None:
    """Commits the five practices as one upload."""
    put(lake, "practices", [practice(row) for row in _PRACTICES])
