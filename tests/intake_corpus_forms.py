"""Cases of forms as offices make them: heads of two lines, headlines, ditto marks, other tables."""

from __future__ import annotations

from tests.intake_corpus import GOOD, HEADERS, case, record, row, text_case

SECOND = row(活动名称="示例活动二", 开始日期="2023-03-07")
TWO = [record(), record(title="示例活动二", start="2023-03-07")]
FRAME = (*HEADERS[:4], "活动时间", "", "派驻人员", "")
TALL = [f"{letter}1:{letter}2" for letter in "ABCD"]
DATED = (*GOOD[:6], "4人", "3天")
SENT = record(participants=None, people_sent=4, days_on_site=3.0)
SUMMED = (*HEADERS[:5], "参加人数(人次)", "")
PEOPLE = (*GOOD[:5], 9, 200)


def under(*words: str) -> tuple[str, ...]:
    return ("",) * (8 - len(words)) + words


TWO_LINES = (
    *(
        case(
            f"dates over {start} and {end}", [FRAME, under(start, end, "人数", "天数"), DATED],
            (), [SENT], merged=[*TALL, "E1:F1", "G1:H1"],
        )
        for start, end in (("开始", "结束"), ("起", "止"), ("自", "至"))
    ),
    text_case(
        "dates over 起 and 止 in a text file",
        [FRAME, under("起", "止", "人数", "天数"), DATED], (), [SENT],
    ),
    case(
        "words below a head that nobody knows are no data",
        [FRAME, under("开始", "结束", "甲方", "乙方"), (*GOOD[:6], "x", "y")],
        [(2, "G", "column_like"), (2, "H", "column_like")], [record(participants=None)],
        merged=[*TALL, "E1:F1", "G1:H1"],
    ),
    case(
        "a count in parts is summed",
        [SUMMED, (*[""] * 5, "教师", "学生"), PEOPLE, (*SECOND[:5], "", "约30")],
        [(2, "F", "parts_summed"), (4, "G", "approximate")],
        [record(end=None, participants=209),
         record(title="示例活动二", start="2023-03-07", end=None, participants=30)],
        merged=[f"{c}1:{c}2" for c in "ABCDE"] + ["F1:G1"],
    ),
    case(
        "a total goes before its parts",
        [(*HEADERS[:5], "参加人数", "", ""), (*[""] * 5, "教师", "学生", "合计"), (*PEOPLE, 209)],
        [(2, "F", "column_twice"), (2, "G", "column_twice")],
        [record(end=None, participants=209)],
        merged=[f"{c}1:{c}2" for c in "ABCDE"] + ["F1:H1"],
    ),
    case(
        "two parts side by side", [(*HEADERS[:5], "参训教师(人次)", "参训学生(人次)"), PEOPLE],
        [(1, "F", "parts_summed")], [record(end=None, participants=209)],
    ),
    case(
        "a part that cannot be read",
        [(*HEADERS[:5], "参训教师", "参训学生"), (*GOOD[:5], 9, "许多")],
        [(1, "F", "parts_summed"), (2, "G", "not_a_number")],
    ),
)  # fmt: skip

