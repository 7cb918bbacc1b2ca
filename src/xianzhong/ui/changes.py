"""What is new, gone and changed in a view since an earlier state of the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from xianzhong.access.shared import links_seen
from xianzhong.access.uploads import entries_seen, part_of
from xianzhong.brief.figures import shown
from xianzhong.brief.readable import readable_rows, readable_value
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.undo_preview import fields_between
from xianzhong.model.labels import Label
from xianzhong.model.tables import TABLES
from xianzhong.query.asof import BASE, today, uploads_between
from xianzhong.query.changes import Changes, What, figures_between, records_between
from xianzhong.query.gate import china_day
from xianzhong.query.names import names_of
from xianzhong.query.scope import NATION
from xianzhong.ui.records import downloads, record_table
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.text import in_china

MOST_LISTED = 500
OUTCOMES: dict[What, Label] = {
    "new": Label("新增", "New"),
    "changed": Label("有改动", "Changed"),
    "gone": Label("不再有", "Gone"),
}


def choose_base(session: Session) -> None:
    """The two ways to name the earlier state: a day, or a link that pins one."""
    entries = session.engine.lake.entries()
    if not entries:
        return
    asof = session.asof
    first, last = china_day(entries[0].at), today()
    day = base_day()
    pinned = [
        link
        for link in links_seen(session.engine.lake, session.caller)
        if link.snapshot is not None and link.state(last) == "open"
    ]
    by_day, by_link = st.columns(2, gap="medium")
    with by_day:
        key = f"base_day_{st.query_params.get(BASE, '')}"
        st.date_input(
            session.say("Compare with the end of a day"),
            value=min(max(day, first), last) if day else None,
            min_value=first, max_value=last, format="YYYY-MM-DD", key=key, on_change=_by_day,
            args=(key,),
        )  # fmt: skip
    with by_link:
        if not pinned:
            st.caption(session.say("No pinned link yet"))
            return
        ids = [link.id for link in pinned]
        titles = {link.id: f"{link.title} · {in_china(link.made_at)}" for link in pinned}
        key = f"base_link_{st.query_params.get(BASE, '')}"
        at = asof.base_link.id if asof.base_link else None
        st.selectbox(
            session.say("or with a pinned link"), ids, key=key, on_change=_by_link, args=(key,),
            index=ids.index(at) if at in ids else None, format_func=lambda name: titles[name],
            placeholder=session.say("Choose a pinned link"),
        )  # fmt: skip


def base_day() -> date | None:
    """The day that the link names as base line, None where it names a shared link or nothing."""
    try:
        return date.fromisoformat(st.query_params.get(BASE, ""))
    except ValueError:
        return None


def _by_day(key: str) -> None:
    day = st.session_state.get(key)
    if isinstance(day, date):
        _set(day.isoformat())


def _by_link(key: str) -> None:
    _set(str(st.session_state.get(key) or ""))


def _set(value: str) -> None:
    params = dict(st.query_params.to_dict())
    params.pop(BASE, None)
    set_params({**params, BASE: value} if value else params)


def uploads_seen(session: Session, base: Snapshot) -> tuple[Entry, ...]:
    """The uploads and undos between the base line and this view of which the reader sees some."""
    seen = {entry.upload_id for entry in entries_seen(session.engine.lake, session.caller)}
    between = uploads_between(session.engine.lake, base, session.view.snapshot)
    return tuple(entry for entry in between if entry.upload_id in seen)


def seen_whole(session: Session, entry: Entry) -> bool:
    """Whether all that an upload touched lies in the reader's scope."""
    if session.view.scope == NATION:
        return True
    return part_of(session.engine.lake, session.caller, entry).whole


def uploads(session: Session, entries: Sequence[Entry]) -> None:
    """The uploads and undos between the two states."""
    whole = {entry.upload_id for entry in entries if seen_whole(session, entry)}
    frame = pd.DataFrame(
        {
            session.say("Version"): [entry.number for entry in entries],
            session.say("When (China time)"): [in_china(entry.at) for entry in entries],
            session.say("Table"): [
                session.label(TABLES[entry.table].label) if entry.table in TABLES else entry.table
                for entry in entries
            ],
            session.say("File"): [
                entry.file_name if entry.upload_id in whole else "—" for entry in entries
            ],
            session.say("Who"): [entry.who for entry in entries],
        }
    )
    record_table(frame, alt=session.say("Uploads in between"))


