"""The steps of the upload page, in their order."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from xianzhong.access.writing import template as template_for
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_FILE, MEGABYTE
from xianzhong.intake.load import Prepared
from xianzhong.intake.read import ENDINGS
from xianzhong.model.columns import Table
from xianzhong.model.tables import TABLES
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.frame import ignored
from xianzhong.ui.records import XLSX
from xianzhong.ui.session import Session, set_params, showing
from xianzhong.ui.text import plain
from xianzhong.ui.upload.committing import committing, receipt
from xianzhong.ui.upload.findings import findings, loaded_before
from xianzhong.ui.upload.hand import Hand, checked, choices_of, is_own, receipt_of, say_replaces
from xianzhong.ui.upload.mend import mend
from xianzhong.ui.upload.offers import offers
from xianzhong.ui.upload.preview import preview
from xianzhong.ui.upload.recognised import recognised, unsettled

PARAMETER = "table"
# One for all tables: whoever chose the wrong one need not drop the file again.
_DROP, _SEEN = "drop", "upload_seen"
_DEFAULT = "activities"


def _choose() -> None:
    _take_table(st.session_state.get("upload_table") or _DEFAULT)


def choose_table(session: Session) -> Table:
    """The table that the file fills; part of the link."""
    asked = st.query_params.get(PARAMETER, _DEFAULT)
    if asked not in TABLES:
        ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))
        asked = _DEFAULT
    order = [_DEFAULT, *(name for name in TABLES if name != _DEFAULT)]
    with showing({"upload_table": asked}):
        st.segmented_control(
            session.say("What do you upload?"), order, key="upload_table", required=True,
            format_func=lambda name: TABLES[name].label[session.lang], on_change=_choose,
        )  # fmt: skip
    table = TABLES[asked]
    st.caption(table.meaning[session.lang])
    return table


def template(session: Session, table: Table) -> None:
    """The template, built from the newest state when it is asked for."""
    lake, caller = session.engine.lake, session.caller
    st.download_button(
        session.say("Download the template"), lambda: template_for(lake, caller, table),
        f"{table.label.zh}-模板.xlsx", XLSX, key=f"template_{table.name}", on_click="ignore",
        icon=":material/description:",
    )  # fmt: skip


def drop(session: Session) -> list[Any]:
    """The files that the user drops or chooses."""
    dropped: Any = st.file_uploader(
        session.say("Excel, WPS or CSV files, up to {limit} MB each", limit=MAX_FILE // MEGABYTE),
        type=[ending.lstrip(".") for ending in ENDINGS], accept_multiple_files=True,
        key=_DROP, max_upload_size=MAX_FILE // MEGABYTE,
    )  # fmt: skip
    st.caption(session.say("Kinds of files: {endings}.", endings=plain(" ".join(ENDINGS))))
    if any(isinstance(file, DeletedFile) for file in st.session_state.get(_DROP) or ()):
        # The browser still names files which a server that was started anew never had.
        st.warning(
            session.say(
                "The connection was interrupted and the file is no longer here. Please choose it "
                "again; what was loaded already will show as unchanged."
            ),
            icon=":material/sync_problem:",
        )
    return list(dropped or [])


def one_file(session: Session, hand: Hand, *, alone: bool) -> None:
    """All steps of one file; of several, each behind its name."""
    if alone:
        _steps(session, hand)
        return
    done = receipt_of(hand)
    sign = ":material/task_alt:" if done else ":material/description:"
    with st.expander(hand.name, key=f"file_{hand.key}", icon=sign, expanded=True):
        _steps(session, hand)


def _steps(session: Session, hand: Hand) -> None:
    got = receipt_of(hand)
    if got is not None:
        st.session_state.get(_SEEN, {}).pop(hand.key, None)
        receipt(session, hand, got)
        return
    answer = checked(session, hand)
    if isinstance(answer, IntakeError):
        _refused(session, hand, answer)
        return
    _compared_again(session, hand, answer)
    known = loaded_before(session, answer)
    _other_table(session, answer)
    recognised(session, hand, answer)
    _whole_list(session, hand)
    if known and len(answer.report.findings) == 1:
        return
    st.subheader(session.say("3 · Findings"), anchor=False)
    findings(session, hand, answer)
    if known or unsettled(answer):
        return
    offers(session, hand, answer)
    mend(session, hand, answer)
    st.subheader(session.say("4 · What would change"), anchor=False)
    preview(session, hand, answer)
    st.subheader(session.say("5 · Load"), anchor=False)
    committing(session, hand, answer)


def _whole_list(session: Session, hand: Hand) -> None:
    """For a table that is one list: whether the file adds to it or is the whole of it."""
    if not hand.table.whole_list:
        return
    key = f"replace_{hand.key}"
    st.session_state[key] = choices_of(hand).replaces
    st.checkbox(
        session.say("This file replaces the whole list"), key=key,
        on_change=lambda: say_replaces(hand, whole=bool(st.session_state[key])),
        help=session.say(
            "Records that the file lacks are removed, and of the others only what the file says "
            "stays. It is one upload: one undo brings the whole list back."
        ),
    )  # fmt: skip


def _refused(session: Session, hand: Hand, error: IntakeError) -> None:
    """A file that cannot be read at all: what is wrong, and what to do."""
    lang = session.lang
    st.error(
        f"**{plain(hand.name)}** {plain(error.message(lang))}\n\n{plain(error.hint(lang))}",
        icon=":material/error:",
    )


def _compared_again(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Says when others were first, so that this preview is not the one looked at at first.

    It stays until the file is loaded: whatever else is pressed, it is still so.
    """
    seen: dict[str, int] = st.session_state.setdefault(_SEEN, {})
    number = prepared.base.number
    first = seen.setdefault(hand.key, number)
    if first == number:
        return
    entries = session.engine.lake.entries()
    since = [entry for entry in entries if first < entry.number <= number]
    if others := sum(not is_own(entry.upload_id) for entry in since):
        st.warning(
            session.say(
                "Since you last looked, {count} uploads by others came first. The file was "
                "compared again with the new state; please look once more.",
                count=others,
            ),
            icon=":material/sync:",
        )


def _take_table(name: str) -> None:
    params = {**st.query_params.to_dict(), PARAMETER: name}
    if name == _DEFAULT:
        params.pop(PARAMETER)
    set_params(params)


def _other_table(session: Session, prepared: Prepared) -> None:
    """Offers the table that the headers fit better than the one chosen above."""
    if not prepared.better:
        return
    label = TABLES[prepared.better].label[session.lang]
    with st.container(key="other_table"):
        st.info(
            session.say("By its headers this file looks like “{table}”.", table=label),
            icon=":material/swap_horiz:",
        )
        st.button(
            session.say("Check it as “{table}”", table=label), key=f"as_{prepared.upload_id}",
            on_click=_take_table, args=(prepared.better,), icon=":material/swap_horiz:",
        )  # fmt: skip
