"""The parts of the list of universities."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief import supporters
from xianzhong.brief.readable_supporters import READINESS
from xianzhong.brief.supporters import READY
from xianzhong.model.tables import UNIVERSITIES
from xianzhong.query.figures import Figure
from xianzhong.ui.cards import cards
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import university_paths, upload_link
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session


def headline(session: Session) -> None:
    """How many universities, how many of them with what; where to fill it in if nothing is."""
    found = by_id(session, session.view, ("universities", *READY))
    cards(session, [found[name] for name in ("universities", *READY)])
    _fill(session, found)
    _standing(session)


def _fill(session: Session, found: dict[str, Figure]) -> None:
    if any(found[name].known for name in READY):
        return
    columns = [UNIVERSITIES.column(name).label[session.lang] for name in READINESS]
    st.caption(
        session.say(
            "No source was found for the readiness of any of these universities. It is filled in "
            "by the columns {columns} of the table of universities.",
            columns=session.say(", ").join(columns),
        )
    )
    upload_link(session, UNIVERSITIES.name, session.say("Fill in and upload"))


def _standing(session: Session) -> None:
    """Says which filters act on what."""
    notes = supporters.standing(session)
    if notes:
        st.caption(" ".join(notes))


def university_table(session: Session, table: pd.DataFrame, frame: pd.DataFrame) -> None:
    """The list on the page: names open pages, readiness in marks.

    Args:
        session: the run.
        table: rows of ``readable_universities`` that are to be shown.
        frame: rows of ``university_list``, of which ``table`` are some, by the same index.
    """
    label = {column.name: column.label[session.lang] for column in UNIVERSITIES.columns}
    rows = frame.loc[table.index]
    name = label["name"]
    paths = university_paths(session, rows["university_code"], rows["name"])
    shown = supporters.with_marks(session, table, rows).assign(**{name: paths})
    record_table(
        shown, alt=session.say("Universities"), titled=[name],
        hidden=[label["university_code"], label["department"]], height=640,
    )  # fmt: skip


def unpaired(session: Session, frame: pd.DataFrame) -> None:
    """How many of the list are there without a pairing, and why no school is silent."""
    if notes := supporters.unpaired(session, frame):
        st.caption(" ".join(notes))
