"""Pairings: their agreements' states and cycles, and what of the checklist is in place."""

from __future__ import annotations

import pandas as pd

from xianzhong.model.terms import Term
from xianzhong.query.engine import Engine
from xianzhong.query.gate import View


def readiness(engine: Engine, view: View) -> pd.DataFrame:
    """Readiness in all and by place: ``part``, ``code``, ``pairings``.

    For each thing of the checklist ``<id>``, how many have it, and ``<id>_known``, on how many
    anything is recorded. Places are counties where a province is chosen.
    """
    filters = view.filters
    by_county = bool(filters.province or filters.prefecture or filters.county)
    return engine.run("pairing_readiness", view, by_county=by_county)


def cycles(engine: Engine, view: View) -> pd.DataFrame:
    """``state``, ``year`` and ``half`` of the term in which cycles end, ``pairings``."""
    return engine.run("pairing_cycles", view)


def by_state(engine: Engine, view: View) -> dict[str, int]:
    """How many pairings are in each state; states without any are left out."""
    sums = cycles(engine, view).groupby("state")["pairings"].sum()
    return {str(state): int(count) for state, count in sums.items()}


def ends_by_term(engine: Engine, view: View) -> list[tuple[Term, int]]:
    """How many cycles end in each term from the first to the last, gaps as zero."""
    frame = cycles(engine, view).dropna(subset=["year"])
    counts: dict[Term, int] = {}
    for year, half, count in zip(frame["year"], frame["half"], frame["pairings"], strict=True):
        term = Term(int(year), int(half))
        counts[term] = counts.get(term, 0) + int(count)
    found: list[tuple[Term, int]] = []
    if not counts:
        return found
    term = min(counts)
    while term <= max(counts):
        found.append((term, counts.get(term, 0)))
        term = term.next
    return found


def pairing_list(engine: Engine, view: View) -> pd.DataFrame:
    """The pairings in the period, those with most of the checklist missing first.

    State at the reference day, cycle, the checklist by its ids (true, false, or missing where
    nothing is recorded), ``missing`` (how many of it are not there or not recorded), source.
    """
    return engine.run("pairing_list", view)
