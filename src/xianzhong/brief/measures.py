"""Measures: which of the seven each school and place has had, and in which terms."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Part
from xianzhong.brief.places import level_label, place_name
from xianzhong.brief.printed import MOST_ROWS
from xianzhong.brief.readable import SCHOOL_CODE
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.terms import Term
from xianzhong.query import measures, tables

OF_MEASURES = ("kinds_received", "schools_all_measures", "schools_no_measure")
NUMBERS = (
    *OF_MEASURES, "staff_sent", "person_days", "lessons", "reporting_lag", "reporting_lag_p90",
)  # fmt: skip
MOST_TERMS = 10


def shown_numbers(source: Source) -> list[str]:
    """The indicators of the view; what the chosen kinds leave nothing of is left out."""
    chosen = source.filters.kind
    left_out: set[str] = set()
    if not measures.measures_of(source.filters):
        left_out.update(OF_MEASURES)
    if chosen and "staff" not in chosen:
        left_out.add("staff_sent")
    return [name for name in NUMBERS if name not in left_out]


def of_kinds(source: Source) -> str:
    """What the chosen kinds do to the figures, empty where none is chosen."""
    chosen = source.filters.kind
    if chosen and measures.measures_of(source.filters):
        return source.say(
            "With kinds chosen, “all” and “none” of the measures are those of the kinds chosen."
        )
    if chosen:
        return source.say("The kinds chosen are none of the seven measures.")
    return ""


def headline(source: Source) -> Part:
    """The figures."""
    title = source.say("Headline figures")
    return figures_part(source, shown_numbers(source), title, said=(of_kinds(source),))


@dataclass(frozen=True, slots=True)
class Had:
    """A place: its paired schools, measures per school, and how many had each measure."""

    code: str
    name: str
    schools: int
    mean: float
    had: dict[str, int]

    def share(self, kind: str) -> float:
        """The share of the schools that have had a measure, in %."""
        return 100 * self.had.get(kind, 0) / self.schools


def by_place(source: Source) -> list[Had]:
    """The places of the view, where least was had first."""
    frame = measures.received(source.engine, source.view)
    places = frame[frame["part"] == "place"].copy()
    places["mean"] = places["measures"].astype(float) / places["schools"].astype(float)
    places = places.sort_values(["mean", "code"])
    had: dict[str, dict[str, int]] = {}
    rows = frame[frame["part"] == "had"]
    for code, kind, schools in zip(rows["code"], rows["kind"], rows["schools"], strict=True):
        had.setdefault(code, {})[kind] = int(schools)
    return [
        Had(code, place_name(source, code), int(schools), float(mean), had.get(code, {}))
        for code, schools, mean in zip(
            places["code"], places["schools"], places["mean"], strict=True
        )
    ]


@remembered
def received_by_place(source: Source) -> Part:
    """Share of the paired schools of each place that have had each measure."""
    kinds = measures.measures_of(source.filters)
    places = by_place(source) if kinds else []
    heads = [level_label(source), source.say("Schools"), source.say("Measures per school")]
    heads += [f"{KIND_BY_CODE[kind].label[source.lang]} (%)" for kind in kinds]
    table = pd.DataFrame(
        [
            [p.name, p.schools, round(p.mean, 2), *(round(p.share(kind)) for kind in kinds)]
            for p in places
        ],
        columns=heads,
    )
    title = source.say("Share of schools that have had each measure")
    return Part("received", title, table, alt=title)


def received_by_school(source: Source) -> Part:
    """Activities of each school by measure; the schools with the fewest measures first."""
    kinds = measures.measures_of(source.filters)
    title = source.say("Measures received by school")
    frame = measures.received_by_school(source.engine, source.view, limit=MOST_ROWS)
    table = matrix(source, frame, kinds).drop(columns=SCHOOL_CODE[source.lang])
    if not kinds:
        table = table.head(0)
    count = 0 if table.empty else int(frame["matching"].iloc[0])
    return Part(
        "schools", title, table, origin="kinds_received", rows=count if count > len(table) else 0
    )


def matrix(source: Source, frame: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Schools by measures: a number of activities in each cell, empty where none is on record.

    Args:
        source: the view.
        frame: rows of :func:`xianzhong.query.measures.received_by_school`.
        kinds: codes of the measures.
    """
    say, lang, divisions = source.say, source.lang, source.engine.divisions
    schools = frame.drop_duplicates("school_code").set_index("school_code")
    had = frame[frame["kind"].notna()]
    counts = had.pivot(index="school_code", columns="kind", values="activities")
    counts = counts.reindex(index=schools.index, columns=list(kinds))
    columns: dict[str, object] = {
        say("School"): schools["school"].tolist(),
        SCHOOL_CODE[lang]: schools.index.tolist(),
        say("Province"): [divisions.label(code or "", lang) for code in schools["province"]],
        say("Prefecture"): [divisions.label(c, lang) if c else "" for c in schools["prefecture"]],
        say("County"): schools["county"].tolist(),
        say("Measures received"): schools["measures"].tolist(),
    }
    for kind in kinds:
        columns[KIND_BY_CODE[kind].label[lang]] = counts[kind].astype("Int64").tolist()
    return pd.DataFrame(columns)


Counts = dict[tuple[str, Term], int]


def counts_by_term(source: Source) -> tuple[list[Term], Counts]:
    """At most the last ten terms with records, and activities by measure and term."""
    kinds = measures.measures_of(source.filters)
    frame = tables.kinds_by_month(source.engine, source.view)
    frame = frame[frame["kind"].isin(kinds)]
    counts: Counts = {}
    for kind, month, count in zip(frame["kind"], frame["month"], frame["activities"], strict=True):
        cell = kind, Term.of(pd.Timestamp(month).date())
        counts[cell] = counts.get(cell, 0) + int(count)
    if not counts:
        return [], counts
    first, terms = min(term for _, term in counts), [max(term for _, term in counts)]
    while terms[0] > first and len(terms) < MOST_TERMS:
        terms.insert(0, terms[0].previous)
    return terms, counts


@remembered
def by_terms(source: Source) -> Part:
    """Activities by measure and term."""
    terms, counts = counts_by_term(source)
    kinds = measures.measures_of(source.filters) if terms else ()
    # The newest first: what is too wide for paper loses the oldest.
    newest = terms[::-1]
    table = pd.DataFrame(
        [[counts.get((kind, term), 0) for term in newest] for kind in kinds],
        columns=[term.label(source.lang) for term in newest],
    )
    labels = [KIND_BY_CODE[kind].label[source.lang] for kind in kinds]
    table.insert(0, source.say("Activity kind"), labels)
    title = source.say("Measures by term")
    note = source.say("All terms on record, whatever the period chosen; at most the last ten.")
    return Part("measure_terms", title, table, alt=title, notes=(note,), origin="activities")
