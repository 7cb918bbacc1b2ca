"""Cases of messy sheets: headers, rows, merged and hidden cells, several sheets, encodings."""

from __future__ import annotations

from tests.intake_corpus import GOOD, HEADERS, Case, Formula, book, case, record, row, text_case
from tests.intake_lakes import workbook
from xianzhong.intake.choices import Choices

SECOND = row(活动名称="示例活动二")
TWO = [record(), record(title="示例活动二")]
WIDE = (*HEADERS[:5], "派驻人员", "", "参训人员")
LEAVES = ("", "", "", "", "", "人数", "天数", "人数")
TALL = [f"{letter}1:{letter}2" for letter in "ABCDE"]
SENT = record(end=None, people_sent=4, days_on_site=3.0, participants=60)
REQUIRED = [(1, "", "missing_column")]

HEADER_CASES = (
    case("a clean sheet", [HEADERS, GOOD], (), [record()]),
    case("columns in another order", [HEADERS[::-1], GOOD[::-1]], (), [record()]),
    case("running numbers", [("序号", *HEADERS), (1, *GOOD), (2, *SECOND)], (), TWO),
    case(
        "spaces, breaks and full-width letters in the headers",
        [(" 帮扶 高校 ", "受援\n县中", "活动类型*", "活动名称:", "ｓｔａｒｔ",
          "结束日期\n(年月日)", "参加人数(人次)"), GOOD], (), [record()],
    ),
    case(
        "traditional characters",
        [("幫扶高校", "受援縣中", "活動類型", "活動名稱", "開始日期", "結束日期", "參加人數"),
         row(帮扶高校="陝西師範大學", 受援县中="延川縣中學")], (), [record()],
    ),
    case(
        "English headers",
        [("Supporting university", "County school", "Kind", "Title", "Start", "End",
          "Participants"), row(活动类型="Student teachers")], (), [record()],
    ),
    case(
        "synonyms",
        [("高校名称", "受援学校名称", "类别", "活动主题", "开始时间", "结束时间", "参训人数"),
         GOOD], (), [record()],
    ),
    case(
        "several title lines",
        [("示例年度帮扶活动统计表",), ("填报单位:示例大学", "", "", "", "", "", "单位:人次"), (),
         HEADERS, GOOD], [(0, "", "title_rows")], [record()],
    ),
    case(
        "a merged title", [("示例统计表", *[""] * 6), HEADERS, GOOD], [(0, "", "title_rows")],
        [record()], merged=["A1:G1"],
    ),
    case(
        "headers over two lines, merged", [WIDE, LEAVES, (*GOOD[:5], 4, 3, 60)], (), [SENT],
        merged=[*TALL, "F1:G1"],
    ),
    case(
        "headers over two lines below a title",
        [("示例统计表", *[""] * 7), WIDE, LEAVES, (*GOOD[:5], 4, 3, 60)],
        [(0, "", "title_rows")], [SENT],
        merged=["A1:H1", *[f"{c}2:{c}3" for c in "ABCDE"], "F2:G2"],
    ),
    text_case(
        "headers over two lines in a text file", [WIDE, LEAVES, (*GOOD[:5], 4, 3, 60)], (), [SENT]
    ),
    case(
        "every header has one over it",
        [("活动情况", "", "", "单位", ""), ("类型", "名称", "时间", "帮扶高校", "受援学校"),
         ("支教", "示例活动", "2023-03-06", "陕西师范大学", "延川县中学")],
        (), [record(end=None, participants=None)], merged=["A1:C1", "D1:E1"],
    ),
    case(
        "name and code under one header",
        [("受援学校", "", *HEADERS[2:], "帮扶高校"), ("名称", "代码", *[""] * 6),
         ("延川县中学", "610622-01", *GOOD[2:], GOOD[0])],
        (), [record()],
        merged=["A1:B1", *[f"{c}1:{c}2" for c in "CDEFGH"]],
    ),
    case(
        "a line of units below the headers",
        [HEADERS, ("", "", "", "", "(年月日)", "(年月日)", "(人次)"), GOOD], (), [record()],
    ),
    case(
        "a line that numbers the columns",
        [HEADERS, tuple(range(1, 8)), GOOD], [(0, "", "rows_skipped")],
        [record()],
    ),
    case(
        "numbers of columns in brackets", [HEADERS, tuple(f"({n})" for n in range(1, 8)), GOOD],
        (), [record()],
    ),
    case(
        "a column that means nothing", [(*HEADERS, "天气"), (*GOOD, "晴")],
        [(1, "H", "column_ignored")], [record()],
    ),
    case(
        "a column twice", [(*HEADERS, "参训人数"), (*GOOD, 99)], [(1, "H", "column_twice")],
        [record()],
    ),
    case(
        "a required column is missing", [HEADERS[:4], GOOD[:4]], REQUIRED, (),
    ),
    case("no headers at all", [("甲", "乙"), (1, 2)], [(0, "", "no_header")]),
    case("headers and nothing below", [HEADERS], [(0, "", "no_rows")]),
)  # fmt: skip

