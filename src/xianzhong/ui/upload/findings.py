"""What was found in a file: counts, a table to filter, and the user's own file with marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xianzhong.intake.annotate import annotate_in_child
from xianzhong.intake.findings import Finding
from xianzhong.intake.load import Prepared
from xianzhong.intake.messages import Severity
from xianzhong.model.labels import Label
from xianzhong.ui.records import XLSX, record_table
from xianzhong.ui.session import Session
from xianzhong.ui.upload.hand import Hand

SEVERITIES: dict[Severity, tuple[Label, str]] = {
    "error": (Label("错误", "Errors"), ":material/error:"),
    "warning": (Label("提醒", "Warnings"), ":material/warning:"),
    "corrected": (Label("已更正", "Corrected"), ":material/auto_fix_high:"),
    "info": (Label("说明", "Notes"), ":material/info:"),
}


def findings(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Every finding, filterable by severity and rule, and the file with its marks."""
    found = prepared.report.findings
    if not found:
        st.success(session.say("Nothing to complain about."), icon=":material/check_circle:")
        return
    counts = Counter(finding.severity for finding in found)
    _verdict(session, prepared, counts["error"])
    chosen = _chosen(session, hand, found, counts)
    record_table(_table(session, chosen), alt=session.say("Findings"), height=360)
    st.download_button(
        session.say("Download your file with the problems marked"),
        lambda: annotate_in_child(hand.content, hand.name, prepared.report, session.lang)[0],
        f"{hand.name.rpartition('.')[0] or hand.name}-问题.xlsx", XLSX,
        key=f"annotated_{hand.key}", on_click="ignore", icon=":material/rate_review:",
    )  # fmt: skip


def _verdict(session: Session, prepared: Prepared, errors: int) -> None:
    rejected = prepared.report.counts["rejected"]
    if errors:
        st.error(
            session.say(
                "{errors} errors; {rejected} rows cannot be loaded as they are. Mend them in your "
                "file or below, then check again.",
                errors=f"{errors:,}", rejected=f"{rejected:,}",
            ),
            icon=":material/error:",
        )  # fmt: skip


def _chosen(
    session: Session, hand: Hand, found: Sequence[Finding], counts: Counter[Severity]
) -> list[Finding]:
    """The findings that the two filters leave."""
    there = [severity for severity in SEVERITIES if counts[severity]]
    severities = st.pills(
        session.say("Severity"), there, selection_mode="multi", key=f"severity_{hand.key}",
        format_func=lambda s: f"{SEVERITIES[s][1]} {SEVERITIES[s][0][session.lang]} {counts[s]:,}",
    )  # fmt: skip
    shown = [f for f in found if not severities or f.severity in severities]
    rules = Counter(finding.rule for finding in shown)
    sentences = {f.rule: f.message(session.lang) for f in reversed(shown)}
    if len(rules) > 1:
        rule = st.selectbox(
            session.say("Kind of finding"), ["", *(rule for rule, _ in rules.most_common())],
            key=f"rule_{hand.key}",
            format_func=lambda r: (
                f"{rules[r]:,} × {sentences[r]}" if r else session.say("All kinds")
            ),
        )  # fmt: skip
        shown = [f for f in shown if not rule or f.rule == rule]
    return shown


def _table(session: Session, found: Sequence[Finding]) -> pd.DataFrame:
    lang = session.lang
    return pd.DataFrame(
        {
            session.say("Severity"): [SEVERITIES[f.severity][0][lang] for f in found],
            session.say("Sheet"): [f.sheet for f in found],
            session.say("Row"): pd.array([f.row or None for f in found], dtype="Int64"),
            session.say("Column"): [f.column for f in found],
            session.say("Header"): [f.header for f in found],
            session.say("Value in the file"): [f.value for f in found],
            session.say("What is wrong"): [f.message(lang) for f in found],
            session.say("What to do"): [f.hint(lang) for f in found],
        }
    )
