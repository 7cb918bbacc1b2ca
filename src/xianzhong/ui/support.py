"""The parts of the page on county support."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.charts.bullets import Bullet, promise_columns, promise_rows
from xianzhong.export.readable_support import readable_support
from xianzhong.model.labels import Label
from xianzhong.model.tables import SUPPORT
from xianzhong.model.tables.support import DUTY, SUPPORT_CATEGORIES, UNPRICED, WAN
from xianzhong.query.county_support import support_records
from xianzhong.query.figures import share, support_totals
from xianzhong.query.filters import Filters
from xianzhong.ui.cards import cards, shown
from xianzhong.ui.charts import chart
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.places import Choice, Shown, of_places, ranking
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import Session, current, go
from xianzhong.ui.text import plain

NUMBERS = (
    "support_promised", "support_delivered", "support_share", "management_fee",
    "brand_fee_records", "support_records",
)  # fmt: skip
MOST_FLAGGED, MOST_YEARS = 20, 6
_SHARES = (20.0, 40.0, 60.0, 80.0, 100.0)
_SUMS = ("records", "promised", "delivered", "promised_both", "delivered_both", "both_known")
CHOICES = (
    Choice(
        "share", Label("投入落实率", "Delivered share"), Label("%", "%"), _SHARES, _SHARES,
        lowest_first=True, most=34,
    ),
    Choice("promised", Label("承诺投入", "Promised"), WAN),
    Choice("delivered", Label("落实投入", "Delivered"), WAN),
)  # fmt: skip


def nothing(session: Session) -> bool:
    """Says why there is nothing to show, if there is nothing."""
    if _count(session):
        return False
    everything = replace(session, view=replace(session.view, filters=Filters()))
    if _count(everything):
        empty(session, session.say("No record of county support for these filters."))
        return True
    empty(
        session,
        session.say(
            "No county support is on record yet. Once it is uploaded, this page shows what county "
            "governments promised and delivered by category and year, the delivered share by "
            "place, management fees, and every brand fee above 0."
        ),
        clear=False,
    )
    to_fill(session, SUPPORT)
    return True


def _count(session: Session) -> int:
    return int(support_totals(session.engine, session.view)["records"].max() or 0)


def _years(session: Session) -> range | None:
    """The calendar years that the period touches; None for all time."""
    period = session.filters.period
    return range(period[0].year, period[1].year + 1) if period else None


def rules(session: Session) -> None:
    """What the figures leave out, and how the filters act on them."""
    said = [
        session.say(
            "Promised and delivered are what the county owes: building, expenses, conditions and "
            "policy. Management and brand fees are kept apart."
        )
    ]
    years = _years(session)
    if years is not None:
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        said.append(
            session.say("Support is recorded by calendar year: {years} in full.", years=span)
        )
    if session.filters.university or session.filters.scheme:
        said.append(
            session.say("Only schools with a pairing of the chosen university or scheme count.")
        )
    if session.filters.kind:
        said.append(session.say("The kind of activity has no bearing on support."))
    st.caption(" ".join(said))


def numbers(session: Session) -> None:
    """The cards; a brand fee above 0 is marked."""
    found = by_id(session, session.view, NUMBERS)
    flagged = int(found["brand_fee_records"].value or 0)
    notes = {
        "brand_fee_records": session.say(":red[**⚠ forbidden by the programme**]")
        if flagged
        else session.say("✓ none above 0 on record")
    }
    cards(session, [found[name] for name in NUMBERS], columns=3, notes=notes)
    if flagged:
        _flagged(session, flagged)


def _flagged(session: Session, count: int) -> None:
    records = support_records(session.engine, session.view, limit=MOST_FLAGGED)
    records = records[records["flagged"]]
    paths = school_paths(session, records["school_code"], records["school"])
    title = session.say("Brand fees above 0")
    label = {column.name: column.label[session.lang] for column in SUPPORT.columns}
    table = pd.DataFrame(
        {
            label["school_code"]: [
                f"[{plain(name)}]({path.partition('#')[0]})"
                for name, path in zip(records["school"], paths, strict=True)
            ],
            session.say("County"): [_place(session, row) for row in records.to_dict("records")],
            label["year"]: records["year"].astype(str),
            _priced(session, label["promised"]): [_amount(v) for v in records["promised"]],
            _priced(session, label["delivered"]): [_amount(v) for v in records["delivered"]],
        }
    )
    with st.container(border=True, key="brand_fees"):
        st.markdown(f":red[**⚠ {title}: {count}**]")
        st.caption(
            session.say("No brand fee may be charged. Verify each one and have it paid back.")
        )
        st.table(table, border="horizontal", hide_index=True, alt=title)
        if count > MOST_FLAGGED:
            st.caption(session.say("The others are first among the records below."))


def _priced(session: Session, text: str) -> str:
    return f"{text}({WAN.zh})" if session.lang == "zh" else f"{text} ({WAN.en})"


def _amount(value: object) -> str:
    return "—" if pd.isna(value) else f"{value:,.1f}"  # type: ignore[call-overload]


def _place(session: Session, row: Mapping[Hashable, Any]) -> str:
    divisions = session.engine.divisions
    names = [divisions.label(str(row["province"]), session.lang), plain(str(row["county"]))]
    return " · ".join(name for name in names if name)


def _choose_year(code: str) -> None:
    session, year = current(), int(code)
    dates = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
    go(session.narrowed(term=None, **dates).filters)


def _note(row: Mapping[Hashable, Any]) -> str:
    """The delivered share as it stands beside a bar."""
    found = share(_float(row["delivered_both"]), _float(row["promised_both"]))
    return "—" if found is None else f"{found:.0f}%"


def _float(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def _bullets(frame: pd.DataFrame, names: Mapping[str, str], column: str) -> list[Bullet]:
    return [
        Bullet(
            names[str(row[column])], str(row[column]), _float(row["promised"]) or 0,
            _float(row["delivered"]) or 0, _note(row),
        )
        for row in frame.to_dict("records")
    ]  # fmt: skip


def _summed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.groupby(column, as_index=False)[list(_SUMS)].sum(min_count=1)


def _table(session: Session, frame: pd.DataFrame, column: str, names: Mapping[str, str],
           heading: str) -> pd.DataFrame:  # fmt: skip
    lang = session.lang
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            heading: [names[str(code)] for code in frame[column]],
            session.say("Records"): frame["records"].astype("Int64"),
            _priced(session, SUPPORT.column("promised").label[lang]): frame["promised"].round(1),
            _priced(session, SUPPORT.column("delivered").label[lang]): frame["delivered"].round(1),
            session.say("Delivered share"): [_note(row) for row in rows],
            session.say("Without both amounts"): (frame["records"] - frame["both_known"]).astype(
                "Int64"
            ),
        }
    )


def by_year(session: Session, frame: pd.DataFrame) -> None:
    """Promised and delivered by year, whatever the period; a click chooses the year."""
    years = _summed(frame[frame["category"].isin(DUTY)], "year").tail(12)
    if years.empty:
        return
    title = session.say("Promised and delivered by year")
    names = {str(year): str(year) for year in years["year"]}
    chosen = [str(year) for year in _years(session) or ()]
    figure = promise_columns(
        _bullets(years, names, "year"), goal=session.say("Promised"), chosen=chosen,
        reached=session.say("Delivered"), unit=WAN[session.lang],
    )  # fmt: skip
    st.markdown(f"**{title}**")
    heading = SUPPORT.column("year").label[session.lang]
    table = _table(session, years, "year", names, heading)
    chart(session, "support_years", figure, table, alt=title, on_code=_choose_year)
    st.caption(session.say("10,000 yuan. Above each year: the delivered share."))


def by_category(session: Session, frame: pd.DataFrame) -> None:
    """Promised and delivered by category in the period; fees stand apart, policies are counted."""
    categories = _summed(_in_period(session, frame), "category").set_index("category")
    names = {choice.code: choice.label[session.lang] for choice in SUPPORT_CATEGORIES}
    order = [c for c in names if c in categories.index]
    categories = categories.loc[order].reset_index()
    title = session.say("Promised and delivered by category")
    st.markdown(f"**{title}**")
    priced = categories[categories["promised"].notna() | categories["delivered"].notna()]
    heading = SUPPORT.column("category").label[session.lang]
    table = _table(session, categories, "category", names, heading)
    if not priced.empty:
        figure = promise_rows(
            _bullets(priced, names, "category"), goal=session.say("Promised"),
            reached=session.say("Delivered"), unit=WAN[session.lang],
        )  # fmt: skip
        chart(session, "support_categories", figure, table, alt=title)
    policies = categories.loc[categories["category"] == UNPRICED, "records"].sum()
    st.caption(
        session.say(
            "10,000 yuan; at the end of each bar the delivered share. Supporting policies, "
            "mostly without an amount: {count} records.",
            count=f"{policies:,}",
        )
    )


def _in_period(session: Session, frame: pd.DataFrame) -> pd.DataFrame:
    years = _years(session)
    return frame if years is None else frame[frame["year"].between(years[0], years[-1])]


def category_by_year(session: Session, frame: pd.DataFrame) -> None:
    """A cell for each category and year: delivered of promised, and the share."""
    found = _in_period(session, frame)
    years = sorted(found["year"].unique())[-MOST_YEARS:]
    cells = {(row["category"], row["year"]): row for row in found.to_dict("records")}
    held = [c for c in SUPPORT_CATEGORIES if any((c.code, year) in cells for year in years)]
    table = pd.DataFrame(
        {
            str(year): [_cell(session, cells.get((choice.code, year))) for choice in held]
            for year in years
        },
        index=pd.Index(
            [choice.label[session.lang] for choice in held],
            name=SUPPORT.column("category").label[session.lang],
        ),
    )
    title = session.say("Delivered / promised (10,000 yuan) by category and year")
    st.markdown(f"**{title}**")
    st.table(table, border="horizontal", alt=title)


def _cell(session: Session, row: Mapping[Hashable, Any] | None) -> str:
    if row is None:
        return "—"
    if not row["promised_known"] and not row["delivered_known"]:
        return session.say("{count} records", count=f"{row['records']:,}")
    return f"{_rough(row['delivered'])} / {_rough(row['promised'])} · {_note(row)}"


def _rough(value: object) -> str:
    return "—" if pd.isna(value) else f"{value:,.0f}"  # type: ignore[call-overload]


def values_by_place(session: Session, choice: str) -> pd.DataFrame:
    """``code``, ``value`` and ``text`` of each place; see :class:`xianzhong.ui.places.Shown`."""
    frame = of_places(support_totals(session.engine, session.view))
    rows = frame.to_dict("records")
    text = [
        session.say(
            "promised {promised}, delivered {delivered} (10,000 yuan); {known} of {priced} records "
            "give both",
            promised=shown(_rounded(row["promised"])), delivered=shown(_rounded(row["delivered"])),
            known=f"{row['both_known']:,}", priced=f"{row['priced']:,}",
        )
        for row in rows
    ]  # fmt: skip
    value: object = [
        share(_float(row["delivered_both"]), _float(row["promised_both"])) for row in rows
    ]
    if choice != "share":
        value = frame[choice].round(1)
    return pd.DataFrame(
        {"code": frame["code"], "value": pd.Series(value, index=frame.index, dtype=float),
         "text": text}
    )  # fmt: skip


def _rounded(value: object) -> float | None:
    found = _float(value)
    return None if found is None else round(found, 1)


def _beside(session: Session, choice: Choice, values: pd.DataFrame, level: str) -> None:
    ranking(session, choice, values, level)
    if choice.lowest_first:
        st.caption(session.say("Lowest first. Click a bar to filter by the place."))


SHOWN = Shown(CHOICES, values_by_place, _beside, points=False)


def records(session: Session) -> None:
    """The records, flagged ones first; a download loads again as an update."""
    frame = support_records(session.engine, session.view, limit=MOST_SHOWN)
    title = session.label(SUPPORT.label)
    table = readable_support(frame, session.lang)
    label = {column.name: column.label[session.lang] for column in SUPPORT.columns}
    school = label["school_code"]
    table[school] = school_paths(session, frame["school_code"], frame["school"])
    table.insert(1, session.say("County"), [_place(session, r) for r in frame.to_dict("records")])
    if len(frame) == MOST_SHOWN:
        st.caption(
            session.say("The first {n} records; a download holds all of them.", n=f"{MOST_SHOWN:,}")
        )
    record_table(table, alt=title, titled=[school], links=[label["source_url"]])
    downloads(
        session, "support", title,
        lambda: readable_support(support_records(session.engine, session.view), session.lang),
    )  # fmt: skip
