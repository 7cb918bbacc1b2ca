"""What was made of each sheet, and the user's corrections of it, column by column."""

from __future__ import annotations

import streamlit as st

from xianzhong.intake.choices import Recognised
from xianzhong.intake.load import Prepared
from xianzhong.intake.values import letter
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.hand import Hand, choices_of, forget_choices, say_columns


def recognised(session: Session, hand: Hand, prepared: Prepared) -> None:
    """One line for each sheet, with its columns behind it."""
    for number, sheet in enumerate(prepared.recognised):
        if not sheet.used:
            st.caption(session.say("Sheet {name}: not read.", name=plain(sheet.sheet)))
            continue
        bound = sum(1 for _, _, column in sheet.columns if column)
        title = session.say(
            "Sheet {name}: headers in row {row}, {bound} of {all} columns recognised, {rows} rows",
            name=plain(sheet.sheet), row=sheet.header_row, bound=bound, all=len(sheet.columns),
            rows=f"{sheet.rows:,}",
        )  # fmt: skip
        with st.expander(title, key=f"sheet_{number}_{hand.key}", icon=":material/table:"):
            _columns(session, hand, sheet)
    if not choices_of(hand).empty:
        st.button(
            session.say("Back to the file as it is"), key=f"forget_{hand.key}", type="tertiary",
            on_click=forget_choices, args=(hand,), icon=":material/undo:",
        )  # fmt: skip


def _columns(session: Session, hand: Hand, sheet: Recognised) -> None:
    """Which column of the sheet holds what: a choice for each."""
    table = hand.table
    labels = {column.name: column.label[session.lang] for column in table.columns}
    st.caption(
        session.say(
            "Correct a column where it was taken for something else. Sheets with the same "
            "headers will be read so from then on."
        )
    )
    with st.form(f"columns_{sheet.sheet}_{hand.key}", border=False):
        chosen: dict[int, str] = {}
        with st.grid(3, min_column_width=200, gap="small"):
            for index, header, column in sheet.columns:
                options = ["", *labels]
                chosen[index] = st.selectbox(
                    f"{letter(index)} · {plain(header)}", options, index=options.index(column),
                    key=f"column_{sheet.sheet}_{index}_{column}_{hand.key}",
                    format_func=lambda c: labels.get(c) or session.say("left aside"),
                )  # fmt: skip
        if st.form_submit_button(session.say("Read the columns so"), icon=":material/check:"):
            now = {index: column for index, _, column in sheet.columns}
            changed = {i: c for i, c in chosen.items() if c != now[i]}
            if changed:
                before = choices_of(hand).columns.get(sheet.sheet, {})
                say_columns(hand, sheet.sheet, {**before, **changed})
                st.rerun()
