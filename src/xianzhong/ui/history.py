"""What was uploaded, by whom, what it changed, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from xianzhong.access.uploads import Part, marks_of, original_seen, part_of, report_seen
from xianzhong.brief.readable import readable_rows
from xianzhong.lake.ledger import Entry, undone
from xianzhong.lake.originals import original
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.undo import gone_with
from xianzhong.lake.undo_preview import removed_by, undo_counts
from xianzhong.model.labels import COMMA
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION
from xianzhong.ui.records import downloads, record_table
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.taking_back import take_back
from xianzhong.ui.text import in_china, plain
from xianzhong.ui.upload.listed import listed

PARAMETER = "upload"
MOST_RECORDS_SHOWN = 1_000


def _state(session: Session, entry: Entry, entries: tuple[Entry, ...]) -> str:
    """What became of an upload, or what it took back, by the number of its snapshot."""
    number = next((e.number for e in entries if e.upload_id == entry.undoes), 0)
    parts = (
        (entry.upload_id in undone(entries), session.say("taken back")),
        (number, session.say("takes back no. {number}", number=number)),
        (marks_of(session.engine.lake, entry).late, session.say("in a closed term")),
    )
    return COMMA[session.lang].join(words for told, words in parts if told)


def _part(session: Session, entry: Entry) -> Part | None:
    """How much of an upload the reader sees, None for all of it."""
    if session.view.scope == NATION:
        return None
    part = part_of(session.engine.lake, session.caller, entry)
    return None if part.whole else part


def _of_part(session: Session, part: Part) -> str:
    """What an upload did where the reader sees a part of it: how many records, and no more."""
    return session.say("records in your scope: {n}", n=f"{len(part.seen | part.partly):,}")


def _short(session: Session, entry: Entry) -> str:
    """What an upload or an undo did, without what it did not."""
    say = session.say
    if (part := _part(session, entry)) is not None:
        return _of_part(session, part)
    if entry.undoes:
        done = undo_counts(session.engine.lake, entry)
        parts = [
            (done.removed, say("removed {n}", n=f"{done.removed:,}")),
            (done.restored, say("restored {n}", n=f"{done.restored:,}")),
        ]
    else:
        parts = [
            (entry.new, say("new {n}", n=f"{entry.new:,}")),
            (entry.updated, say("updated {n}", n=f"{entry.updated:,}")),
            (entry.rejected, say("rejected {n}", n=f"{entry.rejected:,}")),
        ]
        gone = removed_by(session.engine.lake, entry)
        parts.append((gone, say("removed {n}", n=f"{gone:,}")))
    return COMMA[session.lang].join(words for count, words in parts if count)


def _counts(session: Session, entry: Entry) -> str:
    """What an upload or an undo did, in numbers."""
    if (part := _part(session, entry)) is not None:
        return _of_part(session, part)
    if entry.undoes:
        done = undo_counts(session.engine.lake, entry)
        return session.say("removed {removed}, restored {restored}",
                           removed=f"{done.removed:,}", restored=f"{done.restored:,}")  # fmt: skip
    said = session.say(
        "new {new}, updated {updated}, unchanged {unchanged}, rejected {rejected}",
        new=f"{entry.new:,}", updated=f"{entry.updated:,}", unchanged=f"{entry.unchanged:,}",
        rejected=f"{entry.rejected:,}",
    )  # fmt: skip
    gone = removed_by(session.engine.lake, entry)
    return said + (COMMA[session.lang] + session.say("removed {n}", n=f"{gone:,}") if gone else "")


def _open(key: str, ids: list[str]) -> None:
    """Puts the chosen upload into the link; only a choice does, so that Back stays back."""
    rows = st.session_state[key]["selection"]["rows"]
    params = st.query_params.to_dict()
    params.pop(PARAMETER, None)
    set_params({**params, PARAMETER: ids[rows[0]]} if rows else params)


def table_of_uploads(session: Session, entries: tuple[Entry, ...], chosen: Entry | None) -> None:
    """Every upload and undo, newest first; a row opens its page."""
    newest = entries[::-1]
    frame = pd.DataFrame(
        {
            session.say("Version"): [entry.number for entry in newest],
            session.say("When (China time)"): [in_china(entry.at) for entry in newest],
            session.say("Table"): [_label(session, entry.table) for entry in newest],
            session.say("What it did"): [_short(session, entry) for entry in newest],
            session.say("State"): [_state(session, entry, entries) for entry in newest],
            session.say("Who"): [entry.who for entry in newest],
            session.say("File"): [_file(session, entry) for entry in newest],
            session.say("Upload"): [entry.upload_id for entry in newest],
        }
    )
    st.caption(session.say("Choose a row to see the upload."))
    # The table is another one for each upload of the link and each state of the ledger: rows are
    # chosen by position, and a position that is kept would open what now stands there.
    key = f"history_rows_{chosen.upload_id if chosen else ''}_{len(entries)}"
    at = [newest.index(chosen)] if chosen else []
    st.dataframe(
        frame, hide_index=True, alt=session.say("Uploads"),
        on_select=partial(_open, key, [entry.upload_id for entry in newest]),
        selection_mode="single-row", selection_default={"selection": {"rows": at}}, key=key,
        height=min(480, 38 + 35 * max(len(frame), 1)),
        column_config={
            session.say("Version"): st.column_config.NumberColumn(width=60),
            session.say("State"): st.column_config.TextColumn(width=135),
        },
    )  # fmt: skip


def _file(session: Session, entry: Entry) -> str:
    """The name of a file, which may tell of other places."""
    return entry.file_name if _part(session, entry) is None else "—"


def _label(session: Session, table: str) -> str:
    return TABLES[table].label[session.lang] if table in TABLES else table


def one_upload(session: Session, entry: Entry, entries: tuple[Entry, ...]) -> None:
    """One upload: what it said, what it left, its files, and taking it back."""
    facts = {
        session.say("When (China time)"): in_china(entry.at),
        session.say("Who"): entry.who,
        session.say("Table"): _label(session, entry.table),
        session.say("File"): _file(session, entry),
        session.say("Upload"): entry.upload_id,
        session.say("What it did"): _counts(session, entry),
        session.say("State"): _state(session, entry, entries) or session.say("in force"),
    }  # fmt: skip
    if reviewer := marks_of(session.engine.lake, entry).reviewed_by:
        facts[session.say("Reviewed by")] = reviewer
    st.table(
        pd.DataFrame({"": [plain(v) for v in facts.values()]}, index=list(facts)),
        border="horizontal", hide_header=True, alt=session.say("The upload"),
    )  # fmt: skip
    _files(session, entry)
    take_back(session, entry, undone(entries))
    _gone(session, entry)
    _records(session, entry)


def _files(session: Session, entry: Entry) -> None:
    """The original file and the report that was given on it."""
    lake = session.engine.lake
    if entry.kind == "upload" and not original_seen(lake, session.caller, entry):
        st.caption(
            session.say("The file also has records outside your scope, so it is not shown here.")
        )
    elif entry.kind == "upload":
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
    report = report_seen(lake, session.caller, entry)
    if not report:
        return
    found = report.get(session.lang, {}).get("findings", [])
    title = session.say("What was found then: {count}", count=len(found))
    with st.expander(title, key=f"report_{entry.upload_id}", icon=":material/rule:"):
        if not found:
            st.caption(session.say("Nothing to complain about."))
            return
        listed(session, found, f"report_{entry.upload_id}", title)


def _gone(session: Session, entry: Entry) -> None:
    """The records that an upload removed, because its file stood for the whole table."""
    lake = session.engine.lake
    if not removed_by(lake, entry):
        return
    table, before = TABLES[entry.table], lake.snapshot(entry.number - 1)
    gone = _seen(session, entry, table.name, gone_with(lake, table.name, entry))
    rows = lake.rows(table.name, before, match=(RECORD_ID, gone))
    title = session.say("The records that it removed")
    st.subheader(title, anchor=False)
    frame = readable_rows(table, rows, session.names, session.lang)
    record_table(frame.head(MOST_RECORDS_SHOWN), alt=title)


def _seen(session: Session, entry: Entry, table: str, ids: Iterable[str]) -> list[str]:
    """Those of some records that lie in the reader's scope, before and after the upload."""
    part = _part(session, entry)
    return sorted(ids if part is None else {id_ for id_ in ids if (table, id_) in part.seen})


def _records(session: Session, entry: Entry) -> None:
    """The records as this upload left them, those of its table."""
    if entry.table not in TABLES or entry.kind != "upload":
        return
    table = TABLES[entry.table]
    rows = session.engine.lake.rows(
        entry.table, entry.snapshot, match=(COMMIT_ID, [entry.upload_id])
    )
    if _part(session, entry) is not None:
        seen = _seen(session, entry, entry.table, rows[RECORD_ID].to_pylist())
        rows = rows.filter(pc.is_in(rows[RECORD_ID], pa.array(seen, pa.string())))
    st.subheader(session.say("The records that it put"), anchor=False)
    frame = readable_rows(table, rows, session.names, session.lang)
    if len(frame) > MOST_RECORDS_SHOWN:
        st.caption(session.say("The first {n} of {all}; a download holds all of them.",
                               n=MOST_RECORDS_SHOWN, all=f"{len(frame):,}"))  # fmt: skip
    record_table(frame.head(MOST_RECORDS_SHOWN), alt=table.label[session.lang])
    title = f"{table.label[session.lang]} {entry.upload_id}"
    downloads(session, f"upload-{entry.upload_id}", title, lambda: frame)