COLUMNS = (
    case(
        "words of plain activity sheets",
        [("帮扶大学", "受援县中学校", "工作类型", "工作内容", "活动开始时间(年月日)",
          "活动结束日期", "派驻教师人数", "参与师生人数", "授课节数"), (*GOOD[:6], 4, 60, 8)],
        (), [record(people_sent=4, participants=60, lessons=8.0)],
    ),
    *(
        case(f"the header {header}", [(*HEADERS[:5], header), (*GOOD[:5], 9)], (),
             [record(**({"end": None, "participants": None, column: 9}))])
        for header, column in (
            ("参训教师(人次)", "participants"), ("培训人数", "participants"),
            ("参训人次", "participants"), ("受益学生", "participants"),
            ("派出教师(人)", "people_sent"), ("专家数量", "people_sent"),
            ("派出教师人数(单位:人)", "people_sent"), ("节数", "lessons"),
        )
    ),
    *(
        case(f"the header {header}", [(*HEADERS[:4], header), (*GOOD[:4], "2023-03-06至3-10")],
             (), [record(participants=None)])
        for header in ("开展日期", "活动起止时间", "具体时间", "活动开展时间")
    ),
    case(
        "what is said about the school is not its name",
        [(*HEADERS, "学校情况说明", "学校情况"), (*GOOD, "示例", "示例")],
        [(1, "H", "column_ignored"), (1, "I", "column_ignored")], [record()],
    ),
    case(
        "a school's full name", [("帮扶高校", "学校全称", *HEADERS[2:]), GOOD], (), [record()],
    ),
    case(
        "the scheme beside the kind is no second kind",
        [("帮扶类型", *HEADERS), ("部属高校托管", *GOOD)], [(1, "A", "column_ignored")], [record()],
    ),
    case(
        "the scheme before a kind that is only called 类型",
        [("帮扶类型", *HEADERS[:2], "类型", *HEADERS[3:]), ("部属高校托管", *GOOD)],
        [(1, "A", "column_ignored")], [record()],
    ),
    case(
        "the kind under the label of the scheme",
        [(*HEADERS[:2], "帮扶类型", *HEADERS[3:]), GOOD], (), [record()],
    ),
    case(
        "online or not is no kind", [(*HEADERS, "活动形式"), (*GOOD, "线下")],
        [(1, "H", "column_ignored")], [record()],
    ),
    case(
        "a column that looks like one that lacks", [(*HEADERS, "授课课时安排"), (*GOOD, "x")],
        [(1, "H", "column_like")], [record()],
    ),
    case(
        "an empty column is not asked about", [(*HEADERS, "授课课时安排"), GOOD],
        [(1, "H", "column_ignored")], [record()],
    ),
    case(
        "numbers that nobody recognises",
        [(*HEADERS[:5], "来了几个"), (*GOOD[:5], 9), (*SECOND[:5], 8)],
        [(1, "", "no_measures"), (1, "F", "column_ignored")],
        [record(end=None, participants=None),
         record(title="示例活动二", start="2023-03-07", end=None, participants=None)],
    ),
)  # fmt: skip

DECORATION = (
    case(
        "headlines, totals, places to sign and dots",
        [HEADERS, ("一、线下活动",), GOOD, ("二、线上活动",), SECOND,
         ("本学期合计", *[""] * 5, 18), ("……",), ("(此页无正文)",), ("校长签字:",), (3,)],
        [(0, "", "rows_skipped")] * 3, TWO, merged=["A2:G2"],
    ),
    case(
        "a headline without a number, merged", [HEADERS, ("线下部分", *[""] * 6), GOOD],
        [(0, "", "rows_skipped")], [record()], merged=["A2:G2"],
    ),
    case(
        "an example that says so",
        [HEADERS, row(帮扶高校="例:北京大学", 受援县中="例:某县一中"), GOOD],
        [(0, "", "rows_skipped")], [record()],
    ),
    case(
        "one text under a title is what is left of a record",
        [HEADERS, GOOD, ("", "", "", "示例活动二")],
        [(3, "A", "required_above"), (3, "B", "required_above"), (3, "C", "required_above"),
         (3, "E", "required")], [record()],
    ),
    case(
        "one text below merged cells is a record",
        [HEADERS, GOOD, ("", "", "", "示例活动二")],
        [(0, c, "merged_filled") for c in "ABCEF"],
        [record(), record(title="示例活动二", participants=None)],
        merged=[f"{c}2:{c}3" for c in "ABCEF"],
    ),
    case(
        "the same as above",
        [HEADERS, GOOD, ("〃", "同上", '"', "示例活动二", "2023-03-07", "2023-03-10", "〃")],
        [(0, c, "ditto_filled") for c in "ABCG"], TWO,
    ),
    case(
        "the same as nothing", [HEADERS, row(受援县中="同上")], [(2, "B", "school_unknown")],
    ),
    case(
        "blank parties below filled ones are asked about",
        [HEADERS, GOOD, ("", "", *SECOND[2:])],
        [(3, "A", "required_above"), (3, "B", "required_above")], [record()],
    ),
    case(
        "a blank kind alone is not", [HEADERS, GOOD, (*SECOND[:2], "", *SECOND[3:])],
        [(3, "C", "required")], [record()],
    ),
    case(
        "words for no data are counted",
        [HEADERS, row(参加人数="无"), (*SECOND[:5], "不详", "未统计")],
        [(0, "F", "no_data"), (0, "G", "no_data")],
        [record(participants=None),
         record(title="示例活动二", start="2023-03-07", end=None, participants=None)],
    ),
)  # fmt: skip

