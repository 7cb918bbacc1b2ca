"""Where records that are not there yet come from: the upload page, with the table chosen."""

from __future__ import annotations

import streamlit as st

from xianzhong.model.columns import Table
from xianzhong.ui.navigation import page_object
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.upload.steps import PARAMETER


def to_fill(session: Session, table: Table) -> None:
    """A link to the upload page of a table, with its template."""
    st.page_link(
        page_object("upload"),
        label=session.say("Upload “{table}”, with a template", table=table.label[session.lang]),
        icon=":material/upload_file:",
        query_params=params_for(session.filters, session.lang, **{PARAMETER: table.name}),
    )