def figures_moved(session: Session, before: Snapshot) -> None:
    """Every figure of the view that is another one now: before, now, and the difference."""
    moved = figures_between(session.engine, session.view, before)
    if not moved:
        st.caption(session.say("None of the figures of this view has changed."))
        return
    frame = pd.DataFrame(
        {
            session.say("Indicator"): [e.indicator.label[session.lang] for e in moved],
            session.say("Unit"): [e.indicator.unit[session.lang] for e in moved],
            session.say("Earlier"): [shown(e.before) for e in moved],
            session.say("Now"): [shown(e.after) for e in moved],
            session.say("Difference"): [
                "—" if e.before is None or e.after is None else f"{e.after - e.before:+,.10g}"
                for e in moved
            ],
        }
    )
    record_table(frame, alt=session.say("Figures before and now"))
    st.caption(
        session.say(
            "Each state is judged on its own day: silence, agreements and due dates move with "
            "the days too."
        )
    )
    downloads(session, "figures-changed", session.say("Figures before and now"), lambda: frame)


def records(session: Session, before: Snapshot) -> None:
    """The records of the view that came, went or say something else, table by table."""
    found = records_between(session.engine, session.view, before)
    if not found:
        st.caption(session.say("No record of this view is new, gone or changed."))
        return
    for changes in found:
        table = TABLES[changes.table]
        counts = " · ".join(
            f"{session.label(label)} {len(changes.ids(what)):,}"
            for what, label in OUTCOMES.items()
            if changes.ids(what)
        )
        opened = st.expander(
            f"**{session.label(table.label)}** · {counts}", key=f"changes_{changes.table}",
            on_change="rerun",
        )  # fmt: skip
        if opened.open:
            with opened:
                _of_table(session, changes, before)


def _of_table(session: Session, changes: Changes, before: Snapshot) -> None:
    for what, label in OUTCOMES.items():
        ids = changes.ids(what)
        if not ids:
            continue
        st.markdown(f"**{session.label(label)}** · {len(ids):,}")
        if len(ids) > MOST_LISTED:
            st.caption(session.say("The first {n} of {all}; a download holds all of them.",
                                   n=MOST_LISTED, all=f"{len(ids):,}"))  # fmt: skip
        listed = _listed(session, changes.table, what, ids[:MOST_LISTED], before)
        title = f"{session.label(TABLES[changes.table].label)} · {session.label(label)}"
        record_table(listed, alt=title)
        downloads(
            session, f"{changes.table}-{what}", title,
            partial(_listed, session, changes.table, what, ids, before),
        )  # fmt: skip


def _listed(
    session: Session, table: str, what: What, ids: Sequence[str], before: Snapshot
) -> pd.DataFrame:
    lake, declared = session.engine.lake, TABLES[table]
    now = session.view.snapshot
    match = (RECORD_ID, ids)
    if what == "changed":
        earlier, later = (
            {row[RECORD_ID]: row for row in lake.rows(table, at, match=match).to_pylist()}
            for at in (before, now)
        )
        return _fields(session, table, ids, earlier, later)
    at = before if what == "gone" else now
    names = names_of(session.engine, at, session.view.scope)
    return readable_rows(declared, lake.rows(table, at, match=match), names, session.lang)


def _fields(
    session: Session,
    table: str,
    ids: Sequence[str],
    earlier: dict[str, dict[str, object]],
    later: dict[str, dict[str, object]],
) -> pd.DataFrame:
    """Old and new value of each field that differs; a record put again as it was has none."""
    columns = {column.name: column for column in TABLES[table].columns}
    rows = []
    for record in ids:
        if record not in earlier or record not in later:
            continue
        named = _name(session, table, later[record])
        for field in fields_between(table, earlier[record], later[record]):
            column = columns[field.column]
            old, new = (
                readable_value(column, value, session.names, session.lang)
                for value in (field.old, field.new)
            )
            rows.append((named, column.label[session.lang], old, new))
    heads = ("Record", "Field", "Old value", "New value")
    return pd.DataFrame(rows, columns=[session.say(head) for head in heads])


def _name(session: Session, table: str, row: dict[str, object]) -> str:
    """What a record is called: its own title, or the parties that it is about."""
    columns = {column.name: column for column in TABLES[table].stored_columns}
    for name in ("title", "name", "listed_name"):
        if row.get(name):
            return str(row[name])
    parties = [
        readable_value(columns[name], row[name], session.names, session.lang)
        for name in ("university_code", "school_code", "category", "year")
        if name in columns and row.get(name)
    ]
    return " · ".join(parties) or str(row[RECORD_ID])