SCHOOL = {"school_code": "610622-01"}
OTHERS = (
    case(
        "amounts under short headers",
        [("学校", "年份", "类别", "承诺(万元)", "落实(万元)"),
         ("延川县中学", 2023, "工作经费", 50, "20")],
        (), [SCHOOL | {"year": 2023, "category": "expenses", "promised": 50.0, "delivered": 20.0}],
        table="support",
    ),
    case(
        "support without an amount, and a policy",
        [("学校", "年份", "类别", "承诺金额"), ("延川县中学", 2023, "工作经费", ""),
         ("延川县中学", 2023, "政策支持", "")],
        [(2, "D", "no_amount")], [SCHOOL | {"year": 2023, "category": "policy"}], table="support",
    ),
    case(
        "support whose amounts nobody recognises",
        [("学校", "年份", "类别", "给了多少"), ("延川县中学", 2023, "工作经费", 50)],
        [(1, "", "no_measures"), (1, "D", "column_ignored"), (2, "", "no_amount")],
        table="support",
    ),
    case(
        "difficulties in the words of offices",
        [("受援县中", "存在的问题", "提出时间", "办结时限", "办理状态", "解决时间"),
         ("延川县中学", "示例问题", "2023-03-06", "2023年6月", "已办结", "2023.4.1")],
        (), [SCHOOL | {"title": "示例问题", "raised": "2023-03-06", "due": "2023-06",
                       "state": "resolved", "resolved": "2023-04-01"}],
        table="difficulties",
    ),
    case(
        "good practice in the words of offices",
        [("学校", "经验名称", "内容", "发布时间"),
         ("延川县中学", "示例经验", "示例正文", "2023-03-06")],
        (), [SCHOOL | {"title": "示例经验", "text": "示例正文", "published": "2023-03-06"}],
        table="practices",
    ),
    case(
        "pairings with 是否 and 时间",
        [("受援县中", "帮扶高校", "帮扶类型", "到期时间", "是否有一校一策", "是否有学校发展规划",
          "县级支持政策情况"),
         ("昌江中学", "陕西师范大学", "地方高校托管", "2025.8.31", "√", "正在制定", "已出台")],
        [(2, "F", "flag_not_yet")],
        [{"university_code": "10718", "school_code": "469026-01", "scheme": "provincial",
          "end_date": "2025-08-31", "has_plan": True, "has_development_plan": False,
          "has_county_policy": True}],
        table="pairings",
    ),
    case(
        "universities with 是否", [("高校名称", "是否成立领导小组"), ("陕西师范大学", "是")], (),
        [{"name": "陕西师范大学", "identifier": "4161010718", "department": "教育部",
          "has_leading_group": True,
          "source": "教育部《全国普通高等学校名单》(学校标识码)"}],
        table="universities",
    ),
    case(
        "the year in which a county left the list",
        [("省份", "县名", "脱贫年份"), ("陕西省", "延川县", "2019年")],
        [],
        [{"listed_name": "延川县", "county_code": "610622", "delisted_year": 2019}],
        table="weak_counties",
    ),
)  # fmt: skip

CASES = TWO_LINES + COLUMNS + DECORATION + OTHERS
