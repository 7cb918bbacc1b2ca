"""Training of principals and teachers: sessions, persons by audience, schools reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from xianzhong.model.kinds import TRAINING_KINDS
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.levels import level_below

AUDIENCES = ("principals", "teachers", "principals_teachers", "unsplit")


def training_kinds(filters: Filters) -> tuple[str, ...]:
    """The kinds of training that a view is about: those chosen, else both."""
    return tuple(kind for kind in TRAINING_KINDS if not filters.kind or kind in filters.kind)


@dataclass(frozen=True, slots=True)
class Trained:
    """Some sessions: how many, how many of them gave a number of participants, and the sum.

    ``persons`` is None where none gave one: that is no zero.
    """

    sessions: int = 0
    known: int = 0
    persons: int | None = None


def totals(engine: Engine, view: View) -> pd.DataFrame:
    """Training of a view's period, and the schools that it reached.

    Columns ``part``, ``code`` of a place, and for the part ``session``: ``kind``, ``audience``
    (one of ``AUDIENCES``), ``sessions``, ``trained`` (persons), ``trained_known`` (sessions that
    gave a number); for the part ``school``: ``schools`` with a pairing, ``reached`` of them.
    """
    return engine.run(
        "training_totals", view, training=TRAINING_KINDS,
        level=level_below(view.filters, engine.divisions),
    )  # fmt: skip


def trained(frame: pd.DataFrame, **chosen: str) -> Trained:
    """The sum of the sessions of :func:`totals` that have these values: ``kind="training"``."""
    rows = frame[frame["part"] == "session"]
    for column, value in chosen.items():
        rows = rows[rows[column] == value]
    known = int(rows["trained_known"].sum())
    persons = int(rows["trained"].fillna(0).sum()) if known else None
    return Trained(int(rows["sessions"].sum()), known, persons)


def schools(frame: pd.DataFrame) -> tuple[int, int]:
    """Schools with a pairing, and those of them that training reached, of :func:`totals`."""
    rows = frame[frame["part"] == "school"]
    return int(rows["schools"].sum()), int(rows["reached"].sum())


def by_term(engine: Engine, view: View) -> pd.DataFrame:
    """One row a term with training, oldest first, whatever the period.

    Columns ``year``, ``half``, ``sessions``, ``schools`` and the persons of each audience.
    """
    whole = replace(view.filters, term=None, date_from=None, date_to=None)
    return engine.run("training_by_term", replace(view, filters=whole), training=TRAINING_KINDS)


def not_reached(engine: Engine, view: View) -> pd.DataFrame:
    """Paired schools without training on record in the period, and the last outside it."""
    return engine.run("schools_not_trained", view, training=TRAINING_KINDS)


def only_training(view: View) -> View:
    """The view cut to training, for records."""
    return replace(view, filters=replace(view.filters, kind=training_kinds(view.filters)))
