"""The parts of a school's page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.brief.readable import partial_date, partial_dates, readable_records
from xianzhong.charts.heat import heat
from xianzhong.charts.trend import term_columns, timeline
from xianzhong.model.kinds import KIND_BY_CODE, KINDS, MEASURES
from xianzhong.model.pairing_states import STATES
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, PAIRINGS
from xianzhong.model.terms import Term, terms_between
from xianzhong.query import tables
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart, filter_by_time, time_code
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.navigation import page_object, university_paths
from xianzhong.ui.records import activity_order, downloads, linked_activities, record_table
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain
from xianzhong.ui.when import by_terms

NUMBERS = ("activities", "people_sent", "participants", "lessons")
READINESS = ("has_plan", "has_development_plan", "has_county_policy")
MOST_RECORDS = 5000


def place(session: Session) -> None:
    """Province, prefecture and county of the school."""
    province, county = session.names.school_places[session.filters.school]
    divisions = session.engine.divisions
    found = divisions.get(county)
    codes = [province, found.prefecture if found else "", county]
    names = [divisions.label(code, session.lang) for code in codes if code]
    st.markdown(f"**{' · '.join(names)}** · {session.say('code')} {session.filters.school}")


def numbers(session: Session) -> None:
    """The school's figures in the period, compared with its own earlier term only."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))


def _whole(session: Session) -> Session:
    """The same school over all time, whoever gave and of whatever kind."""
    view = session.narrowed(
        term=None, date_from=None, date_to=None, kind=(), scheme=(), university=""
    )
    return replace(session, view=view)


def pairings(session: Session) -> None:
    """Each pairing: supporter, scheme, cycle, state, readiness, and the words that prove it."""
    frame = tables.pairings(session.engine, _whole(session).view)
    if frame.empty:
        empty(session, session.say("No pairing of this school is on record."), clear=False)
        return
    for row in frame.to_dict("records"):
        with st.container(border=True):
            _pairing(session, row)


def _pairing(session: Session, row: Mapping[Hashable, Any]) -> None:
    say, lang = session.say, session.lang
    scheme = SCHEME_BY_CODE.get(str(row["scheme"]))
    code = str(row["university_code"])
    name = session.names.university(code)
    (path,) = university_paths(session, [code], [""])
    st.markdown(f"**[{plain(name)}]({path.rstrip('#')})**")
    term = row["start_term"]
    facts = {
        say("Scheme"): scheme.label[lang] if scheme else str(row["scheme"]),
        say("Signed"): partial_date(row["agreement_date"], row["agreement_date_precision"])
        or say("no source found"),
        say("First term"): Term.parse(term).label(lang)
        if isinstance(term, str)
        else say("no source found"),
        say("Cycle"): f"{partial_date(row['cycle_start'], 'day')} – "
        f"{partial_date(row['cycle_end'], 'day')}",
        say("State"): STATES[str(row["state"])][lang],
        say("On record"): _readiness(session, row),
    }
    st.table({name: value for name, value in facts.items() if value}, border="horizontal")
    if row["end_date"] is None or pd.isna(row["end_date"]):
        st.caption(say("No end date is on record: three years from the start, a rule of ours."))
    if row["quote"]:
        st.markdown(f"> {plain(str(row['quote']))}")
    _source(session, row)


def _readiness(session: Session, row: Mapping[Hashable, Any]) -> str:
    have = [PAIRINGS.column(name).label[session.lang] for name in READINESS if row[name] is True]
    return "、".join(have)


def _source(session: Session, row: Mapping[Hashable, Any]) -> None:
    parts = [str(row[name]) for name in ("source", "source_date") if row[name]]
    if not parts:
        st.caption(session.say("no source found"))
        return
    url = str(row["source_url"] or "")
    text = f"{session.say('Source')}: {plain(', '.join(parts))}"
    if url.startswith(("http://", "https://")):
        text += f" · [{session.say('open the source')}](<{url}>)"
    st.caption(text)


