"""The parts of the list of universities."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.readable_supporters import READINESS, flags
from xianzhong.model.tables import UNIVERSITIES
from xianzhong.query.figures import Figure
from xianzhong.ui.cards import cards
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import university_paths, upload_link
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session

READY = ("universities_leading_group", "universities_incentives", "universities_affiliated")


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
    notes = []
    if session.filters.period:
        notes.append(
            session.say("Readiness is as on record today; which universities count follows the "
                        "period.")
        )  # fmt: skip
    if session.filters.kind:
        notes.append(
            session.say("The kind chosen acts on activities, people, days and silence; pairings "
                        "and readiness have no kind.")
        )  # fmt: skip
    if notes:
        st.caption(" ".join(notes))


def mark(session: Session, value: object) -> str:
    """Yes, no, or that nothing was found: three words that nobody takes for each other."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return session.say("no source found")
    return session.say("✓ yes") if value else session.say("— no")


def university_table(session: Session, table: pd.DataFrame, frame: pd.DataFrame) -> None:
    """The list on the page: names open pages, readiness in marks.

    Args:
        session: the run.
        table: rows of ``readable_universities`` that are to be shown.
        frame: rows of ``university_list``, of which ``table`` are some, by the same index.
    """
    label = {column.name: column.label[session.lang] for column in UNIVERSITIES.columns}
    rows = frame.loc[table.index]
    marks = {
        label["has_leading_group"]: rows["has_leading_group"],
        label["has_incentives"]: rows["has_incentives"],
        label["affiliated_schools"]: rows["has_affiliated"],
    }
    name = label["name"]
    shown = table.assign(
        **{name: university_paths(session, rows["university_code"], rows["name"])},
        **{
            header: flags(values, *(mark(session, value) for value in (True, False, None)))
            for header, values in marks.items()
        },
    )
    record_table(
        shown, alt=session.say("Universities"), titled=[name],
        hidden=[label["university_code"], label["department"]], height=640,
    )  # fmt: skip


def unpaired(session: Session, frame: pd.DataFrame) -> None:
    """How many of the list are there without a pairing, and why no school is silent."""
    notes = []
    if without := int((frame["schools"] == 0).sum()):
        notes.append(
            session.say("{count} of them without a pairing for these filters.", count=without)
        )
    if frame["silent_90"].isna().all():
        notes.append(
            session.say("On {day} no agreement on record is in force, so no school counts as "
                        "silent.", day=session.view.reference_day)
        )  # fmt: skip
    if notes:
        st.caption(" ".join(notes))
