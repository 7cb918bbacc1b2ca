"""The alerts themselves: a page of the list, what is selected in it, and its download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.attention import alert_table
from xianzhong.brief.readable_alerts import readable_alerts
from xianzhong.model.alerts import ALERT_RULE_BY_CODE
from xianzhong.model.tables import PUT_ASIDE
from xianzhong.query.alerts import alerts
from xianzhong.ui.attention import ASIDE, PAGE, Chosen, choose
from xianzhong.ui.charts import view_key
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import downloads
from xianzhong.ui.session import Session, showing

ROWS = 100


def switch(session: Session, *, open_count: int, aside_count: int, now: Chosen) -> None:
    """Open alerts, or those put aside."""
    labels = {
        "": session.say("Waiting ({count})", count=f"{open_count:,}"),
        "1": session.say("Put aside ({count})", count=f"{aside_count:,}"),
    }
    chosen = "1" if now.aside else ""
    with showing({"which_alerts": chosen}, {"which_alerts": labels[chosen]}):
        st.segmented_control(
            session.say("Which alerts"), list(labels), key="which_alerts", required=True,
            format_func=labels.__getitem__, label_visibility="collapsed",
            on_change=lambda: choose(**{ASIDE: str(st.session_state.get("which_alerts") or "")}),
        )  # fmt: skip


def _who(session: Session) -> dict[str, str]:
    return {entry.upload_id: entry.who for entry in session.engine.lake.entries()}


def listed(session: Session, now: Chosen, count: int) -> pd.DataFrame:
    """Draws a page of the list and gives the rows that are selected in it."""
    pages = max(1, -(-count // ROWS))
    page = min(now.page, pages)
    frame = alerts(
        session.engine, session.view, now.rule, aside=now.aside, limit=ROWS,
        offset=(page - 1) * ROWS,
    )  # fmt: skip
    table = _shown(session, frame, now)
    name = table.columns[0 if now.rule else 1]
    picked = st.dataframe(
        table, hide_index=True, placeholder="—", on_select="rerun", selection_mode="multi-row",
        alt=_title(session, now), height=min(460, 38 + 35 * max(len(table), 1)),
        key=view_key(session, f"alerts_{now.rule}_{int(now.aside)}_{page}"),
        column_config={name: st.column_config.LinkColumn(display_text=r"#(.+)$")},
    )  # fmt: skip
    if pages > 1:
        _pages(pages, page)
    chosen = [row for row in picked["selection"]["rows"] if row < len(frame)]
    return frame.iloc[chosen]


def _pages(pages: int, page: int) -> None:
    with showing({"alerts_page": page}):
        st.pagination(
            pages, key="alerts_page",
            on_change=lambda: choose(**{PAGE: str(st.session_state.get("alerts_page") or "")}),
        )  # fmt: skip


def _shown(session: Session, frame: pd.DataFrame, now: Chosen) -> pd.DataFrame:
    """What the page shows of the alerts: no codes, and no column that is the same everywhere."""
    table = alert_table(session, frame, now.rule, _who(session) if now.aside else None)
    school = PUT_ASIDE.column("school_code").label[session.lang]
    return table.assign(**{school: school_paths(session, frame["school_code"], table[school])})


def _title(session: Session, now: Chosen) -> str:
    if now.rule:
        return session.label(ALERT_RULE_BY_CODE[now.rule].label)
    return session.say("All alerts")


def download(session: Session, now: Chosen) -> None:
    """The whole list; with until and reason filled in it can be loaded to put alerts aside."""
    downloads(session, "alerts", session.say("Alerts"), lambda: _whole(session, now))
    if not now.aside:
        st.caption(
            session.say(
                "Fill in until when and why, keep only those rows, and upload the file under "
                "“{table}”: many alerts are put aside at once.",
                table=session.label(PUT_ASIDE.label),
            )
        )


def _whole(session: Session, now: Chosen) -> pd.DataFrame:
    frame = alerts(session.engine, session.view, now.rule, aside=now.aside)
    who = _who(session) if now.aside else None
    return readable_alerts(frame, session.names, session.lang, who=who)
