"""Findings as a list that wraps: one line for each distinct one, with all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from xianzhong.intake.messages import Severity
from xianzhong.model.labels import LISTED, Label
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain

SEVERITIES: dict[Severity, tuple[Label, str]] = {
    "error": (Label("错误", "Errors"), ":material/error:"),
    "warning": (Label("提醒", "Warnings"), ":material/warning:"),
    "corrected": (Label("已更正", "Corrected"), ":material/auto_fix_high:"),
    "info": (Label("说明", "Notes"), ":material/info:"),
}
MOST_LINES = 40
_ROWS_NAMED = 8


class Line(NamedTuple):
    """What several rows of a sheet have in common."""

    severity: Severity
    sheet: str
    column: str
    header: str
    value: str
    message: str
    hint: str


def lines(found: Iterable[dict[str, Any]]) -> dict[Line, list[int]]:
    """The rows of each distinct finding, from findings as plain values."""
    gathered: dict[Line, list[int]] = {}
    for one in found:
        line = Line(
            one["severity"], one["sheet"], one["column"], one.get("header", ""), one["value"],
            one["message"], one["hint"],
        )  # fmt: skip
        rows = gathered.setdefault(line, [])
        if one["row"]:
            rows.append(one["row"])
    return gathered


def listed(session: Session, found: Sequence[dict[str, Any]], key: str, alt: str) -> None:
    """The findings, gravest first; beyond some forty lines the rest stands behind a title."""
    gathered = lines(found)
    several = len({line.sheet for line in gathered if line.sheet}) > 1
    shown = list(gathered.items())[:MOST_LINES]
    # On a narrow screen the cells of a line stand one under the other (shell.css).
    with st.container(key=f"stack_{key}"):
        st.table(
            pd.DataFrame(
                {
                    session.say("Severity"): [
                        SEVERITIES[line.severity][0][session.lang] for line, _ in shown
                    ],
                    session.say("Where"): [
                        plain(_where(session, line, rows, several)) for line, rows in shown
                    ],
                    session.say("Value in the file"): [plain(line.value) for line, _ in shown],
                    session.say("What is wrong"): [plain(line.message) for line, _ in shown],
                    session.say("What to do"): [plain(line.hint) for line, _ in shown],
                }
            ),
            border="horizontal", hide_index=True, alt=alt,
        )  # fmt: skip
    if len(gathered) > len(shown):
        title = session.say("All {count} findings, row by row", count=f"{len(found):,}")
        with st.expander(title, key=f"all_{key}", icon=":material/table_rows:"):
            record_table(_table(session, found), alt=title, height=360)


def _where(session: Session, line: Line, rows: list[int], several: bool) -> str:
    column = " ".join(part for part in (line.column, " ".join(line.header.split())) if part)
    sheet = line.sheet if several or not (rows or column) else ""
    parts = [sheet, _rows(session, rows), column]
    return " · ".join(part for part in parts if part)


def _rows(session: Session, rows: list[int]) -> str:
    if not rows:
        return ""
    named = LISTED[session.lang].join(map(str, rows[:_ROWS_NAMED]))
    if len(rows) > _ROWS_NAMED:
        return session.say("rows {rows} … ({count} in all)", rows=named, count=f"{len(rows):,}")
    return session.say("row {row}", row=named) if len(rows) == 1 else session.say(
        "rows {rows}", rows=named
    )  # fmt: skip


def _table(session: Session, found: Sequence[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            session.say("Severity"): [SEVERITIES[f["severity"]][0][session.lang] for f in found],
            session.say("Sheet"): [f["sheet"] for f in found],
            session.say("Row"): pd.array([f["row"] for f in found], dtype="Int64"),
            session.say("Column"): [f["column"] for f in found],
            session.say("Value in the file"): [f["value"] for f in found],
            session.say("What is wrong"): [f["message"] for f in found],
            session.say("What to do"): [f["hint"] for f in found],
        }
    )
