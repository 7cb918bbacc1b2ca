"""Universities and their pairings as tables that people read."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from xianzhong.export.readable import (
    ACTIVITIES_DONE,
    CYCLE_END,
    LAST_ACTIVITY,
    SCHOOL_CODE,
    Names,
    partial_dates,
)
from xianzhong.model.labels import YES_NO, Label, Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, UNIVERSITIES

SCHOOLS_SUPPORTED = Label("受援县中数", "Schools supported")
PROVINCES = Label("省份", "Provinces")
SILENT = Label("90天无活动", "Silent for 90 days")
CYCLE_START = Label("协议起始", "Agreement from")
STATE = Label("协议状态", "State")
READINESS = ("has_leading_group", "has_incentives", "affiliated_schools")
_JOIN: dict[Lang, str] = {"zh": "、", "en": ", "}


def scheme_labels(codes: object, lang: Lang) -> str:
    """Schemes in words, joined; empty for none."""
    return _JOIN[lang].join(
        SCHEME_BY_CODE[code].label[lang] if code in SCHEME_BY_CODE else str(code)
        for code in _listed(codes)
    )


def _listed(codes: object) -> list[str]:
    """The codes of a cell; a missing one holds none."""
    if codes is None or isinstance(codes, float):
        return []
    return [str(code) for code in codes if code]  # type: ignore[attr-defined]


def _flags(values: Iterable[object], lang: Lang) -> list[str]:
    """Yes and no in the words that load again; what is not recorded stays empty."""
    yes, no = (choice.label[lang] for choice in YES_NO)
    return ["" if pd.isna(value) else yes if value else no for value in values]  # type: ignore[call-overload]


def readable_universities(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Universities, one row each; what their own table declares has its headers.

    Args:
        frame: rows of ``university_list``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    own = {column.name: column.label[lang] for column in UNIVERSITIES.columns}
    done = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    divisions = names.divisions
    return pd.DataFrame(
        {
            own["name"]: frame["name"],
            PAIRINGS.column("scheme").label[lang]: [
                scheme_labels(codes, lang) for codes in frame["schemes"]
            ],
            SCHOOLS_SUPPORTED[lang]: frame["schools"].astype("Int64"),
            ACTIVITIES_DONE[lang]: frame["activities"].astype("Int64"),
            done["people_sent"]: frame["people_sent"].astype("Int64"),
            done["days_on_site"]: frame["days_on_site"],
            LAST_ACTIVITY[lang]: partial_dates(frame["last_start"], frame["last_start_precision"]),
            SILENT[lang]: frame["silent_90"].astype("Int64"),
            own["has_leading_group"]: _flags(frame["has_leading_group"], lang),
            own["has_incentives"]: _flags(frame["has_incentives"], lang),
            own["affiliated_schools"]: frame["affiliated_schools"].astype(object).fillna(""),
            PROVINCES[lang]: [
                _JOIN[lang].join(divisions.label(code, lang) for code in _listed(codes))
                for codes in frame["provinces"]
            ],
            own["department"]: frame["department"].astype(object).fillna(""),
            own["university_code"]: frame["university_code"],
        }
    )


def readable_pairings(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """A university's pairings, one row each, with what was done at the school.

    Args:
        frame: rows of ``pairing_schools``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    done = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    whole = pd.Series("day", index=frame.index)
    return pd.DataFrame(
        {
            label["school_code"]: frame["school"],
            label["county"]: frame["county"],
            label["province"]: [
                names.divisions.label(code, lang) if code else "" for code in frame["province"]
            ],
            label["scheme"]: [scheme_labels([code], lang) for code in frame["scheme"]],
            STATE[lang]: [STATES[state][lang] for state in frame["state"]],
            CYCLE_START[lang]: partial_dates(frame["cycle_start"], whole),
            CYCLE_END[lang]: partial_dates(frame["cycle_end"], whole),
            ACTIVITIES_DONE[lang]: frame["activities"].astype("Int64"),
            done["people_sent"]: frame["people_sent"].astype("Int64"),
            done["days_on_site"]: frame["days_on_site"],
            LAST_ACTIVITY[lang]: partial_dates(frame["last_start"], frame["last_start_precision"]),
            SCHOOL_CODE[lang]: frame["school_code"],
            **{label[name]: frame[name] for name in ("source", "source_date", "source_url")},
        }
    )
