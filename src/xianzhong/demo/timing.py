"""Which school had how many activities, and when: one sorted number per activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from xianzhong.demo.agreements import Agreements, day_number
from xianzhong.demo.columns import Flags, Floats, Ints, month_starts
from xianzhong.demo.kinds import SHAPES
from xianzhong.demo.supporters import Matches
from xianzhong.model.terms import Term

_GROWTH_PER_YEAR = 0.12
_WEEKEND = 0.3
# (month, first day, last day, share that remains): the public holidays with fixed dates.
_QUIET = ((1, 1, 2, 0.1), (5, 1, 4, 0.15), (10, 1, 7, 0.05))
_MONTH_ONLY = 0.12
_NEVER, _STOPPED = 0.03, 0.08
_BITS = {"school": 20, "day": 14, "monthly": 1, "slot": 2, "signing": 1}


def kind_weights() -> Floats:
    """Weight of each kind (rows) in each calendar month (12 columns, January first)."""
    rows = [np.array(s.months) / np.mean(s.months) * s.share for s in SHAPES.values()]
    return np.array(rows)


def _day_weights(first: int, last: int) -> Floats:
    """How likely each day from ``first`` to ``last`` is, not yet summing to one."""
    days = np.arange(first, last + 1)
    stamps = days.astype("datetime64[D]")
    month = stamps.astype("datetime64[M]").astype(np.int64) % 12
    in_month = days - month_starts(days) + 1
    weights = kind_weights().sum(axis=0)[month]
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    weights = np.where(weekday >= 5, weights * _WEEKEND, weights)
    for quiet_month, begin, end, share in _QUIET:
        quiet = (month == quiet_month - 1) & (in_month >= begin) & (in_month <= end)
        weights = np.where(quiet, weights * share, weights)
    growth: Floats = weights * (1 + _GROWTH_PER_YEAR * (days - first) / 365)
    return growth


@dataclass(frozen=True, slots=True)
class Plan:
    """All activities of a demo lake, sorted by term, school and start.

    Ten million of them as one number each take 80 MB; their rows are made from it in pieces.

    Attributes:
        keys: the numbers; :meth:`part` reads them.
        first_day: the day that a key counts from.
        terms: the terms from the first one on.
    """

    keys: Ints
    first_day: int
    terms: tuple[Term, ...]

    def part(self, name: str, keys: Ints) -> Ints:
        """``school``, ``day``, ``monthly``, ``slot`` or ``signing`` of some keys."""
        shift = 0
        for part, bits in reversed(_BITS.items()):
            if part == name:
                value: Ints = (keys >> shift) & ((1 << bits) - 1)
                return value + self.first_day if name == "day" else value
            shift += bits
        raise KeyError(name)

    def bounds(self, term: int) -> tuple[int, int]:
        """First and one past the last activity of a term."""
        shift = sum(_BITS.values())
        low, high = np.searchsorted(self.keys, [term << shift, (term + 1) << shift])
        return int(low), int(high)

    def school_begin(self, index: int) -> int:
        """Where the activities of the same school and term as those at ``index`` begin."""
        shift = sum(_BITS.values()) - _BITS["school"]
        return int(np.searchsorted(self.keys, self.keys[index] >> shift << shift))


def _windows(
    rng: np.random.Generator, agreements: Agreements, today: int
) -> tuple[Ints, Ints, Flags]:
    """First day and one past the last day of activity of each pairing, and which have none."""
    count = len(agreements.signed)
    begin = np.minimum(agreements.signed, today)
    end = np.minimum(agreements.end, today) + 1
    stopped = (rng.random(count) < _STOPPED) & (agreements.end >= today)
    end = np.where(stopped, np.minimum(end, today - rng.integers(90, 400, count)), end)
    return begin, np.maximum(end, begin + 1), rng.random(count) < _NEVER


def _terms(first: int, last: int) -> tuple[tuple[Term, ...], Ints]:
    """The terms from one day to another, and the days on which they begin."""
    epoch = np.datetime64(0, "D")
    term = Term.of((epoch + first).item())
    found = [term]
    while day_number(found[-1].last_day) < last:
        found.append(found[-1].next)
    return tuple(found), np.array([day_number(term.first_day) for term in found])


def draw_plan(
    rng: np.random.Generator, count: int, matches: Matches, agreements: Agreements, today: date
) -> Plan:
    """Spreads ``count`` activities over the pairings (a long tail) and their days."""
    now = day_number(today)
    begin, end, never = _windows(rng, agreements, now)
    liveliness = rng.lognormal(0, 1.1, len(matches)) * np.sqrt(end - begin)
    liveliness[never] = 0
    if not liveliness.any():
        liveliness[:] = 1
    per_pairing = rng.multinomial(count, liveliness / liveliness.sum())
    pairing = np.repeat(np.arange(len(matches)), per_pairing)
    first = int(begin.min())
    weight = np.concatenate([[0.0], np.cumsum(_day_weights(first, now))])
    low, high = weight[begin - first][pairing], weight[end - first][pairing]
    days = np.searchsorted(weight, low + rng.random(count) * (high - low), side="right") - 1 + first
    days = np.clip(days, begin[pairing], end[pairing] - 1)
    signing = np.zeros(count, np.int64)
    opened = np.flatnonzero((per_pairing > 0) & (rng.random(len(matches)) < 0.6))
    opening = (np.cumsum(per_pairing) - per_pairing)[opened]
    signing[opening], days[opening] = 1, begin[opened]
    monthly = rng.random(count) < _MONTH_ONLY
    days = np.where(monthly, month_starts(days), days)
    first = int(days.min()) if count else first
    terms, term_days = _terms(first, now)
    keys = np.searchsorted(term_days, days, side="right") - 1
    parts = {
        "school": matches.school[pairing],
        "day": days - first,
        "monthly": monthly,
        "slot": matches.slot[pairing],
        "signing": signing,
    }
    for name, bits in _BITS.items():
        keys <<= bits
        keys |= parts[name]
    keys.sort()
    return Plan(keys, first, terms)
