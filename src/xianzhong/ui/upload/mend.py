"""The rejected rows: the wrong cells one by one, or all cells in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from xianzhong.intake.load import Prepared, rejected_rows
from xianzhong.intake.mend import RejectedRow
from xianzhong.intake.suggest import Columns
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.hand import Hand, say_edits

# No table has a column of this name: activities have a place of their own.
_PLACE = "sheet and row"
MOST_MENDED = 200
# So many rows stand on the page at once; the next ones follow when these are mended.
ROWS_AT_ONCE = 10
MOST_OPEN = 20
Place = tuple[str, int]
# What is wrong with each row, by table column.
Wrong = dict[Place, dict[str, list[str]]]


def mend(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Lets the user write into the rejected rows, and checks the file again with that."""
    rows = rejected_rows(prepared)
    if not rows:
        return
    wrong = _wrong(session, hand, prepared)
    title = session.say("Mend the {count} rejected rows here", count=f"{len(rows):,}")
    with st.expander(
        title,
        key=f"mend_{hand.key}",
        icon=":material/edit:",
        expanded=len(rows) <= MOST_OPEN,
    ):
        _cells(session, hand, prepared, rows, wrong)
    with st.expander(
        session.say("All cells of the rejected rows, as a table"), key=f"whole_{hand.key}",
        icon=":material/table_edit:",
    ):  # fmt: skip
        if len(rows) > MOST_MENDED:
            st.caption(
                session.say("The first {shown} of {all} rejected rows.",
                            shown=MOST_MENDED, all=f"{len(rows):,}")
            )  # fmt: skip
        _editor(session, hand, prepared, rows[:MOST_MENDED], wrong)


def _wrong(session: Session, hand: Hand, prepared: Prepared) -> Wrong:
    columns = Columns(hand.table, prepared.recognised)
    found: Wrong = {}
    for finding in prepared.report.by_severity("error"):
        text = f"{finding.message(session.lang)} {finding.hint(session.lang)}".strip()
        row = found.setdefault((finding.sheet, finding.row), {})
        row.setdefault(columns.of(finding), []).append(text)
    return found


def _cells(
    session: Session,
    hand: Hand,
    prepared: Prepared,
    rows: Sequence[RejectedRow],
    wrong: Wrong,
) -> None:
    """For each row its wrong cells, each with what is wrong right under it."""
    labels = {c.name: c.label[session.lang] for c in hand.table.columns}
    shown = rows[:ROWS_AT_ONCE]
    if len(rows) > len(shown):
        st.caption(
            session.say("The first {shown} of {all} rejected rows.",
                        shown=len(shown), all=f"{len(rows):,}")
        )  # fmt: skip
    written: dict[Place, dict[str, tuple[str, str]]] = {}
    with st.form(f"cells_{hand.key}", border=False):
        for row in shown:
            with st.container(border=True, gap="small"):
                st.markdown(_about(session, row, labels))
                place = row.sheet, row.row
                for column, said in wrong.get(place, {}).items():
                    if column in labels:
                        before = row.texts.get(column, "")
                        key = f"cell_{row.sheet}_{row.row}_{column}_{prepared.upload_id}"
                        after = st.text_input(labels[column], before, key=key)
                        written.setdefault(place, {})[column] = before, after
                    st.caption(plain(" ".join(said)))
        if st.form_submit_button(session.say("Check again"), icon=":material/refresh:"):
            _keep(
                session, hand,
                {
                    place: {name: new for name, (old, new) in cells.items() if new != old}
                    for place, cells in written.items()
                },
            )  # fmt: skip


def _about(session: Session, row: RejectedRow, columns: Iterable[str]) -> str:
    """Which row it is, in the words of its first cells."""
    filled = [text for column in columns if (text := row.texts.get(column))]
    texts = " · ".join(plain(text[:24]) for text in filled[:4])
    return f"**{session.say('row {row}', row=row.row)}** {plain(row.sheet)} — {texts}"


def _keep(session: Session, hand: Hand, edits: Mapping[Place, Mapping[str, str]]) -> None:
    """Keeps what was written, if anything was."""
    changed = {place: texts for place, texts in edits.items() if texts}
    if changed:
        say_edits(hand, changed)
        st.rerun()
    st.info(session.say("Nothing was changed."))


def _columns(hand: Hand, rows: Sequence[RejectedRow], wrong: Wrong) -> list[str]:
    """The columns to show: first those with errors, then what is required or filled."""
    bad = {column for row in wrong.values() for column in row}
    shown = [
        column.name
        for column in hand.table.columns
        if column.required or column.name in bad or any(r.texts.get(column.name) for r in rows)
    ]
    return sorted(shown, key=lambda name: name not in bad)


def _editor(
    session: Session,
    hand: Hand,
    prepared: Prepared,
    rows: Sequence[RejectedRow],
    wrong: Wrong,
) -> None:
    needed = _columns(hand, rows, wrong)
    frame = pd.DataFrame(
        [
            {
                _PLACE: f"{row.sheet} {row.row}",
                **{name: row.texts.get(name, "") for name in needed},
            }
            for row in rows
        ]
    )
    labels = {c.name: c.label[session.lang] for c in hand.table.columns}
    config = {name: st.column_config.TextColumn(labels[name]) for name in needed}
    config[_PLACE] = st.column_config.TextColumn(session.say("Sheet and row"), pinned=True)
    mended = st.data_editor(
        frame, hide_index=True, disabled=[_PLACE], column_config=config,
        key=f"editor_{hand.key}_{prepared.upload_id}", alt=session.say("Rejected rows"),
    )  # fmt: skip
    if st.button(session.say("Check again"), key=f"again_{hand.key}", icon=":material/refresh:"):
        pairs = zip(rows, frame.to_dict("records"), mended.to_dict("records"), strict=True)
        _keep(
            session, hand,
            {
                (row.sheet, row.row): {
                    name: str(after[name] or "") for name in needed if after[name] != before[name]
                }
                for row, before, after in pairs
            },
        )  # fmt: skip
