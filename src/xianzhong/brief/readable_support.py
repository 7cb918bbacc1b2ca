"""County support and the list of weak counties with the headers that load them again."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.readable import Names
from xianzhong.model.labels import Lang, bracketed
from xianzhong.model.tables import SUPPORT, WEAK_COUNTIES
from xianzhong.model.tables.support import SUPPORT_CATEGORIES

_SOURCES = ("note", "source", "source_date", "source_url")


def _named(code: str, name: str) -> str:
    """A school as the template's lists have it: many schools of one name, one of each code."""
    return code if name == code else bracketed(name, code)


def readable_support(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Records of county support as the sheet that would load them again.

    Args:
        frame: rows of ``support_records``.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in SUPPORT.columns}
    categories = {choice.code: choice.label[lang] for choice in SUPPORT_CATEGORIES}
    return pd.DataFrame(
        {
            label["school_code"]: [
                _named(code, name)
                for code, name in zip(frame["school_code"], frame["school"], strict=True)
            ],
            label["year"]: frame["year"].astype("Int64"),
            label["category"]: [categories.get(code, code) for code in frame["category"]],
            **{label[name]: frame[name] for name in ("promised", "delivered", *_SOURCES)},
        }
    )


def readable_weak_counties(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """Rows of the list of weak counties as the sheet that would load them again.

    Args:
        frame: rows of ``weak_county_list``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in WEAK_COUNTIES.columns}
    divisions = names.divisions
    return pd.DataFrame(
        {
            label["province"]: [divisions.label(c, lang) if c else "" for c in frame["province"]],
            label["prefecture"]: [
                divisions.label(c, lang) if c else "" for c in frame["prefecture"]
            ],
            label["listed_name"]: frame["listed_name"],
            label["listed_code"]: frame["listed_code"],
            label["county_code"]: frame["county_code"],
            label["delisted_year"]: frame["delisted_year"].astype("Int64"),
            **{label[name]: frame[name] for name in _SOURCES},
        }
    )
