"""The indicators' values for a view: the numbers on the pages and of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from xianzhong.lake.kind import is_demo
from xianzhong.model.indicators import INDICATORS, Indicator
from xianzhong.model.kinds import MEASURES
from xianzhong.model.programme import PAIRINGS_ANNOUNCED
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.tables.support import DUTY, UNPRICED
from xianzhong.query import measures, training
from xianzhong.query.alerts import open_alerts
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.pairings import readiness as pairings_ready
from xianzhong.query.remembered import remembered
from xianzhong.query.scope import NATION
from xianzhong.query.universities import readiness

Number = int | float | None
ALL = tuple(indicator.id for indicator in INDICATORS)
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
        yes: of a share, how many it counts; None for every other figure.
    """

    indicator: Indicator
    value: Number
    previous: Number = None
    known: int = 0
    total: int = 0
    yes: int | None = None


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


def difficulty_totals(engine: Engine, view: View, in_charge: str = "") -> pd.DataFrame:
    """Difficulties in all, by place and by owner: ``part``, ``code`` and the counts.

    Args:
        engine: the lake's engine.
        view: what is asked of.
        in_charge: only those of this owner, ``-`` for those without one; all if empty.
    """
    return engine.run(
        "difficulty_totals", view, by_county=by_county(view.filters), in_charge=in_charge,
        all_time=view.filters.period is None,
    )  # fmt: skip


def difficulty_values(engine: Engine, view: View, in_charge: str = "") -> dict[str, Number]:
    """The indicators of difficulties by id, for all owners or for one."""
    found = _all(difficulty_totals(engine, view, in_charge))
    counts = {name: _number(found.get(name)) or 0 for name in _OF_DIFFICULTIES}
    return counts | {"difficulties_days": _number(found.get("difficulties_days"))}


def support_totals(engine: Engine, view: View) -> pd.DataFrame:
    """County support in all and by place: columns ``part``, ``code``, counts and sums (万元)."""
    return engine.run(
        "support_totals", view, by_county=by_county(view.filters), duty=DUTY, unpriced=UNPRICED
    )


def _all(frame: pd.DataFrame) -> Mapping[str, object]:
    """The row of totals, or nothing for a frame without rows."""
    rows = frame[frame["part"] == "all"].to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else {}


def _row(frame: pd.DataFrame, part: str, code: str) -> Mapping[str, object]:
    """The row of a place or a kind, or nothing where there is none."""
    rows = frame[(frame["part"] == part) & (frame["code"] == code)].to_dict("records")
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


def _activity_values(engine: Engine, view: View) -> dict[str, Number]:
    done = _all(activity_totals(engine, view))
    values = {name: _number(done.get(name)) for name in (*_SUMS, *_known_names())}
    posted = _row(activity_totals(engine, view), "kind", "staff")
    active = _number(done.get("active_schools")) or 0
    received = _number(done.get("measures_received"))
    return values | {
        "activities": _number(done.get("activities")) or 0,
        "active_schools": active,
        "kinds_received": round(received / active, 2) if active and received is not None else None,
        "staff_sent": _number(posted.get("people_sent")),
        "staff_sent_known": _number(posted.get("people_sent_known")),
        "staff_sent_total": _number(posted.get("activities")),
        "person_days": _number(done.get("people_days")),
        "person_days_known": _number(done.get("people_days_known")),
        "person_days_total": _number(done.get("activities")),
    }


def _measure_values(engine: Engine, view: View) -> dict[str, Number]:
    """Schools with all and with none of the measures; unknown where no chosen kind is one."""
    wanted = measures.measures_of(view.filters)
    if not wanted:
        return dict.fromkeys(_OF_MEASURES)
    frame = measures.received(engine, view)
    numbers = frame[frame["part"] == "number"].set_index("code")["schools"]
    counts = [int(numbers.get(code, 0)) for code in (str(len(wanted)), "0")]
    return dict(zip(_OF_MEASURES, counts, strict=True))


def _training_values(engine: Engine, view: View) -> dict[str, Number]:
    frame = training.totals(engine, view)
    schools, reached = training.schools(frame)
    values: dict[str, Number] = {
        "training_sessions": training.trained(frame).sessions,
        "schools_trained": reached,
        "schools_trained_share": round(100 * reached / schools, 1) if schools else None,
    }
    for name, audience in _TRAINED.items():
        found = training.trained(frame, audience=audience)
        values |= {
            name: found.persons,
            f"{name}_known": found.known,
            f"{name}_total": found.sessions,
        }
    return values


