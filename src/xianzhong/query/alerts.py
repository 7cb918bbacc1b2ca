"""What needs attention: counts by rule and place, and the alerts themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from xianzhong.lake.ledger import Snapshot
from xianzhong.model.alerts import (
    DELIVERED_SHARE,
    LATE_DAYS,
    RULE_CODES,
    SUPPORT_YEARS,
)
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import AnyScope

MOST_ALERTS = 1_000_000
_NUMBERS = {
    "delivered_share": DELIVERED_SHARE,
    "late_days": LATE_DAYS,
    "support_years": SUPPORT_YEARS,
    "rules": RULE_CODES,
}


@dataclass(frozen=True, slots=True)
class Count:
    """Alerts of one rule: still open, and put aside until a day that has not passed."""

    open: int = 0
    aside: int = 0


def _counted(engine: Engine, view: View) -> pd.DataFrame:
    return _asked(engine, view, part="counts", rule="", aside=False, row_limit=0, row_offset=0)


def _asked(engine: Engine, view: View, **values: object) -> pd.DataFrame:
    filters = view.filters
    by_county = bool(filters.province or filters.prefecture or filters.county)
    return engine.run("alerts", view, **{"by_county": by_county, **_NUMBERS, **values})


def open_values(view: View) -> dict[str, object]:
    """What is bound to list every alert that waits."""
    filters = view.filters
    place = bool(filters.province or filters.prefecture or filters.county)
    listed = {"part": "list", "rule": "", "aside": False, "row_limit": MOST_ALERTS}
    return {**_NUMBERS, **listed, "row_offset": 0, "by_county": place}


def by_rule(engine: Engine, view: View) -> dict[str, Count]:
    """How many alerts each rule gives, in the order of the rules; zero where it gives none."""
    frame = _counted(engine, view)
    found = frame[frame["part"] == "counts"]
    sums: dict[tuple[str, bool], int] = {}
    for rule, aside, alerts in zip(found["rule"], found["aside"], found["alerts"], strict=True):
        sums[rule, bool(aside)] = sums.get((rule, bool(aside)), 0) + int(alerts)
    return {r: Count(sums.get((r, False), 0), sums.get((r, True), 0)) for r in RULE_CODES}


def by_place(engine: Engine, view: View, *, aside: bool = False) -> pd.DataFrame:
    """``rule``, ``code`` of the province (of the county where a province is chosen), ``alerts``.

    ``code`` is empty for a school that is no longer on record. Only what is open, or only what
    is put aside.
    """
    frame = _counted(engine, view)
    found = frame[(frame["part"] == "counts") & (frame["aside"] == aside)]
    return found[["rule", "code", "alerts"]].reset_index(drop=True)


def records_behind(engine: Engine, view: View) -> dict[str, int]:
    """How many records the tables have that may still be empty: county support, difficulties."""
    frame = _counted(engine, view)
    found = frame[frame["part"] == "records"]
    return {r: int(n) for r, n in zip(found["rule"], found["alerts"], strict=True)}


def open_alerts(engine: Engine, view: View) -> int:
    """How many alerts wait, those put aside left out."""
    return sum(count.open for count in by_rule(engine, view).values())


def of_the_place(view: View) -> View:
    """The same snapshot and scope with no filter but the place, judged today.

    What the menu counts: who watches a place has the same things to do while looking at a past
    term or at one kind of activity.
    """
    filters = view.filters
    place = Filters(province=filters.province, prefecture=filters.prefecture, county=filters.county)
    return replace(view, filters=place)


def open_in_place(engine: Engine, view: View) -> int:
    """The same as :func:`open_alerts` of :func:`of_the_place`, for the menu of every page.

    The nation's counts by county hold those of every place, so one question for each snapshot
    and scope answers them all.
    """
    filters = view.filters
    place = filters.county or filters.prefecture or filters.province
    return _open_by_place(engine, view.snapshot, view.scope).get(place, 0)


@lru_cache(maxsize=32)
def _open_by_place(engine: Engine, snapshot: Snapshot, scope: AnyScope) -> Mapping[str, int]:
    """Open alerts by code of a province, prefecture or county; of the nation under ``""``."""
    frame = _asked(
        engine, View(snapshot, scope, Filters()), part="counts", rule="", aside=False,
        row_limit=0, row_offset=0, by_county=True,
    )  # fmt: skip
    waiting = frame[(frame["part"] == "counts") & frame["aside"].eq(False)]
    found: Counter[str] = Counter()
    for code, count in waiting.groupby("code")["alerts"].sum().items():
        county = engine.divisions.get(str(code))
        above = (county.province, county.prefecture, county.code) if county else ()
        for place in {"", *above}:
            found[place] += int(count)
    return found


def alerts(
    engine: Engine,
    view: View,
    rule: str = "",
    *,
    aside: bool = False,
    limit: int = MOST_ALERTS,
    offset: int = 0,
) -> pd.DataFrame:
    """The alerts of one rule (of all if empty), the most urgent first within each rule.

    Args:
        engine: the lake's engine.
        view: what is looked at.
        rule: a code of ``RULE_CODES``, or empty.
        aside: those that are put aside instead of those that are open.
        limit: at most so many.
        offset: after so many.

    Returns:
        One row each: ``rule``, ``school_code``, ``item``, ``school``, ``county``,
        ``county_code``, ``province``, ``universities`` (a list), and what explains it: ``day``,
        ``number``, ``total``, ``what``, ``owner``. For those put aside ``until``, ``reason``,
        ``commit_id`` (of the upload) and ``aside_item`` (of the record) as well.
    """
    return _asked(
        engine, view, part="list", rule=rule, aside=aside, row_limit=limit, row_offset=offset
    )
