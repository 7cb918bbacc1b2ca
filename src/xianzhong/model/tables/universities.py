"""Universities and institutions that give support."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Label
from xianzhong.model.tables._shared import SOURCES

# Written in place of names, in lower case: there are none.
NO_SCHOOLS = ("无", "没有", "否", "暂无", "none", "no", "n/a", "0")

UNIVERSITIES = Table(
    "universities",
    Label("帮扶高校", "Universities"),
    Label("一行是一所帮扶高校（机构）。", "A row is one supporting university or institution."),
    (
        Column(
            "university_code",
            Label("高校代码", "University code"),
            Label(
                "教育部学校标识码的后五位；没有时由系统给出。",
                "Last five digits of the Ministry's identifier; given by the system where none.",
            ),
            ColumnType.CODE,
            synonyms=("院校代码", "学校代码", "代码", "code"),
            example="00000",
        ),
        Column(
            "name",
            Label("高校名称", "Name"),
            Label("全称。", "Full official name."),
            required=True,
            synonyms=("名称", "高校", "学校名称", "帮扶高校", "帮扶高校（机构）", "university"),
            example="示例大学",
        ),
        Column(
            "aliases",
            Label("别名", "Other names"),
            Label("简称、曾用名，用顿号分开。", "Short and former names, separated by 、."),
            synonyms=("简称", "曾用名"),
        ),
        Column(
            "identifier",
            Label("学校标识码", "Ministry identifier"),
            Label(
                "教育部《全国普通高等学校名单》中的十位学校标识码。",
                "Ten-digit identifier in the Ministry's list of higher education institutions.",
            ),
            ColumnType.CODE,
        ),
        Column(
            "department",
            Label("主管部门", "Department"),
            Label("主管部门。", "Authority in charge."),
            synonyms=("主管单位", "隶属"),
            example="教育部",
        ),
        Column(
            "affiliated_schools",
            Label("附属高中", "Affiliated high schools"),
            Label("附属高中的名称，用顿号分开。", "Names of its high schools, separated by 、."),
            synonyms=("附属中学", "附中"),
        ),
        Column(
            "has_leading_group",
            Label("成立领导小组", "Leading group"),
            Label(
                "是否成立校领导任组长的帮扶领导小组。",
                "Whether a leading group under a university leader exists.",
            ),
            ColumnType.FLAG,
            synonyms=("领导小组", "帮扶领导小组", "领导小组成立情况"),
        ),
        Column(
            "has_incentives",
            Label("派驻人员激励政策", "Incentives for staff"),
            Label(
                "是否有派驻人员待遇保障和激励政策。",
                "Whether incentives for the staff it sends are in place.",
            ),
            ColumnType.FLAG,
            synonyms=("激励政策", "待遇保障和激励", "激励措施", "待遇保障和激励政策"),
        ),
        *SOURCES,
    ),
    natural_key=("name",),
    identity="university_code",
)
