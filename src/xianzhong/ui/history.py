"""What was uploaded, by whom, what it changed, and the way back."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from xianzhong.export.readable import readable_rows
from xianzhong.lake.ledger import Entry, undone
from xianzhong.lake.originals import kept_report, original
from xianzhong.lake.schema import COMMIT_ID
from xianzhong.model.tables import TABLES
from xianzhong.settings import TIME_ZONE
from xianzhong.ui.records import downloads, record_table
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.taking_back import take_back
from xianzhong.ui.text import plain
from xianzhong.ui.upload.findings import SEVERITIES

PARAMETER = "upload"
MOST_RECORDS_SHOWN = 1_000


def _moment(entry: Entry) -> str:
    return f"{entry.at.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if entry.at else ""


def _kind(session: Session, entry: Entry, gone: frozenset[str]) -> str:
    if entry.upload_id in gone:
        return session.say("taken back")
    return session.say("takes back {upload}", upload=entry.undoes) if entry.undoes else ""


def table_of_uploads(session: Session, entries: tuple[Entry, ...]) -> None:
    """Every upload and undo, newest first; a row opens its page."""
    gone = undone(entries)
    newest = entries[::-1]
    frame = pd.DataFrame(
        {
            session.say("Number"): [entry.number for entry in newest],
            session.say("When"): [_moment(entry) for entry in newest],
            session.say("Table"): [_label(session, entry.table) for entry in newest],
            session.say("File"): [entry.file_name for entry in newest],
            session.say("Who"): [entry.who for entry in newest],
            session.say("New"): [entry.new for entry in newest],
            session.say("Updated"): [entry.updated for entry in newest],
            session.say("Unchanged"): [entry.unchanged for entry in newest],
            session.say("Rejected"): [entry.rejected for entry in newest],
            session.say("State"): [_kind(session, entry, gone) for entry in newest],
            session.say("Upload"): [entry.upload_id for entry in newest],
        }
    )
    st.caption(session.say("Choose a row to see the upload."))
    picked = st.dataframe(
        frame, hide_index=True, alt=session.say("Uploads"), on_select="rerun",
        selection_mode="single-row", key="history_rows",
        height=min(480, 38 + 35 * max(len(frame), 1)),
    )  # fmt: skip
    rows = picked["selection"]["rows"]
    if rows and st.query_params.get(PARAMETER) != newest[rows[0]].upload_id:
        set_params({**st.query_params.to_dict(), PARAMETER: newest[rows[0]].upload_id})
        st.rerun()


def _label(session: Session, table: str) -> str:
    return TABLES[table].label[session.lang] if table in TABLES else table


def one_upload(session: Session, entry: Entry, entries: tuple[Entry, ...]) -> None:
    """One upload: what it said, what it left, its files, and taking it back."""
    gone = undone(entries)
    state = _kind(session, entry, gone)
    facts = {
        session.say("When"): _moment(entry),
        session.say("Who"): entry.who,
        session.say("Table"): _label(session, entry.table),
        session.say("File"): entry.file_name,
        session.say("Snapshot"): str(entry.number),
        session.say("Counts"): session.say(
            "new {new}, updated {updated}, unchanged {unchanged}, rejected {rejected}",
            new=entry.new, updated=entry.updated, unchanged=entry.unchanged,
            rejected=entry.rejected,
        ),
        session.say("State"): state or session.say("in force"),
    }  # fmt: skip
    st.table(
        pd.DataFrame({"": [plain(v) for v in facts.values()]}, index=list(facts)),
        border="horizontal", hide_header=True, alt=session.say("The upload"),
    )  # fmt: skip
    _files(session, entry)
    take_back(session, entry, gone)
    _records(session, entry)


def _files(session: Session, entry: Entry) -> None:
    """The original file and the report that was given on it."""
    lake = session.engine.lake
    if entry.kind == "upload":
        try:
            content = original(lake, entry.sha256)
        except OSError:
            st.caption(session.say("The original file was not kept."))
        else:
            st.download_button(
                session.say("The original file"), content, entry.file_name,
                "application/octet-stream", key=f"original_{entry.upload_id}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
    report = kept_report(lake, entry.upload_id)
    if not report:
        return
    found = json.loads(report).get(session.lang, {}).get("findings", [])
    title = session.say("What was found then: {count}", count=len(found))
    with st.expander(title, key=f"report_{entry.upload_id}", icon=":material/rule:"):
        if not found:
            st.caption(session.say("Nothing to complain about."))
            return
        record_table(
            pd.DataFrame(
                {
                    session.say("Severity"): [
                        SEVERITIES[f["severity"]][0][session.lang] for f in found
                    ],
                    session.say("Sheet"): [f["sheet"] for f in found],
                    session.say("Row"): pd.array([f["row"] for f in found], dtype="Int64"),
                    session.say("Column"): [f["column"] for f in found],
                    session.say("Value in the file"): [f["value"] for f in found],
                    session.say("What is wrong"): [f["message"] for f in found],
                    session.say("What to do"): [f["hint"] for f in found],
                }
            ),
            alt=title, height=320,
        )  # fmt: skip


def _records(session: Session, entry: Entry) -> None:
    """The records as this upload left them, those of its table."""
    if entry.table not in TABLES or entry.kind != "upload":
        return
    table = TABLES[entry.table]
    rows = session.engine.lake.rows(
        entry.table, entry.snapshot, match=(COMMIT_ID, [entry.upload_id])
    )
    st.subheader(session.say("The records that it put"), anchor=False)
    frame = readable_rows(table, rows, session.names, session.lang)
    if len(frame) > MOST_RECORDS_SHOWN:
        st.caption(session.say("The first {n} of {all}; a download holds all of them.",
                               n=MOST_RECORDS_SHOWN, all=f"{len(frame):,}"))  # fmt: skip
    record_table(frame.head(MOST_RECORDS_SHOWN), alt=table.label[session.lang])
    title = f"{table.label[session.lang]} {entry.upload_id}"
    downloads(session, f"upload-{entry.upload_id}", title, lambda: frame)
