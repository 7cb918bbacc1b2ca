"""County support by year and category: charts, and a table of both."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from xianzhong.brief.part import Native, Part
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.brief.support import CHOICES
from xianzhong.brief.support_words import priced, share_of, years_of
from xianzhong.charts.bullets import Bullet, promise_columns, promise_rows
from xianzhong.model.tables import SUPPORT
from xianzhong.model.tables.support import DUTY, SUPPORT_CATEGORIES, UNPRICED, WAN
from xianzhong.query.county_support import support_by_category

MOST_YEARS = 8
_SUMS = ("records", "promised", "delivered", "promised_both", "delivered_both", "both_known")
# A row of its own in the table of categories: those that a county owes, together.
_ALL_DUTY = "duty"
CELLS = ("share", "promised", "delivered")


def _bullets(frame: pd.DataFrame, names: Mapping[str, str], column: str) -> list[Bullet]:
    """Bars of the records that give both amounts; the rest of the promises is not known."""
    amounts = frame[["promised", "promised_both", "delivered_both"]].fillna(0)
    return [
        Bullet(
            names[str(row[column])], str(row[column]), promised_both, delivered_both,
            promised - promised_both, share_of(row),
        )
        for row, (promised, promised_both, delivered_both) in zip(
            frame.to_dict("records"), amounts.to_numpy().tolist(), strict=True
        )
    ]  # fmt: skip


def _words(source: Source) -> tuple[str, str, str]:
    say = source.say
    return say("Promised"), say("Delivered"), say("Promised, delivery not given")


def _summed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.groupby(column, as_index=False)[list(_SUMS)].sum(min_count=1)


def _table(source: Source, frame: pd.DataFrame, column: str, names: Mapping[str, str],
           heading: str) -> pd.DataFrame:  # fmt: skip
    lang = source.lang
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            heading: [names[str(code)] for code in frame[column]],
            source.say("Records"): frame["records"].astype("Int64"),
            priced(source, SUPPORT.column("promised").label[lang]): frame["promised"].round(1),
            priced(source, SUPPORT.column("delivered").label[lang]): frame["delivered"].round(1),
            source.say("Delivered share"): [share_of(row) for row in rows],
            source.say("Without both amounts"): (frame["records"] - frame["both_known"]).astype(
                "Int64"
            ),
        }
    )


@remembered
def by_year(source: Source) -> Part:
    """Promised and delivered by year, whatever the period; at most the last twelve."""
    frame = support_by_category(source.engine, source.view)
    years = _summed(frame[frame["category"].isin(DUTY)], "year").tail(12)
    title = source.say("Promised and delivered by year")
    names = {str(year): str(year) for year in years["year"]}
    figure = promise_columns(
        _bullets(years, names, "year"), words=_words(source), unit=WAN[source.lang],
        chosen=[str(year) for year in years_of(source) or ()],
    )  # fmt: skip
    table = _table(source, years, "year", names, SUPPORT.column("year").label[source.lang])
    note = source.say(
        "10,000 yuan. A delivered share is reckoned over the records that give both amounts alone."
    )
    return Part(
        "support_years", title, table, alt=title, notes=(note,), figure=figure,
        native=Native("column", _amounts(source), unit=WAN[source.lang]),
    )  # fmt: skip


@remembered
def by_category(source: Source) -> Part:
    """Promised and delivered by category in the period; fees stand apart, policies are counted."""
    frame = _in_period(source, support_by_category(source.engine, source.view))
    categories = _summed(frame, "category").set_index("category")
    names = {choice.code: choice.label[source.lang] for choice in SUPPORT_CATEGORIES}
    categories = categories.loc[[c for c in names if c in categories.index]].reset_index()
    with_amounts = categories[categories["promised"].notna() | categories["delivered"].notna()]
    title = source.say("Promised and delivered by category")
    heading = SUPPORT.column("category").label[source.lang]
    policies = categories.loc[categories["category"] == UNPRICED, "records"].sum()
    note = source.say(
        "10,000 yuan. A delivered share is reckoned over the records that give both amounts "
        "alone. Supporting policies, mostly without an amount: {count} records.",
        count=f"{policies:,}",
    )
    figure = None if with_amounts.empty else promise_rows(
        _bullets(with_amounts, names, "category"), words=_words(source), unit=WAN[source.lang]
    )  # fmt: skip
    return Part(
        "support_categories", title, _table(source, categories, "category", names, heading),
        alt=title, notes=(note,), figure=figure,
        native=Native("bar", _amounts(source), unit=WAN[source.lang]),
    )  # fmt: skip


def _amounts(source: Source) -> tuple[str, str]:
    """The headers of the two amounts."""
    promised, delivered = (
        priced(source, SUPPORT.column(name).label[source.lang])
        for name in ("promised", "delivered")
    )
    return promised, delivered


def _in_period(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    years = years_of(source)
    return frame if years is None else frame[frame["year"].between(years[0], years[-1])]


def cells(source: Source, shown_: str) -> Part:
    """A text for each category and year in the period: share, promised or delivered.

    Args:
        source: the view.
        shown_: one of ``CELLS``.
    """
    found = _in_period(source, support_by_category(source.engine, source.view))
    years = sorted(found["year"].unique())[-MOST_YEARS:]
    measure = next(choice for choice in CHOICES if choice.id == shown_).measure(county=False)
    title = f"{source.say('By category and year')} · {measure.title[source.lang]}"
    table = cells_table(source, found[found["year"].isin(years)], shown_).reset_index()
    return Part(f"cells_{shown_}", title, table)


def cells_table(source: Source, frame: pd.DataFrame, shown_: str) -> pd.DataFrame:
    """Categories by years as texts: the county's duty and its sum, then the fees."""
    lang = source.lang
    sums = frame[frame["category"].isin(DUTY)].assign(category=_ALL_DUTY)
    parts = [frame, sums] if not sums.empty else [frame]
    whole = pd.concat(parts).groupby(["category", "year"])[list(_SUMS)].sum(min_count=1)
    cells = {key: _cell(source, row, shown_) for key, row in whole.to_dict("index").items()}
    names = {choice.code: choice.label[lang] for choice in SUPPORT_CATEGORIES}
    names[_ALL_DUTY] = source.say("Support in all")
    order = [*DUTY, _ALL_DUTY, *(code for code in names if code not in (*DUTY, _ALL_DUTY))]
    years = sorted(frame["year"].unique())
    held = [code for code in order if any((code, year) in cells for year in years)]
    columns = {str(year): [cells.get((code, year), "—") for code in held] for year in years}
    heading = SUPPORT.column("category").label[lang]
    return pd.DataFrame(columns, index=pd.Index([names[code] for code in held], name=heading))


def _cell(source: Source, row: Mapping[Hashable, Any], shown_: str) -> str:
    if pd.isna(row["promised"]) and pd.isna(row["delivered"]):
        return source.say("{count} records", count=f"{int(row['records']):,}")
    if shown_ == "share":
        return share_of(row)
    return "—" if pd.isna(row[shown_]) else f"{row[shown_]:,.1f}"
