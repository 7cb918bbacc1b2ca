"""Coverage: weak counties, reached or not, by which schemes, and the gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Native, Part
from xianzhong.brief.printed import head
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.brief.where import Choice, map_part, of_places
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.bullets import Bullet, goal_rows
from xianzhong.charts.classes import MISSING, MISSING_COLOR, ZERO, Palette
from xianzhong.charts.style import BLUE, LOUD
from xianzhong.model.labels import LISTED, Label
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import WEAK_COUNTIES
from xianzhong.query.county_support import weak_county_list
from xianzhong.query.figures import by_county, coverage, figures

NUMBERS = (
    "weak_counties", "weak_counties_covered", "weak_counties_uncovered", "weak_counties_share",
)  # fmt: skip
_COUNTIES = Label("个", "counties")
_NONE_LISTED = Label("名单上没有", "None on the list")
_GAPS = Palette(
    ("#fde0c8", "#fbb27a", "#f0823a", LOUD, "#8f3a00"), "#9cc3dc",
    words=((ZERO, Label("全部覆盖", "All covered")), (MISSING, _NONE_LISTED)),
)  # fmt: skip
_STATES = Palette(
    (BLUE,), LOUD, MISSING_COLOR,
    ((0, Label("已覆盖", "Covered")), (ZERO, Label("尚未覆盖", "Not covered")),
     (MISSING, Label("不在名单上", "Not on the list"))),
)  # fmt: skip
GAPS = Choice("gaps", Label("尚未覆盖的县", "Counties not covered"), _COUNTIES, palette=_GAPS)
SHARE = Choice(
    "share", Label("覆盖率", "Share covered"), Label("%", "%"), (20.0, 40.0, 60.0, 80.0, 100.0),
    palette=Palette(
        ("#fbb27a", "#fde0c8", "#d0e4ef", "#7fb2d2", "#276993"), LOUD,
        words=((MISSING, _NONE_LISTED),),
    ),
    divides="weak_counties_share",
)  # fmt: skip
STATE = Choice("state", Label("薄弱县", "Weak counties"), Label("", ""), palette=_STATES)
CHOICES = (GAPS, SHARE)


def headline(source: Source) -> Part:
    """The figures, and what the records can and cannot say."""
    said = [text.replace("**", "") for text in rules(source)]
    return figures_part(source, NUMBERS, source.say("Headline figures"), said=said)


def rules(source: Source) -> list[str]:
    """How coverage is reckoned, and of which schemes nothing is on record."""
    say, filters = source.say, source.filters
    said = [
        say(
            "A weak county is covered if a school of it has a pairing on record that touches the "
            "period, under any of the four schemes; it counts once."
        )
    ]
    empty_schemes = _without_records(source)
    if empty_schemes:
        said.append(
            say(
                "**No pairing is on record under: {schemes}.** What they cover cannot be counted "
                "yet, so a gap here does not mean that a county has no support.",
                schemes=LISTED[source.lang].join(empty_schemes),
            )
        )  # fmt: skip
    if filters.scheme or filters.university:
        said.append(say("Only the chosen schemes or university count as covering."))
    if filters.kind:
        said.append(say("The kind of activity has no bearing on coverage."))
    return said


def _without_records(source: Source) -> list[str]:
    """Schemes that no pairing in the whole lake has, among those that the view looks at."""
    wanted = source.filters.scheme
    everything = source.narrowed(
        province="", prefecture="", county="", school="", scheme="", university="", term=None,
        date_from=None, date_to=None,
    )  # fmt: skip
    missing = []
    for scheme in SCHEMES:
        if wanted and scheme.code not in wanted:
            continue
        view = replace(everything, filters=replace(everything.filters, scheme=(scheme.code,)))
        (pairs,) = figures(source.engine, view, ("pairings",))
        if not pairs.value:
            missing.append(scheme.label[source.lang])
    return missing


@remembered
def by_province(source: Source, choice: str) -> pd.DataFrame:
    """Gaps or share of each province: ``code``, ``value``, ``text``."""
    frame = of_places(coverage(source.engine, source.view))
    listed, covered = frame["weak_counties"], frame["weak_counties_covered"]
    value = listed - covered if choice == GAPS.id else (100 * covered / listed).round(1)
    text = [
        source.say("{covered} of {listed} weak counties", covered=c, listed=n)
        for c, n in zip(covered, listed, strict=True)
    ]
    return pd.DataFrame({"code": frame["code"], "value": value, "text": text})


@remembered
def of_counties(source: Source, _choice: str) -> pd.DataFrame:
    """1 for covered and 0 for not, for every county of the list in the whole province."""
    view = source.narrowed(prefecture="", county="", school="")
    frame = weak_county_list(source.engine, view)
    frame = frame[frame["county_code"] != ""].drop_duplicates("county_code")
    text = [scheme_names(source, codes) for codes in frame["schemes"]]
    return pd.DataFrame(
        {"code": frame["county_code"], "value": (frame["schemes"] != "").astype(float),
         "text": text}
    )  # fmt: skip


def scheme_names(source: Source, codes: str) -> str:
    """Labels of schemes joined by commas, in the order of their declaration."""
    labels = [s.label[source.lang] for s in SCHEMES if s.code in codes.split(",")]
    return LISTED[source.lang].join(labels)


def map_of(source: Source, choice: Choice) -> Part:
    """The map of gaps or share; of one province its counties, covered or not."""
    if by_county(source.filters):
        return map_part(source, STATE, of_counties(source, STATE.id), marked=False)
    return map_part(source, choice, by_province(source, choice.id), marked=False)


def _gaps(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Weak counties by place: ``size``, ``sum`` (covered), ``gap``, ``share``; widest gap first."""
    counts = (
        frame.assign(covered=frame["schemes"] != "")
        .groupby(column)["covered"].agg(["size", "sum"]).reset_index()
    )  # fmt: skip
    counts["gap"] = counts["size"] - counts["sum"]
    counts["share"] = counts["sum"] / counts["size"]
    return counts.sort_values(["share", "gap", column], ascending=[True, False, True])


