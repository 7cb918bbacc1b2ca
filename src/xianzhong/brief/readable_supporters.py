"""Universities and their pairings as tables that people read."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from xianzhong.brief.readable import (
    ACTIVITIES_DONE,
    CYCLE_END,
    LAST_ACTIVITY,
    SCHOOL_CODE,
    Names,
    partial_dates,
)
from xianzhong.model.labels import LISTED, YES_NO, Label, Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, UNIVERSITIES

SCHOOLS_SUPPORTED = Label("受援县中数", "Schools supported")
PROVINCES = Label("省份", "Provinces")
SILENT = Label("90天无活动", "Silent for 90 days")
CYCLE_START = Label("协议起始", "Agreement from")
STATE = Label("协议状态", "State")
READINESS = ("has_leading_group", "has_incentives", "affiliated_schools")


def _joined(codes: pd.Series, name: Callable[[str], str], lang: Lang) -> pd.Series:
    """Codes that a comma parts, each list of them named once; empty for none."""
    known = codes.astype(object).where(codes.notna(), "")
    joiner = LISTED[lang]
    named = {
        text: joiner.join(name(code) for code in str(text).split(",") if code)
        for text in known.unique()
    }
    return known.map(named)


def _scheme(lang: Lang) -> Callable[[str], str]:
    labels = {code: scheme.label[lang] for code, scheme in SCHEME_BY_CODE.items()}
    return lambda code: labels.get(code, code)


def flags(values: pd.Series, yes: str, no: str, unknown: str) -> pd.Series:
    """True, false and missing in words."""
    return values.astype(object).map({True: yes, False: no}).fillna(unknown)


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
    # The words that load again.
    yes, no = (choice.label[lang] for choice in YES_NO)
    return pd.DataFrame(
        {
            own["name"]: frame["name"],
            PAIRINGS.column("scheme").label[lang]: _joined(frame["schemes"], _scheme(lang), lang),
            SCHOOLS_SUPPORTED[lang]: frame["schools"].astype("Int64"),
            ACTIVITIES_DONE[lang]: frame["activities"].astype("Int64"),
            done["people_sent"]: frame["people_sent"].astype("Int64"),
            done["days_on_site"]: frame["days_on_site"],
            LAST_ACTIVITY[lang]: partial_dates(frame["last_start"], frame["last_start_precision"]),
            SILENT[lang]: frame["silent_90"].astype("Int64"),
            own["has_leading_group"]: flags(frame["has_leading_group"], yes, no, ""),
            own["has_incentives"]: flags(frame["has_incentives"], yes, no, ""),
            own["affiliated_schools"]: frame["affiliated_schools"].astype(object).fillna(""),
            PROVINCES[lang]: _joined(
                frame["provinces"], lambda code: divisions.label(code, lang), lang
            ),
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
            label["scheme"]: _joined(frame["scheme"], _scheme(lang), lang),
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
