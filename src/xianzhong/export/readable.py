"""Frames of codes as tables that people read: declared headers, names beside codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa

from xianzhong.model.columns import Column, ColumnType, Table
from xianzhong.model.divisions import Divisions
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import YES_NO, Label, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, PAIRINGS
from xianzhong.model.terms import Term

UNIVERSITY_CODE = Label("帮扶高校代码", "University code")
SCHOOL_CODE = Label("受援县中代码", "School code")
COUNTY_CODE = Label("县级区划代码", "County code")
LAST_ACTIVITY = Label("最近活动", "Last activity")
ACTIVITIES_DONE = Label("活动次数", "Activities")
MEASURES_RECEIVED = Label("措施类数(共7类)", "Measures received (of 7)")
CYCLE_END = Label("协议到期", "Agreement until")
_JOIN: dict[Lang, str] = {"zh": "、", "en": ", "}


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
        "people_sent", "participants", "days_on_site", "lessons", "subject", "place",
        "note", "source", "source_date", "source_url", "activity_code",
    )  # fmt: skip
    for name in rest:
        values = frame[name]
        whole = name in ("people_sent", "participants")
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
    joiner = _JOIN[lang]
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
