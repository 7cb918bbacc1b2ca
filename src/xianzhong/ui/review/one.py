"""One upload under review: findings, what would change, and accepting or returning it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from xianzhong.access.errors import NotAllowedError
from xianzhong.access.review import (
    accept,
    file_seen,
    may_review,
    prepare_again,
    send_back,
    withdraw,
)
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.load import Prepared
from xianzhong.lake.errors import LakeError
from xianzhong.lake.pending import LONGEST_NOTE, Pending
from xianzhong.model.tables import TABLES
from xianzhong.ui import pressing
from xianzhong.ui.navigation import page_object
from xianzhong.ui.not_written import not_written
from xianzhong.ui.review.listed import counts, table_label
from xianzhong.ui.review.told import STATES
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import in_china, plain
from xianzhong.ui.upload.findings import findings
from xianzhong.ui.upload.hand import Hand
from xianzhong.ui.upload.preview import preview

_SAID, _PREPARED = "review_said", "review_prepared"
_KEPT = 4


def said(session: Session) -> None:
    """What became of the last press."""
    kept = st.session_state.pop(_SAID, {})
    if words := kept.get("words"):
        st.success(words, icon=":material/task_alt:")


def one_pending(session: Session, pending: Pending) -> None:
    """All there is to say of one upload, and what the reader may do about it."""
    st.subheader(plain(pending.file_name), anchor=False)
    st.caption(
        session.say(
            "{table} · sent by {who} at {moment} (China time) · {state}",
            table=table_label(session, pending), who=plain(pending.who),
            moment=in_china(pending.made_at), state=session.label(STATES[pending.state]),
        )
    )  # fmt: skip
    if pending.state != "waiting":
        _decided(session, pending)
        return
    prepared = _compared(session, pending)
    if prepared is not None:
        _shown(session, pending, prepared)
    if may_review(session.engine.lake, session.caller, pending):
        _decide(session, pending, prepared)
    else:
        _withdraw(session, pending)


def _decided(session: Session, pending: Pending) -> None:
    """Who decided, with which words, and where its records are."""
    st.markdown(counts(session, pending))
    if pending.state == "withdrawn":
        return
    who = session.say("Decided by {who}", who=plain(pending.reviewed_by or "—"))
    if pending.note:
        st.info(f"{who}\n\n{plain(pending.note)}", icon=":material/comment:")
    else:
        st.caption(who)
    if pending.state == "accepted":
        here = params_for(session.filters, session.lang)
        st.page_link(
            page_object("history"), query_params={**here, "upload": pending.upload},
            label=session.say("See that upload"), icon=":material/visibility:",
        )  # fmt: skip
    else:
        st.caption(session.say("Mend the file and upload it again."))


def _compared(session: Session, pending: Pending) -> Prepared | None:
    """The file compared with the newest state, once for each; says where it cannot be."""
    kept: dict[Any, Prepared] = st.session_state.setdefault(_PREPARED, {})
    lake = session.engine.lake
    key = pending.id, pending.number, lake.snapshot().number, session.caller
    if key in kept:
        return kept[key]
    try:
        with st.spinner(
            session.say("Reading and checking {file} …", file=plain(pending.file_name))
        ):
            found = prepare_again(lake, session.caller, pending, divisions=session.engine.divisions)
    except IntakeError as error:
        st.error(plain(error.message(session.lang)), icon=":material/error:")
        return None
    except LakeError as error:
        st.error(plain(error.said[session.lang]), icon=":material/error:")
        return None
    kept[key] = found
    for old in list(kept)[:-_KEPT]:
        del kept[old]
    return found


def _shown(session: Session, pending: Pending, prepared: Prepared) -> None:
    """Findings, and what would change."""
    hand = Hand(TABLES[pending.table], pending.file_name, prepared.content)
    st.markdown(f"**{session.say('Findings')}**")
    if file_seen(session.engine.lake, session.caller, pending):
        findings(session, hand, prepared)
        st.download_button(
            session.say("The original file"), prepared.content, pending.file_name,
            "application/octet-stream", key=f"sent_{pending.id}", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
    else:
        st.caption(
            session.say(
                "The file may also have rows outside what you review, so its findings are not "
                "shown here. All that it would change is below."
            )
        )
    st.markdown(f"**{session.say('What would change')}**")
    preview(session, hand, prepared)


def _decide(session: Session, pending: Pending, prepared: Prepared | None) -> None:
    """The two ways: accept what is shown above, or return it with a note."""
    st.markdown(f"**{session.say('Decide')}**")
    note = st.text_area(
        session.say("Note to the reporter; needed to return it"), key=f"note_{pending.id}",
        max_chars=LONGEST_NOTE, height=80,
    )  # fmt: skip
    good = prepared is not None and (prepared.report.ok or pending.partial)
    with st.container(horizontal=True):
        if prepared is not None and good and not prepared.nothing_to_do:
            _accept(session, pending, prepared, note or "")
        _return(session, pending, note or "")
    if prepared is not None and prepared.nothing_to_do and prepared.report.ok:
        st.caption(session.say("Nothing to load: the records are all there already."))
    elif prepared is not None and not good:
        st.caption(session.say("It has errors by now, so it can only be returned."))


def _accept(session: Session, pending: Pending, prepared: Prepared, note: str) -> None:
    # With another comparison comes another button: nothing is accepted that was not looked at.
    key = f"accept_{prepared.upload_id}"
    if not pressing.button(
        session.say("Accept and load"), key=key, type="primary", icon=":material/check:"
    ):
        return
    with pressing.carried_out(key):
        done = _tried(session, lambda: _load(session, pending, prepared, note))
    if done:
        st.rerun()


def _load(session: Session, pending: Pending, prepared: Prepared, note: str) -> str:
    receipt = accept(session.engine.lake, session.caller, pending, prepared, note=note)
    if receipt.entry is None:
        return session.say("Nothing to load: the records are all there already.")
    return session.say(
        "Accepted and loaded as upload {upload}, under the name of {who}.",
        upload=receipt.entry.upload_id, who=plain(receipt.entry.who),
    )  # fmt: skip


def _return(session: Session, pending: Pending, note: str) -> None:
    key = f"return_{pending.id}_{pending.number}"
    if not pressing.button(session.say("Return with the note"), key=key, icon=":material/undo:"):
        return

    def back() -> str:
        send_back(session.engine.lake, session.caller, pending, note)
        return session.say("Returned to {who}.", who=plain(pending.who))

    with pressing.carried_out(key):
        if not note.strip():
            st.warning(session.say("Please say in the note what has to be changed."))
            return
        done = _tried(session, back)
    if done:
        st.rerun()


def _withdraw(session: Session, pending: Pending) -> None:
    key = f"withdraw_{pending.id}_{pending.number}"
    if not pressing.button(session.say("Withdraw it"), key=key, icon=":material/close:"):
        return

    def gone() -> str:
        withdraw(session.engine.lake, session.caller, pending)
        return session.say("Withdrawn.")

    with pressing.carried_out(key):
        done = _tried(session, gone)
    if done:
        st.rerun()


def _tried(session: Session, act: Any) -> bool:
    """Does what was pressed and keeps the words for the next run; says where it is refused."""
    kept: dict[str, str] = st.session_state.setdefault(_SAID, {})
    compared: dict[Any, Prepared] = st.session_state.setdefault(_PREPARED, {})
    try:
        with st.spinner(session.say("Saving …")):
            words = act()
            # Kept before the session is touched: a second press may cut this run off there.
            kept["words"] = words
            pressing.done()
    except LakeError as error:
        # What was compared may be out of date: the next run compares anew.
        compared.clear()
        refused = plain(error.said[session.lang])
        st.error(
            not_written(session, error) if isinstance(error, NotAllowedError)
            else session.say("Nothing was written: {reason}", reason=refused)
        )  # fmt: skip
        return False
    return True
