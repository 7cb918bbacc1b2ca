"""Taking an upload back: what it would do, the button, and what stands in the way."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.lake.ledger import Entry
from xianzhong.lake.store import LakeError
from xianzhong.lake.undo import UndoPlan, UndoRefusedError, plan_undo, undo
from xianzhong.lake.undo_preview import undo_records
from xianzhong.model.tables import TABLES
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.committing import who

MOST_SHOWN = 500


def take_back(session: Session, entry: Entry, gone: frozenset[str]) -> None:
    """The way back: what it would do, the button, or why there is none."""
    if entry.upload_id in gone:
        st.caption(session.say("This upload was taken back."))
        return
    try:
        plan = plan_undo(session.engine.lake, entry.upload_id)
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
        _shown(session, plan)
        name = who(session)
        if st.button(session.say("Take it back"), key=f"take_{entry.upload_id}", type="primary",
                     disabled=not name, icon=":material/undo:"):  # fmt: skip
            _undo(session, entry, name)


def _shown(session: Session, plan: UndoPlan) -> None:
    """Record by record and field by field, what now stands and what would stand after it."""
    fates = {"removed": session.say("goes"), "changed": session.say("is put back"),
             "returned": session.say("returns")}  # fmt: skip
    rows = [
        (record, back)
        for record in undo_records(session.engine.lake, plan, limit=MOST_SHOWN)
        for back in record.fields
    ][:MOST_SHOWN]
    labels = {(t.name, c.name): c.label[session.lang] for t in TABLES.values() for c in t.columns}
    title = session.say("What it would change, field by field")
    record_table(
        pd.DataFrame(
            {
                session.say("Table"): [TABLES[r.table].label[session.lang] for r, _ in rows],
                session.say("Record"): [r.record_id for r, _ in rows],
                session.say("What becomes of it"): [fates[r.fate] for r, _ in rows],
                session.say("Field"): [labels.get((r.table, b.column), b.column) for r, b in rows],
                session.say("Now"): ["" if b.old is None else str(b.old) for _, b in rows],
                session.say("After"): ["" if b.new is None else str(b.new) for _, b in rows],
            }
        ),
        alt=title, height=280,
    )  # fmt: skip


def _undo(session: Session, entry: Entry, name: str) -> None:
    try:
        done = undo(session.engine.lake, entry.upload_id, who=name)
    except UndoRefusedError as error:
        _refused(session, error)
        return
    except LakeError as error:
        st.error(session.say("Nothing was changed: {reason}. Press again in a minute.",
                             reason=plain(str(error))))  # fmt: skip
        return
    st.session_state["history_said"] = session.say(
        "{upload} was taken back, as number {number}.", upload=entry.upload_id, number=done.number
    )
    st.rerun()


def _refused(session: Session, error: UndoRefusedError) -> None:
    """Why an upload cannot be taken back, record by record."""
    st.warning(
        session.say(
            "It cannot be taken back now: later uploads changed or use {count} of its records. "
            "Take those back first.",
            count=f"{len(error.blocked):,}",
        )
        if error.blocked
        else plain(str(error)),
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
