"""Puts a chart on the page with its words for readers who do not see it, and its table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from xianzhong.charts.style import CHART_CONFIG
from xianzhong.ui.session import Session, current
from xianzhong.ui.session import go as go_to


def view_key(session: Session, name: str) -> str:
    """A widget key that is new with every view, so that an old selection never lingers."""
    text = f"{name}{sorted(session.filters.to_params().items())}{session.view.snapshot.number}"
    return f"{name}_{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def chart(
    session: Session,
    name: str,
    figure: go.Figure,
    table: pd.DataFrame,
    *,
    alt: str,
    on_code: Callable[[str], None] | None = None,
    config: dict[str, Any] | None = None,
) -> None:
    """Draws a chart with a twin table behind an expander.

    Args:
        session: the run.
        name: unique on the page.
        figure: what to draw.
        table: the same numbers with readable headers.
        alt: what the chart shows, in a sentence.
        on_code: called with the code (``customdata``) of a clicked point.
        config: Plotly's configuration, the common one by default.
    """
    key = view_key(session, name)
    select: Any = "ignore"
    if on_code is not None:
        select = _on_click(key, on_code)
    st.plotly_chart(
        figure, key=key, alt=alt, theme=None, on_select=select, selection_mode="points",
        config=config or CHART_CONFIG,
    )  # fmt: skip
    twin(session, name, table, alt=alt)


def _on_click(key: str, on_code: Callable[[str], None]) -> Callable[[], None]:
    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            code = points[0].get("customdata")
            while isinstance(code, list | tuple) and code:
                code = code[0]
            if code:
                on_code(str(code))

    return clicked


def twin(session: Session, name: str, table: pd.DataFrame, *, alt: str) -> None:
    """The same numbers as a table, built only when it is opened."""
    opened = st.expander(
        session.say("Show as table"), key=f"twin_{name}", on_change="rerun", type="compact",
        icon=":material/table_rows:",
    )  # fmt: skip
    if opened.open:
        with opened:
            st.dataframe(table, hide_index=True, alt=alt, placeholder="—")


def filter_by(**names: str) -> Callable[[str], None]:
    """A handler that sets a filter to the clicked code: ``filter_by(kind="kind")``."""
    (field,) = names.values()

    def handle(code: str) -> None:
        session = current()
        value: object = (code,) if field in ("kind", "scheme") else code
        changes: dict[str, object] = {field: value}
        if field == "county":
            division = session.engine.divisions.get(code)
            changes["prefecture"] = division.prefecture if division else ""
        go_to(session.narrowed(**changes).filters)

    return handle
