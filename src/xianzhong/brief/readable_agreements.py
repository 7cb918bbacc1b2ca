"""Pairings with their agreements as a table that people read and that loads again."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.readable import CYCLE_END, Names, partial_dates
from xianzhong.brief.readable_supporters import CYCLE_START, STATE, flags
from xianzhong.model.labels import YES_NO, Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import PAIRINGS
from xianzhong.model.terms import Term


def readable_agreements(frame: pd.DataFrame, names: Names, lang: Lang) -> pd.DataFrame:
    """One row a pairing: state and cycle as reckoned, and every declared column.

    Args:
        frame: rows of ``pairing_list``.
        names: what names the codes.
        lang: language of headers and labels.
    """
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    # The words that load again.
    yes, no = (choice.label[lang] for choice in YES_NO)
    whole = pd.Series("day", index=frame.index)
    schemes = {code: scheme.label[lang] for code, scheme in SCHEME_BY_CODE.items()}

    def division(codes: pd.Series) -> list[str]:
        known = {code: names.divisions.label(code, lang) for code in codes.unique() if code}
        return [known.get(code, "") for code in codes]

    return pd.DataFrame(
        {
            label["school_code"]: frame["school"],
            label["university_code"]: [names.university(c) for c in frame["university_code"]],
            label["province"]: division(frame["province"]),
            label["prefecture"]: division(frame["prefecture"]),
            label["county"]: frame["county"],
            label["county_code"]: frame["county_code"],
            label["scheme"]: [schemes.get(code, code) for code in frame["scheme"]],
            STATE[lang]: [STATES[state][lang] for state in frame["state"]],
            CYCLE_START[lang]: partial_dates(frame["cycle_start"], whole),
            CYCLE_END[lang]: partial_dates(frame["cycle_end"], whole),
            label["agreement_date"]: partial_dates(
                frame["agreement_date"], frame["agreement_date_precision"]
            ),
            label["start_term"]: [
                Term.parse(term).label(lang) if isinstance(term, str) and term else ""
                for term in frame["start_term"]
            ],
            label["end_date"]: partial_dates(frame["end_date"], frame["end_date_precision"]),
            label["has_plan"]: flags(frame["plan"], yes, no, ""),
            label["has_development_plan"]: flags(frame["development_plan"], yes, no, ""),
            label["has_county_policy"]: flags(frame["county_policy"], yes, no, ""),
            **{
                label[name]: frame[name].astype(object).fillna("")
                for name in ("note", "source", "source_date", "source_url", "quote")
            },
        }
    )
