"""The floor: the overview's questions to DuckDB alone, without Streamlit, cache or charts."""

from __future__ import annotations

import time
from pathlib import Path

from xianzhong.query import figures, tables
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION
from xianzhong.settings import Settings


def overview_questions(lake: Path, provinces: list[str]) -> list[float]:
    """Milliseconds of all questions of the overview, for each province, nothing cached."""
    engine = open_engine(Settings(lake=lake))
    snapshot = engine.lake.snapshot()
    tables.span(engine, View(snapshot, NATION, Filters()))
    found = []
    for province in provinces:
        view = View(snapshot, NATION, Filters(province=province))
        begin = time.perf_counter()
        figures.figures(engine, view)
        tables.months(engine, view)
        tables.school_points(engine, view)
        tables.records(engine, view, limit=tables.LATEST)
        tables.span(engine, view)
        found.append((time.perf_counter() - begin) * 1000)
    return found
