"""Columns that several tables carry in the same words."""

from __future__ import annotations

from xianzhong.model.columns import Column, ColumnType
from xianzhong.model.labels import Label

SCHOOL = Column(
    "school_code",
    Label("受援县中", "County school"),
    Label("受援县中的名称或代码。", "Name or code of the county school that receives support."),
    ColumnType.SCHOOL,
    required=True,
    synonyms=(
        "school", "学校", "学校名称", "县中", "县中名称", "受援学校", "受援学校名称",
        "受援县中名称", "受帮扶学校", "帮扶学校", "县域高中", "托管学校", "被帮扶学校", "学校代码",
        "受援县中代码",
        "受援县中学校", "学校全称", "受托管学校", "被托管学校", "受助学校", "受援高中",
    ),
    example="示例县第一中学",
)  # fmt: skip
UNIVERSITY = Column(
    "university_code",
    Label("帮扶高校", "Supporting university"),
    Label(
        "给予帮扶的高校（机构）的名称或代码。", "Name or code of the university that gives support."
    ),
    ColumnType.UNIVERSITY,
    required=True,
    synonyms=(
        "university", "高校", "高校名称", "帮扶高校（机构）", "帮扶单位", "支援高校", "托管高校",
        "帮扶学校（高校）", "大学", "supporter", "帮扶高校名称", "帮扶机构", "帮扶大学",
        "支援大学", "援助高校", "派出高校",
    ),
    example="示例大学",
)  # fmt: skip
PROVINCE = Column(
    "province",
    Label("省份", "Province"),
    Label("学校所在省级行政区，用于核对。", "Province of the school, to cross-check the county."),
    synonyms=("省", "省（区、市）", "所在省份", "省级"),
    stored=False,
    example="示例省",
)
PREFECTURE = Column(
    "prefecture",
    Label("市（州）", "Prefecture"),
    Label("学校所在地级行政区，用于核对。", "Prefecture of the school, to cross-check the county."),
    synonyms=("市", "地市", "市州", "所在市", "地级市", "prefecture", "所属市"),
    stored=False,
    example="示例市",
)
COUNTY = Column(
    "county",
    Label("县（市、区）", "County"),
    Label("学校所在县级行政区的名称。", "Name of the school's county."),
    synonyms=("县", "县区", "县市区", "所在县", "县（市、区、旗）", "县域", "区县", "所属县"),
    stored=False,
    example="示例县",
)
NOTE = Column(
    "note",
    Label("备注", "Note"),
    Label("其他说明。", "Anything else worth knowing."),
    synonyms=("说明", "remark", "remarks", "notes"),
)
SOURCE = Column(
    "source",
    Label("来源", "Source"),
    Label("这条记录出自何处。", "Where this record comes from."),
    synonyms=("资料来源", "信息来源", "source_name", "出处", "来源名称"),
)
SOURCE_DATE = Column(
    "source_date",
    Label("来源日期", "Source date"),
    Label("来源发布的日期，原样保存。", "When the source was published, kept as written."),
    synonyms=("发布日期", "报道日期"),
)
SOURCE_URL = Column(
    "source_url",
    Label("来源链接", "Source link"),
    Label("来源的网址。", "Web address of the source."),
    ColumnType.LINK,
    synonyms=("链接", "网址", "来源网址", "url", "信息来源链接", "报道链接"),
)
SOURCES = (NOTE, SOURCE, SOURCE_DATE, SOURCE_URL)
