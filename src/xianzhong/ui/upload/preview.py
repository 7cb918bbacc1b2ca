"""What a commit would change: counts, field by field, and the headline figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from xianzhong.brief.figures import shown
from xianzhong.brief.readable import readable_rows, readable_value
from xianzhong.intake.load import Prepared
from xianzhong.intake.report import Difference
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Change
from xianzhong.model.labels import COLON, Label
from xianzhong.query.effect import effect
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session
from xianzhong.ui.upload.hand import Hand

OUTCOMES: dict[str, Label] = {
    "new": Label("新增", "New"),
    "updated": Label("更新", "Updated"),
    "unchanged": Label("不变", "Unchanged"),
    "duplicate": Label("文件内重复", "Repeated"),
    "rejected": Label("退回", "Rejected"),
}
_REMOVED = Label("移除", "Removed")
FIGURES = (
    "pairings", "universities", "schools", "active_schools", "activities", "people_sent",
    "participants", "weak_counties_covered",
)  # fmt: skip
_MOST = 500
_EFFECTS_KEPT = 8


def preview(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Counts by outcome, then what is new, what is updated, and the figures."""
    found = prepared.report.differences
    with st.grid(5 + prepared.choices.replaces, min_column_width=110, gap="small"):
        for outcome, label in OUTCOMES.items():
            count = sum(1 for difference in found if difference.outcome == outcome)
            st.metric(label[session.lang], f"{count:,}", border=True)
        if prepared.choices.replaces:
            st.metric(_REMOVED[session.lang], f"{len(prepared.report.removed):,}", border=True)
    if prepared.nothing_to_do:
        return
    figures_moved(session, prepared.upload_id, prepared.base, prepared.changes)
    _removed(session, hand, prepared)
    updated = [d for d in found if d.outcome == "updated"]
    if updated:
        _updates(session, hand, updated)
    _new(session, hand, prepared)


def figures_moved(session: Session, key: str, base: Snapshot, changes: Sequence[Change]) -> None:
    """What changes that nobody has committed would do to the headline figures.

    Args:
        session: the run.
        key: tells these changes from others; asked of the data once for each.
        base: the snapshot that they were worked out on.
        changes: what a commit would do.
    """
    kept = st.session_state.setdefault("upload_effects", {})
    if key not in kept:
        for old in list(kept)[: 1 - _EFFECTS_KEPT]:
            del kept[old]
        kept[key] = effect(session.engine, base, changes, FIGURES, session.view.scope)
    moved = [e for e in kept[key] if e.before != e.after]
    st.markdown(f"**{session.say('What it does to the headline figures')}**")
    if not moved:
        st.caption(session.say("None of the headline figures changes."))
        return
    lang = session.lang
    lines = [
        f"- {e.indicator.label[lang]}{COLON[lang]}{shown(e.before)} → **{shown(e.after)}**"
        for e in moved
    ]
    st.markdown("\n".join(lines))


def _updates(session: Session, hand: Hand, updated: list[Difference]) -> None:
    """Old and new value of each field that an update replaces."""
    labels = {c.name: c.label[session.lang] for c in hand.table.columns}
    columns = {c.name: c for c in hand.table.columns}

    def said(name: str, value: object) -> str:
        return readable_value(columns[name], value, session.names, session.lang)

    rows = [(d, change) for d in updated for change in d.changes][:_MOST]
    title = session.say("What is updated, field by field")
    with st.expander(title, key=f"updates_{hand.key}", expanded=True, icon=":material/difference:"):
        record_table(
            pd.DataFrame(
                {
                    session.say("Sheet"): [d.sheet for d, _ in rows],
                    session.say("Row"): [d.row for d, _ in rows],
                    session.say("Field"): [labels.get(c.column, c.column) for _, c in rows],
                    session.say("Old value"): [said(c.column, c.old) for _, c in rows],
                    session.say("New value"): [said(c.column, c.new) for _, c in rows],
                }
            ),
            alt=title, height=320,
        )  # fmt: skip


def _removed(session: Session, hand: Hand, prepared: Prepared) -> None:
    """The records that the file lacks, where it stands for the whole table."""
    gone = [one.record_id for one in prepared.report.removed]
    if not gone:
        return
    rows = session.engine.lake.rows(hand.table.name, prepared.base, match=(RECORD_ID, gone[:_MOST]))
    title = session.say("What the file lacks and would be removed: {count}", count=f"{len(gone):,}")
    key = f"removed_{hand.key}"
    with st.expander(title, key=key, expanded=True, icon=":material/remove_circle:"):
        if len(gone) > rows.num_rows:
            st.caption(session.say("The first {n} of {all}; all in the table.",
                                   n=rows.num_rows, all=f"{len(gone):,}"))  # fmt: skip
        record_table(
            readable_rows(hand.table, rows, session.names, session.lang), alt=title, height=320
        )


def _new(session: Session, hand: Hand, prepared: Prepared) -> None:
    fresh = {d.record_id for d in prepared.report.differences if d.outcome == "new"}
    change = next((c for c in prepared.changes if c.table == hand.table.name), None)
    if not fresh or change is None:
        return
    title = session.say("What is new")
    rows = _rows_of(change, fresh)
    with st.expander(title, key=f"new_{hand.key}", icon=":material/add_circle:"):
        if len(fresh) > rows.num_rows:
            st.caption(session.say("The first {n} of {all}; all in the table.",
                                   n=rows.num_rows, all=f"{len(fresh):,}"))  # fmt: skip
        record_table(
            readable_rows(hand.table, rows, session.names, session.lang), alt=title, height=320
        )


def _rows_of(change: Change, records: set[str]) -> pa.Table:
    wanted = pa.array(sorted(records))
    return change.puts.filter(pc.is_in(change.puts[RECORD_ID], wanted)).slice(0, _MOST)
