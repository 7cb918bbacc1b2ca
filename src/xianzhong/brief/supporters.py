"""Universities: how ready they are and what they did; and one of them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from xianzhong.brief import records
from xianzhong.brief.figures import figures_part
from xianzhong.brief.over_time import by_kind_and_term
from xianzhong.brief.overview import BESIDE, silence
from xianzhong.brief.part import Native, Part
from xianzhong.brief.printed import head
from xianzhong.brief.readable import ACTIVITIES_DONE, CYCLE_END, LAST_ACTIVITY
from xianzhong.brief.readable_supporters import (
    PROVINCES,
    SCHOOLS_SUPPORTED,
    SILENT,
    STATE,
    flags,
    readable_pairings,
    readable_universities,
)
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.brief.where import CHOICES, map_part, values_by_place
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.panels import Panel, term_panels
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import bracketed
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, UNIVERSITIES
from xianzhong.model.tables.activities import EXTENSIONS
from xianzhong.query.by_term import activities_by_term, sums_by_term
from xianzhong.query.figures import activity_totals, figures
from xianzhong.query.universities import extensions, pairing_schools, university_list

READY = ("universities_leading_group", "universities_incentives", "universities_affiliated")
NUMBERS = (
    "schools", "active_schools", "silent_schools_90", "activities", "people_sent", "days_on_site",
    "participants", "lessons",
)  # fmt: skip
MOST_TERMS = 8
_MARKS = {
    "has_leading_group": "has_leading_group",
    "has_incentives": "has_incentives",
    "affiliated_schools": "has_affiliated",
}


def mark(source: Source, value: object) -> str:
    """Yes, no, or that nothing was found: three words that nobody takes for each other."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return source.say("no source found")
    return source.say("✓ yes") if value else source.say("— no")


def headline(source: Source) -> Part:
    """How many universities, and how many of them with what."""
    title = source.say("Headline figures")
    return figures_part(source, ("universities", *READY), title, said=standing(source))


def standing(source: Source) -> list[str]:
    """Which filters act on what."""
    notes = []
    if source.filters.period:
        notes.append(
            source.say("Readiness is as on record today; which universities count follows the "
                       "period.")
        )  # fmt: skip
    if source.filters.kind:
        notes.append(
            source.say("The kind chosen acts on activities, people, days and silence; pairings "
                       "and readiness have no kind.")
        )  # fmt: skip
    return notes


def unpaired(source: Source, frame: pd.DataFrame) -> list[str]:
    """How many of ``university_list`` are there without a pairing, and why no school is silent."""
    notes = []
    if without := int((frame["schools"] == 0).sum()):
        notes.append(
            source.say("{count} of them without a pairing for these filters.", count=without)
        )
    if frame["silent_90"].isna().all():
        notes.append(
            source.say("On {day} no agreement on record is in force, so no school counts as "
                       "silent.", day=source.view.reference_day)
        )  # fmt: skip
    return notes


