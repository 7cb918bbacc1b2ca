"""Difficulties as they stood at a view's reference day: the board, the records, one of them.

Everywhere ``in_charge`` is an owner as it is written, ``NOBODY`` for the difficulties without
one, or empty for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, difficulty_totals, difficulty_values
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View

NOBODY = "-"
NUMBERS = (
    "difficulties_open", "difficulties_overdue", "difficulties_resolved", "difficulties_days",
)  # fmt: skip
MOST_RECORDS = 1_000_000
Row = Mapping[Any, Any]


def owner_figures(engine: Engine, view: View, in_charge: str) -> tuple[Figure, ...]:
    """The indicators of difficulties for one owner, with those of the period before."""
    now = difficulty_values(engine, view, in_charge)
    earlier = view.filters.previous()
    before = difficulty_values(engine, replace(view, filters=earlier), in_charge) if earlier else {}
    return tuple(Figure(INDICATOR_BY_ID[name], now[name], before.get(name)) for name in NUMBERS)


def totals(engine: Engine, view: View, in_charge: str = "") -> Row:
    """Counts of a view: ``difficulties``, ``waiting``, ``in_progress``, ``undated`` and so on."""
    frame = difficulty_totals(engine, view, in_charge)
    found: Sequence[Row] = frame[frame["part"] == "all"].to_dict("records")
    return found[0] if found else {}


def by_part(engine: Engine, view: View, part: str, in_charge: str = "") -> pd.DataFrame:
    """``code``, ``difficulties_open``, ``difficulties_overdue`` by ``place`` or ``owner``.

    Only those with something open, most first.
    """
    frame = difficulty_totals(engine, view, in_charge)
    some = frame[(frame["part"] == part) & (frame["difficulties_open"] > 0)]
    return some.sort_values(
        ["difficulties_open", "difficulties_overdue", "code"], ascending=[False, False, True]
    )


def board(engine: Engine, view: View, *, limit: int, in_charge: str = "") -> pd.DataFrame:
    """The first ``limit`` difficulties of each ``standing``, overdue ones first."""
    return engine.run(
        "difficulty_board", view, row_limit=limit, in_charge=in_charge,
        all_time=view.filters.period is None,
    )  # fmt: skip


def records(
    engine: Engine, view: View, *, limit: int = MOST_RECORDS, in_charge: str = ""
) -> pd.DataFrame:
    """Difficulties with all that is recorded, overdue ones first."""
    return engine.run(
        "difficulty_records", view, row_limit=limit, in_charge=in_charge, item=""
    )  # fmt: skip


def difficulty(engine: Engine, view: View, code: str) -> Row | None:
    """One difficulty as it stands today, whatever the filters; None where the scope has none."""
    whole = replace(view, filters=Filters())
    frame = engine.run("difficulty_records", whole, row_limit=1, in_charge="", item=code)
    found: Sequence[Row] = frame.to_dict("records")
    return found[0] if found else None
