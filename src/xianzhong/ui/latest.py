"""The newest activities of a view in a few columns."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xianzhong.brief.records import latest
from xianzhong.query import tables
from xianzhong.ui.navigation import filter_paths, school_paths
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain


def latest_activities(session: Session) -> None:
    """Date, school, kind and title of the newest records; links to the school and by the kind."""
    part = latest(session)
    st.markdown(f"**{part.title}**")
    if part.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    records = tables.records(session.engine, session.view, limit=tables.LATEST)
    date, school, kind, title = part.table.columns
    paths: dict[str, Sequence[str | None]] = {
        school: school_paths(session, records["school_code"], records["school"]),
        kind: filter_paths(session, "", "kind", records["kind"], records["kind"]),
    }
    table = part.table.assign(
        **{
            name: [
                f"[{plain(text)}]({(path or '').partition('#')[0]})"
                for text, path in zip(part.table[name], found, strict=True)
            ]
            for name, found in paths.items()
        },
        **{title: [plain(text) for text in part.table[title]]},
    )[[date, school, kind, title]]
    # A dozen rows to read need no grid: its own bookkeeping took longer than the page.
    st.table(table, border="horizontal", hide_index=True, alt=part.title)
