"""The figures of the page, the bars by place and by owner, and the records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from xianzhong.brief import difficulties as brief
from xianzhong.brief.difficulties import owner_name
from xianzhong.brief.part import Part
from xianzhong.brief.readable import readable_difficulties
from xianzhong.model.labels import COLON
from xianzhong.model.tables import DIFFICULTIES
from xianzhong.query import difficulties
from xianzhong.query.figures import by_county
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import draw, filter_by
from xianzhong.ui.difficulties.choice import choose_owner
from xianzhong.ui.headline import compared_with
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import Session


def figures(session: Session, in_charge: str) -> None:
    """The cards; with an owner chosen, the owner stands over them and can be taken away."""
    if in_charge:
        st.button(
            f"{session.say('Owner')}{COLON[session.lang]}{owner_name(session, in_charge)}",
            key="remove_owner", on_click=choose_owner, args=("",), icon=":material/close:",
            icon_position="right", help=session.say("Remove this filter"),
        )  # fmt: skip
    found = difficulties.owner_figures(session.engine, session.view, in_charge)
    cards(session, found, compared=compared_with(session))
    st.caption(brief.judged(session))


def bars(session: Session, in_charge: str) -> None:
    """Open difficulties by place and by owner; a click filters."""
    place, owner = st.columns(2, gap="medium")
    with place:
        field = "county" if by_county(session.filters) else "province"
        part = brief.by_place(session, in_charge)
        _draw(session, part, in_charge, filter_by(level=field))
    with owner:
        _draw(session, brief.by_owner(session, in_charge), in_charge, choose_owner)


def _draw(session: Session, part: Part, in_charge: str, on_code: Callable[[str], None]) -> None:
    if part.empty:
        st.markdown(f"**{part.title}**")
        st.caption(session.say("Nothing is open for these filters."))
        return
    draw(session, part, on_code=on_code, name=_key(part.id, in_charge))


def _key(name: str, in_charge: str) -> str:
    """A chart's name that is new with every owner, so that no old selection lingers."""
    if not in_charge:
        return name
    return f"{name}_{hashlib.sha256(in_charge.encode()).hexdigest()[:8]}"


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
