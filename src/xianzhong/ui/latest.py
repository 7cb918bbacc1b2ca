"""The newest activities of a view in a few columns."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.readable import kind_labels, partial_dates
from xianzhong.ui.navigation import filter_paths, school_paths
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain


def latest_activities(session: Session, records: pd.DataFrame) -> None:
    """Date, school, kind and title of the newest records; links to the school and by the kind.

    Args:
        session: the run.
        records: rows of ``activity_records``, newest first.
    """
    title = session.say("Latest activities")
    st.markdown(f"**{title}**")
    if records.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    kinds = kind_labels(session.lang)
    paths = school_paths(session, records["school_code"], records["school"])
    by_kind = filter_paths(session, "", "kind", records["kind"], records["kind"])
    table = pd.DataFrame(
        {
            session.say("Date"): partial_dates(records["start"], records["start_precision"]),
            session.say("School"): [
                f"[{plain(name)}]({path.partition('#')[0]})"
                for name, path in zip(records["school"], paths, strict=True)
            ],
            session.say("Activity kind"): [
                f"[{plain(kinds.get(code, code))}]({(path or '').partition('#')[0]})"
                for code, path in zip(records["kind"], by_kind, strict=True)
            ],
            session.say("Title"): [plain(text) for text in records["title"]],
        }
    )
    # A dozen rows to read need no grid: its own bookkeeping took longer than the page.
    st.table(table, border="horizontal", hide_index=True, alt=title)
