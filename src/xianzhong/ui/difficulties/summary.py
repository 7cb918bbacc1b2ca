"""The figures of the page, the bars by place and by owner, and the records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pandas as pd
import streamlit as st

from xianzhong.brief.readable import readable_difficulties
from xianzhong.charts.difficulties import open_bars
from xianzhong.model.tables import DIFFICULTIES
from xianzhong.query import difficulties
from xianzhong.query.figures import by_county
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.difficulties.choice import choose_owner, owner_name
from xianzhong.ui.headline import compared_with
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import Session

MOST_BARS = 12


def figures(session: Session, in_charge: str) -> None:
    """The cards; with an owner chosen, the owner stands over them and can be taken away."""
    if in_charge:
        st.button(
            f"{session.say('Owner')}: {owner_name(session, in_charge)}", key="remove_owner",
            on_click=choose_owner, args=("",), icon=":material/close:", icon_position="right",
            help=session.say("Remove this filter"),
        )  # fmt: skip
    found = difficulties.owner_figures(session.engine, session.view, in_charge)
    cards(session, found, compared=compared_with(session))
    day = session.view.reference_day
    said = session.say("What is open and overdue is judged on {day}.", day=day)
    if session.filters.kind:
        said += " " + session.say("Activity kinds do not act on this page.")
    st.caption(said)


def bars(session: Session, in_charge: str) -> None:
    """Open difficulties by place and by owner; a click filters."""
    place, owner = st.columns(2, gap="medium")
    with place:
        level = session.say("County") if by_county(session.filters) else session.say("Province")
        frame = difficulties.by_part(session.engine, session.view, "place", in_charge)
        divisions, lang = session.engine.divisions, session.lang
        names = {
            code: divisions.label(code, lang) if code else session.say("school not on record")
            for code in frame["code"]
        }
        field = "county" if by_county(session.filters) else "province"
        _bars(
            session, _key("difficulty_places", in_charge), frame, names, level,
            session.say("Open difficulties by {level}", level=level),
            on_code=filter_by(level=field), chosen=session.filters.county,
        )  # fmt: skip
    with owner:
        frame = difficulties.by_part(session.engine, session.view, "owner")
        names = {code: owner_name(session, code) for code in frame["code"]}
        _bars(
            session, _key("difficulty_owners", in_charge), frame, names, session.say("Owner"),
            session.say("Open difficulties by owner"), on_code=choose_owner, chosen=in_charge,
        )  # fmt: skip


def _key(name: str, in_charge: str) -> str:
    """A chart's name that is new with every owner, so that no old selection lingers."""
    if not in_charge:
        return name
    return f"{name}_{hashlib.sha256(in_charge.encode()).hexdigest()[:8]}"


def _bars(
    session: Session, key: str, frame: pd.DataFrame, names: dict[str, str], level: str, title: str,
    *, on_code: Callable[[str], None], chosen: str,
) -> None:  # fmt: skip
    st.markdown(f"**{title}**")
    if frame.empty:
        st.caption(session.say("Nothing is open for these filters."))
        return
    late, all_open = frame["difficulties_overdue"], frame["difficulties_open"]
    words = session.say("overdue"), session.say("not overdue")
    top = frame.head(MOST_BARS)
    figure = open_bars(
        [_short(names[code]) for code in top["code"]],
        late.head(MOST_BARS).tolist(), (all_open - late).head(MOST_BARS).tolist(),
        top["code"].tolist(), ends=_ends(session, top), words=words, chosen=chosen,
    )  # fmt: skip
    table = pd.DataFrame(
        {
            level: [names[code] for code in frame["code"]],
            session.say("Open"): all_open.tolist(),
            session.say("Overdue"): late.tolist(),
        }
    )
    chart(session, key, figure, table, alt=title, on_code=on_code)
    if len(frame) > MOST_BARS:
        st.caption(session.say("The first {n} of {all}; all in the table.",
                               n=MOST_BARS, all=len(frame)))  # fmt: skip


def _ends(session: Session, frame: pd.DataFrame) -> list[str]:
    counts = zip(frame["difficulties_open"], frame["difficulties_overdue"], strict=True)
    return [
        session.say("{count} ({late} overdue)", count=f"{total:,}", late=f"{late:,}")
        if late
        else f"{total:,}"
        for total, late in counts
    ]


def _short(name: str, most: int = 14) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def records(session: Session, in_charge: str, total: int) -> None:
    """Every record of the view behind a click, and its downloads."""
    title = session.label(DIFFICULTIES.label)
    opened = st.expander(
        session.say("All {count} records as a table", count=f"{total:,}"), key="records",
        on_change="rerun", icon=":material/table_rows:",
    )  # fmt: skip
    if opened.open:
        with opened:
            found = difficulties.records(
                session.engine, session.view, limit=MOST_SHOWN, in_charge=in_charge
            )
            if total > len(found):
                st.caption(
                    session.say("The first {shown} of {all} records; a download holds all of them.",
                                shown=f"{len(found):,}", all=f"{total:,}")
                )  # fmt: skip
            table = readable_difficulties(found, session.names, session.lang)
            link = DIFFICULTIES.column("source_url").label[session.lang]
            record_table(table, alt=title, links=[link])
    downloads(
        session, "difficulties", title,
        lambda: readable_difficulties(
            difficulties.records(session.engine, session.view, in_charge=in_charge),
            session.names, session.lang,
        ),
    )  # fmt: skip
