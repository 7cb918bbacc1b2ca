"""Taking an upload back: what it would do, the button, and what stands in the way."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.access.errors import NotAllowedError
from xianzhong.access.writing import plan_undo, undo
from xianzhong.brief.readable import readable_rows, readable_value
from xianzhong.lake.errors import LakeError
from xianzhong.lake.ledger import Entry
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Change
from xianzhong.lake.undo import UndoPlan, UndoRefusedError
from xianzhong.lake.undo_preview import undo_records
from xianzhong.model.tables import TABLES
from xianzhong.ui import pressing
from xianzhong.ui.not_written import not_written
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.committing import name_wanted, who
from xianzhong.ui.upload.hand import own_keeper
from xianzhong.ui.upload.preview import figures_moved

MOST_SHOWN = 500


def take_back(session: Session, entry: Entry, gone: frozenset[str]) -> None:
    """The way back: what it would do, the button, or why there is none."""
    if entry.upload_id in gone:
        st.caption(session.say("This upload was taken back."))
        return
    try:
        plan = plan_undo(session.engine.lake, session.caller, entry.upload_id)
    except NotAllowedError as error:
        st.caption(error.said[session.lang])
        return
    except UndoRefusedError as error:
        _refused(session, error)
        return
    with st.expander(session.say("Take this upload back"), key=f"undo_{entry.upload_id}",
                     icon=":material/undo:"):  # fmt: skip
        st.markdown(
            session.say(
                "{removed} records that it added would go, {restored} would be again what they "
                "were before. This is written as an upload of its own and can be taken back too.",
                removed=f"{plan.removed:,}", restored=f"{plan.restored:,}",
            )
        )  # fmt: skip
        key = f"undo_{entry.upload_id}_{plan.base.number}"
        figures_moved(session, key, plan.base, plan.changes)
        _removed(session, plan)
        _restored(session, plan)
        name = who(session)
        key = f"take_{entry.upload_id}"
        if pressing.button(
            session.say("Take it back"), key=key, type="primary", icon=":material/undo:"
        ):  # fmt: skip
            with pressing.carried_out(key):
                undone = _undo(session, entry, name)
            if undone:
                st.rerun()


def _removed(session: Session, plan: UndoPlan) -> None:
    """The records that would go, one row each, table by table."""
    for change in plan.changes:
        if change.deletes:
            table = TABLES[change.table]
            gone = change.deletes[:MOST_SHOWN]
            rows = session.engine.lake.rows(table.name, plan.base, match=(RECORD_ID, gone))
            title = session.say("Would go: {count} records of “{table}”",
                                count=f"{len(change.deletes):,}",
                                table=table.label[session.lang])  # fmt: skip
            st.markdown(f"**{title}**")
            frame = readable_rows(table, rows, session.names, session.lang)
            # The record's own code says nothing to a reader; it comes last.
            own = table.column(table.identity).label[session.lang] if table.identity else ""
            order = sorted(frame.columns, key=lambda name: name == own)
            record_table(frame[order].dropna(axis="columns", how="all"), alt=title, height=280)


def _restored(session: Session, plan: UndoPlan) -> None:
    """The records that would be again what they were, field by field."""
    fates = {"changed": session.say("is put back"), "returned": session.say("returns")}
    records = undo_records(session.engine.lake, plan, limit=MOST_SHOWN)
    rows = [
        (record, back) for record in records if record.fate != "removed" for back in record.fields
    ][:MOST_SHOWN]
    if not rows:
        return
    called = {change.table: _called(session, change) for change in plan.changes}
    title = session.say("Would be again what it was, field by field")
    st.markdown(f"**{title}**")
    lang, names = session.lang, session.names
    columns = [(TABLES[r.table].column(b.column), b) for r, b in rows]
    record_table(
        pd.DataFrame(
            {
                session.say("Record"): [
                    called[r.table].get(r.record_id, r.record_id) for r, _ in rows
                ],
                session.say("Field"): [column.label[lang] for column, _ in columns],
                session.say("Now"): [readable_value(c, b.old, names, lang) for c, b in columns],
                session.say("After"): [readable_value(c, b.new, names, lang) for c, b in columns],
                session.say("What becomes of it"): [fates[r.fate] for r, _ in rows],
                session.say("Table"): [TABLES[r.table].label[lang] for r, _ in rows],
            }
        ),
        alt=title, height=280,
    )  # fmt: skip


def _called(session: Session, change: Change) -> dict[str, str]:
    """The records that are put back, by id, in the words of their natural key."""
    table = TABLES[change.table]
    rows = change.puts.slice(0, MOST_SHOWN)
    frame = readable_rows(table, rows, session.names, session.lang)
    key = [table.column(name).label[session.lang] for name in table.natural_key]
    parts = zip(*(frame[name] for name in key if name in frame), strict=True)
    words = [" · ".join(str(part) for part in row if part) for row in parts]
    return dict(zip(rows[RECORD_ID].to_pylist(), words, strict=False))


def _undo(session: Session, entry: Entry, name: str) -> bool:
    """Takes the upload back, and says where it cannot."""
    if not name:
        name_wanted(session)
        return False
    keep_own = own_keeper()
    try:
        done = undo(session.engine.lake, session.caller, entry.upload_id, who=name)
        keep_own(done.upload_id)
        pressing.done()
    except UndoRefusedError as error:
        _refused(session, error)
        return False
    except LakeError as error:
        st.error(not_written(session, error))
        return False
    st.session_state["history_said"] = session.say(
        "{upload} was taken back, as number {number}.", upload=entry.upload_id, number=done.number
    )
    return True


def _refused(session: Session, error: UndoRefusedError) -> None:
    """Why an upload cannot be taken back, record by record."""
    st.warning(
        session.say(
            "It cannot be taken back now: later uploads changed or use {count} of its records. "
            "Take those back first.",
            count=f"{len(error.blocked):,}",
        )
        if error.blocked
        else plain(error.said[session.lang]),
        icon=":material/block:",
    )
    if error.blocked:
        with st.expander(session.say("The records in the way"), key="blocked"):
            record_table(
                pd.DataFrame(
                    {
                        session.say("Table"): [
                            TABLES[b.table].label[session.lang] for b in error.blocked
                        ],
                        session.say("Record"): [b.record_id for b in error.blocked],
                        session.say("Changed by"): [b.changed_by for b in error.blocked],
                    }
                ),
                alt=session.say("The records in the way"), height=300,
            )  # fmt: skip
