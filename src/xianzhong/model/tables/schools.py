"""County high schools that receive support."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Label
from xianzhong.model.tables._shared import PREFECTURE, PROVINCE, SOURCES

SCHOOLS = Table(
    "schools",
    Label("受援县中", "County schools"),
    Label("一行是一所受援县中。", "A row is one county high school that receives support."),
    (
        Column(
            "school_code",
            Label("学校代码", "School code"),
            Label(
                "官方学校代码；没有时为县级区划代码加顺序号。",
                "Official code of the school; else county code and a running number.",
            ),
            ColumnType.CODE,
            synonyms=("代码", "学校标识码", "code", "县中代码"),
            example="000000-01",
        ),
        Column(
            "name",
            Label("学校名称", "Name"),
            Label("全称。", "Full official name."),
            required=True,
            synonyms=("名称", "学校", "县中", "县中名称", "受援县中", "受援学校", "school"),
            example="示例县第一中学",
        ),
        Column(
            "aliases",
            Label("别名", "Other names"),
            Label("简称、曾用名，用顿号分开。", "Short and former names, separated by 、."),
            synonyms=("简称", "曾用名"),
        ),
        PROVINCE,
        PREFECTURE,
        Column(
            "county_code",
            Label("县（市、区）", "County"),
            Label(
                "所在县级行政区的名称或国标代码（GB/T 2260）。",
                "Name or GB/T 2260 code of the county.",
            ),
            ColumnType.COUNTY,
            required=True,
            synonyms=(
                "县", "区划代码", "行政区划代码", "县代码", "县级代码", "所在县", "县市区",
                "county",
            ),
            example="000000",
        ),
        Column(
            "students",
            Label("在校生数", "Students"),
            Label("在校学生人数。", "Number of students enrolled."),
            ColumnType.COUNT,
            unit=Label("人", "persons"),
            minimum=0,
            maximum=30000,
            unusual_above=12000,
            synonyms=("学生数", "在校学生数", "学生人数", "在校生", "学生总数", "学生规模"),
        ),
        *SOURCES,
    ),
    natural_key=("county_code", "name"),
    identity="school_code",
)  # fmt: skip
