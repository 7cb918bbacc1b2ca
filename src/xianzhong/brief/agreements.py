"""Pairings: agreements by state and end, what of the checklist is in place, and the list."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Native, Part
from xianzhong.brief.printed import head
from xianzhong.brief.readable import CYCLE_END
from xianzhong.brief.readable_agreements import readable_agreements
from xianzhong.brief.readable_supporters import CYCLE_START, STATE
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.cells import NOTHING, Cell, cell_grid, shade
from xianzhong.charts.cycles import cut
from xianzhong.charts.cycles import ends_by_term as ends_bars
from xianzhong.charts.plain import PlainFigure
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.tables import PAIRINGS
from xianzhong.query.figures import Figure, by_county, figures
from xianzhong.query.pairings import by_state, ends_by_term, pairing_list, readiness

HEADLINE = (
    "pairings", "schools", "agreements_in_force", "agreements_ending_180", "agreements_ended",
    "agreements_undated",
)  # fmt: skip
READY = tuple(f"ready_{item.id}" for item in CHECKLIST)
MOST_TERMS, MOST_PLACES = 14, 40
# What is printed of a pairing's record; a file of records has all of it.
PRINTED = (
    "school_code", "university_code", "province", "county", "scheme", "state", "cycle_start",
    "cycle_end", "agreement_date", "source",
)  # fmt: skip


def _unit(source: Source) -> str:
    return INDICATOR_BY_ID["pairings"].unit[source.lang]


def headline(source: Source) -> Part:
    """The figures, and what a zero and an end without a renewal mean."""
    found = {f.indicator.id: f for f in figures(source.engine, source.view, HEADLINE)}
    return figures_part(
        source, HEADLINE, source.say("Headline figures"), ending(source, found),
        said=meanings(source, found),
    )  # fmt: skip


def ending(source: Source, found: Mapping[str, Figure]) -> dict[str, str]:
    """What stands under the agreements in force: how many of them end soon."""
    count = found["agreements_ending_180"].value or 0
    note = source.say("{count} of them end within 180 days", count=count) if count else ""
    return {"agreements_in_force": note}


def meanings(source: Source, found: Mapping[str, Figure]) -> list[str]:
    """As of when the states are, and what they do not say."""
    said = [source.say("States are as of {day}.", day=source.view.reference_day)]
    if found["agreements_ended"].value:
        said.append(
            source.say(
                "Past its end and no renewal on record means that no source was found, not that "
                "nothing was signed."
            )
        )
    if source.filters.kind:
        said.append(source.say("Pairings have no activity kind: that filter does not act here."))
    return said


@remembered
def states(source: Source, chosen: str = "") -> Part:
    """Pairings by state.

    Args:
        source: the view.
        chosen: code of the state that stands out.
    """
    title, counted = source.say("Agreements by state"), source.say("Pairings")
    counts = by_state(source.engine, source.view)
    codes = ["in_force", "ending", "ended", "not_begun", "unknown"] if counts else []
    names = [
        source.say("In force, more than 180 days left")
        if code == "in_force" else STATES[code][source.lang]
        for code in codes
    ]  # fmt: skip
    values = [counts.get(code, 0) for code in codes]
    figure = horizontal_bars(
        names, values, codes, unit=_unit(source), chosen=(chosen,) if chosen else ()
    )
    return Part(
        "states", title, pd.DataFrame({source.say("State"): names, counted: values}), alt=title,
        figure=figure, native=Native("bar", (counted,), unit=_unit(source)),
    )  # fmt: skip


@remembered
def ends(source: Source, chosen: str = "") -> Part:
    """The terms in which cycles end, past and coming.

    Args:
        source: the view.
        chosen: code of the term that stands out.
    """
    title = source.say("Agreements by the term in which they end")
    found, counted = ends_by_term(source.engine, source.view), source.say("Pairings")
    table = pd.DataFrame(
        {
            source.say("Term"): [term.label(source.lang) for term, _ in found],
            counted: [count for _, count in found],
        }
    )
    figure = ends_bars(
        found[-MOST_TERMS:], source.view.reference_day, unit=_unit(source), lang=source.lang,
        chosen=chosen,
    )  # fmt: skip
    note = source.say(
        "Light bars are past, dark ones are coming. Without an end date on record, three "
        "years from the start: a rule of this product."
    )
    return Part(
        "ends", title, table, alt=title, notes=(note,), figure=figure,
        native=Native("column", (counted,), unit=_unit(source)),
    )  # fmt: skip


def checklist(source: Source) -> Part:
    """The share of the pairings that has each thing of the checklist."""
    found = {f.indicator.id: f for f in figures(source.engine, source.view, READY)}
    said = (source.say("What should be in place for each pairing. As on record today."),
            unknown(source, found))  # fmt: skip
    return figures_part(source, READY, source.say("Readiness"), said=said)


def unknown(source: Source, found: Mapping[str, Figure]) -> str:
    """Of which things nothing at all is recorded, which is no no; empty where there is none."""
    names = [
        item.label[source.lang]
        for item in CHECKLIST
        if item.says_no and not found[f"ready_{item.id}"].known
    ]
    if not names:
        return ""
    return source.say(
        "No source was found for {items}. That is not a “no”: an empty cell says only "
        "that nothing is recorded. They are filled in by the tables of pairings and of "
        "universities.",
        items=source.say(", ").join(names),
    )


@remembered
def by_place(source: Source, *, compact: bool = False) -> Part:
    """By place, what of the checklist is there: the places with the most pairings first.

    Args:
        source: the view.
        compact: for a narrow screen.
    """
    frame = readiness(source.engine, source.view)
    frame = frame[(frame["part"] == "place") & (frame["code"] != "")]
    frame = frame.sort_values(["pairings", "code"], ascending=[False, True])
    county = by_county(source.filters)
    title = source.say("Readiness by county") if county else source.say("Readiness by province")
    names = [source.engine.divisions.label(code, source.lang) for code in frame["code"]]
    rows = frame.to_dict("records")
    table = pd.DataFrame(
        {
            source.say("County") if county else source.say("Province"): names,
            source.say("Pairings"): frame["pairings"].tolist(),
            **{
                item.label[source.lang]: [_share(source, row, item.id, item.says_no)[1]
                                          for row in rows]
                for item in CHECKLIST
            },
        }
    )  # fmt: skip
    return Part(
        "readiness", title, table, alt=title,
        figure=_grid(source, rows[:MOST_PLACES], names[:MOST_PLACES], compact=compact),
    )  # fmt: skip


def _grid(
    source: Source, rows: list[dict[Hashable, Any]], names: list[str], *, compact: bool
) -> PlainFigure:
    return cell_grid(
        [cut(f"{name} {row['pairings']:,}", 96 if compact else 220)
         for name, row in zip(names, rows, strict=True)],
        heads(source.lang),
        [_cell(source, row, name, place, number)
         for place, (row, name) in enumerate(zip(rows, names, strict=True))
         for number in range(len(CHECKLIST))],
        upright=compact, row_height=28,
    )  # fmt: skip


def heads(lang: Lang) -> list[tuple[float, str]]:
    """The columns' middles and their names on two lines."""
    names = [item.short[lang] for item in CHECKLIST]
    if lang == "zh":
        names = [f"{name[:2]}<br>{name[2:]}" for name in names]
    return [(n + 0.5, name.replace(" ", "<br>")) for n, name in enumerate(names)]


