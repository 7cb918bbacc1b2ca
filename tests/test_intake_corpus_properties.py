"""Whatever is written in an accepted way means the same; nothing written raises an exception."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake_corpus import HEADERS, record, row
from xianzhong.intake.check import Facts, check
from xianzhong.intake.choices import Choices
from xianzhong.intake.clean.cells import Cleaner
from xianzhong.intake.clean.dates import with_year
from xianzhong.intake.headers import fold, match_headers
from xianzhong.intake.layout import lay_out
from xianzhong.intake.messages import RULES
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Places
from xianzhong.intake.roster import Party, Roster
from xianzhong.intake.rows import RowReader
from xianzhong.intake.traditional import simplified
from xianzhong.intake.values import PartialDate, Row, Sheet
from xianzhong.intake.years import IN_TITLE, YearHint, hint_in
from xianzhong.model.tables import ACTIVITIES, TABLES
from xianzhong.model.terms import Term
from xianzhong.reference import load_divisions

START, PEOPLE = (Cleaner(ACTIVITIES.column(name)) for name in ("start", "participants"))
PLACES = Places(load_divisions())
DAYS = st.dates(date(2001, 1, 1), date(2060, 12, 31))
NUMERALS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


def chinese(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else ("" if tens == 1 else NUMERALS[tens]) + "十"
    return before + (NUMERALS[ones] if ones else "") or NUMERALS[0]


def spellings(day: date) -> list[object]:
    """Ways of writing a day that all mean it."""
    year = "".join(NUMERALS[int(c)] for c in str(day.year))
    plain = [f"{day.year}{s}{day.month}{s}{day.day}" for s in "-/."]
    words = f"{day.year}年{day.month}月{day.day}"
    return [
        day, day.isoformat(), *plain, f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{words}日",
        f"{words}号", f" {day.year} 年 {day.month} 月 {day.day} 日 ",
        *(text.translate(WIDE) for text in plain),
        f"{year}年{chinese(day.month)}月{chinese(day.day)}日", f"{words}日 上午",
    ]  # fmt: skip


@given(DAYS)
def test_a_day_means_the_same_however_it_is_written(day: date) -> None:
    for written in spellings(day):
        parsed = START(written)
        assert (parsed.value, parsed.problems) == (PartialDate(day), ()), written


@given(DAYS, DAYS)
def test_a_range_means_the_same_with_any_sign_between(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for sign in ("至", "到", "~", "—", "——", " - "):
        value = START(f"{first:%Y.%m.%d}{sign}{last:%Y.%m.%d}").value
        assert (value.day, value.until.day) == (first, last), sign


@given(DAYS)
def test_a_date_without_a_year_lies_in_the_school_year_of_its_title(day: date) -> None:
    term = Term.of(day)
    hint = hint_in([f"{term.year}-{term.year + 1}学年示例统计表"], IN_TITLE, bare=False)
    assert hint == YearHint(term.year, True, IN_TITLE)
    for written in (f"{day.month}月{day.day}日", f"{chinese(day.month)}月{chinese(day.day)}日"):
        parsed = with_year(written, hint)
        assert parsed.value == PartialDate(day), written
        assert [said.rule for said in parsed.problems] == ["date_year_taken"]


@given(st.integers(0, 4999))
def test_a_number_means_the_same_however_it_is_written(number: int) -> None:
    written: list[object] = [
        number, float(number), str(number), f"{number:,}", f"{number}人", f" {number} 人次",
        str(number).translate(WIDE), f"{number:,}名".translate(WIDE),
    ]  # fmt: skip
    if number < 100:
        written += [chinese(number), f"{chinese(number)}人"]
    for value in written:
        parsed = PEOPLE(value)
        assert (parsed.value, parsed.problems) == (number, ()), value


def test_the_brackets_of_a_name_are_kept_where_a_unit_follows_them() -> None:
    header = "帮扶学校(高校)(示例)"
    assert match_headers(ACTIVITIES, (header,)).bound == {"university_code": (0,)}


@given(
    st.sampled_from([(c, h) for c in ACTIVITIES.columns for h in c.headers]),
    st.sampled_from(["{}", " {} ", "*{}", "{}:", "{}\n", "{}(示例)", "{}【必填】"]),
    st.booleans(),
)
def test_a_header_names_its_column_however_it_is_dressed(
    named: tuple[object, str], dress: str, wide: bool
) -> None:
    column, header = named
    shown = dress.format(header.upper() if wide else header)
    assert match_headers(ACTIVITIES, (shown,)).bound == {column.name: (0,)}  # type: ignore[attr-defined]


def test_no_simplified_header_or_place_is_changed_by_the_table_of_old_characters() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert all(simplified(header) == header for header in column.headers)
    changed = [d.name for d in PLACES.divisions if simplified(d.name) != d.name]
    assert changed == []


def test_old_characters_are_read_as_todays() -> None:
    assert fold("幫扶高校") == "帮扶高校"
    assert fold("內蒙古自治區 興安盟 扎賚特旗") == "内蒙古自治区兴安盟扎赉特旗"
    # These stand in simplified texts too.
    assert fold("乾县") == "乾县"


def parties() -> Parties:
    schools = Roster([Party("610622-01", "延川县中学", (), "610622")])
    return Parties(schools, Roster([Party("10718", "陕西师范大学")]), PLACES, register=False)


SIGNS = "0123456789年月日-/.~至、,\uff0c%人约余十百千万半天学期秋春第一二中()# \n"
CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(),
    st.text(alphabet=SIGNS, max_size=14),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(TABLES)),
    st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=4),
    st.text(max_size=20),
)
def test_no_cells_whatsoever_raise_anything(
    name: str, cells: list[list[object]], title: str
) -> None:
    table = TABLES[name]
    headers = [c.label.zh for c in table.columns if c.required] + ["备注", title]
    rows = [[title], headers, *cells]
    kept = [(n, r) for n, r in enumerate(rows, 1) if any(v is not None for v in r)]
    numbered = tuple(Row(n, tuple(r)) for n, r in kept)  # type: ignore[arg-type]
    sheet = Sheet("示例", numbered, merged=((3, 0, 5, 1),), formulas=frozenset({(3, 2)}))
    laid = lay_out(table, [sheet], Choices(edits={("示例", 3): {headers[0]: title}}))
    facts = Facts(table, date(2026, 1, 1), {}, {})
    reader = RowReader(table, parties(), Choices(splits={("示例", 4): "school_code"}))
    for layout in laid.layouts:
        for found in (one for records in reader.read(layout) for one in records):
            check(found, facts)
            for finding in found.findings:
                assert finding.rule in RULES
                assert finding.message("zh")
                assert finding.hint("en") is not None


@given(st.permutations(range(len(HEADERS))))
def test_columns_mean_the_same_in_any_order(order: list[int]) -> None:
    good = row()
    rows = [[HEADERS[i] for i in order], [good[i] for i in order]]
    sheet = Sheet("示例", tuple(Row(n, tuple(r)) for n, r in enumerate(rows, 1)))  # type: ignore[arg-type]
    (layout,) = lay_out(ACTIVITIES, [sheet]).layouts
    ((found,),) = RowReader(ACTIVITIES, parties()).read(layout)
    assert {k: str(v) if isinstance(v, PartialDate) else v for k, v in found.values.items()} == (
        record()
    )