@remembered
def against_goal(source: Source) -> Part:
    """Provinces, or a province's prefectures, against the goal of all covered; widest gap first."""
    within, say = by_county(source.filters), source.say
    column = "prefecture" if within else "province"
    view = source.narrowed(prefecture="", county="") if within else source.view
    counts = _gaps(weak_county_list(source.engine, view), column)
    bullets = [
        Bullet(
            source.engine.divisions.label(code, source.lang) or "—", code, size, covered,
            note=f"{100 * share:.1f}% · {say('{gap} to go', gap=gap)}" if gap else "100% ✓",
        )
        for code, size, covered, gap, share in zip(
            counts[column], counts["size"], counts["sum"], counts["gap"], counts["share"],
            strict=True,
        )
    ]  # fmt: skip
    title, reached, missing = (
        say("Share covered, against the goal of all"), say("Covered"), say("Not covered"),
    )  # fmt: skip
    figure = goal_rows(
        bullets, reached=reached, missing=missing, unit=_COUNTIES[source.lang],
        chosen=(source.filters.prefecture,) if source.filters.prefecture else (),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            say("Prefecture") if within else say("Province"): [b.name for b in bullets],
            say("On the list"): counts["size"],
            reached: counts["sum"],
            missing: counts["gap"],
            say("Share covered (%)"): (100 * counts["share"]).round(1),
        }
    )
    native = Native("stacked_bar", (reached, missing), unit=_COUNTIES[source.lang])
    return Part("goal", title, table, alt=title, figure=figure, native=native)


