"""County support and coverage as frames of codes: by category and year, and record by record."""

from __future__ import annotations

import pandas as pd

from xianzhong.query.engine import Engine
from xianzhong.query.gate import View
from xianzhong.query.tables import MOST_RECORDS


def support_by_category(engine: Engine, view: View) -> pd.DataFrame:
    """``category``, ``year``, ``records`` and sums (万元), of every year on record.

    ``promised_both`` and ``delivered_both`` are of the ``both_known`` records that give both.
    """
    return engine.run("support_by_category", view)


def support_records(engine: Engine, view: View, *, limit: int = MOST_RECORDS) -> pd.DataFrame:
    """Records with their school and place, ``flagged`` (a brand fee above 0) first."""
    return engine.run("support_records", view, row_limit=min(limit, MOST_RECORDS))


def weak_county_list(engine: Engine, view: View) -> pd.DataFrame:
    """The list's rows with ``schemes`` (codes joined by commas, empty if none) and ``schools``."""
    return engine.run("weak_county_list", view)