ROW_CASES = (
    case(
        "totals among the rows", [HEADERS, GOOD, ("小计", "", "", "", "", "", 9), SECOND,
                                  ("", "合 计：", "", "", "", "", 18)],
        [(0, "", "rows_skipped")], TWO,
    ),
    case(
        "blank rows, headers again, notes below",
        [("序号", *HEADERS), (1, *GOOD), (2,), ("序号", *HEADERS), (3, *SECOND), (),
         ("注:示例",), ("填表人:示例", "", "", "联系电话:示例")],
        [(0, "", "rows_skipped")] * 3, TWO,
    ),
    case(
        "a school merged over its rows",
        [HEADERS, GOOD, row(受援县中="", 帮扶高校="", 活动名称="示例活动二")],
        [(0, "A", "merged_filled"), (0, "B", "merged_filled")], TWO, merged=["A2:A3", "B2:B3"],
    ),
    case(
        "a number merged over its rows counts once",
        [HEADERS, GOOD, row(参加人数="", 活动名称="示例活动二")],
        [(0, "G", "merged_number")], [record(), record(title="示例活动二", participants=None)],
        merged=["G2:G3"],
    ),
    case(
        "hidden rows are read", [HEADERS, GOOD, SECOND], [(0, "", "rows_hidden")], TWO,
        hidden_rows=[3],
    ),
    case(
        "values of formulas are taken and said",
        [HEADERS, row(参加人数=Formula("=4+5", 9)), row(活动名称="示例活动二",
                                                         参加人数=Formula("=8+1", 9))],
        [(0, "G", "formula_values")], TWO,
    ),
    case(
        "formulas that failed", [HEADERS, row(参加人数=Formula("=#REF!", "#REF!")), SECOND],
        [(0, "G", "formula_values"), (2, "G", "formula_error")], TWO[1:],
    ),
    Case(
        "formulas that were never worked out",
        workbook(一=[list(HEADERS), list(row(参加人数="=4+5")), list(SECOND)]),
        ((2, "G", "formula_no_value"),), tuple(TWO[1:]),
    ),
    case("the same row twice", [HEADERS, GOOD, GOOD], [(3, "D", "duplicate_row")], [record()]),
    case(
        "the same activity with another number", [HEADERS, GOOD, row(参加人数=10)],
        [(3, "D", "duplicate_conflict")], [record()],
    ),
    case(
        "nearly the same title on the same day", [HEADERS, GOOD, row(活动名称="示例的活动")],
        [(3, "D", "like_row")], [record(), record(title="示例的活动")],
    ),
    case(
        "another title on the same day", [HEADERS, GOOD, row(活动名称="另一件不同的事")],
        (), [record(), record(title="另一件不同的事")],
    ),
)  # fmt: skip

FILE_CASES = (
    Case(
        "several sheets, one of another kind",
        book({"封面": [("示例封面",)], "上": [HEADERS, GOOD], "下": [HEADERS, SECOND]}),
        ((0, "", "sheet_ignored"),), tuple(TWO),
    ),
    Case(
        "a sheet with data that lacks one column keeps the other out until that is settled",
        book({"上": [HEADERS, GOOD], "下": [HEADERS[:4], GOOD[:4]]}),
        ((0, "", "sheet_incomplete"),),
    ),
    Case(
        "a sheet that lacks one column is left out where the user says so",
        book({"上": [HEADERS, GOOD], "下": [HEADERS[:4], GOOD[:4]]}),
        ((0, "", "sheet_left_out"),), (record(),),
        more={"choices": Choices(left_out=frozenset({"下"}))},
    ),
    Case(
        "a sheet that lacks one column and holds nothing",
        book({"上": [HEADERS, GOOD], "下": [HEADERS[:4]]}),
        ((0, "", "sheet_without_rows"),), (record(),),
    ),
    Case(
        "a sheet of records whose headers nobody knows, beside a good one",
        book({"上": [HEADERS, GOOD], "下": [tuple("甲乙丙丁戊"), GOOD[:5]]}),
        ((0, "", "sheet_unknown"),), (record(),),
    ),
    Case(
        "a hidden sheet", book({"上": [HEADERS, GOOD], "旧": [HEADERS, SECOND]}, hidden=["旧"]),
        ((0, "", "sheet_hidden"),), tuple(TWO),
    ),
    text_case("UTF-8 without a mark", [HEADERS, GOOD], (), [record()], "utf-8"),
    text_case("GB18030", [HEADERS, GOOD], (), [record()], "gb18030"),
    text_case("UTF-16", [HEADERS, GOOD], (), [record()], "utf-16"),
)  # fmt: skip

CASES = HEADER_CASES + ROW_CASES + FILE_CASES
