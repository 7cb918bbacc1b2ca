"""The parts of the page that says where a number comes from; all of it from the declaration."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from xianzhong.brief.figures import card_note, change, shown
from xianzhong.brief.readable import readable_listing
from xianzhong.lake.ledger import Entry
from xianzhong.model.indicators import GROUPS, INDICATOR_BY_ID, INDICATORS, Indicator
from xianzhong.model.tables import TABLES
from xianzhong.query.behind import RECORD_SETS, Explanation, reckoned, records_behind
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.query.report import bound
from xianzhong.settings import TIME_ZONE
from xianzhong.ui.cards import titled
from xianzhong.ui.frame import ignored
from xianzhong.ui.headline import compared_with
from xianzhong.ui.origin import PARAMETER, origin_path
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import LANG, Session
from xianzhong.ui.text import plain

MOST_LINES, CODE_HEIGHT = 24, 440


def asked_for() -> Indicator | None:
    """The indicator that the link names, None where it names none that exists."""
    return INDICATOR_BY_ID.get(st.query_params.get(PARAMETER, ""))


def choice(session: Session) -> None:
    """Every figure there is, in its group, for a link that names none."""
    asked = st.query_params.get(PARAMETER, "")
    if asked:
        ignored(session, Problem(PARAMETER, asked[:80], UNKNOWN))
    lines = []
    for group, label in GROUPS.items():
        links = [
            f"[{indicator.label[session.lang]}]({origin_path(session, indicator.id)})"
            for indicator in INDICATORS
            if indicator.group == group
        ]
        if links:
            lines.append(f"**{label[session.lang]}** {' · '.join(links)}")
    st.markdown("\n\n".join(lines))


def meaning(session: Session, found: Explanation) -> None:
    """The value, and beside it what it says and by whose rule."""
    figure, say = found.figure, session.say
    indicator = figure.indicator
    delta = change(session, figure)
    number, words = st.columns([1, 3], gap="medium")
    with number, st.container(border=True):
        st.metric(
            titled(session, figure), shown(figure.value), delta,
            delta_color="off", delta_arrow="off",
            delta_description=compared_with(session) if delta is not None else None,
        )  # fmt: skip
        if note := card_note(session, figure):
            st.caption(note)
    own = say("a rule of this product has a part in it, not an official one")
    rows = {
        say("Definition"): indicator.definition[session.lang],
        say("Formula"): indicator.formula[session.lang],
        say("Unit"): indicator.unit[session.lang],
        say("Rule"): own if indicator.own_rule else say("counted as the records say"),
        say("Source"): indicator.source[session.lang],
    }
    if figure.previous is not None:
        rows[say("Before")] = shown(figure.previous)
    if indicator.period:
        rows[say("Reference day")] = str(session.view.reference_day)
    with words:
        st.table({name: plain(text) for name, text in rows.items()}, border="horizontal")


def computed(session: Session, found: Explanation) -> None:
    """The question as it is written, and on demand as it was sent with its values."""
    if found.statement is None:
        return
    name = found.figure.indicator.question
    long = found.question.count("\n") > MOST_LINES
    st.code(
        found.question, language="sql", wrap_lines=True, height=CODE_HEIGHT if long else "content"
    )
    opened = st.expander(
        session.say("The whole statement, as it was sent"), key="twin_statement",
        on_change="rerun", type="compact", icon=":material/database:",
    )  # fmt: skip
    if not opened.open:
        return
    with opened:
        st.caption(
            session.say(
                "The gate puts the relations before {file}, cut to what may be seen and to the "
                "filters. Values are bound, never written into the text.",
                file=f"{name}.sql",
            )
        )
        st.code(found.statement.text, language="sql", wrap_lines=True, height=CODE_HEIGHT)
        values = {
            f"${name}": plain(str(bound(value))) for name, value in found.statement.values.items()
        }
        if values:
            st.table(
                pd.DataFrame(
                    {session.say("Value"): list(values.values())},
                    index=pd.Index(list(values), name=session.say("Bound as")),
                ),
                border="horizontal",
            )  # fmt: skip


def data_read(session: Session, found: Explanation) -> None:
    """The tables that the question reads, and the upload that last touched each."""
    say = session.say
    readings = found.readings
    st.table(
        pd.DataFrame(
            {
                say("Table"): [TABLES[r.table].label[session.lang] for r in readings],
                say("Version"): [str(r.version) for r in readings],
                say("Last upload"): [_upload(session, r.last) for r in readings],
                say("When"): [_moment(r.last) for r in readings],
            }
        ),
        border="horizontal", hide_index=True, alt=session.say("The data that were read"),
    )  # fmt: skip


def _moment(entry: Entry | None) -> str:
    if entry is None or entry.at is None:
        return "—"
    return f"{entry.at.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}"


def _upload(session: Session, entry: Entry | None) -> str:
    if entry is None:
        return session.say("none yet")
    lang = f"&{LANG}=en" if session.lang == "en" else ""
    return f"[{plain(entry.file_name)}](history?upload={entry.upload_id}{lang})"


def records(session: Session, found: Explanation) -> None:
    """The very records that were counted: some on the page when asked for, all as a file."""
    indicator, say = found.figure.indicator, session.say
    table = TABLES[RECORD_SETS[indicator.records].table]
    title = f"{indicator.label[session.lang]} · {table.label[session.lang]}"
    opened = st.expander(
        say("Show the records"), key="twin_records", on_change="rerun", type="compact",
        icon=":material/table_rows:",
    )  # fmt: skip
    if opened.open:
        with opened:
            _listing(session, found, title)

    def everything() -> pd.DataFrame:
        frame = records_behind(session.engine, session.view, indicator.records)
        return readable_listing(table, frame, session.names, session.lang)

    downloads(session, f"figure-{indicator.id}", title, everything)


def _listing(session: Session, found: Explanation, title: str) -> None:
    indicator, say = found.figure.indicator, session.say
    table = TABLES[RECORD_SETS[indicator.records].table]
    frame = records_behind(session.engine, session.view, indicator.records, limit=MOST_SHOWN + 1)
    if frame.empty:
        st.caption(say("No record is behind it."))
        return
    if len(frame) > MOST_SHOWN:
        st.caption(say("The first {n}; a download holds all of them.", n=f"{MOST_SHOWN:,}"))
    else:
        again = reckoned(indicator, frame)
        st.caption(
            say("{count} records. Reckoned anew from them: {value}.",
                count=f"{len(frame):,}", value=shown(again))
        )  # fmt: skip
    shown_rows = readable_listing(table, frame.head(MOST_SHOWN), session.names, session.lang)
    links = [c.label[session.lang] for c in table.columns if c.name == "source_url"]
    record_table(shown_rows, alt=title, links=[name for name in links if name in shown_rows])
