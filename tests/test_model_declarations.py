"""The declarations: complete in both languages, without doubles, with keys that exist."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from xianzhong.lake.schema import BOOKKEEPING, RECORD_ID, lake_schema, precision_name
from xianzhong.model.columns import TYPE_LABELS, Column, ColumnType, Table
from xianzhong.model.indicators import GROUPS, INDICATOR_BY_ID, INDICATORS
from xianzhong.model.kinds import FOCAL_TASKS, KIND_BY_CODE, KINDS, MEASURES
from xianzhong.model.labels import YES_NO, Choice, Label
from xianzhong.model.programme import (
    PAIRINGS_ANNOUNCED,
    PROVINCES_ANNOUNCED,
    UNIVERSITIES_ANNOUNCED,
)
from xianzhong.model.schemes import SCHEME_BY_CODE, SCHEMES
from xianzhong.model.tables import TABLES

ALL_TABLES = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
URL_SAFE = re.compile(r"[a-z][a-z0-9_]*")
PROMISED = (
    "pairings", "pairings_announced", "universities", "schools", "activities", "people_sent",
    "participants", "active_schools", "silent_schools_90", "weak_counties",
    "weak_counties_covered",
)  # fmt: skip
# Seven measures, as the programme's announcement lists them.
SEVEN = {"staff", "guidance", "student_teaching", "training", "shadowing", "camp", "lab"}


def folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def labels() -> Iterator[tuple[str, Label]]:
    """Every label and meaning of the model, and where it stands."""
    for table in TABLES.values():
        yield f"{table.name} label", table.label
        yield f"{table.name} meaning", table.meaning
        for column in table.columns:
            at = f"{table.name}.{column.name}"
            yield f"{at} label", column.label
            yield f"{at} meaning", column.meaning
            if column.unit:
                yield f"{at} unit", column.unit
            for choice in column.choices:
                yield f"{at} = {choice.code}", choice.label
    for indicator in INDICATORS:
        for field in ("label", "unit", "definition", "formula", "source"):
            yield f"{indicator.id} {field}", getattr(indicator, field)
    for name, label in (*GROUPS.items(), *FOCAL_TASKS.items(), *TYPE_LABELS.items()):
        yield str(name), label
    for choice in (*KINDS, *SCHEMES, *YES_NO):
        yield choice.code, choice.label
    for announced in (PAIRINGS_ANNOUNCED, UNIVERSITIES_ANNOUNCED, PROVINCES_ANNOUNCED):
        yield f"announced {announced.value}", announced.source


def choice_lists() -> Iterator[tuple[str, tuple[Choice, ...]]]:
    yield "kinds", KINDS
    yield "schemes", SCHEMES
    yield "yes_no", YES_NO
    for table in TABLES.values():
        for column in table.columns:
            if column.choices:
                yield f"{table.name}.{column.name}", column.choices


def shared(words: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Words that more than one owner claims, and who they are."""
    owners: dict[str, set[str]] = {}
    for owner, claimed in words:
        for word in claimed:
            owners.setdefault(folded(word), set()).add(owner)
    return {word: names for word, names in owners.items() if len(names) > 1}


ALL_CHOICES = pytest.mark.parametrize(
    "choices", [c for _, c in choice_lists()], ids=[name for name, _ in choice_lists()]
)


def test_every_label_and_meaning_says_something_in_both_languages() -> None:
    empty = [at for at, label in labels() if not label.zh.strip() or not label.en.strip()]
    assert empty == []


def test_chinese_words_are_chinese_and_english_ones_are_not() -> None:
    not_chinese = [at for at, label in labels() if label.zh != "%" and not CHINESE.search(label.zh)]
    chinese = [
        at
        for at, label in labels()
        # The number of a notice has no English form.
        if CHINESE.search(label.en.replace("教基厅函〔2022〕13号", ""))
        or re.search("[，。;、]$", label.en)
    ]
    assert not_chinese == []
    assert chinese == []


def test_every_type_of_column_has_a_label() -> None:
    assert set(TYPE_LABELS) == set(ColumnType)


@ALL_TABLES
def test_a_table_is_found_under_its_own_name(table: Table) -> None:
    assert TABLES[table.name] is table
    assert URL_SAFE.fullmatch(table.name)