def reach(source: Source) -> tuple[Counter[str], dict[str, int]]:
    """Weak counties by the combination of schemes that reach them, and by each scheme."""
    frame = weak_county_list(source.engine, source.view)
    sets = Counter(codes for codes in frame["schemes"] if codes)
    return sets, {
        s.code: sum(n for codes, n in sets.items() if s.code in codes.split(",")) for s in SCHEMES
    }


@remembered
def by_scheme(source: Source) -> Part:
    """What each scheme reaches."""
    sets, counts = reach(source)
    title, counted = (
        source.say("Weak counties reached by each scheme"),
        source.say("Weak counties"),
    )
    nothing = weak_county_list(source.engine, source.view).empty
    names = [] if nothing else [s.label[source.lang] for s in SCHEMES]
    counts = {} if nothing else counts
    figure = horizontal_bars(
        names, list(counts.values()), list(counts), unit=_COUNTIES[source.lang],
        chosen=source.filters.scheme,
    )  # fmt: skip
    table = pd.DataFrame({source.say("Scheme"): names, counted: list(counts.values())})
    summed = several(source, sets, counts).replace("**", "")
    return Part(
        "schemes", title, table, alt=title, notes=(summed,) if summed else (), figure=figure,
        native=Native("bar", (counted,), unit=_COUNTIES[source.lang]),
    )  # fmt: skip


def several(source: Source, sets: Counter[str], counts: dict[str, int]) -> str:
    """The sum of the schemes held against the counties each counted once; empty where none is."""
    if not sets:
        return ""
    return source.say(
        "The four add up to {sum}; **{several}** counties are reached by more than one. "
        "Each counted once: **{total}** covered.",
        sum=sum(counts.values()), several=sum(n for codes, n in sets.items() if "," in codes),
        total=sets.total(),
    )  # fmt: skip


@remembered
def combinations(source: Source) -> Part:
    """By combination of schemes, each county once."""
    sets, _ = reach(source)
    title = source.say(
        "By combination of schemes, each county once: {total}", total=f"{sets.total():,}"
    )
    used = [s for s in SCHEMES if any(s.code in codes.split(",") for codes in sets)]
    ordered = sorted(sets.items(), key=lambda item: (-item[1], item[0]))
    table = pd.DataFrame(
        [
            [f"{n:,}", *("●" if s.code in codes.split(",") else "·" for s in used)]
            for codes, n in ordered
        ],
        columns=[source.say("Weak counties"), *[s.label[source.lang] for s in used]],
    )
    return Part("combinations", title, table)


def not_covered(source: Source) -> Part:
    """The counties of the list without a supported school on record."""
    frame = weak_county_list(source.engine, source.view)
    gaps = frame[frame["schemes"] == ""]
    title = f"{WEAK_COUNTIES.label[source.lang]} · {source.say('Not covered')}"
    table = listed(source, head(gaps), reached=False)
    return Part("uncovered", title, table, rows=len(gaps) if len(gaps) > len(table) else 0)


def listed(source: Source, frame: pd.DataFrame, *, reached: bool) -> pd.DataFrame:
    """Rows of the list in words.

    Args:
        source: the view.
        frame: rows of ``weak_county_list``.
        reached: whether to say by which schemes and in how many schools.
    """
    divisions, lang = source.engine.divisions, source.lang
    label = {column.name: column.label[lang] for column in WEAK_COUNTIES.columns}
    table = {
        label["province"]: [divisions.label(c, lang) if c else "" for c in frame["province"]],
        label["prefecture"]: [divisions.label(c, lang) if c else "" for c in frame["prefecture"]],
        source.say("County"): frame["county"],
        label["county_code"]: frame["county_code"],
        label["listed_name"]: frame["listed_name"],
        label["delisted_year"]: frame["delisted_year"].astype("Int64").astype(str),
    }
    if reached:
        table[source.say("Scheme")] = [scheme_names(source, codes) for codes in frame["schemes"]]
        table[source.say("Schools")] = frame["schools"]
    return pd.DataFrame(table | {label["note"]: frame["note"]}).replace("<NA>", "")
