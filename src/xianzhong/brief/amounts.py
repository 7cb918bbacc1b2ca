"""How much and of what: intensity against size, subjects, and how soon it was reported."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.part import Native, Part
from xianzhong.brief.places import level_label, place_name
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.intensity import points, ranges
from xianzhong.charts.shares import shares
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.query import measures

MOST_SUBJECTS = 20
_SIZES = ("< 1,000", "1,000–1,999", "2,000–2,999", "3,000–3,999", "≥ 4,000")


def _unit(source: Source) -> str:
    return INDICATOR_BY_ID["activities"].unit[source.lang]


@remembered
def intensity(source: Source) -> Part:
    """Activities per 100 students against the number of students."""
    frame = measures.received(source.engine, source.view)
    sizes = frame[frame["part"] == "size"].set_index("code")
    known = sizes[sizes.index != ""]
    count = int(known["schools"].sum())
    unknown = int(sizes["schools"].get("", 0))
    title = source.say("Activities per 100 students by size of the school")
    left_out = source.say(
        "{unknown} of {all} schools have no number of students on record and are not shown.",
        unknown=f"{unknown:,}",
        all=f"{unknown + count:,}",
    )
    notes = (left_out,) if unknown else ()
    if count <= measures.MOST_POINTS:
        return _points(source, title, notes if count else ())
    return _ranges(source, title, known, notes)


def _points(source: Source, title: str, notes: tuple[str, ...]) -> Part:
    frame = measures.intensity_points(source.engine, source.view)
    per_100 = (100 * frame["activities"] / frame["students"]).round(2)
    hovers = [
        (
            school,
            county,
            source.say("{students} students, {count} activities", students=f"{students:,}",
                       count=f"{count:,}"),
            source.say("{value} per 100 students", value=f"{value:,.2f}"),
        )
        for school, county, students, count, value in zip(
            frame["school"], frame["county"], frame["students"], frame["activities"], per_100,
            strict=True,
        )
    ]  # fmt: skip
    across, up = source.say("Students"), source.say("Activities per 100 students")
    figure = points(
        frame["students"].tolist(), per_100.tolist(), frame["school_code"].tolist(), hovers,
        across=across, up=up,
    )  # fmt: skip
    table = pd.DataFrame(
        {
            source.say("School"): frame["school"],
            source.say("County"): frame["county"],
            across: frame["students"],
            source.say("Activities"): frame["activities"],
            up: per_100,
        }
    )
    how = (
        source.say("One point a school; hollow: no activity on record."),
        source.say("It compares how much support arrived, not how good a school is."),
    )
    return Part("intensity", title, table, alt=title, notes=(*how, *notes), figure=figure)


def _ranges(source: Source, title: str, known: pd.DataFrame, notes: tuple[str, ...]) -> Part:
    names = [_SIZES[int(code)] for code in known.index]
    hovers = [
        source.say(
            "{size} students: {schools} schools, half of them between {low} and {high}",
            size=name, schools=f"{row.schools:,}", low=f"{row.low:,.1f}", high=f"{row.high:,.1f}",
        )
        for name, row in zip(names, known.itertuples(), strict=True)
    ]  # fmt: skip
    quartiles: list[tuple[float, float, float]] = list(
        zip(known["low"].tolist(), known["middle"].tolist(), known["high"].tolist(), strict=True)
    )
    across, up = source.say("Students"), source.say("Activities per 100 students")
    quarters = source.say("Lower quarter"), source.say("Median"), source.say("Upper quarter")
    table = pd.DataFrame(
        {
            across: names,
            source.say("Schools"): known["schools"].tolist(),
            **{
                head: known[column].round(2).tolist()
                for head, column in zip(quarters, ("low", "middle", "high"), strict=True)
            },
        }
    )
    how = source.say(
        "Bar: the middle half of the schools of a size; line: the school in the middle. "
        "Choose a place with at most {most} schools to see each of them.",
        most=measures.MOST_POINTS,
    )
    return Part(
        "intensity", title, table, alt=title, notes=(how, *notes),
        figure=ranges(names, quartiles, hovers, across=across, up=up),
        native=Native("column", quarters, unit=up),
    )  # fmt: skip


@remembered
def subjects(source: Source) -> Part:
    """Activities by the subject that they name."""
    title, counted = source.say("Activities by school subject"), source.say("Activities")
    found, without = measures.subjects(source.engine, source.view)
    shown = list(found.items())[:MOST_SUBJECTS]
    figure = horizontal_bars(
        [name for name, _ in shown], [count for _, count in shown], ["" for _ in shown],
        unit=_unit(source),
    )  # fmt: skip
    table = pd.DataFrame({source.say("Subject"): list(found), counted: list(found.values())})
    notes = [
        source.say(
            "An activity that names several subjects counts once for each. {without} name none.",
            without=f"{without:,}",
        )
    ]
    if len(found) > len(shown):
        notes.append(
            source.say("The first {n} of {all}; all in the table.", n=len(shown), all=len(found))
        )
    return Part(
        "subjects", title, table, alt=title, notes=tuple(notes), figure=figure,
        native=Native("bar", (counted,), unit=_unit(source), most=MOST_SUBJECTS),
    )  # fmt: skip


def _buckets(source: Source) -> list[str]:
    return [
        source.say("Within 30 days"),
        source.say("31–60 days"),
        source.say("61–90 days"),
        source.say("Over 90 days"),
    ]


@remembered
def lag(source: Source) -> Part:
    """Activities by days from end to report."""
    frame = measures.lags(source.engine, source.view)
    title, counted = (
        source.say("Activities by days until they were reported"),
        source.say("Activities"),
    )
    names = [] if frame.empty else _buckets(source)
    counts = [] if frame.empty else measures.lag_buckets(frame)
    total = sum(counts)
    table = pd.DataFrame(
        {
            source.say("Days from end to report"): names,
            counted: counts,
            source.say("Share (%)"): [round(100 * count / total, 1) for count in counts],
        }
    )
    note = source.say(
        "Counted from the end of an activity (the month's last day where only the month is "
        "known) to the day of the upload; one reported while it still ran is within 30 days. "
        "Of records that were gathered later from public sources it says when they were "
        "gathered, not how soon a school reports."
    )
    return Part(
        "lag", title, table, alt=title, notes=(note,),
        figure=horizontal_bars(names, counts, ["" for _ in names], unit=_unit(source)),
        native=Native("bar", (counted,), unit=_unit(source)),
    )  # fmt: skip


@remembered
def lag_by_place(source: Source) -> Part:
    """How soon was reported, by place; the least share within 30 days first."""
    frame, level = measures.lags(source.engine, source.view), level_label(source)
    title = source.say("How soon was reported, by {level}", level=level.lower())
    names = _buckets(source)
    found = []
    for code, rows in frame.groupby("code", sort=True):
        counts = measures.lag_buckets(rows)
        days, weights = rows["days"].tolist(), rows["activities"].tolist()
        middle, most = (measures.weighted_quantile(days, weights, p) for p in (0.5, 0.9))
        found.append((counts[0] / sum(counts), str(code), counts, middle, most))
    found.sort(key=lambda item: item[:2])
    labels = [place_name(source, code) for _, code, _, _, _ in found]
    table = pd.DataFrame(
        {
            level: labels,
            **{name: [item[2][n] for item in found] for n, name in enumerate(names)},
            source.say("Median (days)"): [round(item[3], 1) for item in found],
            source.say("90th percentile (days)"): [round(item[4], 1) for item in found],
        }
    )
    figure = shares(
        labels, [item[2] for item in found], [item[1] for item in found], names,
        unit=_unit(source),
    )  # fmt: skip
    note = source.say("The least share within 30 days stands first.")
    return Part(
        "lag_places", title, table, alt=title, notes=(note,), figure=figure,
        native=Native("stacked_bar", tuple(names), unit=_unit(source)),
    )  # fmt: skip
