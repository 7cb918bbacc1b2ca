"""The made-up agreements: cycles that ended, end soon, are in force or were renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from xianzhong.demo.columns import Flags, Ints, dates, filled, month_starts, precisions, words
from xianzhong.demo.places import Schools
from xianzhong.demo.supporters import Matches
from xianzhong.model.programme import AGREEMENT_YEARS
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import PAIRINGS
from xianzhong.model.terms import Term

EPOCH = date(1970, 1, 1)
_SCHOOL_YEARS = 5
_CYCLE_DAYS = 365 * AGREEMENT_YEARS


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def start_terms(today: date) -> tuple[Term, ...]:
    """The terms in which agreements begin: five school years up to the one of ``today``."""
    term = Term.of(today)
    found = [term]
    while len(found) < 2 * _SCHOOL_YEARS:
        found.insert(0, found[0].previous)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Agreements:
    """One agreement per match; days since 1970-01-01.

    Attributes:
        term: index into ``start_terms``.
        signed, signed_known, signed_monthly: the date, whether it is on record, and whether
            only to the month.
        end, end_known: last day, and whether it is on record.
    """

    term: Ints
    signed: Ints
    signed_known: Flags
    signed_monthly: Flags
    end: Ints
    end_known: Flags


def draw_agreements(rng: np.random.Generator, count: int, today: date) -> Agreements:
    """Terms and dates of ``count`` agreements.

    Most begin in autumn; a quarter are signed at any time of their first term, so that at
    every moment some agreements are about to end. Some of those that ended were renewed for
    another cycle.
    """
    terms = start_terms(today)
    now = day_number(today)
    weights = np.array([3.0 if term.half == 1 else 1.0 for term in terms])
    term = rng.choice(len(terms), count, p=weights / weights.sum())
    begins = np.array([day_number(t.first_day) for t in terms])[term]
    ends = np.array([day_number(_years_later(t.first_day)) for t in terms])[term] - 1
    anytime = rng.random(count) < 0.25
    offset = np.where(anytime, rng.integers(0, 180, count), rng.integers(-60, 30, count))
    signed = begins + offset
    signed = np.where(signed > now, now - rng.integers(0, 30, count), signed)
    by_signature = rng.random(count) < 0.4
    end = np.where(by_signature, signed + _CYCLE_DAYS, ends)
    renewed = (end < now) & (rng.random(count) < 0.4)
    end = np.where(renewed, end + _CYCLE_DAYS, end)
    signed_known = rng.random(count) < 0.75
    # Without an end on record a reader counts three years from the first term.
    end_known = by_signature | renewed | (rng.random(count) < 0.6)
    monthly = rng.random(count) < 0.1
    signed = np.where(monthly, month_starts(signed), signed)
    return Agreements(term, signed, signed_known, monthly, end, end_known)


def _years_later(day: date) -> date:
    return day.replace(year=day.year + AGREEMENT_YEARS)


def pairing_rows(
    rng: np.random.Generator,
    schools: Schools,
    matches: Matches,
    agreements: Agreements,
    today: date,
    upload_id: str,
) -> pa.Table:
    """The table ``pairings``, with gaps in the readiness flags."""
    count = len(matches)

    def flag(share: float) -> pa.Array:
        return pa.array(rng.random(count) < share, mask=rng.random(count) < 0.12)

    unsigned = ~agreements.signed_known
    endless = ~agreements.end_known
    return filled(
        PAIRINGS,
        {
            "school_code": words(schools.codes, matches.school),
            "university_code": words(matches.supporter_codes, matches.supporter),
            "scheme": words([scheme.code for scheme in SCHEMES], matches.scheme),
            "agreement_date": dates(agreements.signed, unsigned),
            "agreement_date_precision": precisions(agreements.signed_monthly, unsigned),
            "start_term": words([term.code for term in start_terms(today)], agreements.term),
            "end_date": dates(agreements.end, endless),
            "end_date_precision": precisions(np.zeros(count, np.bool_), endless),
            "has_plan": flag(0.85),
            "has_development_plan": flag(0.7),
            "has_county_policy": flag(0.6),
        },
        upload_id,
    )
