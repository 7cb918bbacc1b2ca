"""Training: sessions and persons by term, kind and place, and the schools not yet reached."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief import records
from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Native, Part
from xianzhong.brief.places import level_label, place_name
from xianzhong.brief.printed import head
from xianzhong.brief.readable import SCHOOL_CODE, partial_dates
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.trend import term_bars
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import LISTED
from xianzhong.model.terms import Term
from xianzhong.query import training
from xianzhong.query.figures import figures

NUMBERS = (
    "training_sessions", "principals_trained", "teachers_trained", "both_trained",
    "unsplit_trained", "schools", "schools_trained", "schools_trained_share",
)  # fmt: skip
MOST_BARS = 15
MOST_TERMS = 10


def _sessions_unit(source: Source) -> str:
    return INDICATOR_BY_ID["training_sessions"].unit[source.lang]


def headline(source: Source) -> Part:
    """The figures, and what they leave apart."""
    return figures_part(source, NUMBERS, source.say("Headline figures"), said=(apart(source),))


def apart(source: Source) -> str:
    """What training is here, and who is counted apart."""
    return source.say(
        "Training here is what is recorded as training of principals and teachers or as "
        "shadowing. Where principals and teachers were trained together, or no audience is "
        "given, the persons are counted apart and belong to neither of the two."
    )


def _audiences(source: Source) -> dict[str, str]:
    return {
        "principals": source.say("Principals"),
        "teachers": source.say("Teachers"),
        "principals_teachers": source.say("Together"),
        "unsplit": source.say("Not given"),
    }


@remembered
def by_terms(source: Source) -> Part:
    """Sessions by term, whatever the period."""
    title, counted = source.say("Training sessions by term"), source.say("Sessions")
    frame = training.by_term(source.engine, source.view)
    rows = {Term(int(row["year"]), int(row["half"])): row for row in frame.to_dict("records")}
    terms = [max(rows)] if rows else []
    while terms and terms[0] > min(rows):
        terms.insert(0, terms[0].previous)
    counts = [(term, int(rows[term]["sessions"]) if term in rows else 0) for term in terms]
    table = pd.DataFrame(
        {
            source.say("Term"): [term.label(source.lang) for term in terms],
            counted: [count for _, count in counts],
            source.say("Schools"): [rows.get(term, {}).get("schools") for term in terms],
            **{
                label: [rows.get(term, {}).get(name) for term in terms]
                for name, label in _audiences(source).items()
            },
        }
    )
    unit = _sessions_unit(source)
    return Part(
        "training_terms", title, table, alt=title,
        notes=(source.say("All terms on record, whatever the period chosen."),),
        figure=term_bars(counts[-MOST_TERMS:], unit=unit, lang=source.lang),
        native=Native("column", (counted,), unit=unit),
    )  # fmt: skip


def by_kind(source: Source) -> Part:
    """Sessions and persons by kind and audience."""
    frame = training.totals(source.engine, source.view)
    kinds = training.training_kinds(source.filters)
    columns = {source.say("Audience"): [source.say("Sessions"), *_audiences(source).values()]}
    for kind in kinds:
        persons = [
            training.trained(frame, kind=kind, audience=audience).persons
            for audience in training.AUDIENCES
        ]
        columns[KIND_BY_CODE[kind].label[source.lang]] = [
            f"{training.trained(frame, kind=kind).sessions:,}",
            *("—" if value is None else f"{value:,}" for value in persons),
        ]
    table = pd.DataFrame(columns)
    title = source.say("By kind and audience (person-times)")
    # Zeros are to be read where there is somebody to train; else there is nothing to say.
    found = figures(source.engine, source.view, ("schools", "activities"))
    some = bool(kinds) and any(figure.value for figure in found)
    return Part("training_kinds", title, table if some else table.head(0))


@remembered
def by_place(source: Source) -> Part:
    """Share of the paired schools that were reached, least first."""
    level = level_label(source)
    title = source.say("Share of schools reached, by {level} (%)", level=level.lower())
    frame = training.totals(source.engine, source.view)
    places = frame[frame["part"] == "school"].copy()
    places["share"] = (
        100 * places["reached"].astype(float) / places["schools"].astype(float)
    ).round(1)
    places = places.sort_values(["share", "code"])
    names = [place_name(source, code) for code in places["code"]]
    share = source.say("Share (%)")
    table = pd.DataFrame(
        {
            level: names,
            source.say("Schools"): places["schools"].tolist(),
            source.say("Schools reached"): places["reached"].tolist(),
            share: places["share"].tolist(),
        }
    )
    figure = horizontal_bars(
        names[:MOST_BARS], places["share"].tolist()[:MOST_BARS],
        places["code"].tolist()[:MOST_BARS], unit="%",
    )  # fmt: skip
    note = source.say(
        "The {n} of {all} where the share is lowest; all in the table.",
        n=MOST_BARS,
        all=len(places),
    )
    return Part(
        "training_places", title, table, alt=title,
        notes=(note,) if len(places) > MOST_BARS else (), figure=figure,
        native=Native("bar", (share,), unit="%", most=MOST_BARS),
    )  # fmt: skip


def not_reached(source: Source) -> Part:
    """The paired schools without training on record in the period."""
    frame = training.not_reached(source.engine, source.view)
    rows = head(frame)
    table = not_reached_table(source, rows).drop(columns=SCHOOL_CODE[source.lang])
    return Part(
        "not_reached", source.say("Schools without training on record"), table,
        notes=(not_trained(source, len(frame)),) if len(frame) else (),
        rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip


def not_trained(source: Source, count: int) -> str:
    """What the list of schools without training does not say."""
    return source.say(
        "{count} paired schools. Not on record does not mean not trained. The last training is "
        "that of all time.",
        count=f"{count:,}",
    )


def not_reached_table(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the schools not reached in words, with their code."""
    say, lang, divisions = source.say, source.lang, source.engine.divisions
    return pd.DataFrame(
        {
            say("School"): frame["school"],
            SCHOOL_CODE[lang]: frame["school_code"],
            say("Province"): [divisions.label(c or "", lang) for c in frame["province"]],
            say("Prefecture"): [divisions.label(c, lang) if c else "" for c in frame["prefecture"]],
            say("County"): frame["county"],
            say("Supporting university"): [
                LISTED[source.lang].join(map(source.names.university, codes))
                for codes in frame["universities"]
            ],
            say("Last training on record"): [
                text or None
                for text in partial_dates(frame["last_start"], frame["last_start_precision"])
            ],
        }
    )


def newest(source: Source) -> Part:
    """The newest records of training; none where the kinds chosen are none of training."""
    view = training.only_training(source.view)
    title = source.say("Training records")
    part = records.newest(source, view, title=title)
    if training.training_kinds(source.filters):
        return part
    return Part("records", title, part.table.head(0))
