"""What is drawn for a demo lake, and the uploads that bring it in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from xianzhong.demo.activities import Activities
from xianzhong.demo.agreements import Agreements, day_number, draw_agreements, pairing_rows
from xianzhong.demo.places import Schools, draw_schools, school_rows
from xianzhong.demo.records import difficulty_rows, practice_rows, put_aside_rows, support_rows
from xianzhong.demo.supporters import Matches, draw_matches, supporter_rows
from xianzhong.demo.timing import Plan, draw_plan
from xianzhong.demo.weak import weak_county_rows
from xianzhong.reference import load_divisions
from xianzhong.settings import ROOT, TIME_ZONE

_LIST = ROOT / "data" / "programme" / "former_poverty_counties.csv"
_REPORTED_AFTER = timedelta(days=10)

# Given the upload's id: a table, or the batches of a large one.
Rows = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Draw:
    """Everything that the tables share."""

    seed: int
    today: date
    schools: Schools
    matches: Matches
    agreements: Agreements
    plan: Plan

    def random(self, salt: int) -> np.random.Generator:
        """Random numbers of its own for each table, so that none depends on another's."""
        return _random(self.seed, salt)


@dataclass(frozen=True, slots=True)
class Upload:
    """One entry of the ledger to be.

    Attributes:
        table, at, upload_id: as in the ledger.
        rows: makes the rows.
        before, total: rows of the table in earlier uploads and in all; 0 where it has one only.
    """

    table: str
    at: datetime
    upload_id: str
    rows: Rows
    before: int
    total: int


def _random(seed: int, salt: int) -> np.random.Generator:
    return np.random.default_rng([seed, 0, salt])


def draw(schools: int, activities: int, seed: int, today: date) -> Draw:
    """Draws schools, supporters, agreements and the plan of the activities."""
    places = draw_schools(_random(seed, 1), load_divisions(), schools)
    matches = draw_matches(_random(seed, 2), places)
    agreements = draw_agreements(_random(seed, 3), len(matches), today)
    plan = draw_plan(_random(seed, 4), activities, matches, agreements, today)
    return Draw(seed, today, places, matches, agreements, plan)


def _moment(day: date) -> datetime:
    """The beginning of a day in Chinese time."""
    return datetime.combine(day, time(), ZoneInfo(TIME_ZONE)).astimezone(UTC)


def uploads(drawn: Draw, info: Mapping[str, object]) -> Iterator[Upload]:
    """The uploads, oldest first: who and where, then the activities term by term, the rest.

    Each term is reported ten days after its end, so that the ledger, the history and the
    reporting lag have something to show, and so that a file holds one term (see the decision
    record on the demo lake for what that does for queries).

    Args:
        drawn: what was drawn.
        info: what tells this demo from another; part of each upload's id.
    """
    terms, total = drawn.plan.terms, len(drawn.plan.keys)
    activities = Activities(
        drawn.plan, drawn.schools, drawn.matches, day_number(drawn.today), drawn.seed
    )
    last = _moment(drawn.today)
    reported = [min(_moment(term.last_day + _REPORTED_AFTER), last) for term in terms]
    stages = [(name, reported[0], rows, 0, 0) for name, rows in _master_tables(drawn).items()]
    for index, at in enumerate(reported):
        low, high = drawn.plan.bounds(index)
        if high > low:
            stages.append(("activities", at, _span(activities, low, high), low, total))
    stages += [(name, last, rows, 0, 0) for name, rows in _other_tables(drawn).items()]
    for number, (table, at, rows, before, of) in enumerate(stages):
        # Seconds keep the uploads of one moment apart and in order.
        moment = at + timedelta(seconds=number)
        key = json.dumps([dict(info), number], sort_keys=True).encode()
        upload_id = f"{moment:%Y%m%dT%H%M%S}-{hashlib.sha256(key).hexdigest()[:4]}"
        yield Upload(table, moment, upload_id, rows, before, of)


def _span(activities: Activities, low: int, high: int) -> Rows:
    def batches(upload_id: str) -> Iterator[pa.RecordBatch]:
        return activities.batches(low, high, upload_id)

    return batches


def _master_tables(drawn: Draw) -> dict[str, Rows]:
    schools, matches = drawn.schools, drawn.matches
    return {
        "universities": lambda upload: supporter_rows(drawn.random(11), matches, upload),
        "schools": lambda upload: school_rows(drawn.random(12), schools, upload),
        "weak_counties": lambda upload: weak_county_rows(load_divisions(), _LIST, upload),
        "pairings": lambda upload: pairing_rows(
            drawn.random(13), schools, matches, drawn.agreements, drawn.today, upload
        ),
    }


def _other_tables(drawn: Draw) -> dict[str, Rows]:
    schools, today = drawn.schools, drawn.today
    return {
        "support": lambda upload: support_rows(
            drawn.random(14), schools, drawn.matches, drawn.agreements, today, upload
        ),
        "difficulties": lambda upload: difficulty_rows(drawn.random(15), schools, today, upload),
        "practices": lambda upload: practice_rows(drawn.random(16), schools, today, upload),
        "put_aside": lambda upload: put_aside_rows(drawn.random(17), schools, today, upload),
    }
