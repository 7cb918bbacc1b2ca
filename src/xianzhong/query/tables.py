"""Records and series for charts and tables, as data frames of codes (never of labels)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from xianzhong.query.engine import Engine
from xianzhong.query.figures import MEASURE_CODES
from xianzhong.query.filters import EARLIEST
from xianzhong.query.gate import View

MOST_RECORDS = 100_000_000
LATEST = 12


def months(engine: Engine, view: View) -> pd.DataFrame:
    """``month`` (its first day), ``activities``, ``people_sent``, ``participants``."""
    return engine.run("activities_by_month", view)


def records(engine: Engine, view: View, *, limit: int, offset: int = 0) -> pd.DataFrame:
    """Activity records, newest first, with the school's place; at most ``limit`` rows."""
    wanted = min(limit, MOST_RECORDS)
    since = engine.run("nth_start", view, row_limit=wanted + offset)["since"].iloc[0]
    first = EARLIEST if pd.isna(since) else pd.Timestamp(since).date()
    return engine.run("activity_records", view, row_limit=wanted, row_offset=offset, since=first)


def record_batches(engine: Engine, view: View) -> Iterator[pd.DataFrame]:
    """All activity records, newest first, in pieces; columns as those of :func:`records`."""
    return engine.batches(
        "activity_records", view, row_limit=MOST_RECORDS, row_offset=0, since=EARLIEST
    )


def universities(engine: Engine, view: View, *, limit: int = 15) -> pd.DataFrame:
    """``code``, ``activities``, ``active_schools``, ``people_sent``; most active first."""
    return engine.run("activities_by_university", view, row_limit=limit)


def schools(engine: Engine, view: View) -> pd.DataFrame:
    """Every paired school with supporters, last activity, activities, measures received."""
    return engine.run("school_list", view, measures=MEASURE_CODES)


def school_points(engine: Engine, view: View) -> pd.DataFrame:
    """Paired schools with a position (that of their county) and their activities."""
    return engine.run("school_points", view)


def pairings(engine: Engine, view: View) -> pd.DataFrame:
    """The pairings of the view with their state at the reference day and their sources."""
    return engine.run("pairing_records", view)


def kinds_by_month(engine: Engine, view: View) -> pd.DataFrame:
    """``kind``, ``month``, ``activities``, ``people_sent``, ``participants``."""
    return engine.run("kinds_by_month", view)


def span(engine: Engine, view: View) -> pd.DataFrame:
    """One row: ``first_start``, ``last_start`` and ``activities`` whatever the period."""
    return engine.run("span", view)
