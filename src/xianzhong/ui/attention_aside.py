"""Putting alerts aside and taking them up again: one entry of the history each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import streamlit as st

from xianzhong.access.writing import commit, prepare_waiting
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.load import Prepared
from xianzhong.intake.put_aside import BACK_FILE, PUT_FILE, Waiting
from xianzhong.lake.errors import LakeError
from xianzhong.lake.identifiers import file_digest
from xianzhong.model.alerts import LONGEST_ASIDE
from xianzhong.query.gate import china_day
from xianzhong.ui import pressing
from xianzhong.ui.asof import live
from xianzhong.ui.navigation import page_object
from xianzhong.ui.not_written import not_written
from xianzhong.ui.review.told import sent
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain
from xianzhong.ui.upload.committing import who
from xianzhong.ui.upload.typed import may_write

LONGEST_REASON = 200
_SAID = "aside_said"


def said(session: Session) -> None:
    """What became of the last press, as long as nothing else was written since."""
    kept = st.session_state.get(_SAID)
    if kept and "pending" in kept:
        sent(session, kept["pending"])
        return
    if not kept or kept["number"] != session.view.snapshot.number:
        return
    message = (
        session.say("Put aside: {count}. Recorded as upload {upload}.", **kept["values"])
        if kept["put"]
        else session.say("Taken up again: {count}. Recorded as upload {upload}.",
                         **kept["values"])
    )  # fmt: skip
    st.success(message, icon=":material/task_alt:")
    st.page_link(
        page_object("history"), label=session.say("See it in the history, or take it back"),
        icon=":material/history:",
        query_params={
            **params_for(session.filters, session.lang), "upload": kept["values"]["upload"]
        },
    )  # fmt: skip


def put_aside(session: Session, rows: pd.DataFrame) -> None:
    """The form for the selected alerts: why, until when, and who says so."""
    if rows.empty:
        st.caption(session.say("Tick alerts at the left edge of the table to put them aside."))
        return
    if not (may_write(session) and live(session)):
        return
    today = _today()
    with st.form("put_aside", border=True):
        st.markdown(session.say("**Put aside the selected alerts: {count}**", count=len(rows)))
        reason = st.text_input(
            session.say("Why it can wait"), key="aside_reason", max_chars=LONGEST_REASON
        )
        until = st.date_input(
            session.say("Until (a year at most); after that day the alerts come back"),
            value=today + timedelta(days=90), min_value=today,
            max_value=today + timedelta(days=LONGEST_ASIDE), key="aside_until",
            format="YYYY-MM-DD",
        )  # fmt: skip
        name = who(session)
        key = _key("aside_press", rows)
        pressed = pressing.submit(
            session.say("Put aside"), type="primary", icon=":material/snooze:", key=key
        )
    if not pressed:
        return
    with pressing.carried_out(key):
        done = _put(session, rows, reason, until, name)
    if done:
        st.rerun()


def _put(session: Session, rows: pd.DataFrame, reason: str, until: object, name: str) -> bool:
    why = (reason or "").strip()
    if not why or not name or not isinstance(until, date):
        st.warning(session.say("A reason, a day and your name are needed."))
        return False
    waiting = [
        Waiting(row["rule"], row["school_code"], row["item"], until, why)
        for row in rows.to_dict("records")
    ]
    return _write(session, waiting, PUT_FILE, name)


def take_up(session: Session, rows: pd.DataFrame) -> None:
    """Ends the waiting of the selected alerts: their record's last day is set to yesterday."""
    if rows.empty:
        st.caption(session.say("Tick alerts at the left edge of the table to take them up again."))
        return
    if not (may_write(session) and live(session)):
        return
    with st.form("take_up", border=True):
        st.markdown(session.say("**Take up again the selected alerts: {count}**", count=len(rows)))
        st.caption(
            session.say(
                "The reason stays on record; the waiting ends with yesterday. Alerts that were put "
                "aside together for one school come back together."
            )
        )
        name = who(session)
        key = _key("up_press", rows)
        pressed = pressing.submit(
            session.say("Take up again"), type="primary", icon=":material/undo:", key=key
        )
    if not pressed:
        return
    with pressing.carried_out(key):
        done = _end(session, rows, name)
    if done:
        st.rerun()


def _end(session: Session, rows: pd.DataFrame, name: str) -> bool:
    if not name:
        st.warning(session.say("Your name is needed."))
        return False
    yesterday = _today() - timedelta(days=1)
    # One record may cover several of the alerts.
    waiting = {
        Waiting(row["rule"], row["school_code"], row["aside_item"], yesterday, row["reason"]): None
        for row in rows.to_dict("records")
    }
    return _write(session, list(waiting), BACK_FILE, name)


def _key(name: str, rows: pd.DataFrame) -> str:
    """Of a button for these very alerts: a press is for what was looked at."""
    chosen = repr(rows[["rule", "school_code", "item"]].values.tolist())
    return f"{name}_{file_digest(chosen.encode())[:12]}"


def _today() -> date:
    return china_day(datetime.now(UTC))


def _write(session: Session, waiting: Sequence[Waiting], file_name: str, name: str) -> bool:
    """Writes once: the same said again finds its record there already and changes nothing."""
    lake = session.engine.lake
    try:
        with st.spinner(session.say("Loading …")):
            prepared = prepare_waiting(
                lake, session.caller, waiting, file_name=file_name,
                divisions=session.engine.divisions,
            )  # fmt: skip
            if not prepared.report.ok:
                _faults(session, prepared)
                return False
            kept = st.session_state.setdefault(_SAID, {})
            receipt = commit(lake, session.caller, prepared, who=name)
            # Kept before the session is touched: a second press may cut this run off there.
            kept.clear()
            if receipt.pending:
                kept["pending"] = receipt.pending
            elif receipt.entry is not None:
                kept |= {
                    "number": receipt.snapshot.number,
                    "put": file_name == PUT_FILE,
                    "values": {"count": len(waiting), "upload": receipt.entry.upload_id},
                }
            pressing.done()
    except IntakeError as error:
        st.error(plain(error.message(session.lang)))
        return False
    except LakeError as error:
        st.error(not_written(session, error))
        return False
    return True


def _faults(session: Session, prepared: Prepared) -> None:
    found = [f for f in prepared.report.findings if f.severity == "error"]
    st.error("\n\n".join(plain(fault.message(session.lang)) for fault in found[:5]))
