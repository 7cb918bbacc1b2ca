"""The rejected rows in a table in which they can be mended."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xianzhong.intake.load import Prepared, rejected_rows, split_rows
from xianzhong.intake.mend import RejectedRow
from xianzhong.intake.values import letter
from xianzhong.ui.session import Session
from xianzhong.ui.upload.hand import Hand, say_choices, say_edits

MOST_MENDED = 200


def mend(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Lets the user write into the rejected rows, and checks the file again with that."""
    rows = rejected_rows(prepared)
    if not rows:
        return
    _splits(session, hand, prepared)
    with st.expander(
        session.say("Mend the {count} rejected rows here", count=f"{len(rows):,}"),
        key=f"mend_{hand.key}", icon=":material/edit:", expanded=len(rows) <= 20,
    ):  # fmt: skip
        if len(rows) > MOST_MENDED:
            st.caption(
                session.say("The first {shown} of {all} rejected rows.",
                            shown=MOST_MENDED, all=f"{len(rows):,}")
            )  # fmt: skip
        _editor(session, hand, prepared)


def _splits(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Offers to make one record of each school where a cell names several."""
    split = split_rows(prepared)
    count = len(split.splits) - len(prepared.choices.splits)
    if count:
        st.button(
            session.say("Split rows that name several schools or universities: {count}",
                        count=count),
            key=f"split_{hand.key}", on_click=say_choices, args=(hand, split),
            icon=":material/call_split:",
            help=session.say("Each becomes a record of its own; the numbers stay with the first."),
        )  # fmt: skip


def _problems(session: Session, prepared: Prepared) -> dict[tuple[str, int], str]:
    """What is wrong with each rejected row, in one line."""
    said: dict[tuple[str, int], list[str]] = {}
    for finding in prepared.report.by_severity("error"):
        text = f"{finding.header}: {finding.message(session.lang)} {finding.hint(session.lang)}"
        said.setdefault((finding.sheet, finding.row), []).append(text.strip())
    return {place: " / ".join(texts) for place, texts in said.items()}


def _columns(hand: Hand, prepared: Prepared, rows: Sequence[RejectedRow]) -> list[str]:
    """The columns to show: first those with errors, then what is required or filled."""
    held = {
        (sheet.sheet, letter(index)): column
        for sheet in prepared.recognised
        for index, _, column in sheet.columns
    }
    labels = {column.label.zh: column.name for column in hand.table.columns}
    wrong = {
        held.get((f.sheet, f.column)) or labels.get(f.header, "")
        for f in prepared.report.by_severity("error")
    }
    shown = [
        column.name
        for column in hand.table.columns
        if column.required or column.name in wrong or any(r.texts.get(column.name) for r in rows)
    ]
    return sorted(shown, key=lambda name: name not in wrong)


def _editor(session: Session, hand: Hand, prepared: Prepared) -> None:
    rows = rejected_rows(prepared)[:MOST_MENDED]
    wrong = _problems(session, prepared)
    needed = _columns(hand, prepared, rows)
    frame = pd.DataFrame(
        [
            {
                "place": f"{row.sheet} {row.row}",
                "wrong": wrong.get((row.sheet, row.row), ""),
                **{name: row.texts.get(name, "") for name in needed},
            }
            for row in rows
        ]
    )
    labels = {c.name: c.label[session.lang] for c in hand.table.columns}
    config = {name: st.column_config.TextColumn(labels[name]) for name in needed}
    config["place"] = st.column_config.TextColumn(session.say("Sheet and row"), pinned=True)
    config["wrong"] = st.column_config.TextColumn(session.say("What is wrong"), width="large")
    mended = st.data_editor(
        frame, hide_index=True, disabled=["place", "wrong"], column_config=config,
        key=f"editor_{hand.key}_{prepared.upload_id}", alt=session.say("Rejected rows"),
    )  # fmt: skip
    if st.button(session.say("Check again"), key=f"again_{hand.key}", icon=":material/refresh:"):
        edits = {}
        for row, before, after in zip(
            rows, frame.to_dict("records"), mended.to_dict("records"), strict=True
        ):
            changed = {
                name: str(after[name] or "") for name in needed if after[name] != before[name]
            }
            if changed:
                edits[row.sheet, row.row] = changed
        if edits:
            say_edits(hand, edits)
            st.rerun()
        st.info(session.say("Nothing was changed in the table."))
