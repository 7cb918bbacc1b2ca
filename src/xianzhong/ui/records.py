"""Tables of records on a page, and their download."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from xianzhong.brief.records import in_order
from xianzhong.export.files import Tables, to_csv, to_xlsx
from xianzhong.model.labels import COLON
from xianzhong.model.tables import ACTIVITIES
from xianzhong.query.sentence import sentence
from xianzhong.settings import TIME_ZONE
from xianzhong.ui.navigation import PRODUCT, filter_paths, school_paths
from xianzhong.ui.session import Session

# For the grid's heads, in letters, rows and pixels.
_LONG_HEAD, _LOOKED_AT, _PER_LETTER, _AROUND = 16, 200, 7, 34
LAZY_ABOVE = 1000
# More than anybody scrolls through; a download holds all of them.
MOST_SHOWN = 500
# A workbook of so many takes about half a minute to write, and as long to open.
MOST_IN_XLSX = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def heading(session: Session, title: str) -> list[str]:
    """The lines above every export: title, filter sentence, snapshot."""
    at = session.view.snapshot.at
    moment = f"{at.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if at else "—"
    lines = [
        f"{PRODUCT[session.lang]} · {title}",
        session.say("Filters")
        + COLON[session.lang]
        + sentence(session.filters, session.names, session.lang),
        session.say(
            "Data as of {moment} (China time), snapshot {number}",
            moment=moment,
            number=session.view.snapshot.number,
        ),
    ]
    if session.demo:
        lines.append(session.say("Demonstration data, generated at random"))
    return lines


def downloads(
    session: Session, name: str, title: str, build: Callable[[], Tables], *, rows: int = 0
) -> None:
    """Buttons for XLSX and CSV; the file is built when one is pressed.

    Args:
        session: the run.
        name: part of the file's name.
        title: above the records.
        build: makes the records, as one table or in pieces.
        rows: how many there are, where there may be very many.
    """
    stem = f"xianzhong-{name}-{session.view.snapshot.number}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if rows <= MOST_IN_XLSX:
            st.download_button(
                session.say("Download XLSX"),
                lambda: to_xlsx(build(), heading(session, title), sheet=title),
                f"{stem}.xlsx", XLSX, key=f"xlsx_{name}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
        st.download_button(
            session.say("Download CSV"),
            lambda: to_csv(build(), heading(session, title)),
            f"{stem}.csv", "text/csv", key=f"csv_{name}", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        if rows > MOST_IN_XLSX:
            st.caption(
                session.say("More than {most} records: as CSV only, or narrow the filters.",
                            most=f"{MOST_IN_XLSX:,}")
            )  # fmt: skip


def wide_heads(table: pd.DataFrame, titled: Sequence[str] = ()) -> dict[str, int]:
    """Widths in pixels for columns whose long English head is longer than their cells.

    Left to itself the grid makes such a column as wide as its cells and cuts the head.

    Args:
        table: what is shown.
        titled: columns of addresses of which only the part behind ``#`` is shown.
    """
    found = {}
    for name in table.columns:
        if len(name) < _LONG_HEAD or not name.isascii():
            continue
        cells = table[name].head(_LOOKED_AT).dropna().map(str).astype(object)
        if name in titled:
            cells = cells.str.rpartition("#")[2]
        # A Chinese character is about as wide as two letters.
        widths = cells.map(lambda text: sum(1 if c.isascii() else 2 for c in text))
        if widths.empty or widths.max() <= len(name):
            found[name] = _PER_LETTER * len(name) + _AROUND
    return found


def record_table(
    table: pd.DataFrame,
    *,
    alt: str,
    links: Sequence[str] = (),
    titled: Sequence[str] = (),
    hidden: Sequence[str] = (),
    height: int = 460,
) -> None:
    """A table of records; beyond a thousand rows they are sent as they are scrolled to.

    Args:
        table: records with readable headers.
        alt: what the table holds, in a few words.
        links: columns of web addresses, shown as "open".
        titled: columns of addresses whose part behind ``#`` is the text to show.
        hidden: columns left out on the page.
        height: in pixels.
    """
    wide = wide_heads(table, titled)
    config: dict[str, Any] = {
        name: st.column_config.Column(width=width) for name, width in wide.items()
    }
    config |= {name: st.column_config.LinkColumn(display_text="↗", width="small") for name in links}
    config |= {
        name: st.column_config.LinkColumn(display_text=r"#(.+)$", width=wide.get(name))
        for name in titled
    }
    st.dataframe(
        table.drop(columns=list(hidden)), hide_index=True, alt=alt, placeholder="—",
        lazy=len(table) > LAZY_ABOVE, height=min(height, 38 + 35 * max(len(table), 1)),
        column_config=config,
    )  # fmt: skip


def activity_order(session: Session, table: pd.DataFrame) -> list[str]:
    """The columns of a table of activities with what proves a record right after its school."""
    return in_order(session, table)


def linked_activities(
    session: Session, page: str, table: pd.DataFrame, records: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """A table of activities whose names are links, and the headers of those columns.

    A school's name opens its page; any other name filters the page by it.

    Args:
        session: the run.
        page: name of the page that has the table.
        table: what ``readable_records`` made of the records.
        records: rows of ``activity_records``, in the same order.
    """
    label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
    columns: dict[str, list[str | None]] = {
        label["school_code"]: [
            *school_paths(session, records["school_code"], table[label["school_code"]])
        ]
    }
    for name, field, codes in (
        ("kind", "kind", "kind"),
        ("university_code", "university", "university_code"),
        ("province", "province", "province"),
        ("prefecture", "prefecture", "prefecture"),
        ("county", "county", "county_code"),
    ):
        header = label[name]
        columns[header] = filter_paths(session, page, field, records[codes], table[header])
    return _replaced(table, columns)


def linked_places(
    session: Session, table: pd.DataFrame, schools: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """A table of schools whose provinces and counties filter by them, and those headers.

    Args:
        session: the run.
        table: what ``readable_schools`` made of the schools.
        schools: rows of ``school_list``, in the same order.
    """
    label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
    columns = {
        label[name]: filter_paths(session, "schools", name, schools[codes], table[label[name]])
        for name, codes in (("county", "county_code"), ("province", "province"))
    }
    return _replaced(table, columns)


def _replaced(
    table: pd.DataFrame, columns: Mapping[str, Sequence[str | None]]
) -> tuple[pd.DataFrame, list[str]]:
    changed = table.copy(deep=False)
    for name, values in columns.items():
        changed[name] = values
    return changed, list(columns)
