"""The overview's figures, with what must be said so that none is read as more than it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xianzhong.brief.figures import part_of
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.brief.where import Choice, map_part, ranking, uncovered, values_by_place
from xianzhong.query.figures import Figure, by_county, figures
from xianzhong.query.filters import Filters

HEADLINE = (
    "pairings", "universities", "schools", "weak_counties_covered", "activities", "people_sent",
    "active_schools", "silent_schools_90",
)  # fmt: skip
BESIDE = ("agreements_in_force", "agreements_ended", "weak_counties")


def headline(source: Source) -> Part:
    """The headline figures."""
    found = {f.indicator.id: f for f in figures(source.engine, source.view, (*HEADLINE, *BESIDE))}
    return part_of(
        source, [found[name] for name in HEADLINE], source.say("Headline figures"),
        covered(source, found),
        said=(silence(source, found), on_record(source).replace("**", "")),
    )  # fmt: skip


def covered(source: Source, found: Mapping[str, Figure]) -> dict[str, str]:
    """The share of weak counties that is covered: the goal is each one."""
    listed, reached = found["weak_counties"].value, found["weak_counties_covered"].value or 0
    if not listed:
        return {}
    note = source.say("of {listed} on the list, {share}", listed=f"{listed:,}",
                      share=f"{reached / listed:.1%}")  # fmt: skip
    return {"weak_counties_covered": note}


def silence(source: Source, found: Mapping[str, Figure]) -> str:
    """Explains a zero that could be read as all being well; empty where there is nothing to say.

    Args:
        source: the view.
        found: among them ``pairings``, ``agreements_in_force`` and ``agreements_ended``.
    """
    if found["agreements_in_force"].value or not found["pairings"].value:
        return ""
    return source.say(
        "On {day} no agreement on record is in force: {ended} are past their end and no "
        "renewal is on record. So no school counts as silent. This does not mean that none "
        "was renewed.",
        day=source.view.reference_day,
        ended=found["agreements_ended"].value or 0,
    )


def announced(source: Source) -> tuple[int, int] | None:
    """Pairings on record and announced, where the announced number is known for the view."""
    if source.demo or not source.filters.without("scheme").empty:
        return None
    everything = replace(source.view, filters=Filters(scheme=("ministry",)))
    ids = ("pairings", "pairings_announced")
    found = {f.indicator.id: f.value for f in figures(source.engine, everything, ids)}
    if not found["pairings_announced"]:
        return None
    return int(found["pairings"] or 0), int(found["pairings_announced"])


def on_record(source: Source) -> str:
    """How much of the announced programme is on record, and why not all of it."""
    numbers = announced(source)
    if numbers is None:
        return ""
    verified, all_announced = numbers
    return source.say(
        "**{verified} of {announced} announced pairings are on record.** The Ministry "
        "announced {announced}; the attachment that lists them could not be had, so only "
        "pairings that a public source proves are recorded here. The other {missing} are "
        "missing from this product, not from the programme.",
        verified=verified,
        announced=all_announced,
        missing=max(all_announced - verified, 0),
    )


def map_of(source: Source, choice: Choice) -> Part:
    """The map of one of the overview's choices."""
    return map_part(source, choice, values_by_place(source, choice.id))


def places_of(source: Source, choice: Choice) -> Part:
    """What stands beside the map of a choice: the places in their order, or the gaps."""
    values = values_by_place(source, choice.id)
    if choice.id == "coverage" and by_county(source.filters):
        return uncovered(source, values)
    return ranking(source, choice, values)
