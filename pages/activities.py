"""Activities: by month, kind and university, and the records themselves."""

import streamlit as st

from xianzhong.brief.readable import readable_records
from xianzhong.model.tables import ACTIVITIES
from xianzhong.query import tables
from xianzhong.ui import when
from xianzhong.ui.cards import cards
from xianzhong.ui.frame import begin, empty, section
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.records import (
    MOST_SHOWN,
    activity_order,
    downloads,
    linked_activities,
    record_table,
)

NUMBERS = ("activities", "active_schools", "people_sent", "participants")

session = begin("activities")
found = by_id(session, session.view, NUMBERS)
total = int(found["activities"].value or 0)
if not total:
    empty(session, session.say("No activity is on record for these filters."))
    st.stop()

cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
months, kinds = st.columns(2, gap="medium")
with months:
    when.by_month(session)
    when.by_kind(session)
with kinds:
    when.by_terms(session)
    when.by_university(session)

title = session.label(ACTIVITIES.label)
section(session.say("Records"))
records = tables.records(session.engine, session.view, limit=MOST_SHOWN)
table = readable_records(records, session.names, session.lang)
label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
notes = [session.say("Every record names its source. Newest first.")]
if total > len(records):
    notes.append(
        session.say("The newest {shown} of {all} records; a download holds all of them.",
                    shown=f"{len(records):,}", all=f"{total:,}")
    )  # fmt: skip
notes.append(session.say("Click a school to open it, any other name to filter by it."))
st.caption(("" if session.lang == "zh" else " ").join(notes))
linked, names = linked_activities(session, "activities", table, records)
record_table(
    linked[activity_order(session, linked)], alt=title, links=[label["source_url"]], titled=names,
    hidden=[label["activity_code"], *[c for c in table.columns if c not in label.values()]],
)  # fmt: skip
downloads(
    session, "activities", title,
    lambda: (
        readable_records(piece, session.names, session.lang)
        for piece in tables.record_batches(session.engine, session.view)
    ),
    rows=total,
)  # fmt: skip
