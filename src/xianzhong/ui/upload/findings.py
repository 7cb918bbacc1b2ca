"""What was found in a file: counts, a list to filter, and the user's own file with marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xianzhong.export.files import to_xlsx
from xianzhong.intake.annotate import annotate_in_child
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.findings import Finding
from xianzhong.intake.load import Prepared
from xianzhong.intake.messages import Severity
from xianzhong.intake.report import Report
from xianzhong.ui.navigation import page_object
from xianzhong.ui.records import XLSX
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.upload.hand import Hand
from xianzhong.ui.upload.listed import SEVERITIES, listed
from xianzhong.ui.upload.recognised import unsettled


def findings(session: Session, hand: Hand, prepared: Prepared) -> None:
    """Every finding, filterable by severity and rule, and the file with its marks."""
    found = prepared.report.findings
    if not found:
        st.success(session.say("Nothing to complain about."), icon=":material/check_circle:")
        return
    counts = Counter(finding.severity for finding in found)
    _verdict(session, prepared, counts["error"])
    chosen = _chosen(session, hand, found, counts)
    plain_values = [finding.to_dict(session.lang) for finding in chosen]
    listed(session, plain_values, f"findings_{hand.key}", session.say("Findings"))
    if not unsettled(prepared):
        annotated(session, hand, prepared.report)


def annotated(session: Session, hand: Hand, report: Report) -> None:
    """The user's own file with its problems marked, where there are any to mark."""
    if all(finding.severity == "info" for finding in report.findings):
        return
    st.download_button(
        session.say("Download your file with the problems marked"),
        lambda: _annotated(session, hand, report),
        f"{hand.name.rpartition('.')[0] or hand.name}-问题.xlsx", XLSX,
        key=f"annotated_{hand.key}", on_click="ignore", icon=":material/rate_review:",
    )  # fmt: skip


def _annotated(session: Session, hand: Hand, report: Report) -> bytes:
    """The marked file; where it cannot be made, a list of the findings that says why."""
    try:
        return annotate_in_child(hand.content, hand.name, report, session.lang)[0]
    except IntakeError as error:
        lang = session.lang
        lines = [
            session.say("The problems could not be marked in your file; they are listed here."),
            " ".join(part for part in (error.message(lang), error.hint(lang)) if part),
        ]
        table = pd.DataFrame(
            [
                {
                    session.say("Severity"): SEVERITIES[f.severity][0][lang],
                    session.say("Sheet"): f.sheet,
                    session.say("Row"): f.row or None,
                    session.say("Column"): f.column,
                    session.say("Header"): f.header,
                    session.say("Value in the file"): f.value,
                    session.say("What is wrong"): f.message(lang),
                    session.say("What to do"): f.hint(lang),
                }
                for f in report.findings
            ]
        )
        return to_xlsx(table, lines, sheet=session.say("Findings"))


def loaded_before(session: Session, prepared: Prepared) -> bool:
    """Says first of all, with a way there, that this very file was loaded already."""
    said = next((f for f in prepared.report.findings if f.rule == "already_loaded"), None)
    if said is None:
        return False
    st.info(said.message(session.lang), icon=":material/history:")
    here = params_for(session.filters, session.lang)
    st.page_link(
        page_object("history"), query_params={**here, "upload": str(said.fields["upload"])},
        label=session.say("See that upload"), icon=":material/visibility:",
    )  # fmt: skip
    return True


def _verdict(session: Session, prepared: Prepared, errors: int) -> None:
    rejected = prepared.report.counts["rejected"]
    rules = {finding.rule for finding in prepared.report.findings}
    if "no_header" in rules:
        words = session.say(
            "No headers were recognised. Say above which row holds them and what the columns are."
        )
    elif unsettled(prepared):
        words = session.say(
            "Required columns were not found. Say above which row holds the headers and which "
            "columns they are, or leave the sheet out; then the rows are checked."
        )
    elif errors:
        words = session.say(
            "{errors} errors; {rejected} rows cannot be loaded as they are. Mend them in your "
            "file or below, then check again.",
            errors=f"{errors:,}", rejected=f"{rejected:,}",
        )  # fmt: skip
    else:
        return
    st.error(words, icon=":material/error:")


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
