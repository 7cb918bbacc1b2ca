"""Which measures the schools of a view have had, when, how much, and how soon it was reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from xianzhong.model.kinds import MEASURES
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.levels import level_below

LAG_LIMITS = (30, 60, 90)
MOST_POINTS = 400
ALL_SCHOOLS = 1_000_000
_MOST_SUBJECTS = 5_000
_WORDS = 3
_SUBJECT_MARKS = re.compile(r"[、,,;;//|\s]+")


def measures_of(filters: Filters) -> tuple[str, ...]:
    """Codes of the measures that a view is about: those chosen, else all seven."""
    return tuple(k.code for k in MEASURES if not filters.kind or k.code in filters.kind)


def received(engine: Engine, view: View) -> pd.DataFrame:
    """Paired schools by what they have had of the view's measures in the period.

    Columns ``part``, ``code``, ``kind``, ``schools``, ``measures``, ``low``, ``middle``, ``high``.
    Parts: ``place`` (schools of a place, and the sum of their measures), ``had`` (of them with a
    measure ``kind``), ``number`` (schools that have had ``code`` measures), ``size`` (schools of
    ``code`` thousand students, 4 and above together, empty where the number is not on record,
    with the quartiles of activities per 100 students).
    """
    return engine.run(
        "measures_received", view, measures=measures_of(view.filters),
        level=level_below(view.filters, engine.divisions),
    )  # fmt: skip


def received_by_school(
    engine: Engine, view: View, *, words: str = "", limit: int = ALL_SCHOOLS, offset: int = 0
) -> pd.DataFrame:
    """Some schools, those with the fewest measures first, a row for each measure they have had.

    Columns: the school and its place, ``measures``, ``matching`` (schools that have the words),
    ``kind`` (missing where a school has had none), ``activities``, ``first_start``.

    Args:
        engine: the lake's engine.
        view: the view.
        words: to be found in name, place, code or supporters; three at most, what follows belongs
            to the third.
        limit: how many schools.
        offset: how many of them to pass over.
    """
    parts = [*words.lower().split(maxsplit=_WORDS - 1), *[""] * _WORDS]
    bound = {f"word_{number + 1}": parts[number] for number in range(_WORDS)}
    return engine.run(
        "measures_by_school", view, measures=measures_of(view.filters), row_limit=limit,
        row_offset=offset, **bound,
    )  # fmt: skip


def intensity_points(engine: Engine, view: View) -> pd.DataFrame:
    """``school_code``, ``school``, ``county``, ``students``, ``activities`` of some schools."""
    return engine.run("intensity_points", view, row_limit=MOST_POINTS)


def starts_by_day(engine: Engine, view: View, first: date, last: date) -> pd.DataFrame:
    """``day``, ``monthly`` (known only to the month) and ``activities`` that begin on it."""
    return engine.run("starts_by_day", view, year_start=first, year_end=last)


def subjects(engine: Engine, view: View) -> tuple[dict[str, int], int]:
    """Activities by subject, most first, and how many name none.

    An activity that names several subjects counts once for each.
    """
    frame = engine.run("subjects", view, row_limit=_MOST_SUBJECTS)
    found: dict[str, int] = {}
    without = 0
    for text, count in zip(frame["subject"], frame["activities"], strict=True):
        whole = text if isinstance(text, str) else ""
        named = {part for part in _SUBJECT_MARKS.split(whole) if part}
        without += 0 if named else int(count)
        for name in named:
            found[name] = found.get(name, 0) + int(count)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))), without


def lags(engine: Engine, view: View) -> pd.DataFrame:
    """``code`` of a place, ``days`` from end to report, ``activities``."""
    level = level_below(view.filters, engine.divisions)
    return engine.run("reporting_lags", view, level=level)


def lag_buckets(frame: pd.DataFrame) -> list[int]:
    """Activities reported within 30, 60 and 90 days, and later, of some rows of :func:`lags`."""
    bucket = np.searchsorted(LAG_LIMITS, frame["days"].to_numpy(), side="left")
    counts = np.bincount(bucket, frame["activities"].to_numpy(), len(LAG_LIMITS) + 1)
    return [int(count) for count in counts]


def weighted_quantile(values: Sequence[int], counts: Sequence[int], share: float) -> float:
    """The quantile of values that occur so many times, between two values where it falls there.

    The same as the quantile of the values written out one by one.

    Args:
        values: ascending, at least one.
        counts: how often each occurs.
        share: 0 to 1.
    """
    ends = np.cumsum(counts)
    place = (ends[-1] - 1) * share
    low, high = np.searchsorted(ends, [np.floor(place), np.ceil(place)], side="right")
    below, above = float(values[low]), float(values[high])
    return below + (above - below) * float(place - np.floor(place))
