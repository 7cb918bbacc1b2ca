"""Terms: every day lies in one, and codes, neighbours and months agree with one another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianzhong.model.labels import LANGS
from xianzhong.model.terms import FIRST_YEAR, LAST_YEAR, Term

DAYS = st.dates(date(2000, 9, 1), date(2099, 12, 31))
TERMS = st.builds(Term, st.integers(FIRST_YEAR, LAST_YEAR), st.sampled_from((1, 2)))


@given(DAYS)
def test_every_day_lies_in_the_term_whose_first_and_last_day_enclose_it(day: date) -> None:
    term = Term.of(day)
    assert term.first_day <= day <= term.last_day


@given(DAYS, TERMS)
def test_no_day_lies_in_a_second_term(day: date, term: Term) -> None:
    assert (term.first_day <= day <= term.last_day) == (Term.of(day) == term)


@given(TERMS)
def test_terms_follow_each_other_without_a_gap(term: Term) -> None:
    assert term.next.previous == term == term.previous.next
    assert term.next.first_day == term.last_day + timedelta(days=1)
    assert term.previous < term < term.next


@given(TERMS)
def test_the_code_of_a_term_reads_back_as_the_term(term: Term) -> None:
    assert Term.parse(term.code) == term
    assert term.code.isascii()


@given(st.integers(2000, 2098), st.integers(1, 12))
def test_a_month_lies_in_one_term_from_its_first_to_its_last_day(year: int, month: int) -> None:
    last = monthrange(year, month)[1]
    terms = {Term.of(date(year, month, day)) for day in range(1, last + 1)}
    assert len(terms) == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 8, 31), "2023-2"),
        (date(2024, 9, 1), "2024-1"),
        (date(2024, 12, 31), "2024-1"),
        (date(2025, 1, 1), "2024-1"),
        (date(2025, 1, 31), "2024-1"),
        (date(2025, 2, 1), "2024-2"),
        (date(2024, 2, 29), "2023-2"),
        (date(2025, 8, 31), "2024-2"),
    ],
)
def test_the_days_on_either_side_of_a_term(day: date, code: str) -> None:
    assert Term.of(day).code == code


def test_a_term_is_written_as_officials_write_it() -> None:
    assert Term(2024, 1).label("zh") == "2024-2025学年秋季学期"
    assert Term(2024, 2).label("zh") == "2024-2025学年春季学期"
    assert Term(2024, 2).label("en") == "Spring term 2024-2025"


@given(TERMS, TERMS)
def test_two_terms_never_share_a_label(one: Term, other: Term) -> None:
    for lang in LANGS:
        assert (one.label(lang) == other.label(lang)) == (one == other)


@pytest.mark.parametrize(
    "code",
    ["", "2024", "2024-", "2024-0", "2024-3", "2024-12", "24-1", "12024-1", "1999-1", "2100-1",
     "2024/1", " 2024-1", "2024-1 ", "2024-１", "2024‐1", "2024-1\0", "2024-2025-1"],
)  # fmt: skip
def test_what_only_looks_like_a_term_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a term code"):
        Term.parse(code)


@given(st.from_regex("[0-9]{2,5}-[0-9]{1,2}|[ -~]{0,9}", fullmatch=True))
def test_a_text_is_a_term_code_or_refused(text: str) -> None:
    if re.fullmatch("20[0-9]{2}-[12]", text):
        assert Term.parse(text).code == text
        return
    with pytest.raises(ValueError, match="not a term code"):
        Term.parse(text)


@pytest.mark.parametrize("code", ["２０２４-1", "٢٠٢٤-1", "2024-1\n", " 2024-1"])
def test_a_term_code_is_written_in_plain_digits_only(code: str) -> None:
    with pytest.raises(ValueError, match="not a term code"):
        Term.parse(code)
