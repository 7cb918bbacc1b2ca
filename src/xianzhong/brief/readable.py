"""Frames of codes as tables that people read: declared headers, names beside codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.divisions import Divisions
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import LISTED, YES_NO, Label, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, DIFFICULTIES, PAIRINGS, PRACTICES
from xianzhong.model.terms import Term

UNIVERSITY_CODE = Label("帮扶高校代码", "University code")
SCHOOL_CODE = Label("受援县中代码", "School code")
COUNTY_CODE = Label("县级区划代码", "County code")
LAST_ACTIVITY = Label("最近活动", "Last activity")
ACTIVITIES_DONE = Label("活动次数", "Activities")
MEASURES_RECEIVED = Label("措施类数（共7类）", "Measures received (of 7)")
DAYS_OVERDUE = Label("逾期天数", "Days overdue")
CYCLE_END = Label("协议到期", "Agreement until")
# What the sets of records behind a figure say beyond their table's own columns.
FURTHER: dict[str, Label] = {
    "cycle_start": Label("有效期起", "Cycle from"),
    "cycle_end": Label("有效期止", "Cycle until"),
    "activities": Label("活动次数", "Activities"),
    "measures": Label("措施类数（共7类）", "Measures received (of 7)"),
    "last_day": Label("最近活动至", "Last active on"),
    "reported_on": Label("上报日期", "Reported on"),
    "lag_days": Label("上报时滞（天）", "Reporting lag (days)"),
}


class Names(Protocol):
    """What names codes."""

    @property
    def divisions(self) -> Divisions:
        """All divisions."""

    def university(self, code: str) -> str:
        """Name of a university."""

    def school(self, code: str) -> str:
        """Name of a school."""


def partial_date(value: object, precision: object) -> str:
    """A date as it is known: ``2022-07`` to the month, ``2022-07-18`` to the day, or empty."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    day = pd.Timestamp(value)  # type: ignore[arg-type]
    return f"{day:%Y-%m}" if precision == "month" else f"{day:%Y-%m-%d}"


def partial_dates(values: pd.Series, precisions: pd.Series) -> list[str]:
    """A column of dates as they are known; see :func:`partial_date`."""
    days = pd.to_datetime(values)
    text = days.dt.strftime("%Y-%m-%d").fillna("")
    return text.where(precisions != "month", text.str.slice(0, 7)).tolist()


def _labels(codes: pd.Series, labels: dict[str, str]) -> list[str]:
    return [labels.get(code, code) for code in codes]


def kind_labels(lang: Lang) -> dict[str, str]:
    """Activity kinds by code."""
    return {code: kind.label[lang] for code, kind in KIND_BY_CODE.items()}


def _chosen(codes: pd.Series, column: str, lang: Lang) -> pd.Series:
    """Labels of a column of choices; what is empty stays so."""
    labels = {choice.code: choice.label[lang] for choice in ACTIVITIES.column(column).choices}
    return codes.astype(object).map(labels)


