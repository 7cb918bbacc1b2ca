"""The way from an empty page to the upload that fills it."""

from __future__ import annotations

import streamlit as st

from xianzhong.model.tables import TABLES
from xianzhong.ui.navigation import page_object
from xianzhong.ui.session import Session, params_for


def fill(session: Session, table: str) -> None:
    """A link to the upload page with the table chosen."""
    st.page_link(
        page_object("upload"),
        label=session.say("Upload {table}", table=TABLES[table].label[session.lang]),
        query_params={**params_for(session.filters, session.lang), "table": table},
        icon=":material/upload_file:",
    )
