"""What is offered in place of retyping: each offer changes many rows at one press.

Every offer is a choice of the user (:class:`xianzhong.intake.choices.Choices`): it says what it
would do and to how many rows, is pressed or left, and can be taken back with all choices.
"""

from __future__ import annotations

import streamlit as st

from xianzhong.intake.load import Prepared, fill_rows, split_rows
from xianzhong.intake.suggest import Option, Suggestion, suggestions
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.hand import Hand, say_choices, say_edits

MOST_OFFERED = 12


def offers(session: Session, hand: Hand, prepared: Prepared) -> None:
    """All offers, one under the other; nothing where there is none."""
    _splits(session, hand, prepared)
    _fills(session, hand, prepared)
    _meanings(session, hand, prepared)


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


def _fills(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Offers to fill a blank school or university from the row above it."""
    filled = fill_rows(prepared)
    count = len(filled.fills) - len(prepared.choices.fills)
    if count:
        st.button(
            session.say("Fill blank schools and universities from the row above: {count}",
                        count=count),
            key=f"fill_{hand.key}", on_click=say_choices, args=(hand, filled),
            icon=":material/vertical_align_bottom:",
            help=session.say("Only where a row above names one; each filled cell is said."),
        )  # fmt: skip


def _meanings(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Offers what a refused value most likely means, for all the rows that have it."""
    found = suggestions(hand.table, prepared.recognised, prepared.report.findings)
    if not found:
        return
    with st.container(border=True, key=f"meanings_{hand.key}"):
        st.markdown(f"**{session.say('Did you mean …?')}**")
        for number, suggestion in enumerate(found[:MOST_OFFERED]):
            _meaning(session, hand, suggestion, f"{number}_{prepared.upload_id}")
        if len(found) > MOST_OFFERED:
            st.caption(
                session.say("{count} more values follow once these are settled.",
                            count=f"{len(found) - MOST_OFFERED:,}")
            )  # fmt: skip


def _meaning(session: Session, hand: Hand, suggestion: Suggestion, key: str) -> None:
    title = session.say(
        "{header}: “{value}” in {count} rows",
        header=plain(" ".join(suggestion.header.split())), value=plain(suggestion.value),
        count=f"{len(suggestion.places):,}",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"meaning_{key}"):
        options = list(suggestion.options)
        chosen = st.selectbox(
            title, options, key=f"meant_{key}", format_func=lambda o: o.words[session.lang],
            width=420,
        )  # fmt: skip
        st.button(
            session.say("Take this"), key=f"take_meaning_{key}", on_click=_accept,
            args=(hand, suggestion, chosen), icon=":material/done_all:",
        )  # fmt: skip


def _accept(hand: Hand, suggestion: Suggestion, option: Option) -> None:
    say_edits(hand, suggestion.edits(option))