def readable_records(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Activity records with the headers of the sheet that would load them again.

    Args:
        frame: rows of ``activity_records``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    divisions = names.divisions
    columns: dict[str, Sequence[object] | pd.Series] = {
        label["start"]: partial_dates(frame["start"], frame["start_precision"]),
        label["end"]: partial_dates(frame["end"], frame["end_precision"]),
        label["kind"]: _labels(frame["kind"], kind_labels(lang)),
        label["title"]: frame["title"],
        label["university_code"]: [names.university(c) for c in frame["university_code"]],
        UNIVERSITY_CODE[lang]: frame["university_code"],
        label["school_code"]: frame["school"],
        SCHOOL_CODE[lang]: frame["school_code"],
        label["province"]: [divisions.label(c, lang) for c in frame["province"]],
        label["prefecture"]: [divisions.label(c, lang) if c else "" for c in frame["prefecture"]],
        label["county"]: frame["county"],
        COUNTY_CODE[lang]: frame["county_code"],
    }
    rest = (
        "people_sent", "participants", "audience", "days_on_site", "lessons", "subject", "place",
        "extension", "note", "source", "source_date", "source_url", "activity_code",
    )  # fmt: skip
    for name in rest:
        values = frame[name]
        choices = ACTIVITIES.column(name).choices
        if choices:
            labels = {choice.code: choice.label[lang] for choice in choices}
            values = values.map(labels).fillna(values)
        whole = name in ("people_sent", "participants")
        if name in ("audience", "extension"):
            values = _chosen(values, name, lang)
        columns[label[name]] = values.astype("Int64") if whole else values
    return pd.DataFrame(columns)


def readable_schools(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Schools with their supporters and what was done, one row each.

    Args:
        frame: rows of ``school_list``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    schemes = {code: scheme.label[lang] for code, scheme in SCHEME_BY_CODE.items()}
    joiner = LISTED[lang]
    return pd.DataFrame(
        {
            label["school_code"]: frame["school"],
            SCHOOL_CODE[lang]: frame["school_code"],
            label["county"]: frame["county"],
            label["university_code"]: [
                joiner.join(map(names.university, codes)) for codes in frame["universities"]
            ],
            LAST_ACTIVITY[lang]: partial_dates(frame["last_start"], frame["last_start_precision"]),
            ACTIVITIES_DONE[lang]: frame["activities"].astype("Int64"),
            MEASURES_RECEIVED[lang]: frame["measures"].astype("Int64"),
            CYCLE_END[lang]: partial_dates(frame["cycle_end"], pd.Series("day", index=frame.index)),
            PAIRINGS.column("scheme").label[lang]: [
                joiner.join(schemes.get(code, code) for code in codes) for codes in frame["schemes"]
            ],
            label["province"]: [names.divisions.label(c, lang) for c in frame["province"]],
        }
    )


def readable_difficulties(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Difficulties with declared headers, their code too: the file loads again as an update.

    Args:
        frame: rows of ``difficulty_records``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    table = _declared(DIFFICULTIES, frame, names, lang)
    days = frame["days_overdue"].astype("Int64").tolist()
    table.insert(len(table.columns) - 4, DAYS_OVERDUE[lang], days)
    return table


def readable_practices(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Practices with declared headers, their code too: the file loads again as an update.

    Args:
        frame: rows of ``practice_records``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    return _declared(PRACTICES, frame, names, lang)


def _declared(table: Table, frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """A frame of a table's columns with its headers, and the school's code and place beside it."""
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    readable = readable_rows(table, rows, names, lang)
    school = table.column("school_code").label[lang]
    readable[school] = frame["school"].tolist()
    at = list(readable.columns).index(school) + 1
    label = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    provinces = [names.divisions.label(c, lang) if c else "" for c in frame["province"]]
    readable.insert(at, SCHOOL_CODE[lang], frame["school_code"].tolist())
    readable.insert(at + 1, label["province"], provinces)
    readable.insert(at + 2, label["county"], frame["county"].tolist())
    return readable


def readable_rows(table: Table, rows: pa.Table, names: Names, lang: Lang) -> pd.DataFrame:
    """Stored rows of any table with its declared headers, names in place of codes.

    Args:
        table: the declaration.
        rows: rows of the lake.
        names: what names the codes.
        lang: language of headers and labels.
    """
    return pd.DataFrame(
        {
            column.label[lang]: _readable(column, rows, names, lang)
            for column in table.columns
            if column.name in rows.column_names
        }
    )


def readable_value(column: Column, value: object, names: Names, lang: Lang) -> str:
    """One stored value in words: a name in place of a code; empty for nothing.

    Dates are given as they are known, in the form that :func:`partial_date` writes.
    """
    if value in (None, ""):
        return ""
    speak = _speakers(column, names, lang).get(column.type)
    return str(speak(value) if speak else value)


def _readable(column: Column, rows: pa.Table, names: Names, lang: Lang) -> list[object]:
    values: list[object] = rows[column.name].to_pylist()
    if column.type is ColumnType.DATE:
        precisions = rows[f"{column.name}_precision"].to_pylist()
        return [partial_date(*pair) for pair in zip(values, precisions, strict=True)]
    speak = _speakers(column, names, lang).get(column.type)
    if speak is None:
        return values
    return [speak(value) if value not in (None, "") else value for value in values]


def _speakers(
    column: Column, names: Names, lang: Lang
) -> dict[ColumnType, Callable[[Any], object]]:
    """How values of the types that hold codes are said."""
    labels = {choice.code: choice.label[lang] for choice in column.choices}
    return {
        ColumnType.SCHOOL: names.school,
        ColumnType.UNIVERSITY: names.university,
        ColumnType.COUNTY: lambda code: names.divisions.label(code, lang),
        ColumnType.CHOICE: lambda code: labels.get(code, code),
        ColumnType.TERM: lambda code: Term.parse(code).label(lang),
        ColumnType.FLAG: lambda flag: YES_NO[0 if flag else 1].label[lang],
    }


def readable_listing(table: Table, frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """The records behind a figure with declared headers, names beside codes.

    Args:
        table: the declaration whose columns name the headers.
        frame: rows of a set of records, as codes.
        names: what names the codes.
        lang: language of headers and labels.
    """
    if table is ACTIVITIES:
        columns: dict[str, Sequence[object] | pd.Series] = {
            str(name): values for name, values in readable_records(frame, names, lang).items()
        }
    else:
        columns = _listed(table, frame, names, lang)
    for name, label in FURTHER.items():
        if name in frame and label[lang] not in columns:
            columns[label[lang]] = _cells(Column(name, label, label, _guess(frame[name])),
                                          frame, names, lang)  # fmt: skip
    return pd.DataFrame(columns)


def _listed(
    table: Table, frame: pd.DataFrame, names: Names, lang: Lang
) -> dict[str, Sequence[object] | pd.Series]:
    columns: dict[str, Sequence[object] | pd.Series] = {}
    for column in table.columns:
        if column.name not in frame:
            continue
        columns[column.label[lang]] = _cells(column, frame, names, lang)
        if column.type in _CODES:
            columns[_CODES[column.type][lang]] = frame[column.name]
    return columns


def _guess(values: pd.Series) -> ColumnType:
    return ColumnType.DATE if pd.api.types.is_datetime64_any_dtype(values) else ColumnType.COUNT


def _cells(
    column: Column, frame: pd.DataFrame, names: Names, lang: Lang
) -> Sequence[object] | pd.Series:
    """One column of a set as it is read."""
    values = frame[column.name]
    if column.type is ColumnType.DATE:
        precision = frame.get(f"{column.name}_precision", pd.Series("day", index=frame.index))
        return partial_dates(values, precision)
    if column.type is ColumnType.COUNT:
        return values.astype("Int64")
    if column.name in ("province", "prefecture"):
        return [names.divisions.label(c, lang) if isinstance(c, str) else "" for c in values]
    speak = _speakers(column, names, lang).get(column.type)
    if speak is None:
        return values
    return [None if pd.isna(value) or value == "" else speak(value) for value in values]


_CODES = {ColumnType.SCHOOL: SCHOOL_CODE, ColumnType.UNIVERSITY: UNIVERSITY_CODE}
