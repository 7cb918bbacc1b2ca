"""The numbers: agreements by state, the terms in which they end, and the checklist."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.cells import NOTHING, Cell, cell_grid, shade
from xianzhong.charts.cycles import cut
from xianzhong.charts.cycles import ends_by_term as ends_bars
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.pairing_states import STATES
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.tables import PAIRINGS
from xianzhong.query.figures import by_county
from xianzhong.query.pairings import by_state, ends_by_term, readiness
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import upload_link
from xianzhong.ui.pairings.choice import ENDS, ROWS, STATE, Choice, toggle
from xianzhong.ui.pairings.matrix import heads
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session

HEADLINE = (
    "pairings", "schools", "agreements_in_force", "agreements_ending_180", "agreements_ended",
    "agreements_undated",
)  # fmt: skip
READY = tuple(f"ready_{item.id}" for item in CHECKLIST)
MOST_TERMS, MOST_PLACES = 14, 40


def _unit(session: Session) -> str:
    return INDICATOR_BY_ID["pairings"].unit[session.lang]


def headline(session: Session) -> None:
    """The cards, and what a zero and an end without a renewal mean."""
    found = by_id(session, session.view, HEADLINE)
    ending = found["agreements_ending_180"].value or 0
    notes = {
        "agreements_in_force": session.say("{count} of them end within 180 days", count=ending)
        if ending else "",
    }  # fmt: skip
    cards(session, [found[name] for name in HEADLINE], notes=notes, columns=3)
    said = [session.say("States are as of {day}.", day=session.view.reference_day)]
    if found["agreements_ended"].value:
        said.append(
            session.say(
                "Past its end and no renewal on record means that no source was found, not that "
                "nothing was signed."
            )
        )
    if session.filters.kind:
        said.append(session.say("Pairings have no activity kind: that filter does not act here."))
    st.caption(" ".join(said))
    if found["agreements_ended"].value or found["agreements_undated"].value:
        upload_link(session, PAIRINGS.name, session.say("Fill in dates and renewals, and upload"))


def states(session: Session, choice: Choice) -> None:
    """Pairings by state; a click narrows the list to it."""
    title = session.say("Agreements by state")
    st.markdown(f"**{title}**")
    counts = by_state(session.engine, session.view)
    codes = ["in_force", "ending", "ended", "not_begun", "unknown"]
    names = [
        session.say("In force, more than 180 days left")
        if code == "in_force" else STATES[code][session.lang]
        for code in codes
    ]  # fmt: skip
    values = [counts.get(code, 0) for code in codes]
    figure = horizontal_bars(
        names, values, codes, unit=_unit(session), chosen=(choice.state,) if choice.state else ()
    )
    table = pd.DataFrame({session.say("State"): names, session.say("Pairings"): values})
    chart(session, "states", figure, table, alt=title, on_code=lambda code: toggle(STATE, code))


def ends(session: Session, choice: Choice) -> None:
    """The terms in which cycles end, past and coming; a click narrows the list to one."""
    title = session.say("Agreements by the term in which they end")
    st.markdown(f"**{title}**")
    found = ends_by_term(session.engine, session.view)
    if not found:
        st.caption(session.say("No end of a cycle is on record for these filters."))
        return
    table = pd.DataFrame(
        {
            session.say("Term"): [term.label(session.lang) for term, _ in found],
            session.say("Pairings"): [count for _, count in found],
        }
    )
    figure = ends_bars(
        found[-MOST_TERMS:], session.view.reference_day, unit=_unit(session), lang=session.lang,
        chosen=choice.ends.code if choice.ends else "",
    )  # fmt: skip
    chart(session, "ends", figure, table, alt=title, on_code=lambda code: toggle(ENDS, code))
    st.caption(
        session.say(
            "Light bars are past, dark ones are coming. Without an end date on record, three "
            "years from the start: a rule of this product."
        )
    )


def checklist(session: Session) -> None:
    """The share that has each thing of the checklist, and by place what is missing where."""
    found = by_id(session, session.view, READY)
    cards(session, [found[name] for name in READY], columns=3)
    unknown = [
        item.label[session.lang]
        for item in CHECKLIST
        if item.says_no and not found[f"ready_{item.id}"].known
    ]
    if unknown:
        st.caption(
            session.say(
                "No source was found for {items}. That is not a “no”: an empty cell says only "
                "that nothing is recorded. They are filled in by the tables of pairings and of "
                "universities.",
                items=session.say(", ").join(unknown),
            )
        )
        upload_link(session, PAIRINGS.name, session.say("Fill in and upload"))
    _by_place(session)


def _by_place(session: Session) -> None:
    frame = readiness(session.engine, session.view)
    frame = frame[(frame["part"] == "place") & (frame["code"] != "")]
    # Few pairings are all in the matrix below.
    if len(frame) < 2 or frame["pairings"].sum() <= ROWS:
        return
    frame = frame.sort_values(["pairings", "code"], ascending=[False, True])
    county = by_county(session.filters)
    title = session.say("Readiness by county") if county else session.say("Readiness by province")
    st.markdown(f"**{title}**")
    divisions = session.engine.divisions
    names = [divisions.label(code, session.lang) for code in frame["code"]]
    table = pd.DataFrame(
        {
            session.say("County") if county else session.say("Province"): names,
            session.say("Pairings"): frame["pairings"].tolist(),
            **{
                item.label[session.lang]: [_share(session, row, item.id, item.says_no)[1]
                                           for row in frame.to_dict("records")]
                for item in CHECKLIST
            },
        }
    )  # fmt: skip
    shown = frame.head(MOST_PLACES).to_dict("records")
    figure = cell_grid(
        [cut(f"{name} {row['pairings']:,}", 96 if on_phone() else 220)
         for name, row in zip(names, shown, strict=False)],
        heads(session.lang),
        [_cell(session, row, name, place, number)
         for place, (row, name) in enumerate(zip(shown, names, strict=False))
         for number in range(len(CHECKLIST))],
        upright=on_phone(), row_height=28,
    )  # fmt: skip
    chart(
        session, "readiness", figure, table, alt=title,
        on_code=filter_by(level="county" if county else "province"),
    )  # fmt: skip
    _how_to_read(session, len(frame))


def _how_to_read(session: Session, places: int) -> None:
    note = session.say(
        "Beside the name the number of pairings; in each cell the share that has it among those "
        "recorded, “—” where nothing is recorded. A click filters by the place."
    )
    if places > MOST_PLACES:
        note += " " + session.say("The first {n} of {all}; all in the table.", n=MOST_PLACES,
                                  all=places)  # fmt: skip
    st.caption(note)


def _share(
    session: Session, row: Mapping[Hashable, Any], item: str, says_no: bool
) -> tuple[float | None, str]:
    """The share and its words: how many of how many recorded, and how many more are not."""
    yes, total = int(row[item]), int(row["pairings"])
    known = int(row[f"{item}_known"]) if says_no else total
    if not known:
        return None, session.say("no source found")
    words = session.say("{yes} of {known} pairings", yes=f"{yes:,}", known=f"{known:,}")
    if known < total:
        words = session.say("{words}; {missing} more not recorded", words=words,
                            missing=f"{total - known:,}")  # fmt: skip
    return 100 * yes / known, words


def _cell(
    session: Session, row: Mapping[Hashable, Any], name: str, place: int, number: int
) -> Cell:
    item = CHECKLIST[number]
    share, words = _share(session, row, item.id, item.says_no)
    return Cell(
        place, number, "—" if share is None else f"{share:.0f}%",
        NOTHING if share is None else shade(share, 100), str(row["code"]),
        (name, item.label[session.lang], words),
    )  # fmt: skip
