"""Activities by school term: the series, and the newest term against the one before."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.terms import Term
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure
from xianzhong.query.gate import View

OF_A_TERM = ("activities", "active_schools", "people_sent", "participants")
_COUNTED = ("activities", "active_schools")


def terms(engine: Engine, view: View) -> pd.DataFrame:
    """One row per term with records, oldest first, whatever the view's period.

    Columns ``year``, ``half``, ``activities``, ``active_schools``, ``people_sent``,
    ``participants``, ``days_on_site``.
    """
    whole = replace(view.filters, term=None, date_from=None, date_to=None)
    return engine.run("activities_by_term", replace(view, filters=whole))


def activities_by_term(engine: Engine, view: View) -> list[tuple[Term, int]]:
    """Activities of each term from the first with records to the last, gaps as zero."""
    frame = terms(engine, view)
    if frame.empty:
        return []
    counts = {
        Term(int(year), int(half)): int(count)
        for year, half, count in zip(frame["year"], frame["half"], frame["activities"], strict=True)
    }
    term, last, found = min(counts), max(counts), []
    while term <= last:
        found.append((term, counts.get(term, 0)))
        term = term.next
    return found


def sums_by_term(engine: Engine, view: View, column: str) -> list[tuple[Term, float | None]]:
    """A sum of each term from the first with records to the last.

    None where no record of the term gives a number, or there is no record.

    Args:
        engine: the lake's engine.
        view: the view; its period is passed over.
        column: ``people_sent``, ``participants`` or ``days_on_site``.
    """
    frame = terms(engine, view)
    known = {
        Term(int(year), int(half)): float(value)
        for year, half, value in zip(frame["year"], frame["half"], frame[column], strict=True)
        if not pd.isna(value)
    }
    return [(term, known.get(term)) for term, _ in activities_by_term(engine, view)]


def newest_term(engine: Engine, view: View) -> tuple[Term, dict[str, Figure]] | None:
    """The newest term with records and its figures, compared with the term before.

    The same numbers as :func:`xianzhong.query.figures.figures` gives for that term, from one
    question instead of two. None where nothing is on record.
    """
    frame = terms(engine, view)
    if frame.empty:
        return None
    rows = {Term(int(row["year"]), int(row["half"])): row for row in frame.to_dict("records")}
    term = max(rows)
    now, before = rows[term], rows.get(term.previous, {})
    return term, {
        name: Figure(
            INDICATOR_BY_ID[name],
            _whole(now.get(name), name),
            _whole(before.get(name), name),
            total=0,
        )
        for name in OF_A_TERM
    }


def _whole(value: object, name: str) -> int | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return 0 if name in _COUNTED else None
    return int(value)  # type: ignore[call-overload, no-any-return]
