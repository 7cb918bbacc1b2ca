"""All pairings as records with their sources, and their download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.readable_agreements import readable_agreements
from xianzhong.model.tables import PAIRINGS
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import Session


def records(session: Session, frame: pd.DataFrame) -> None:
    """The records of the list; a file of them loads again as an update.

    Args:
        session: the run.
        frame: rows of ``pairing_list``.
    """
    title, shown = session.label(PAIRINGS.label), frame.head(MOST_SHOWN)
    label = {column.name: column.label[session.lang] for column in PAIRINGS.columns}
    table = readable_agreements(shown, session.names, session.lang)
    name = label["school_code"]
    hidden = [label["county_code"], label["prefecture"]]
    linked = table.assign(**{name: school_paths(session, shown["school_code"], shown["school"])})
    if len(frame) > MOST_SHOWN:
        st.caption(session.say("The first {n}; a download holds all of them.", n=f"{MOST_SHOWN:,}"))
    record_table(linked, alt=title, titled=[name], links=[label["source_url"]], hidden=hidden)
    downloads(
        session, "pairings", title,
        lambda: readable_agreements(frame, session.names, session.lang),
    )  # fmt: skip
