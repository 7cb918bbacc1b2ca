"""Difficulties: the figures, where and with whom they are open, and the open ones."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Native, Part
from xianzhong.brief.printed import head
from xianzhong.brief.readable import DAYS_OVERDUE, readable_difficulties
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.brief.where import level_of
from xianzhong.charts.difficulties import open_bars
from xianzhong.model.tables import ACTIVITIES, DIFFICULTIES
from xianzhong.query import difficulties
from xianzhong.query.figures import by_county

MOST_BARS = 12
PRINTED = ("title", "school_code", "county", "owner", "state", "raised", "due")


def headline(source: Source) -> Part:
    """The figures, and on which day they are judged."""
    title = source.say("Headline figures")
    return figures_part(source, difficulties.NUMBERS, title, said=(judged(source),))


def judged(source: Source) -> str:
    """On which day it is judged what is open and overdue, and which filter does not act."""
    said = source.say("What is open and overdue is judged on {day}.", day=source.view.reference_day)
    if source.filters.kind:
        said += " " + source.say("Activity kinds do not act on this page.")
    return said


def owner_name(source: Source, code: str) -> str:
    """An owner as it is shown."""
    return source.say("no owner") if code == difficulties.NOBODY else code


@remembered
def by_place(source: Source, in_charge: str = "") -> Part:
    """Open difficulties by place.

    Args:
        source: the view.
        in_charge: only those of this owner, all if empty.
    """
    level = level_of(source)
    frame = difficulties.by_part(source.engine, source.view, "place", in_charge)
    divisions, lang = source.engine.divisions, source.lang
    names = {
        code: divisions.label(code, lang) if code else source.say("school not on record")
        for code in frame["code"]
    }
    title = source.say("Open difficulties by {level}", level=level)
    chosen = source.filters.county if by_county(source.filters) else ""
    return _bars(source, "difficulty_places", frame, names, (level, title, chosen))


@remembered
def by_owner(source: Source, in_charge: str = "") -> Part:
    """Open difficulties by owner.

    Args:
        source: the view.
        in_charge: the owner that stands out.
    """
    frame = difficulties.by_part(source.engine, source.view, "owner")
    names = {code: owner_name(source, code) for code in frame["code"]}
    heads = source.say("Owner"), source.say("Open difficulties by owner"), in_charge
    return _bars(source, "difficulty_owners", frame, names, heads)


def _bars(
    source: Source, name: str, frame: pd.DataFrame, names: dict[str, str],
    heads: tuple[str, str, str],
) -> Part:  # fmt: skip
    """Bars of what is open; ``heads`` are the table's first header, the title, the chosen code."""
    level, title, chosen = heads
    late, all_open = frame["difficulties_overdue"], frame["difficulties_open"]
    top = frame.head(MOST_BARS)
    figure = open_bars(
        [_short(names[code]) for code in top["code"]],
        late.head(MOST_BARS).tolist(), (all_open - late).head(MOST_BARS).tolist(),
        top["code"].tolist(), ends=_ends(source, top), chosen=chosen,
        words=(source.say("overdue"), source.say("not overdue")),
    )  # fmt: skip
    counted = source.say("Open"), source.say("Overdue")
    table = pd.DataFrame(
        {
            level: [names[code] for code in frame["code"]],
            counted[0]: all_open.tolist(),
            counted[1]: late.tolist(),
        }
    )
    note = source.say("The first {n} of {all}; all in the table.", n=MOST_BARS, all=len(frame))
    return Part(
        name, title, table, alt=title, notes=(note,) if len(frame) > MOST_BARS else (),
        figure=figure, native=Native("bar", counted, most=MOST_BARS),
    )  # fmt: skip


def _ends(source: Source, frame: pd.DataFrame) -> list[str]:
    counts = zip(frame["difficulties_open"], frame["difficulties_overdue"], strict=True)
    return [
        source.say("{count} ({late} overdue)", count=f"{total:,}", late=f"{late:,}")
        if late
        else f"{total:,}"
        for total, late in counts
    ]


def _short(name: str, most: int = 14) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def waiting(source: Source) -> Part:
    """The difficulties that are open, overdue ones first."""
    frame = difficulties.records(source.engine, source.view)
    frame = frame[frame["standing"] != "resolved"]
    rows, lang = head(frame), source.lang
    table = readable_difficulties(rows, source.names, lang)
    label = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    label |= {column.name: column.label[lang] for column in DIFFICULTIES.columns}
    columns = [*(label[name] for name in PRINTED), DAYS_OVERDUE[lang]]
    return Part(
        "open", source.say("Open difficulties"), table[columns], origin="difficulties_open",
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip
