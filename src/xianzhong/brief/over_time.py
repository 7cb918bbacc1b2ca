"""Activities by kind and term, as counts in shades."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.part import Part
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.heat import heat
from xianzhong.charts.style import width_of
from xianzhong.charts.trend import term_columns
from xianzhong.model.kinds import KINDS
from xianzhong.model.terms import Term, terms_between
from xianzhong.query import tables

NARROW = 115  # pixels


@remembered
def by_kind_and_term(source: Source, *, chosen: str = "", compact: bool = False) -> Part:
    """How many activities of each kind there were in each term.

    Args:
        source: whose view.
        chosen: ``kind|term`` of the cell that has a frame.
        compact: for a narrow screen.
    """
    frame = tables.kinds_by_month(source.engine, source.view)
    had = set(frame["kind"])
    terms = terms_between(Term.of(pd.Timestamp(month).date()) for month in frame["month"])
    kinds = [kind for kind in KINDS if kind.code in had]
    counts = {(kind.code, term): 0 for kind in kinds for term in terms}
    for kind, month, done in zip(frame["kind"], frame["month"], frame["activities"], strict=True):
        counts[kind, Term.of(pd.Timestamp(month).date())] += int(done)
    grid = [[counts[kind.code, term] for term in terms] for kind in kinds]
    rows = [kind.label[source.lang] for kind in kinds]
    table = pd.DataFrame(grid, columns=[term.label(source.lang) for term in terms])
    table.insert(0, source.say("Activity kind"), rows)
    title = source.say("Activities by kind and term")
    codes = [[f"{kind.code}|{term.code}" for term in terms] for kind in kinds]
    figure = None
    if kinds:
        shown = [_cut(name) for name in rows] if compact else rows
        figure = heat(shown, term_columns(terms, source.lang), grid, codes, chosen=chosen)
    return Part("measures", title, table, alt=title, figure=figure, origin="activities")


def _cut(name: str) -> str:
    """A name that leaves room for the cells on a phone; the table has it in full."""
    cut = name
    while width_of([cut]) > NARROW:
        cut = cut[:-1]
    return name if cut == name else f"{cut}…"
