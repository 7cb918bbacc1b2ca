"""Several files at once: how far they are, and those without problems loaded at one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from xianzhong.access.writing import commit, prepare
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.lake.errors import LakeError
from xianzhong.model.labels import COLON, COMMA
from xianzhong.ui import pressing
from xianzhong.ui.not_written import not_written
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain
from xianzhong.ui.upload.committing import name_given, name_wanted
from xianzhong.ui.upload.hand import Hand, checked, receipt_keeper, receipt_of

_SAID = "upload_together"


def together(session: Session, hands: Sequence[Hand]) -> None:
    """How many of the files are loaded, and a button for those that have no errors."""
    got = [receipt for hand in hands if (receipt := receipt_of(hand)) is not None]
    sent = sum(bool(receipt.pending) for receipt in got)
    shown = session.say("{done} of {all} files loaded", done=len(got) - sent, all=len(hands))
    if sent:
        shown += COMMA[session.lang] + session.say("{count} sent for review", count=sent)
    st.progress(len(got) / len(hands), shown)
    for words in st.session_state.pop(_SAID, ()):
        st.warning(words, icon=":material/sync_problem:")
    ready = [(hand, answer) for hand in hands if (answer := _ready(session, hand))]
    if len(ready) < 2:
        return
    ids = "_".join(prepared.upload_id for _, prepared in ready)
    key = f"together_{ids}"
    if pressing.button(
        session.say("Load all {count} files without problems", count=len(ready)),
        key=key, icon=":material/publish:", type="primary",
    ):  # fmt: skip
        if not name_given():
            with pressing.carried_out(key):
                name_wanted(session)
            return
        with pressing.carried_out(key):
            # From here to the last file the run cannot be cut off: nothing touches the session.
            name, keepers = name_given(), [(*one, receipt_keeper(one[0])) for one in ready]
            words = [said for one in keepers if (said := _load(session, name, *one))]
            pressing.done()
            st.session_state[_SAID] = words
        st.rerun()


def _ready(session: Session, hand: Hand) -> Prepared | None:
    """What would be loaded of a file that has no errors and would change something."""
    if receipt_of(hand) is not None:
        return None
    answer = checked(session, hand)
    if isinstance(answer, IntakeError) or not answer.report.ok or answer.nothing_to_do:
        return None
    return answer


def _load(
    session: Session, name: str, hand: Hand, seen: Prepared, keep: Callable[[Receipt], None]
) -> str:
    """Loads one file, if it still does what was looked at; else says why not."""
    lake = session.engine.lake
    try:
        now = prepare(
            lake, session.caller, seen.table, seen.file_name, seen.content,
            divisions=session.engine.divisions, choices=seen.choices,
        )  # fmt: skip
        if not now.report.ok or now.report.counts != seen.report.counts:
            return session.say(
                "{file} was not loaded with the others: after them it would do something else. "
                "Please look at it again.",
                file=plain(hand.name),
            )
        keep(commit(lake, session.caller, now, who=name))
    except IntakeError as error:
        return f"{plain(hand.name)}{COLON[session.lang]}{plain(error.message(session.lang))}"
    except LakeError as error:
        return f"{plain(hand.name)}{COLON[session.lang]}{not_written(session, error)}"
    return ""
