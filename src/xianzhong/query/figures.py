"""The indicators' values for a view: the numbers on the pages and of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from xianzhong.model.indicators import INDICATORS, Indicator
from xianzhong.model.kinds import MEASURES
from xianzhong.model.programme import PAIRINGS_ANNOUNCED
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION

Number = int | float | None
MEASURE_CODES = tuple(kind.code for kind in MEASURES)


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of one indicator.

    Attributes:
        indicator: its declaration.
        value: None where nothing is on record, or no source was found.
        previous: the value over the period before, None where there is none to compare.
        known, total: how many records gave the number, of how many; total is 0 where every
            record counts.
    """

    indicator: Indicator
    value: Number
    previous: Number = None
    known: int = 0
    total: int = 0


def by_county(filters: Filters) -> bool:
    """Whether a view's places are counties (a province is chosen) and not provinces."""
    return bool(filters.province or filters.prefecture or filters.county)


def activity_totals(engine: Engine, view: View) -> pd.DataFrame:
    """Activities in all, by kind and by place: columns ``part``, ``code`` and the sums."""
    return engine.run(
        "activity_totals", view, by_county=by_county(view.filters), measures=MEASURE_CODES
    )


def pairing_totals(engine: Engine, view: View) -> pd.DataFrame:
    """Pairings in all and by place: columns ``part``, ``code`` and the counts."""
    return engine.run("pairing_totals", view, by_county=by_county(view.filters))


def coverage(engine: Engine, view: View) -> pd.DataFrame:
    """Weak counties in all and by place: ``part``, ``code``, listed, covered, unmatched."""
    return engine.run("coverage", view, by_county=by_county(view.filters))


def _all(frame: pd.DataFrame) -> Mapping[str, object]:
    """The row of totals, or nothing for a frame without rows."""
    rows = frame[frame["part"] == "all"].to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else {}


def _number(value: object) -> Number:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else round(number, 2)


def announced(filters: Filters) -> int | None:
    """The announced number of pairings, where it is known for these filters.

    Only the national number of the ministry's scheme was published.
    """
    narrowed = replace(filters, scheme=(), term=None, date_from=None, date_to=None, kind=())
    ministry = filters.scheme in ((), ("ministry",))
    return PAIRINGS_ANNOUNCED.value if narrowed.empty and ministry else None


def _values(engine: Engine, view: View) -> dict[str, Number]:
    """Every indicator's value, and ``<id>_known`` where only some records give a number."""
    done, pairs = _all(activity_totals(engine, view)), _all(pairing_totals(engine, view))
    silent = engine.run("silent_schools", view).to_dict("records")[0]
    covered = _all(coverage(engine, view))
    lag = engine.run("reporting_lag", view)["median_days"].iloc[0]
    counts = {**pairs, **covered, **done}
    values = {indicator.id: _number(counts.get(indicator.id)) for indicator in INDICATORS}
    known = {f"{name}_known": _number(done.get(f"{name}_known")) for name in _SUMS}
    active, received = values["active_schools"], _number(done.get("measures_received"))
    for counted in _COUNTED:
        values[counted] = values[counted] or 0
    return (
        values
        | known
        | {
            "pairings_announced": announced(view.filters) if view.scope == NATION else None,
            "kinds_received": round(received / active, 2)
            if active and received is not None
            else None,
            "reporting_lag": _number(lag),
            "silent_schools_90": _number(silent["silent_90"]),
            "silent_schools_180": _number(silent["silent_180"]),
        }
    )


_SUMS = ("people_sent", "participants", "days_on_site", "lessons")
_COUNTED = (
    "pairings", "universities", "schools", "counties", "agreements_in_force",
    "agreements_ending_180", "agreements_ended", "activities", "active_schools",
    "weak_counties", "weak_counties_covered",
)  # fmt: skip


def figures(engine: Engine, view: View) -> tuple[Figure, ...]:
    """All indicators of a view in the order of their declaration.

    Raises:
        LakeError: the snapshot cannot be read.
    """
    now = _values(engine, view)
    earlier = view.filters.previous()
    before = _values(engine, replace(view, filters=earlier)) if earlier else {}
    return tuple(
        Figure(
            indicator,
            now[indicator.id],
            before.get(indicator.id) if indicator.period else None,
            known=int(now.get(f"{indicator.id}_known") or 0),
            total=int(now["activities"] or 0) if indicator.id in _SUMS else 0,
        )
        for indicator in INDICATORS
    )