def _share(
    source: Source, row: Mapping[Hashable, Any], item: str, says_no: bool
) -> tuple[float | None, str]:
    """The share and its words: how many of how many recorded, and how many more are not."""
    yes, total = int(row[item]), int(row["pairings"])
    known = int(row[f"{item}_known"]) if says_no else total
    if not known:
        return None, source.say("no source found")
    words = source.say("{yes} of {known} pairings", yes=f"{yes:,}", known=f"{known:,}")
    if known < total:
        words = source.say("{words}; {missing} more not recorded", words=words,
                           missing=f"{total - known:,}")  # fmt: skip
    return 100 * yes / known, words


def _cell(source: Source, row: Mapping[Hashable, Any], name: str, place: int, number: int) -> Cell:
    item = CHECKLIST[number]
    share, words = _share(source, row, item.id, item.says_no)
    return Cell(
        place, number, "—" if share is None else f"{share:.0f}%",
        NOTHING if share is None else shade(share, 100), str(row["code"]),
        (name, item.label[source.lang], words),
    )  # fmt: skip


def mark(source: Source, value: object, *, short: bool = False) -> str:
    """There, not there, or not recorded: told apart by sign and word, not by colour alone."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "—" if short else source.say("not recorded")
    return "✓" if value else "×"


def matrix(source: Source) -> Part:
    """What of the checklist each pairing has; those that lack most first."""
    frame = pairing_list(source.engine, source.view)
    rows = head(frame)
    table = matrix_table(source, rows)
    return Part(
        "matrix", source.say("Readiness of each pairing"), table,
        notes=(source.say("Those that lack most come first."),),
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip


def matrix_table(source: Source, rows: pd.DataFrame) -> pd.DataFrame:
    """School, university and the marks of the checklist, of rows of ``pairing_list``."""
    lang = source.lang
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    return pd.DataFrame(
        {
            label["school_code"]: rows["school"].tolist(),
            label["university_code"]: [
                source.names.university(code) for code in rows["university_code"]
            ],
            **{
                item.label[lang]: [mark(source, v) for v in rows[item.id].astype(object)]
                for item in CHECKLIST
            },
        }
    )


def listed(source: Source) -> Part:
    """The pairings with state, cycle and source."""
    frame, lang = pairing_list(source.engine, source.view), source.lang
    rows = head(frame)
    own = {"state": STATE, "cycle_start": CYCLE_START, "cycle_end": CYCLE_END}
    label = {column.name: column.label for column in PAIRINGS.columns} | own
    table = readable_agreements(rows, source.names, lang)
    return Part(
        "list", source.label(PAIRINGS.label), table[[label[name][lang] for name in PRINTED]],
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip
