"""The parts of the training page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.readable import SCHOOL_CODE, partial_dates, readable_records
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.trend import term_bars
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.tables import ACTIVITIES
from xianzhong.model.terms import Term
from xianzhong.query import tables, training
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.measures.common import fill, go_to_place, level_label, place_name
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import MOST_SHOWN, activity_order, downloads, record_table
from xianzhong.ui.session import Session, current, go

NUMBERS = (
    "training_sessions", "principals_trained", "teachers_trained", "both_trained",
    "unsplit_trained", "schools", "schools_trained", "schools_trained_share",
)  # fmt: skip
MOST_BARS = 15
MOST_TERMS = 10


def _sessions_unit(session: Session) -> str:
    return INDICATOR_BY_ID["training_sessions"].unit[session.lang]


def headline(session: Session) -> int:
    """The cards and what they leave apart; gives the number of sessions."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    st.caption(
        session.say(
            "Training here is what is recorded as training of principals and teachers or as "
            "shadowing. Where principals and teachers were trained together, or no audience is "
            "given, the persons are counted apart and belong to neither of the two."
        )
    )
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


def _audiences(session: Session) -> dict[str, str]:
    return {
        "principals": session.say("Principals"),
        "teachers": session.say("Teachers"),
        "principals_teachers": session.say("Together"),
        "unsplit": session.say("Not given"),
    }


def _choose_term(code: str) -> None:
    session = current()
    go(session.narrowed(term=Term.parse(code), date_from=None, date_to=None).filters)


def by_terms(session: Session) -> None:
    """Sessions by term; a click on a bar chooses the term."""
    title = session.say("Training sessions by term")
    st.markdown(f"**{title}**")
    frame = training.by_term(session.engine, session.view)
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    rows = {Term(int(row["year"]), int(row["half"])): row for row in frame.to_dict("records")}
    terms = [max(rows)]
    while terms[0] > min(rows):
        terms.insert(0, terms[0].previous)
    counts = [(term, int(rows[term]["sessions"]) if term in rows else 0) for term in terms]
    table = pd.DataFrame(
        {
            session.say("Term"): [term.label(session.lang) for term in terms],
            session.say("Sessions"): [count for _, count in counts],
            session.say("Schools"): [rows.get(term, {}).get("schools") for term in terms],
            **{
                label: [rows.get(term, {}).get(name) for term in terms]
                for name, label in _audiences(session).items()
            },
        }
    )
    figure = term_bars(counts[-MOST_TERMS:], unit=_sessions_unit(session), lang=session.lang)
    chart(session, "training_terms", figure, table, alt=title, on_code=_choose_term)
    st.caption(session.say("All terms on record, whatever the period chosen."))


def by_kind(session: Session) -> None:
    """Sessions and persons by kind and audience, as a small table."""
    title = session.say("By kind and audience (person-times)")
    st.markdown(f"**{title}**")
    frame = training.totals(session.engine, session.view)
    kinds = training.training_kinds(session.filters)
    columns = {session.say("Audience"): [session.say("Sessions"), *_audiences(session).values()]}
    for kind in kinds:
        persons = [
            training.trained(frame, kind=kind, audience=audience).persons
            for audience in training.AUDIENCES
        ]
        columns[KIND_BY_CODE[kind].label[session.lang]] = [
            f"{training.trained(frame, kind=kind).sessions:,}",
            *("—" if value is None else f"{value:,}" for value in persons),
        ]
    st.table(pd.DataFrame(columns), border="horizontal", hide_index=True, alt=title)


def by_place(session: Session) -> None:
    """Share of the paired schools that were reached, least first; a click goes into a place."""
    level = level_label(session)
    title = session.say("Share of schools reached, by {level} (%)", level=level.lower())
    st.markdown(f"**{title}**")
    frame = training.totals(session.engine, session.view)
    places = frame[frame["part"] == "school"].copy()
    places["share"] = (
        100 * places["reached"].astype(float) / places["schools"].astype(float)
    ).round(1)
    if places.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    places = places.sort_values(["share", "code"])
    names = [place_name(session, code) for code in places["code"]]
    table = pd.DataFrame(
        {
            level: names,
            session.say("Schools"): places["schools"].tolist(),
            session.say("Schools reached"): places["reached"].tolist(),
            session.say("Share (%)"): places["share"].tolist(),
        }
    )
    figure = horizontal_bars(
        names[:MOST_BARS], places["share"].tolist()[:MOST_BARS],
        places["code"].tolist()[:MOST_BARS], unit="%",
    )  # fmt: skip
    chart(session, "training_places", figure, table, alt=title, on_code=go_to_place)
    if len(places) > MOST_BARS:
        st.caption(
            session.say(
                "The {n} of {all} where the share is lowest; all in the table.",
                n=MOST_BARS,
                all=len(places),
            )
        )


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
    say, lang, divisions = session.say, session.lang, session.engine.divisions
    code = SCHOOL_CODE[lang]
    table = pd.DataFrame(
        {
            say("School"): frame["school"],
            code: frame["school_code"],
            say("Province"): [divisions.label(c or "", lang) for c in frame["province"]],
            say("Prefecture"): [divisions.label(c, lang) if c else "" for c in frame["prefecture"]],
            say("County"): frame["county"],
            say("Supporting university"): [
                "、".join(map(session.names.university, codes)) for codes in frame["universities"]
            ],
            say("Last training on record"): [
                text or None
                for text in partial_dates(frame["last_start"], frame["last_start_precision"])
            ],
        }
    )
    st.caption(
        say(
            "{count} paired schools. Not on record does not mean not trained. The last training is "
            "that of all time.",
            count=f"{len(frame):,}",
        )
    )
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
        table = readable_records(
            tables.records(session.engine, view, limit=MOST_SHOWN), session.names, session.lang
        )
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
