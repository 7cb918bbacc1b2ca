"""What was made of each sheet, and the user's corrections of it: left out, headers, columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from xianzhong.intake.choices import Recognised
from xianzhong.intake.load import Prepared
from xianzhong.intake.values import letter
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.hand import (
    Hand,
    choices_of,
    forget_choices,
    say_columns,
    say_header,
    say_left_out,
)

# Rows of a sheet that are shown: some above the headers, and some below.
_ABOVE, _SHOWN = 2, 8
_STRUCTURAL = frozenset({"no_header", "missing_column", "sheet_incomplete"})


def unsettled(prepared: Prepared) -> bool:
    """Whether it must first be said where headers are, or what the columns of a sheet are."""
    return any(finding.rule in _STRUCTURAL for finding in prepared.report.by_severity("error"))


def recognised(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Each sheet with its first rows and columns, open where something must be said of it."""
    incomplete = {
        str(f.fields["name"]) for f in prepared.report.findings if f.rule == "sheet_incomplete"
    }
    nothing = any(f.rule == "no_header" for f in prepared.report.findings)
    for number, sheet in enumerate(prepared.recognised):
        asked = not sheet.left_out and (
            sheet.sheet in incomplete or (sheet.used and bool(sheet.missing)) or nothing
        )
        icon = ":material/error:" if asked else ":material/table:"
        with st.expander(
            _title(session, sheet), key=f"sheet_{number}_{hand.key}", icon=icon, expanded=asked
        ):
            _sheet(session, hand, prepared, sheet)
    if not choices_of(hand).empty:
        st.button(
            session.say("Back to the file as it is"), key=f"forget_{hand.key}", type="tertiary",
            on_click=forget_choices, args=(hand,), icon=":material/undo:",
        )  # fmt: skip


def _title(session: Session, sheet: Recognised) -> str:
    name = plain(sheet.sheet)
    if sheet.left_out:
        return session.say("Sheet {name}: left out, as you chose", name=name)
    if not sheet.used:
        return session.say("Sheet {name}: not read; say here what it holds", name=name)
    bound = sum(1 for _, _, column in sheet.columns if column)
    return session.say(
        "Sheet {name}: headers in row {row}, {bound} of {all} columns recognised, {rows} rows",
        name=name, row=sheet.header_row, bound=bound, all=len(sheet.columns),
        rows=f"{sheet.rows:,}",
    )  # fmt: skip


def _sheet(session: Session, hand: Hand, prepared: Prepared, sheet: Recognised) -> None:
    if len(prepared.recognised) > 1:
        key = f"leave_{sheet.sheet}_{hand.key}"
        st.checkbox(
            session.say("Leave this sheet out"), value=sheet.left_out, key=key,
            on_change=_leave, args=(hand, sheet.sheet, key),
        )  # fmt: skip
    if sheet.left_out or not sheet.top:
        return
    labels = {column.name: column.label[session.lang] for column in hand.table.columns}
    if sheet.missing:
        joiner = "、" if session.lang == "zh" else ", "
        st.warning(
            session.say(
                "Required and not found yet: {columns}. Say below which column each is.",
                columns=joiner.join(labels[name] for name in sheet.missing),
            ),
            icon=":material/rule:",
        )
    _header(session, hand, sheet)
    _columns(session, hand, sheet, labels)


def _leave(hand: Hand, sheet: str, key: str) -> None:
    say_left_out(hand, sheet, out=bool(st.session_state.get(key)))


def _point(hand: Hand, sheet: str, key: str) -> None:
    say_header(hand, sheet, int(st.session_state[key]))


def _header(session: Session, hand: Hand, sheet: Recognised) -> None:
    """The first rows of the sheet, and which of them holds the headers."""
    texts = dict(sheet.top)
    numbers = list(texts)
    if sheet.header_row not in texts:
        numbers = [sheet.header_row, *numbers]
    key = f"header_{sheet.sheet}_{sheet.header_row}_{hand.key}"
    st.selectbox(
        session.say("The headers are in row"), numbers, index=numbers.index(sheet.header_row),
        key=key, on_change=_point, args=(hand, sheet.sheet, key),
        format_func=lambda n: f"{n} · {' | '.join(t for t in texts.get(n, ()) if t)}"[:80],
    )  # fmt: skip
    first = max(0, numbers.index(sheet.header_row) - _ABOVE)
    shown = [n for n in numbers[first : first + _SHOWN] if n in texts]
    width = max((len(texts[n]) for n in shown), default=0)
    frame = pd.DataFrame(
        [[*texts[n], *[""] * (width - len(texts[n]))] for n in shown],
        columns=[letter(i) for i in range(width)],
    )
    frame.insert(0, session.say("Row"), shown)
    st.dataframe(
        frame, hide_index=True, alt=session.say("The first rows of the sheet"),
        height=38 + 35 * max(len(shown), 1),
    )  # fmt: skip


def _samples(sheet: Recognised) -> Mapping[int, str]:
    """What stands first in each column below the headers."""
    found: dict[int, str] = {}
    for number, cells in sheet.top:
        if number > sheet.header_row:
            for index, text in enumerate(cells):
                if text:
                    found.setdefault(index, text)
    return found


def _columns(session: Session, hand: Hand, sheet: Recognised, labels: Mapping[str, str]) -> None:
    """Which column of the sheet holds what: a choice for each."""
    st.caption(
        session.say(
            "Correct a column where it was taken for something else. Sheets with the same "
            "headers will be read so from then on."
        )
    )
    samples = _samples(sheet)
    with st.form(f"columns_{sheet.sheet}_{hand.key}", border=False):
        chosen: dict[int, str] = {}
        with st.grid(3, min_column_width=200, gap="small"):
            for index, header, column in sheet.columns:
                options = ["", *labels]
                sample = samples.get(index, "")[:16]
                chosen[index] = st.selectbox(
                    f"{letter(index)} · {plain(header)}", options, index=options.index(column),
                    key=f"column_{sheet.sheet}_{sheet.header_row}_{index}_{column}_{hand.key}",
                    format_func=lambda c: labels.get(c) or session.say("left aside"),
                    help=session.say("For example: {value}", value=plain(sample))
                    if sample else None,
                )  # fmt: skip
        if st.form_submit_button(session.say("Read the columns so"), icon=":material/check:"):
            now = {index: column for index, _, column in sheet.columns}
            changed = {i: c for i, c in chosen.items() if c != now[i]}
            if changed:
                before = choices_of(hand).columns.get(sheet.sheet, {})
                say_columns(hand, sheet.sheet, {**before, **changed}, header=sheet.header_row)
                st.rerun()
            st.info(session.say("Nothing was changed."))