def measures(session: Session) -> None:
    """Which of the seven measures the school has had, and in which terms."""
    frame = tables.kinds_by_month(session.engine, _whole(session).view)
    had = set(frame["kind"])
    count = sum(kind.code in had for kind in MEASURES)
    st.markdown(session.say("**{count} of 7 measures** on record.", count=count))
    with st.container(horizontal=True, gap="xsmall"):
        for kind in MEASURES:
            done = kind.code in had
            # Signs, not icons: an icon's name is read out in English.
            mark = "✓" if done else "–"
            label = kind.label[session.lang]
            st.badge(f"{mark} {label}", color="blue" if done else "gray")
    if frame.empty:
        return
    terms = terms_between(Term.of(pd.Timestamp(month).date()) for month in frame["month"])
    kinds = [kind for kind in KINDS if kind.code in had]
    counts = {(kind.code, term): 0 for kind in kinds for term in terms}
    for kind, month, done in zip(frame["kind"], frame["month"], frame["activities"], strict=True):
        counts[kind, Term.of(pd.Timestamp(month).date())] += int(done)
    grid = [[counts[kind.code, term] for term in terms] for kind in kinds]
    rows = [kind.label[session.lang] for kind in kinds]
    table = pd.DataFrame(grid, columns=[term.label(session.lang) for term in terms])
    table.insert(0, session.say("Activity kind"), rows)
    title = session.say("Activities by kind and term")
    codes = [[f"{kind.code}|{term.code}" for term in terms] for kind in kinds]
    columns = term_columns(terms, session.lang)
    figure = heat(rows, columns, grid, codes, chosen=_chosen(session))
    chart(
        session, "measures", figure, table, alt=title, on_code=filter_by_time, origin="activities"
    )


def _chosen(session: Session) -> str:
    """The kind and the time of the filters, as a click on a cell or a dot would choose them."""
    kinds, when = session.filters.kind, time_code(session)
    return f"{kinds[0]}|{when}" if len(kinds) == 1 and when else ""


def over_time(session: Session) -> None:
    """Every activity as a dot along the dates."""
    records = tables.records(session.engine, _whole(session).view, limit=MOST_RECORDS)
    if records.empty:
        empty(
            session,
            session.say(
                "No activity of this school is on record. That no source was found does not mean "
                "that nothing was done."
            ),
            clear=False,
        )
        return
    shown = records.assign(dates=_dates(records))
    had = set(shown["kind"])
    kinds = [(kind.code, kind.label[session.lang]) for kind in KINDS if kind.code in had]
    table = pd.DataFrame(
        {
            session.say("Date"): shown["dates"],
            session.say("Activity kind"): [
                KIND_BY_CODE[code].label[session.lang] for code in shown["kind"]
            ],
            session.say("Title"): shown["title"],
        }
    )
    by_terms(session)
    title = session.say("Every activity by its date")
    st.markdown(f"**{title}**")
    figure = timeline(shown, kinds, chosen=_chosen(session))
    chart(
        session, "timeline", figure, table, alt=title, on_code=filter_by_time, origin="activities"
    )
    if (shown["start_precision"] == "month").any():
        st.caption(session.say("Hollow: known only to the month, so drawn in its middle."))


def _dates(records: pd.DataFrame) -> list[str]:
    starts = partial_dates(records["start"], records["start_precision"])
    ends = partial_dates(records["end"], records["end_precision"])
    return [f"{a} – {b}" if b else a for a, b in zip(starts, ends, strict=True)]


def records(session: Session) -> None:
    """The school's records in the period with their sources, and their download."""
    frame = tables.records(session.engine, session.view, limit=MOST_RECORDS)
    if frame.empty:
        st.caption(session.say("Nothing on record for these filters."))
        return
    table = readable_records(frame, session.names, session.lang)
    label = {column.name: column.label[session.lang] for column in ACTIVITIES.columns}
    place_columns = {label[name] for name in ("school_code", "province", "prefecture", "county")}
    hidden = [c for c in table.columns if c in place_columns or c not in label.values()]
    title = session.label(ACTIVITIES.label)
    linked, names = linked_activities(session, "school", table, frame)
    record_table(
        linked[activity_order(session, linked)], alt=title, links=[label["source_url"]],
        titled=[name for name in names if name not in hidden],
        hidden=[*hidden, label["activity_code"]],
    )  # fmt: skip
    downloads(session, "school", title, lambda: table)


def back(session: Session) -> None:
    """A way back to the list, with the other filters kept."""
    st.page_link(
        page_object("schools"),
        label=session.say("All schools"),
        icon=":material/arrow_back:",
        query_params=params_for(replace(session.filters, school=""), session.lang),
    )
