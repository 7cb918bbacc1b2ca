"""Counties with a weak education base: the goal is that each has a supported school."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.labels import Label
from xianzhong.model.tables._shared import PREFECTURE, PROVINCE, SOURCES

WEAK_COUNTIES = Table(
    "weak_counties",
    Label("教育基础薄弱县", "Weak counties"),
    Label(
        "一行是名单上的一个县；默认名单为832个脱贫县。",
        "A row is one county of the list; the default list is the 832 former poverty counties.",
    ),
    (
        Column(
            "listed_code",
            Label("名单代码", "Code on the list"),
            Label("名单上的代码，原样保存。", "The code as the list has it."),
            ColumnType.CODE,
            synonyms=("code", "代码", "区划代码", "行政区划代码", "县代码"),
            example="000000",
        ),
        Column(
            "listed_name",
            Label("名单名称", "Name on the list"),
            Label("名单上的县名，原样保存。", "The county's name as the list has it."),
            required=True,
            synonyms=("county", "县", "县名", "名称", "县（市、区）", "县级"),
            example="示例县",
        ),
        PROVINCE,
        PREFECTURE,
        Column(
            "county_code",
            Label("现行代码", "Current code"),
            Label(
                "对应的现行县级区划代码；对不上时为空，并在结果中说明。",
                "Today's code of the county; empty, and reported, where none corresponds.",
            ),
            ColumnType.COUNTY,
        ),
        Column(
            "delisted_year",
            Label("退出年份", "Year of delisting"),
            Label("退出贫困县名单的年份。", "Year in which it left the poverty list."),
            ColumnType.COUNT,
            minimum=2014,
            maximum=2099,
            synonyms=("退出年度", "摘帽年份", "摘帽年度", "脱贫年份", "脱贫年度", "脱贫摘帽年份"),
        ),
        *SOURCES,
    ),
    natural_key=("listed_name", "listed_code"),
    stand_in="county_code",
    whole_list=True,
)
