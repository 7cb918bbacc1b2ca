"""Cases of messy cells: dates, years, numbers, names, places, and suspicious records."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.intake_corpus import GOOD, HEADERS, Case, case, cell, record, row

NO_END = [*HEADERS[:5], "参加人数"]


def dated(name: str, value: object, title: str = "", **more: Any) -> Case:
    """A case of one date without an end, under a title line."""
    rows: list[tuple[object, ...]] = [(title,)] if title else []
    number = len(rows) + 2
    rows += [tuple(NO_END), (*GOOD[:4], value, 9)]
    rules = [(number, "E", rule) for rule in more.get("rules", ())]
    said = [(0, "", "title_rows")] * bool(title) + rules
    start, end = more.get("start"), more.get("end")
    records = [record(start=start, end=end)] if start else []
    extra = {k: more[k] for k in ("file_name", "sheet") if k in more}
    return case(name, rows, said, records, **extra)


TAKEN = ("date_year_taken",)
DATE_CASES = (
    dated("a date with slashes", "2023/3/6", start="2023-03-06"),
    dated("a date in eight digits", 20230306, start="2023-03-06"),
    dated("a date cell", date(2023, 3, 6), start="2023-03-06"),
    dated("a date in Chinese numerals", "二〇二三年三月六日", start="2023-03-06"),
    dated("a month", "2023年3月", start="2023-03"),
    dated("a day number", "44991", start="2023-03-06", rules=("date_serial",)),
    dated("a range in one cell", "2023.9.1—9.5", start="2023-09-01", end="2023-09-05"),
    dated("no year anywhere", "3月6日", rules=("date_no_year",)),
    dated("the year in the title", "3月6日", "2023年示例统计表", start="2023-03-06", rules=TAKEN),
    dated(
        "the school year in the title, spring", "3月6日", "2022-2023学年示例统计表",
        start="2023-03-06", rules=TAKEN,
    ),
    dated(
        "the school year in the title, autumn", "11月6日", "2022—2023学年第一学期示例统计表",
        start="2022-11-06", rules=TAKEN,
    ),
    dated(
        "a range over the new year", "12月28日至1月3日", "2022-2023学年示例统计表",
        start="2022-12-28", end="2023-01-03", rules=TAKEN,
    ),
    dated(
        "a range of points without a year", "3.6-3.10", "2023年示例", start="2023-03-06",
        end="2023-03-10", rules=TAKEN,
    ),
    dated(
        "days without a year", "3月6、8日", "2023年示例", start="2023-03-06", end="2023-03-08",
        rules=("date_listed", *TAKEN),
    ),
    *(
        dated(f"the year in {title}", "9月11日", title, start=f"{year}-09-11", rules=TAKEN)
        for title, year in (
            ("二〇二三年示例统计表", 2023),
            ("23年示例统计表", 2023),
            ("23-24学年示例统计表", 2023),
            ("2023—2024学年第一学期示例统计表 填报日期:2024年1月15日", 2023),
            ("2023年下半年示例统计表(截至2024年1月)", 2023),
            ("2023—2024学年第一学期示例(2024年1月印发)", 2023),
        )
    ),
    case(
        "the day of filing in a line below the title",
        [("2023年下半年示例统计表",), ("填报单位:示例   填报日期:2024年1月15日",), NO_END,
         (*GOOD[:4], "9月11日", 9)],
        [(0, "", "title_rows"), (4, "E", "date_year_taken")],
        [record(start="2023-09-11", end=None)],
    ),
    case(
        "another year in a line below the title",
        [("2023年示例统计表",), ("2024年示例汇总",), NO_END, (*GOOD[:4], "9月11日", 9)],
        [(0, "", "title_rows"), (4, "E", "date_year_taken")],
        [record(start="2023-09-11", end=None)],
    ),
    dated(
        "a school year and a year outside it", "3月6日", "2022-2023学年示例(2025年)",
        rules=("date_no_year",),
    ),
    dated("20 years are no year", "3月6日", "20年来的示例", rules=("date_no_year",)),
    dated("two years in the title", "3月6日", "2022年至2023年示例", rules=("date_no_year",)),
    dated(
        "the number of a notice is no year", "3月6日", "示例〔2022〕13号", rules=("date_no_year",)
    ),
    dated("the year in the sheet's name", "3月6日", sheet="2023", start="2023-03-06", rules=TAKEN),
    dated(
        "the year in the file's name", "3月6日", file_name="2023年示例.xlsx", start="2023-03-06",
        rules=TAKEN,
    ),
    case(
        "the term in a column",
        [(*HEADERS[:5], "学期"), (*GOOD[:4], "9月1日-9月5日", "2022-2023学年秋季学期"),
         (*GOOD[:4], "3月6日", "2022-2023-2")],
        [(1, "F", "column_year"), (2, "E", "date_year_taken"), (3, "E", "date_year_taken")],
        [record(start="2022-09-01", end="2022-09-05", participants=None),
         record(end=None, participants=None)],
    ),
    dated("a term is no date", "2022-2023学年秋季学期", rules=("date_is_term",)),
    case(
        "a term in the date of an agreement",
        [("帮扶高校", "受援县中", "帮扶类型", "签约日期"),
         ("陕西师范大学", "昌江中学", "地方高校托管", "2022-2023学年秋季学期")],
        [(2, "D", "date_term_moved")],
        [{"university_code": "10718", "school_code": "469026-01", "scheme": "provincial",
          "start_term": "2022-1"}],
        table="pairings",
    ),
    dated("the ends of a month", "2023-02-30", rules=("no_such_day",)),
    dated("day and month cannot be told", "3/6/2023", rules=("date_ambiguous",)),
    cell("an end before its start", "结束日期", "2023-03-05", "end_before_start", refused=True),
    cell("an end years later", "结束日期", "2025-03-10", "long_activity", end="2025-03-10"),
    dated("a date to come", "2026-03-06", rules=("in_future",)),
    dated("before the pairing", "2021-03-06", start="2021-03-06", rules=("before_pairing",)),
)  # fmt: skip

NUMBER_CASES = (
    cell("persons", "参加人数", "8人", participants=8),
    cell("full-width digits and a separator", "参加人数", "１，２３４人次", participants=1234),
    cell("Chinese numerals", "参加人数", "二十三名", participants=23),
    cell("more than ten", "参加人数", "10余人", "approximate", participants=10),
    cell("about thirty", "参加人数", "约30", "approximate", participants=30),
    cell("not known", "参加人数", "—", participants=None),
    cell("a percentage", "参加人数", "50%", "is_percent", refused=True),
    cell("a range of numbers", "参加人数", "10-15人", "number_range", refused=True),
    cell("a negative number", "参加人数", -3, "too_small", refused=True),
    cell("an absurd number", "参加人数", 900000, "too_large", refused=True),
    cell("an unusual number", "参加人数", 6000, "unusual", participants=6000),
    cell("days where persons are counted", "参加人数", "2天", "wrong_unit", refused=True),
    cell("half a person", "参加人数", 8.5, "not_whole", refused=True),
    cell("words for a number", "参加人数", "若干", "not_a_number", refused=True),
    case(
        "half days", [(*HEADERS[:5], "驻校天数"), (*GOOD[:5], "2天半")], (),
        [record(end=None, participants=None, days_on_site=2.5)],
    ),
)  # fmt: skip

NAME_CASES = (
    cell("a short name of a school", "受援县中", "华池一中", "school_short",
         school_code="621023-01"),
    cell("a short name of a university", "帮扶高校", "陕西师大", "university_short"),
    cell("a name cut too short is asked for", "帮扶高校", "陕大", "university_near",
         refused=True),
    cell("a slip in a name is asked for", "受援县中", "延川县中学校", "school_near", refused=True),
    cell("a name without the county's kind", "受援县中", "延川中学", "school_short"),
    cell("an unknown school", "受援县中", "完全不同的示例学校", "school_unknown", refused=True),
    cell("two schools in a cell", "受援县中", "延川县中学、华池县第一中学", "school_several",
         refused=True),
    cell("two universities in a cell", "帮扶高校", "陕西师范大学，北京大学",
         "university_several", refused=True),
    cell("a kind with a slip", "活动类型", "骨干教师到校指到", "choice_near", refused=True),
    case(
        "a county that is not the school's", [(*HEADERS, "县"), (*GOOD, "会泽县")],
        [(2, "B", "school_elsewhere")],
    ),
    case(
        "a county without such a name", [(*HEADERS, "县"), (*GOOD, "延川线示例")],
        [(2, "H", "county_unknown")],
    ),
    case(
        "not paired", [HEADERS, row(帮扶高校="北京大学")], [(2, "A", "not_paired")],
        [record(university_code="10001")],
    ),
    case(
        "a record of the lake under another title",
        [HEADERS, row(帮扶高校="北京大学", 受援县中="垣曲县垣曲中学", 活动类型="工作会商",
                      活动名称="示例名称", 开始日期="2022-07-06", 结束日期="")],
        [(2, "D", "like_stored")],
        [record(university_code="10001", school_code="140827-01", kind="meeting",
                title="示例名称", start="2022-07-06", end=None)],
    ),
    case(
        "a row outside the region", [HEADERS, GOOD, row(受援县中="华池县第一中学")],
        [(3, "B", "out_of_scope")], [record()],
        more={"allowed": lambda where: where.county.startswith("61")},
    ),
)  # fmt: skip

CASES = DATE_CASES + NUMBER_CASES + NAME_CASES
