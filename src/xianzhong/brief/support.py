"""County support: its figures, its places on the map, and the records."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.figures import part_of, shown
from xianzhong.brief.part import Part
from xianzhong.brief.printed import MOST_ROWS, head
from xianzhong.brief.readable_support import readable_support
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.brief.support_words import amount, number, priced, years_of
from xianzhong.brief.where import Choice, map_part, of_places, ranking
from xianzhong.model.labels import Label
from xianzhong.model.tables import SUPPORT
from xianzhong.model.tables.support import WAN
from xianzhong.query.county_support import support_records
from xianzhong.query.figures import figures, share, support_totals

NUMBERS = (
    "support_promised", "support_delivered", "support_share", "management_fee",
    "brand_fee_records", "support_records",
)  # fmt: skip
_SHARES = (20.0, 40.0, 60.0, 80.0, 100.0)
CHOICES = (
    Choice(
        "share", Label("投入落实率", "Delivered share"), Label("%", "%"), _SHARES, _SHARES,
        lowest_first=True, most=34,
    ),
    Choice("promised", Label("承诺投入", "Promised"), WAN),
    Choice("delivered", Label("落实投入", "Delivered"), WAN),
)  # fmt: skip


@remembered
def values_by_place(source: Source, choice: str) -> pd.DataFrame:
    """``code``, ``value`` and ``text`` of each place."""
    frame = of_places(support_totals(source.engine, source.view))
    rows = frame.to_dict("records")
    text = [
        source.say(
            "promised {promised}, delivered {delivered} (10,000 yuan); {known} of {priced} records "
            "give both",
            promised=shown(_rounded(row["promised"])), delivered=shown(_rounded(row["delivered"])),
            known=f"{row['both_known']:,}", priced=f"{row['priced']:,}",
        )
        for row in rows
    ]  # fmt: skip
    value: object = [
        share(number(row["delivered_both"]), number(row["promised_both"])) for row in rows
    ]
    if choice != "share":
        value = frame[choice].round(1)
    return pd.DataFrame(
        {"code": frame["code"], "value": pd.Series(value, index=frame.index, dtype=float),
         "text": text}
    )  # fmt: skip


def _rounded(value: object) -> float | None:
    found = number(value)
    return None if found is None else round(found, 1)


def headline(source: Source) -> Part:
    """The figures, what they leave out, and whether a forbidden fee is on record."""
    found = {f.indicator.id: f for f in figures(source.engine, source.view, NUMBERS)}
    flagged = bool(found["brand_fee_records"].value)
    note = (
        source.say(":red[**⚠ forbidden by the programme**]").removeprefix(":red[**")
        .removesuffix("**]")
        if flagged
        else source.say("✓ none above 0 on record")
    )  # fmt: skip
    return part_of(
        source, [found[name] for name in NUMBERS], source.say("Headline figures"),
        {"brand_fee_records": note}, said=rules(source),
    )  # fmt: skip


def rules(source: Source) -> list[str]:
    """What the figures leave out, and how the filters act on them."""
    said = [
        source.say(
            "Promised and delivered are what the county owes: building, expenses, conditions and "
            "policy. Management and brand fees are kept apart."
        )
    ]
    years = years_of(source)
    if years is not None:
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        said.append(
            source.say("Support is recorded by calendar year: {years} in full.", years=span)
        )
    if source.filters.university or source.filters.scheme:
        said.append(
            source.say("Only schools with a pairing of the chosen university or scheme count.")
        )
    if source.filters.kind:
        said.append(source.say("The kind of activity has no bearing on support."))
    return said


def map_of(source: Source, choice: Choice) -> Part:
    """The map of one of the choices."""
    return map_part(source, choice, values_by_place(source, choice.id), marked=False)


def ranking_of(source: Source, choice: Choice) -> Part:
    """The places in the order of one of the choices."""
    return ranking(source, choice, values_by_place(source, choice.id))


def brand_fees(source: Source) -> Part:
    """Brand fees above 0, which the programme forbids."""
    frame = support_records(source.engine, source.view, limit=MOST_ROWS)
    flagged = frame[frame["flagged"].astype(bool)]
    count = int(support_totals(source.engine, source.view)["brand_fee_records"].max() or 0)
    label = {column.name: column.label[source.lang] for column in SUPPORT.columns}
    table = pd.DataFrame(
        {
            label["school_code"]: flagged["school"].tolist(),
            source.say("County"): places_of(source, flagged),
            label["year"]: flagged["year"].astype(str).tolist(),
            priced(source, label["promised"]): [amount(v) for v in flagged["promised"]],
            priced(source, label["delivered"]): [amount(v) for v in flagged["delivered"]],
        }
    )
    note = source.say("No brand fee may be charged. Verify each one and have it paid back.")
    return Part(
        "brand_fees", source.say("Brand fees above 0"), table,
        notes=(note,) if len(table) else (), origin="brand_fee_records",
        rows=count if count > len(table) else 0,
    )  # fmt: skip


def places_of(source: Source, frame: pd.DataFrame) -> list[str]:
    """Province and county of each record's school."""
    divisions = source.engine.divisions
    made: dict[tuple[str, str], str] = {}
    found = []
    for province, county in zip(frame["province"], frame["county"], strict=True):
        place = str(province), str(county)
        if place not in made:
            names = [divisions.label(place[0], source.lang), place[1]]
            made[place] = " · ".join(name for name in names if name)
        found.append(made[place])
    return found


def records(source: Source) -> Part:
    """The records, flagged ones first."""
    frame = head(support_records(source.engine, source.view, limit=MOST_ROWS))
    count = int(support_totals(source.engine, source.view)["records"].max() or 0)
    table = readable_support(frame, source.lang)
    label = {column.name: column.label[source.lang] for column in SUPPORT.columns}
    table[label["school_code"]] = frame["school"].tolist()
    table.insert(1, source.say("County"), places_of(source, frame))
    printed = table.drop(columns=[label["source_url"], label["source_date"]])
    return Part(
        "records", source.label(SUPPORT.label), printed, origin="support_records",
        rows=count if count > len(frame) else 0,
    )  # fmt: skip
