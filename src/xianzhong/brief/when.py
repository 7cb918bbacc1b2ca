"""When and what: months, terms, kinds and universities."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.part import Native, Part
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.trend import month_bars, term_bars
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KIND_BY_CODE, KINDS
from xianzhong.query import tables
from xianzhong.query.by_term import activities_by_term
from xianzhong.query.figures import activity_totals

MOST_TERMS = 10
MOST_UNIVERSITIES = 15


def activity_unit(source: Source) -> str:
    """The unit of activities."""
    return INDICATOR_BY_ID["activities"].unit[source.lang]


@remembered
def by_month(source: Source) -> Part:
    """Activities by month, with the term in the colour of the bar."""
    months = tables.months(source.engine, source.view)
    title, counted = source.say("Activities by month"), source.say("Activities")
    table = pd.DataFrame(
        {
            source.say("Month"): pd.to_datetime(months["month"]).dt.strftime("%Y-%m"),
            counted: months["activities"],
            source.say("People sent"): months["people_sent"],
            source.say("Participants"): months["participants"],
        }
    )
    unit = activity_unit(source)
    return Part(
        "months", title, table, alt=title, origin="activities",
        notes=(source.say("Dark bars are autumn terms, light bars spring terms."),),
        figure=month_bars(months, column="activities", unit=unit, lang=source.lang),
        native=Native("column", (counted,), unit=unit),
    )  # fmt: skip


@remembered
def by_terms(source: Source) -> Part:
    """Activities by term, the newest ten."""
    title, counted = source.say("Activities by term"), source.say("Activities")
    every = activities_by_term(source.engine, source.view)
    terms = every[-MOST_TERMS:]
    table = pd.DataFrame(
        {
            source.say("Term"): [term.label(source.lang) for term, _ in terms],
            counted: [value for _, value in terms],
        }
    )
    unit = activity_unit(source)
    return Part(
        "terms", title, table, alt=title, origin="activities",
        notes=(
            source.say("The last {n} terms on record, whatever the period chosen.", n=len(terms))
            if len(every) > len(terms)
            else source.say("All terms on record, whatever the period chosen."),
        ),
        figure=term_bars(
            terms, unit=unit, lang=source.lang, chosen=source.filters.term
        ),
        native=Native("column", (counted,), unit=unit),
    )  # fmt: skip


@remembered
def by_kind(source: Source) -> Part:
    """Activities by kind in the programme's order."""
    title, counted = source.say("Activities by kind"), source.say("Activities")
    frame = activity_totals(source.engine, source.view)
    found = frame[frame["part"] == "kind"].set_index("code")
    kinds = [kind for kind in KINDS if kind.code in found.index]
    codes = [kind.code for kind in kinds]
    table = pd.DataFrame(
        {
            source.say("Activity kind"): [KIND_BY_CODE[code].label[source.lang] for code in codes],
            counted: [int(found["activities"][code]) for code in codes],
            source.say("Schools"): [found["active_schools"][code] for code in codes],
            source.say("People sent"): [found["people_sent"][code] for code in codes],
            source.say("Participants"): [found["participants"][code] for code in codes],
        }
    )
    unit = activity_unit(source)
    return Part(
        "kinds", title, table, alt=title, origin="activities",
        figure=horizontal_bars(
            [kind.label[source.lang] for kind in kinds], table[counted].tolist(), codes, unit=unit
        ),
        native=Native("bar", (counted,), unit=unit),
    )  # fmt: skip


@remembered
def by_university(source: Source) -> Part:
    """The most active universities."""
    title, counted = source.say("Activities by university"), source.say("Activities")
    frame = tables.universities(source.engine, source.view, limit=MOST_UNIVERSITIES)
    names = [source.names.university(code) for code in frame["code"]]
    table = pd.DataFrame(
        {
            source.say("Supporting university"): names,
            counted: frame["activities"].tolist(),
            source.say("Schools"): frame["active_schools"].tolist(),
            source.say("People sent"): frame["people_sent"].tolist(),
        }
    )
    unit = activity_unit(source)
    full = len(frame) == MOST_UNIVERSITIES
    note = source.say("The 15 universities with the most activities.")
    return Part(
        "universities", title, table, alt=title, origin="activities",
        notes=(note,) if full else (),
        figure=horizontal_bars(
            names, frame["activities"].tolist(), frame["code"].tolist(), unit=unit
        ),
        native=Native("bar", (counted,), unit=unit),
    )  # fmt: skip
