"""The schools, and one of them: its pairings, measures, terms and records."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from xianzhong.brief import records, when
from xianzhong.brief.figures import figures_part
from xianzhong.brief.over_time import by_kind_and_term
from xianzhong.brief.part import Part
from xianzhong.brief.printed import head
from xianzhong.brief.readable import SCHOOL_CODE, partial_date, partial_dates, readable_schools
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.trend import timeline
from xianzhong.model.kinds import KIND_BY_CODE, KINDS, MEASURES
from xianzhong.model.pairing_states import STATES
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import PAIRINGS
from xianzhong.model.terms import Term
from xianzhong.query import tables

NUMBERS = ("activities", "people_sent", "participants", "lessons")
READINESS = ("has_plan", "has_development_plan", "has_county_policy")
MOST_RECORDS = 5000


def listed(source: Source) -> Part:
    """The paired schools: who supports each one and what was done there lately."""
    frame = tables.schools(source.engine, source.view)
    rows = head(frame)
    table = readable_schools(rows, source.names, source.lang)
    return Part(
        "list", source.say("Schools"), table.drop(columns=SCHOOL_CODE[source.lang]),
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip


def headline(source: Source) -> Part:
    """A school's figures in the period, compared with its own earlier term only."""
    return figures_part(source, NUMBERS, source.say("Headline figures"))


def whole(source: Source) -> Source:
    """The same school over all time, whoever gave and of whatever kind."""
    view = source.narrowed(
        term=None, date_from=None, date_to=None, kind=(), scheme=(), university=""
    )
    return replace(source, view=view)


def pairings(source: Source) -> Part:
    """Each pairing: supporter, scheme, cycle, state, and what proves it."""
    frame = head(tables.pairings(source.engine, whole(source).view))
    rows = frame.to_dict("records")
    names = [source.names.university(str(row["university_code"])) for row in rows]
    found = [facts(source, row) for row in rows]
    columns = {source.say("Supporting university"): names}
    for name in facts(source, {}):
        columns[name] = [fact[name] for fact in found]
    columns[source.say("Source")] = [
        ", ".join(str(row[name]) for name in ("source", "source_date") if row[name])
        or source.say("no source found")
        for row in rows
    ]
    return Part("pairings", source.say("Pairing and agreement"), pd.DataFrame(columns))


def facts(source: Source, row: Mapping[Hashable, Any]) -> dict[str, str]:
    """What is on record of a pairing, by its name; all empty for an empty row."""
    say, lang = source.say, source.lang
    names = [
        say("Scheme"), say("Signed"), say("First term"), say("Cycle"), say("State"),
        say("On record"),
    ]  # fmt: skip
    if not row:
        return dict.fromkeys(names, "")
    scheme, term = SCHEME_BY_CODE.get(str(row["scheme"])), row["start_term"]
    values = (
        scheme.label[lang] if scheme else str(row["scheme"]),
        partial_date(row["agreement_date"], row["agreement_date_precision"])
        or say("no source found"),
        Term.parse(term).label(lang) if isinstance(term, str) else say("no source found"),
        f"{partial_date(row['cycle_start'], 'day')} – {partial_date(row['cycle_end'], 'day')}",
        STATES[str(row["state"])][lang],
        "、".join(PAIRINGS.column(n).label[lang] for n in READINESS if row[n] is True),
    )
    return dict(zip(names, values, strict=True))


def measures(source: Source, chosen: str = "") -> Part:
    """Which of the measures it has had, and in which terms.

    Args:
        source: the view.
        chosen: ``kind|term`` of the cell that stands out.
    """
    everything = whole(source)
    part = by_kind_and_term(everything, chosen=chosen)
    if part.empty:
        return part
    return replace(part, notes=(received(source).replace("**", ""),))


def received(source: Source) -> str:
    """How many of the seven measures are on record; with Markdown's stars."""
    frame = tables.kinds_by_month(source.engine, whole(source).view)
    had = set(frame["kind"])
    count = sum(kind.code in had for kind in MEASURES)
    return source.say("**{count} of 7 measures** on record.", count=count)


@remembered
def by_terms(source: Source) -> Part:
    """Its activities by term."""
    return when.by_terms(source)


@remembered
def by_date(source: Source, chosen: str = "") -> Part:
    """Every activity as a dot along the dates.

    Args:
        source: the view.
        chosen: ``kind|term`` of what stands out.
    """
    found = tables.records(source.engine, whole(source).view, limit=MOST_RECORDS)
    shown = found.assign(dates=_dates(found))
    had = set(shown["kind"])
    kinds = [(kind.code, kind.label[source.lang]) for kind in KINDS if kind.code in had]
    table = pd.DataFrame(
        {
            source.say("Date"): shown["dates"],
            source.say("Activity kind"): [
                KIND_BY_CODE[code].label[source.lang] for code in shown["kind"]
            ],
            source.say("Title"): shown["title"],
        }
    )
    title = source.say("Every activity by its date")
    hollow = source.say("Hollow: known only to the month, so drawn in its middle.")
    return Part(
        "timeline", title, table, alt=title, origin="activities",
        notes=(hollow,) if (shown["start_precision"] == "month").any() else (),
        figure=timeline(shown, kinds, chosen=chosen) if len(shown) else None,
    )  # fmt: skip


def _dates(found: pd.DataFrame) -> list[str]:
    starts = partial_dates(found["start"], found["start_precision"])
    ends = partial_dates(found["end"], found["end_precision"])
    return [f"{a} – {b}" if b else a for a, b in zip(starts, ends, strict=True)]


def newest(source: Source) -> Part:
    """Its newest records in the period with their sources."""
    return records.newest(source)
