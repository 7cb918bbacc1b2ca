"""Uploads under review as a table: a row opens one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xianzhong.lake.pending import Pending
from xianzhong.model.labels import COMMA
from xianzhong.model.tables import TABLES
from xianzhong.ui.review.told import PARAMETER, STATES
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.text import in_china


def table_of_pending(
    session: Session, found: Sequence[Pending], chosen: str, *, key: str, alt: str
) -> None:
    """The uploads, each with who sent it, what it would do and its state.

    Args:
        session: the run.
        found: in the order in which they are shown.
        chosen: id of the one that is open.
        key: of the table.
        alt: its name for who does not see it.
    """
    ids = [one.id for one in found]
    # Rows are chosen by position: another list is another table.
    key = f"{key}_{chosen}_{'_'.join(ids)}"[:200]
    frame = pd.DataFrame(
        {
            session.say("Sent (China time)"): [in_china(one.made_at) for one in found],
            session.say("Who"): [one.who for one in found],
            session.say("Table"): [table_label(session, one) for one in found],
            session.say("What it would do"): [counts(session, one) for one in found],
            session.say("State"): [session.label(STATES[one.state]) for one in found],
            session.say("File"): [one.file_name for one in found],
        }
    )
    at = [ids.index(chosen)] if chosen in ids else []
    st.caption(session.say("Choose a row to see the upload."))
    st.dataframe(
        frame, hide_index=True, alt=alt, key=key, on_select=lambda: _choose(ids, key),
        selection_mode="single-row", selection_default={"selection": {"rows": at}},
        height=min(400, 38 + 35 * max(len(frame), 1)),
    )  # fmt: skip


def table_label(session: Session, pending: Pending) -> str:
    """What the table is called that an upload fills."""
    table = TABLES.get(pending.table)
    return table.label[session.lang] if table else pending.table


def counts(session: Session, pending: Pending) -> str:
    """What an upload would have done when it was sent."""
    words = {
        "new": session.say("new {n}", n=f"{pending.counts.get('new', 0):,}"),
        "updated": session.say("updated {n}", n=f"{pending.counts.get('updated', 0):,}"),
        "rejected": session.say("rejected {n}", n=f"{pending.counts.get('rejected', 0):,}"),
        "removed": session.say("removed {n}", n=f"{pending.counts.get('removed', 0):,}"),
    }
    said = [text for name, text in words.items() if pending.counts.get(name)]
    return COMMA[session.lang].join(said)


def _choose(ids: Sequence[str], key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    params = st.query_params.to_dict()
    params.pop(PARAMETER, None)
    set_params({**params, PARAMETER: ids[rows[0]]} if rows else params)