def _pairing_values(engine: Engine, view: View) -> dict[str, Number]:
    pairs = _all(pairing_totals(engine, view))
    return {name: _number(pairs.get(name)) or 0 for name in _OF_PAIRINGS}


def _silence_values(engine: Engine, view: View) -> dict[str, Number]:
    silent = engine.run("silent_schools", view).to_dict("records")[0]
    return {
        "silent_schools_90": _number(silent["silent_90"]),
        "silent_schools_180": _number(silent["silent_180"]),
    }


def _coverage_values(engine: Engine, view: View) -> dict[str, Number]:
    row = _all(coverage(engine, view))
    listed, covered = (_number(row.get(name)) or 0 for name in _OF_COVERAGE[:2])
    return {
        "weak_counties": listed,
        "weak_counties_covered": covered,
        "weak_counties_uncovered": listed - covered,
        "weak_counties_share": share(covered, listed),
    }


def share(part: Number, whole: Number) -> Number:
    """Percent with one decimal; None where the whole is nothing or not known."""
    return None if part is None or not whole else round(100 * part / whole, 1)


def _support_values(engine: Engine, view: View) -> dict[str, Number]:
    row = {name: _number(value) for name, value in _all(support_totals(engine, view)).items()
           if name not in ("part", "code")}  # fmt: skip
    priced = row.get("priced") or 0
    return {
        "support_promised": row.get("promised"),
        "support_promised_known": row.get("promised_known") or 0,
        "support_promised_total": priced,
        "support_delivered": row.get("delivered"),
        "support_delivered_known": row.get("delivered_known") or 0,
        "support_delivered_total": priced,
        "support_share": share(row.get("delivered_both"), row.get("promised_both")),
        "support_share_known": row.get("both_known") or 0,
        "support_share_total": priced,
        "support_records": row.get("records") or 0,
        "brand_fee_records": row.get("brand_fee_records") or 0,
        "management_fee": row.get("management_fee"),
        "management_fee_known": row.get("management_fee_known") or 0,
        "management_fee_total": row.get("management_fee_records") or 0,
    }


def _readiness_values(engine: Engine, view: View) -> dict[str, Number]:
    """Two shares in %, and a number; ``<id>_yes``, ``_known`` and ``_total`` are behind them."""
    row = readiness(engine, view).to_dict("records")[0]
    values: dict[str, Number] = {}
    for name in ("leading_group", "incentives", "affiliated"):
        yes, known = int(row[name]), int(row[f"{name}_known"])
        share = _number(round(100 * yes / known, 1)) if known else None
        # Of no university there is nothing to know: none is a number then.
        number = yes if known or not row["universities"] else None
        values |= {
            f"universities_{name}": number if name == "affiliated" else share,
            f"universities_{name}_yes": None if name == "affiliated" else yes,
            f"universities_{name}_known": known,
            f"universities_{name}_total": int(row["universities"]),
        }
    return values


def _checklist_values(engine: Engine, view: View) -> dict[str, Number]:
    """Shares in %, each with what is behind it; of a date of signing nothing says no."""
    frame = pairings_ready(engine, view)
    row = {name: int(str(value)) for name, value in _all(frame).items() if name not in _WORDS}
    total = row["pairings"]
    values: dict[str, Number] = {"agreements_undated": total - row["agreement"]}
    for item in CHECKLIST:
        yes = row[item.id]
        known = row[f"{item.id}_known"] if item.says_no else total
        values |= {
            f"ready_{item.id}": _number(round(100 * yes / known, 1)) if known else None,
            f"ready_{item.id}_yes": yes,
            f"ready_{item.id}_known": known,
            f"ready_{item.id}_total": total,
        }
    return values


def _lag_values(engine: Engine, view: View) -> dict[str, Number]:
    (row,) = engine.run("reporting_lag", view).to_dict("records")
    return {
        "reporting_lag": _number(row["median_days"]),
        "reporting_lag_p90": _number(row["p90_days"]),
    }


def _alert_values(engine: Engine, view: View) -> dict[str, Number]:
    return {"open_alerts": open_alerts(engine, view)}


def _practice_values(engine: Engine, view: View) -> dict[str, Number]:
    found = engine.run("practice_totals", view).to_dict("records")[0]
    return {name: _number(found[name]) for name in _OF_PRACTICES}


