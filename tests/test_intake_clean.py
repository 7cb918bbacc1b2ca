"""What the words in a cell mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_cases import AMOUNTS, COUNTS, DATES, FLAGS, LINKS, TERMS
from tests.intake_cases import KINDS as KIND_CASES
from xianzhong.intake.clean.cells import Cleaner
from xianzhong.intake.clean.numbers import chinese_number
from xianzhong.intake.messages import RULES
from xianzhong.intake.values import Parsed, PartialDate
from xianzhong.model.columns import ColumnType
from xianzhong.model.kinds import KINDS
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, SUPPORT, TABLES
from xianzhong.model.terms import Term

START = Cleaner(ACTIVITIES.column("start"))
PEOPLE = Cleaner(ACTIVITIES.column("participants"))
PROMISED = Cleaner(SUPPORT.column("promised"))
TERM = Cleaner(PAIRINGS.column("start_term"))
LINK = Cleaner(ACTIVITIES.column("source_url"))
KIND = Cleaner(ACTIVITIES.column("kind"))
FLAG = Cleaner(PAIRINGS.column("has_plan"))

DAYS = st.dates(date(1950, 1, 1), date(2098, 12, 31))
ANY_CELL = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.datetimes()
)


def rules(parsed: Parsed) -> tuple[str, ...]:
    return tuple(said.rule for said in parsed.problems)


def shown(value: PartialDate | None) -> str:
    if value is None:
        return ""
    return f"{value}/{value.until}" if value.until else str(value)


@pytest.mark.parametrize(("cell", "meaning", "findings"), DATES)
def test_a_date_means_what_people_mean(
    cell: object, meaning: str, findings: tuple[str, ...]
) -> None:
    parsed = START(cell)
    assert (shown(parsed.value), rules(parsed)) == (meaning, findings)


@pytest.mark.parametrize(("cell", "meaning", "findings"), COUNTS)
def test_a_count_means_what_people_mean(
    cell: object, meaning: int | None, findings: tuple[str, ...]
) -> None:
    parsed = PEOPLE(cell)
    assert (parsed.value, rules(parsed)) == (meaning, findings)


@pytest.mark.parametrize(("cell", "meaning", "findings"), AMOUNTS)
def test_an_amount_is_in_ten_thousand_yuan(
    cell: object, meaning: float | None, findings: tuple[str, ...]
) -> None:
    parsed = PROMISED(cell)
    assert (parsed.value, rules(parsed)) == (meaning, findings)


@pytest.mark.parametrize(("cell", "code"), TERMS)
def test_a_term_is_read_as_its_code(cell: str, code: str) -> None:
    parsed = TERM(cell)
    assert (parsed.value or "", rules(parsed)) == (code, () if code else ("not_a_term",))


@pytest.mark.parametrize(("cell", "address", "findings"), LINKS)
def test_only_web_addresses_become_links(
    cell: str, address: str, findings: tuple[str, ...]
) -> None:
    parsed = LINK(cell)
    assert (parsed.value or "", rules(parsed)) == (address, findings)


@pytest.mark.parametrize(("cell", "kind", "findings"), KIND_CASES)
def test_a_kind_is_taken_where_only_one_can_be_meant(
    cell: str, kind: str | None, findings: tuple[str, ...]
) -> None:
    parsed = KIND(cell)
    assert (parsed.value, rules(parsed)) == (kind, findings)


@pytest.mark.parametrize(("cell", "flag", "findings"), FLAGS)
def test_yes_and_no_are_told_in_the_words_of_offices(
    cell: str, flag: bool | None, findings: tuple[str, ...]
) -> None:
    parsed = FLAG(cell)
    assert (parsed.value, rules(parsed)) == (flag, findings)


def test_weeks_on_site_are_days_and_said() -> None:
    parsed = Cleaner(ACTIVITIES.column("days_on_site"))("两周")
    assert (parsed.value, rules(parsed)) == (14.0, ("weeks_as_days",))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_spelling_of_a_kind_is_known(kind: object) -> None:
    for spelling in kind.spellings:  # type: ignore[attr-defined]
        assert KIND(f" {spelling} ").value == kind.code  # type: ignore[attr-defined]


def test_no_two_choices_of_a_column_share_a_spelling() -> None:
    for table in TABLES.values():
        for column in table.columns:
            spellings = [s for choice in column.choices for s in set(choice.spellings)]
            assert len(spellings) == len(set(spellings)), (table.name, column.name)


def test_a_misspelt_choice_is_suggested_and_not_taken() -> None:
    parsed = KIND("骨干教师到校指到")
    assert parsed.value is None
    assert rules(parsed) == ("choice_near",)
    assert parsed.problems[0].fields["near"].zh == "骨干教师到校指导"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), ("有", True), ("√", True), (True, True), ("YES", True), (1, True),
     ("否", False), ("无", False), ("×", False), (0, False), ("", None), ("—", None)],
)  # fmt: skip
def test_a_flag_is_yes_no_or_unknown(cell: object, value: bool | None) -> None:
    assert FLAG(cell).value is value


@given(DAYS)
def test_every_way_of_writing_a_day_gives_the_day(day: date) -> None:
    forms = (
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.isoformat()} 09:30:00",
    )  # fmt: skip
    for form in forms:
        assert START(form).value == PartialDate(day), form


@given(DAYS)
def test_a_month_is_never_padded_to_a_day(day: date) -> None:
    for form in (f"{day:%Y-%m}", f"{day.year}年{day.month}月", f"{day:%Y%m}"):
        value = START(form).value
        assert value == PartialDate(day.replace(day=1), "month"), form
        assert str(value) == f"{day:%Y-%m}"


@given(DAYS, st.integers(0, 400))
def test_a_range_gives_both_ends(day: date, length: int) -> None:
    end = min(day + timedelta(days=length), date(2099, 12, 31))
    value = START(f"{day.isoformat()}至{end.isoformat()}").value
    assert (value.day, value.until.day) == (day, end)


@given(DAYS)
def test_the_last_day_of_a_month_is_followed_by_the_next_month(day: date) -> None:
    last = PartialDate(day.replace(day=1), "month").last
    assert last.month == day.month
    assert (last + timedelta(days=1)).day == 1


@given(st.integers(0, 5000))
def test_every_way_of_writing_a_count_gives_the_count(number: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    for form in (str(number), f"{number:,}", f"{number}人", f"{number} 人次", wide, float(number)):
        assert PEOPLE(form).value == number, form


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read(number: int) -> None:
    digits, text = "零一二三四五六七八九", ""
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += digits[digit] + word
        elif text and not text.endswith("零"):
            text += "零"
    assert chinese_number(text.rstrip("零")) == number


@given(st.integers(2000, 2098), st.sampled_from([1, 2]))
def test_a_terms_own_labels_are_read_back(year: int, half: int) -> None:
    term = Term(year, half)
    assert TERM(term.label("zh")).value == term.code
    assert TERM(term.label("en")).value == term.code
    assert TERM(term.code).value == term.code


@given(ANY_CELL)
def test_no_cell_breaks_a_cleaner_and_what_is_unread_is_said(cell: object) -> None:
    for table in TABLES.values():
        for column in table.columns:
            parsed = Cleaner(column)(cell)
            for said in parsed.problems:
                assert said.rule in RULES
            if parsed.value is not None and column.type is ColumnType.CHOICE:
                assert parsed.value in {choice.code for choice in column.choices}
            if isinstance(parsed.value, (int, float)) and column.maximum is not None:
                assert column.minimum <= parsed.value <= column.maximum


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_a_formulas_error_is_no_value_of_any_column(cell: str) -> None:
    for column in ACTIVITIES.columns:
        parsed = Cleaner(column)(cell)
        assert (parsed.value, rules(parsed)) == (None, ("formula_error",)), column.name


def test_equal_numbers_of_other_types_are_not_confused() -> None:
    flags = Cleaner(PAIRINGS.column("has_plan"))
    assert [flags(1).value, flags(True).value, flags("1").value] == [True, True, True]
    people = Cleaner(ACTIVITIES.column("participants"))
    assert [people(1).value, rules(people(True))] == [1, ("not_a_number",)]


def test_every_rule_speaks_both_languages_with_the_same_fields() -> None:
    import string

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for name, rule in RULES.items():
        for label in (rule.message, rule.hint):
            assert bool(label.zh) == bool(label.en), name
            assert fields(label.zh) == fields(label.en), name
        assert rule.message.zh, name
