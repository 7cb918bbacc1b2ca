"""The rows of the generated activities, made from the plan in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xianzhong.demo.columns import (
    Flags,
    Floats,
    Ints,
    dates,
    filled,
    month_starts,
    precisions,
    running_codes,
    words,
)
from xianzhong.demo.kinds import SHAPES, SUBJECTS
from xianzhong.demo.places import Schools
from xianzhong.demo.supporters import Matches
from xianzhong.demo.timing import Plan, kind_weights
from xianzhong.lake.schema import RECORD_ID
from xianzhong.model.tables import ACTIVITIES
from xianzhong.model.tables.activities import AUDIENCES, EXTENSIONS

_PIECE = 122_880
_KINDS = tuple(SHAPES)
_SHAPES = tuple(SHAPES.values())
_SIGNING = _KINDS.index("signing")
_CHANCE = np.cumsum(kind_weights() / kind_weights().sum(axis=0), axis=0).T
_SENT = np.array([shape.sent for shape in _SHAPES])
_ATTEND = np.array([shape.attend for shape in _SHAPES])
_SHORTEST, _LONGEST = np.array([shape.days for shape in _SHAPES]).T
_LESSONS = np.array([shape.lessons for shape in _SHAPES])
_SUBJECT = np.array([shape.subject for shape in _SHAPES])
# Titles and places of all kinds in one list; each kind knows where its own begin.
_TITLES = tuple(f"示例：{title}（第" for shape in _SHAPES for title in shape.titles)
_PLACES = tuple(place for shape in _SHAPES for place in shape.places)
_TITLE_COUNT = np.array([len(shape.titles) for shape in _SHAPES])
_PLACE_COUNT = np.array([len(shape.places) for shape in _SHAPES])
_AUDIENCES = tuple(choice.code for choice in AUDIENCES)
# Four equally likely audiences for each kind; -1 where the report does not name one.
_AUDIENCE = np.array(
    [[_AUDIENCES.index(a) if a else -1 for a in shape.audiences] for shape in _SHAPES]
)
_BEYOND = 0.08
_TITLE_FIRST = np.cumsum(_TITLE_COUNT) - _TITLE_COUNT
_PLACE_FIRST = np.cumsum(_PLACE_COUNT) - _PLACE_COUNT


@dataclass(frozen=True, slots=True)
class Activities:
    """What the rows are made from."""

    plan: Plan
    schools: Schools
    matches: Matches
    today: int
    seed: int

    def batches(self, first: int, last: int, upload_id: str) -> Iterator[pa.RecordBatch]:
        """The rows from ``first`` to before ``last``, a piece at a time.

        Each piece has random numbers of its own, seeded by its first row.
        """
        for low in range(first, last, _PIECE):
            high = min(low + _PIECE, last)
            yield from self._rows(low, high, first, upload_id).to_batches()

    def _rows(self, low: int, high: int, first: int, upload_id: str) -> pa.Table:
        rng = np.random.default_rng([self.seed, 1, low])
        keys = self.plan.keys[low:high]
        school, start = self.plan.part("school", keys), self.plan.part("day", keys)
        monthly = self.plan.part("monthly", keys) == 1
        signing = self.plan.part("signing", keys) == 1
        kind = _draw_kinds(rng, start, signing)
        pairing = np.searchsorted(self.matches.school, school) + self.plan.part("slot", keys)
        codes = running_codes("A", low, high - low, self.seed)
        return filled(
            ACTIVITIES,
            {
                RECORD_ID: codes,
                "activity_code": codes,
                "university_code": words(
                    self.matches.supporter_codes, self.matches.supporter[pairing]
                ),
                "school_code": words(self.schools.codes, school),
                "kind": words(_KINDS, kind),
                "title": _titles(rng, kind, self._running(low, high)),
                "start": dates(start),
                "start_precision": precisions(monthly),
                **_sizes(rng, kind, start, monthly, self.today),
                **_where(rng, kind),
            },
            upload_id,
            low - first + 1,
        )

    def _running(self, low: int, high: int) -> Ints:
        """Running number of each activity among those of its school in the term."""
        begin = self.plan.school_begin(low)
        school = self.plan.part("school", self.plan.keys[begin:high])
        firsts = np.flatnonzero(np.r_[True, school[1:] != school[:-1]])
        position = np.arange(low - begin, high - begin)
        numbers: Ints = position - firsts[np.searchsorted(firsts, position, side="right") - 1] + 1
        return numbers


def _draw_kinds(rng: np.random.Generator, start: Ints, signing: Flags) -> Ints:
    month = start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    draw = rng.random(len(start))
    kind = np.zeros(len(start), np.int64)
    for index in range(len(_KINDS) - 1):
        kind += draw >= _CHANCE[month, index]
    return np.where(signing, _SIGNING, np.minimum(kind, _SIGNING - 1))


def _titles(rng: np.random.Generator, kind: Ints, running: Ints) -> pa.Array:
    """Titles that no other activity of the same school and term has."""
    which = _TITLE_FIRST[kind] + rng.integers(0, _TITLE_COUNT[kind])
    numbers = pc.cast(pa.array(running), pa.string())
    return pc.binary_join_element_wise(words(_TITLES, which), numbers, "次）", "")


def _sizes(
    rng: np.random.Generator, kind: Ints, start: Ints, monthly: Flags, today: int
) -> dict[str, pa.Array]:
    """End, people, days and lessons; many records lack some of them."""
    count = len(kind)
    length = rng.integers(_SHORTEST[kind], _LONGEST[kind] + 1)
    end = start + length - 1
    running = end > today
    worked = np.where(running, today - start + 1, length)
    end_shown = np.where(monthly, month_starts(end), end)
    no_end = running | (end_shown == start) | (rng.random(count) < 0.05)
    # Some reports carry no number at all.
    bare = rng.random(count) < 0.08
    sent = 1 + rng.poisson(np.maximum(_SENT[kind] - 1, 0))
    attend = np.maximum(1, np.rint(_ATTEND[kind] * rng.lognormal(0, 0.5, count)))
    days: Floats = worked * 1.0
    lessons = np.rint(worked * _LESSONS[kind] * rng.uniform(0.5, 1.5, count))

    def gaps(share: float, shown: Flags) -> Flags:
        missing: Flags = ~shown | bare | (rng.random(count) < share)
        return missing

    here = _LESSONS[kind] > 0
    on_site = np.isin(kind, [_KINDS.index(k) for k in ("staff", "guidance", "student_teaching")])
    return {
        "end": dates(end_shown, no_end),
        "end_precision": precisions(monthly, no_end),
        "people_sent": pa.array(sent, mask=gaps(0.1, _SENT[kind] > 0)),
        "participants": pa.array(attend.astype(np.int64), mask=gaps(0.12, _ATTEND[kind] > 0)),
        "days_on_site": pa.array(days, mask=gaps(0.25, on_site | (rng.random(count) < 0.1))),
        "lessons": pa.array(lessons, mask=gaps(0.3, here)),
    }


def _where(rng: np.random.Generator, kind: Ints) -> dict[str, pa.Array]:
    count = len(kind)
    place = _PLACE_FIRST[kind] + rng.integers(0, _PLACE_COUNT[kind])
    subject = rng.integers(0, len(SUBJECTS), count)
    audience = _AUDIENCE[kind, rng.integers(0, _AUDIENCE.shape[1], count)]
    extension = rng.integers(0, len(EXTENSIONS), count)
    return {
        "subject": words(SUBJECTS, subject, rng.random(count) >= _SUBJECT[kind]),
        "place": words(_PLACES, place, rng.random(count) < 0.1),
        "audience": words(_AUDIENCES, np.maximum(audience, 0), audience < 0),
        "extension": words(
            [choice.code for choice in EXTENSIONS], extension, rng.random(count) > _BEYOND
        ),
    }