def _announced_values(engine: Engine, view: View) -> dict[str, Number]:
    """The real programme's published number; never beside generated data."""
    known = view.scope == NATION and not is_demo(engine.lake.root)
    return {"pairings_announced": announced(view.filters) if known else None}


_SUMS = ("people_sent", "participants", "days_on_site", "lessons")
_OF_PAIRINGS = (
    "pairings", "universities", "schools", "counties", "agreements_in_force",
    "agreements_ending_180", "agreements_ended",
)  # fmt: skip
_OF_READINESS = (
    "universities_leading_group", "universities_incentives", "universities_affiliated",
)  # fmt: skip
_OF_DIFFICULTIES = ("difficulties_open", "difficulties_overdue", "difficulties_resolved")
_OF_PRACTICES = ("practices_recorded", "practices_province", "practices_nation")
_OF_COVERAGE = (
    "weak_counties", "weak_counties_covered", "weak_counties_uncovered", "weak_counties_share",
)  # fmt: skip
_OF_SUPPORT = (
    "support_promised", "support_delivered", "support_share", "support_records",
    "brand_fee_records", "management_fee",
)  # fmt: skip
_OF_MEASURES = ("schools_all_measures", "schools_no_measure")
_OF_POSTING = ("staff_sent", "person_days")
_TRAINED = {
    "principals_trained": "principals",
    "teachers_trained": "teachers",
    "both_trained": "principals_teachers",
    "unsplit_trained": "unsplit",
}
_OF_TRAINING = ("training_sessions", "schools_trained", "schools_trained_share", *_TRAINED)
_WORDS = ("part", "code")
_OF_CHECKLIST = ("agreements_undated", *(f"ready_{item.id}" for item in CHECKLIST))
_SOURCES: tuple[tuple[tuple[str, ...], Callable[[Engine, View], dict[str, Number]]], ...] = (
    (("activities", "active_schools", "kinds_received", *_SUMS, *_OF_POSTING), _activity_values),
    (_OF_MEASURES, _measure_values),
    (_OF_TRAINING, _training_values),
    (_OF_PAIRINGS, _pairing_values),
    (("silent_schools_90", "silent_schools_180"), _silence_values),
    (_OF_COVERAGE, _coverage_values),
    (_OF_SUPPORT, _support_values),
    (_OF_READINESS, _readiness_values),
    (("open_alerts",), _alert_values),
    ((*_OF_DIFFICULTIES, "difficulties_days"), difficulty_values),
    (_OF_PRACTICES, _practice_values),
    (("reporting_lag", "reporting_lag_p90"), _lag_values),
    (_OF_CHECKLIST, _checklist_values),
    (("pairings_announced",), _announced_values),
)


def _known_names() -> tuple[str, ...]:
    return tuple(f"{name}_known" for name in _SUMS)


def _total(values: Mapping[str, Number], name: str) -> int:
    """Of how many records the known ones are, 0 where every record counts."""
    of = "activities" if name in _SUMS else f"{name}_total"
    return int(values.get(of) or 0)


def _values(engine: Engine, view: View, ids: Sequence[str]) -> dict[str, Number]:
    """Values by indicator id, and of how many records where only some give a number.

    They stand under ``<id>_known`` and ``<id>_total``; of activities the total is all of them.
    """
    values: dict[str, Number] = {}
    for names, source in _SOURCES:
        if any(name in ids for name in names):
            values |= source(engine, view)
    return values


@remembered
def figures(engine: Engine, view: View, ids: Sequence[str] = ALL) -> tuple[Figure, ...]:
    """Indicators of a view in the order of their declaration; all of them by default.

    Raises:
        LakeError: the snapshot cannot be read.
    """
    now = _values(engine, view, ids)
    earlier = view.filters.previous()
    before = _values(engine, replace(view, filters=earlier), ids) if earlier else {}
    return tuple(
        Figure(
            indicator,
            now[indicator.id],
            before.get(indicator.id) if indicator.period else None,
            known=int(now.get(f"{indicator.id}_known") or 0),
            total=_total(now, indicator.id),
            yes=_yes(now, indicator.id),
        )
        for indicator in INDICATORS
        if indicator.id in ids
    )


def _yes(values: Mapping[str, Number], name: str) -> int | None:
    """How many a share counts."""
    found = values.get(f"{name}_yes")
    return None if found is None else int(found)
