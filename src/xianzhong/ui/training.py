"""The parts of the training page."""

from __future__ import annotations

import streamlit as st

from xianzhong.brief import trained
from xianzhong.brief.readable import SCHOOL_CODE, readable_records
from xianzhong.brief.trained import NUMBERS
from xianzhong.model.tables import ACTIVITIES
from xianzhong.model.terms import Term
from xianzhong.query import tables, training
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import draw
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.measures.common import fill, go_to_place
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import MOST_SHOWN, activity_order, downloads, record_table
from xianzhong.ui.session import Session, current, go


def headline(session: Session) -> int:
    """The cards and what they leave apart; gives the number of sessions."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    st.caption(trained.apart(session))
    sessions = int(found["training_sessions"].value or 0)
    split = ("principals_trained", "teachers_trained", "both_trained")
    if sessions and not any(found[name].total for name in split):
        fill(
            session,
            session.say(
                "No training of this view says who took part. Fill in the columns “Audience” and "
                "“Participants” of the table of activities, and principals and teachers are "
                "counted apart."
            ),
            "activities",
        )
    return sessions


def _choose_term(code: str) -> None:
    session = current()
    go(session.narrowed(term=Term.parse(code), date_from=None, date_to=None).filters)


def by_terms(session: Session) -> None:
    """Sessions by term; a click on a bar chooses the term."""
    draw(session, trained.by_terms(session), on_code=_choose_term)


def by_kind(session: Session) -> None:
    """Sessions and persons by kind and audience, as a small table."""
    part = trained.by_kind(session)
    st.markdown(f"**{part.title}**")
    st.table(part.table, border="horizontal", hide_index=True, alt=part.title)


def by_place(session: Session) -> None:
    """Share of the paired schools that were reached, least first; a click goes into a place."""
    draw(session, trained.by_place(session), on_code=go_to_place)


def not_reached(session: Session) -> None:
    """The paired schools without training on record in the period, and their download."""
    frame = training.not_reached(session.engine, session.view)
    if frame.empty:
        st.success(
            session.say("Every paired school of this view has training on record."),
            icon=":material/task_alt:",
        )
        return
    title = session.say("Schools without training on record")
    code, table = SCHOOL_CODE[session.lang], trained.not_reached_table(session, frame)
    st.caption(trained.not_trained(session, len(frame)))
    name = table.columns[0]
    linked = table.assign(**{name: school_paths(session, table[code], table[name])})
    record_table(linked, alt=title, titled=[name], hidden=[code], height=390)
    downloads(session, "not-trained", title, lambda: table)


def records(session: Session) -> None:
    """The records of training, shown when they are asked for, and their download."""
    opened = st.expander(
        session.say("Show the records"), key="training_records", on_change="rerun",
        icon=":material/table_rows:",
    )  # fmt: skip
    if not opened.open:
        return
    title = session.say("Training records")
    view = training.only_training(session.view)
    with opened:
        found = tables.records(session.engine, view, limit=MOST_SHOWN + 1)
        if len(found) > MOST_SHOWN:
            st.caption(
                session.say("The first {n}; a download holds all of them.", n=f"{MOST_SHOWN:,}")
            )
        table = readable_records(found.head(MOST_SHOWN), session.names, session.lang)
        label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
        record_table(
            table[activity_order(session, table)], alt=title, links=[label["source_url"]],
            hidden=[label["activity_code"], *[c for c in table.columns if c not in label.values()]],
        )  # fmt: skip
        downloads(
            session, "training", title,
            lambda: readable_records(
                tables.records(session.engine, view, limit=tables.MOST_RECORDS),
                session.names, session.lang,
            ),
        )  # fmt: skip