def with_marks(source: Source, table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The list with its readiness in marks.

    Args:
        source: the view.
        table: of ``readable_universities``.
        rows: of ``university_list``, in the same order.
    """
    words = [mark(source, value) for value in (True, False, None)]
    label = {column.name: column.label[source.lang] for column in UNIVERSITIES.columns}
    return table.assign(
        **{label[name]: flags(rows[column], *words) for name, column in _MARKS.items()}
    )


def listed(source: Source) -> Part:
    """The universities with their schools, what they did and how ready they are."""
    frame, lang = university_list(source.engine, source.view), source.lang
    rows = head(frame)
    table = with_marks(source, readable_universities(rows, source.names, lang), rows)
    own = {column.name: column.label[lang] for column in UNIVERSITIES.columns}
    done = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    columns = [
        own["name"], PAIRINGS.column("scheme").label[lang], PROVINCES[lang],
        SCHOOLS_SUPPORTED[lang], ACTIVITIES_DONE[lang], done["people_sent"],
        SILENT[lang], *(own[name] for name in _MARKS),
    ]  # fmt: skip
    return Part(
        "list", source.say("Universities"), table[columns],
        notes=tuple(unpaired(source, frame)) if len(frame) else (),
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip


def of_one(source: Source) -> Part:
    """A university's figures in the period, compared with its own earlier period only."""
    found = {f.indicator.id: f for f in figures(source.engine, source.view, ("pairings", *BESIDE))}
    title = source.say("Headline figures")
    return figures_part(source, NUMBERS, title, said=(silence(source, found),))


def schools(source: Source) -> Part:
    """Its pairings: the school, the agreement's state, what was done there."""
    frame, lang = pairing_schools(source.engine, source.view), source.lang
    rows = head(frame)
    table = readable_pairings(rows, source.names, lang)
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    columns = [
        *(label[name] for name in ("school_code", "county", "province", "scheme")), STATE[lang],
        CYCLE_END[lang], *(name for name in table.columns if _is_done(source, name)),
    ]  # fmt: skip
    note = source.say(
        "All pairings on record, whatever the period; activities, people and days are those of "
        "the period."
    )
    return Part(
        "schools", source.say("Schools supported"), table[columns], notes=(note,),
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip


def _is_done(source: Source, name: str) -> bool:
    done = {column.label[source.lang] for column in ACTIVITIES.columns
            if column.name in ("people_sent", "days_on_site")}  # fmt: skip
    return name in {*done, ACTIVITIES_DONE[source.lang], LAST_ACTIVITY[source.lang]}


def schools_on_map(source: Source) -> Part:
    """The paired schools as points over the pairings of each place."""
    return map_part(source, CHOICES[0], values_by_place(source, CHOICES[0].id))


def over_time(source: Source) -> Part:
    """Activities, people sent and days on site by term."""
    done = activities_by_term(source.engine, source.view)
    terms = [term for term, _ in done]
    columns = {"activities": [float(count) for _, count in done]} | {
        name: [value for _, value in sums_by_term(source.engine, source.view, name)]
        for name in ("people_sent", "days_on_site")
    }
    panels, named = [], []
    table = pd.DataFrame({source.say("Term"): [term.label(source.lang) for term in terms]})
    for name, values in columns.items():
        indicator = INDICATOR_BY_ID[name]
        label, unit = indicator.label[source.lang], indicator.unit[source.lang]
        # English labels name what they count already.
        named.append(bracketed(label, unit) if source.lang == "zh" else label)
        panels.append(Panel(named[-1], unit, values[-MOST_TERMS:]))
        table[named[-1]] = values
    notes = [source.say("All terms on record, whatever the period chosen.")]
    if any(value is None for values in columns.values() for value in values[-MOST_TERMS:]):
        notes.append(source.say("— : no record of the term gives a number."))
    title = source.say("By term")
    return Part(
        "terms", title, table, alt=title, notes=tuple(notes),
        figure=term_panels(terms[-MOST_TERMS:], panels, lang=source.lang),
        native=Native("column", (named[0],), unit=panels[0].unit),
    )  # fmt: skip


def done_by_kind(source: Source, *, compact: bool = False) -> Part:
    """What it has done by kind and term, whatever the period."""
    whole = replace(source, view=source.narrowed(term=None, date_from=None, date_to=None))
    return by_kind_and_term(whole, compact=compact)


@remembered
def reach(source: Source) -> Part:
    """What reaches beyond the school, by what it reaches."""
    frame = extensions(source.engine, source.view)
    found = frame.set_index("code")
    kinds = [] if frame.empty else list(EXTENSIONS)
    names, codes = [choice.label[source.lang] for choice in kinds], [c.code for c in kinds]
    counts = [int(found["activities"].get(code, 0)) for code in codes]
    rest, counted = found.reindex(codes).reset_index(drop=True), source.say("Activities")
    table = pd.DataFrame(
        {
            ACTIVITIES.column("extension").label[source.lang]: names,
            counted: counts,
            source.say("Schools"): rest["schools"].astype("Int64"),
            source.say("People sent"): rest["people_sent"].astype("Int64"),
            source.say("Participants"): rest["participants"].astype("Int64"),
        }
    )
    unit = INDICATOR_BY_ID["activities"].unit[source.lang]
    title = source.say("Activities beyond the school")
    return Part(
        "extensions", title, table, alt=title,
        notes=(reach_words(source, counts).replace("**", ""),) if counts else (),
        figure=horizontal_bars(names, counts, codes, unit=unit),
        native=Native("bar", (counted,), unit=unit),
    )  # fmt: skip


def reach_words(source: Source, counts: list[int]) -> str:
    """In how many ways and activities it reaches beyond the school; with Markdown's stars."""
    totals = activity_totals(source.engine, source.view)
    everything = int(totals.loc[totals["part"] == "all", "activities"].iloc[0])
    return source.say(
        "**{kinds} of {all_kinds} ways** of reaching beyond the school are on record, in "
        "{count} of {everything} activities.",
        kinds=sum(count > 0 for count in counts), all_kinds=len(counts),
        count=f"{sum(counts):,}", everything=f"{everything:,}",
    )  # fmt: skip


def newest(source: Source) -> Part:
    """The newest records of the period with their sources."""
    return records.newest(source)