@ALL_TABLES
def test_the_columns_of_a_table_have_names_of_their_own(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert all(URL_SAFE.fullmatch(name) for name in names)
    for column in table.columns:
        assert table.column(column.name) is column
    with pytest.raises(KeyError, match="no_such"):
        table.column("no_such")


@ALL_TABLES
def test_no_label_of_a_table_means_two_columns(table: Table) -> None:
    labelled = [
        (column.name, (column.label.zh, column.label.en, column.name)) for column in table.columns
    ]
    assert shared(labelled) == {}


@ALL_TABLES
def test_no_synonym_of_a_table_means_two_columns(table: Table) -> None:
    assert shared((column.name, column.synonyms) for column in table.columns) == {}


@ALL_TABLES
def test_no_header_is_empty(table: Table) -> None:
    assert all(folded(header) for column in table.columns for header in column.headers)


@ALL_TABLES
def test_the_keys_of_a_table_are_columns_that_the_lake_keeps(table: Table) -> None:
    stored = {column.name for column in table.stored_columns}
    assert table.natural_key
    assert set(table.natural_key) <= stored
    if table.identity:
        assert table.identity in stored
        assert table.column(table.identity).type is ColumnType.CODE
        assert not table.column(table.identity).required


@ALL_TABLES
def test_a_sheet_that_has_what_is_required_can_say_which_record_it_means(table: Table) -> None:
    required = {column.name for column in table.columns if column.required}
    open_parts = set(table.natural_key) - required
    # A county on the list of weak counties may lack a code; an alert may be its school's only one.
    assert open_parts <= {"listed_code", "item"}


@ALL_TABLES
def test_every_field_of_the_lake_has_a_name_of_its_own(table: Table) -> None:
    names = lake_schema(table).names
    assert Counter(names).most_common(1)[0][1] == 1
    assert names[0] == RECORD_ID
    assert names[-len(BOOKKEEPING) :] == [field.name for field in BOOKKEEPING]
    for column in table.stored_columns:
        assert (precision_name(column.name) in names) == (column.type is ColumnType.DATE)


@ALL_TABLES
def test_choices_limits_and_units_stand_where_they_mean_something(table: Table) -> None:
    for column in table.columns:
        numeric = column.type in (ColumnType.COUNT, ColumnType.AMOUNT)
        assert bool(column.choices) == (column.type is ColumnType.CHOICE), column.name
        assert numeric or column.minimum is column.maximum is column.unit is None, column.name
        _assert_limits_in_order(column)


def _assert_limits_in_order(column: Column) -> None:
    given = (column.minimum, column.unusual_above, column.maximum)
    limits = [limit for limit in given if limit is not None]
    assert limits == sorted(limits), column.name


@ALL_TABLES
def test_the_example_of_a_choice_is_one_of_its_choices(table: Table) -> None:
    for column in table.columns:
        if column.choices and column.example:
            spellings = {s for choice in column.choices for s in choice.spellings}
            assert column.example in spellings, column.name


@ALL_CHOICES
def test_codes_are_safe_in_a_link_and_their_own(choices: tuple[Choice, ...]) -> None:
    codes = [choice.code for choice in choices]
    assert len(codes) == len(set(codes))
    assert all(URL_SAFE.fullmatch(code) for code in codes)


@ALL_CHOICES
def test_no_spelling_means_two_choices(choices: tuple[Choice, ...]) -> None:
    assert shared((choice.code, choice.spellings) for choice in choices) == {}


def test_the_indicators_that_were_promised_are_declared_with_ids_of_their_own() -> None:
    ids = [indicator.id for indicator in INDICATORS]
    assert set(PROMISED) <= set(ids)
    assert len(ids) == len(set(ids))
    assert all(URL_SAFE.fullmatch(name) for name in ids)
    assert list(INDICATOR_BY_ID) == ids
    assert {indicator.group for indicator in INDICATORS} == set(GROUPS)


def test_rules_of_the_product_itself_are_said_to_be_its_own() -> None:
    for name in ("silent_schools_90", "silent_schools_180", "agreements_ending_180"):
        definition = INDICATOR_BY_ID[name].definition
        assert "本系统" in definition.zh
        assert "this product" in definition.en


def test_the_programme_has_four_schemes_and_seven_measures_among_eleven_kinds() -> None:
    assert list(SCHEME_BY_CODE) == ["ministry", "provincial", "city_school", "team"]
    assert {kind.code for kind in MEASURES} == SEVEN
    assert len(KINDS) == len(KIND_BY_CODE) == 11
    assert {kind.task for kind in KINDS} == set(FOCAL_TASKS)


def test_the_announced_totals_are_those_of_the_announcement() -> None:
    assert (PAIRINGS_ANNOUNCED.value, UNIVERSITIES_ANNOUNCED.value) == (115, 48)
    assert PAIRINGS_ANNOUNCED.date == "2022-08-31"
