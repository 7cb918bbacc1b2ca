"""The board: a column for each state, what is overdue first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xianzhong.export.readable import partial_date
from xianzhong.model.tables.difficulties import DIFFICULTY_STATES
from xianzhong.query import difficulties
from xianzhong.query.difficulties import Row
from xianzhong.ui.difficulties.choice import ITEM, STEPS, params, rows, show_more
from xianzhong.ui.links import link
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain

_COUNTED = {
    "open": "waiting",
    "in_progress": "in_progress",
    "resolved": "difficulties_resolved",
}


def board(session: Session, in_charge: str, counts: Row) -> None:
    """Three columns of difficulties, each capped, and the way to see more of them."""
    limit = rows(session)
    frame = difficulties.board(session.engine, session.view, limit=limit, in_charge=in_charge)
    by_standing: dict[str, list[Row]] = {state.code: [] for state in DIFFICULTY_STATES}
    for row in frame.to_dict("records"):
        by_standing[str(row["standing"])].append({str(k): v for k, v in row.items()})
    columns = st.columns(len(DIFFICULTY_STATES), gap="small")
    for column, state in zip(columns, DIFFICULTY_STATES, strict=True):
        all_of_them = int(counts[_COUNTED[state.code]])
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f"#### {state.label[session.lang]} · {all_of_them:,}")
            _column(session, by_standing[state.code])
    _more(session, limit, max(int(counts[name]) for name in _COUNTED.values()))
    if counts["undated"]:
        st.caption(
            session.say(
                "{count} more are resolved without a date of it: in a period they are left out.",
                count=f"{int(counts['undated']):,}",
            )
        )


def _column(session: Session, found: Sequence[Row]) -> None:
    if not found:
        st.caption(session.say("None."))
        return
    # One element for the whole column: sixty cards of their own would hold the browser up.
    st.markdown("\n\n---\n\n".join(_card(session, row) for row in found))


def _card(session: Session, row: Row) -> str:
    """Title, how late, school, owner and dates; all that people typed as plain text."""
    say = session.say
    title = link(plain(str(row["title"])), "difficulties",
                 params(session, **{ITEM: str(row["difficulty_code"])}))  # fmt: skip
    school = link(
        plain(str(row["school"])), "school",
        params_for(session.filters, session.lang) | {"school": str(row["school_code"])},
    )  # fmt: skip
    place = " · ".join(part for part in (school, plain(str(row["county"]))) if part)
    owner = row["owner"] if isinstance(row["owner"], str) and row["owner"] else ""
    lines = [
        f"**{title}**",
        lateness(session, row),
        place,
        f"{say('Owner')}: {plain(owner)}" if owner else say("No owner on record"),
        _dates(session, row),
    ]
    return "  \n".join(line for line in lines if line)


def lateness(session: Session, row: Row) -> str:
    """The sign of what is overdue, and of what is resolved how long it took; else nothing."""
    if _number(row["days_overdue"]) is not None:
        words = session.say("{days} days overdue", days=f"{_number(row['days_overdue']):,}")
        return f":red-badge[⚠ {words}]"
    if row["standing"] == "resolved" and _number(row["days_taken"]) is not None:
        words = session.say("resolved in {days} days", days=f"{_number(row['days_taken']):,}")
        return f":green-badge[✓ {words}]"
    return ""


def _number(value: object) -> int | None:
    # Missing whole numbers come as NaN, or as pandas' own NA, which is not even equal to itself.
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        return None


def _dates(session: Session, row: Row) -> str:
    labels = (("raised", session.say("Raised")), ("due", session.say("Due")),
              ("resolved", session.say("Resolved on")))  # fmt: skip
    wanted = labels if row["standing"] == "resolved" else labels[:2]
    said = [(word, partial_date(row[name], row[f"{name}_precision"])) for name, word in wanted]
    return " · ".join(f"{word} {day}" for word, day in said if day)


def _more(session: Session, limit: int, most: int) -> None:
    if most <= limit:
        return
    step = next((step for step in STEPS if step > limit), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        if step:
            st.button(
                session.say("Show up to {count} of each state", count=step), key="more",
                on_click=show_more, args=(step,), icon=":material/expand_more:",
            )  # fmt: skip
        st.caption(
            session.say("Each column shows its first {count}; all are in the table and the "
                        "downloads below.", count=limit)
        )  # fmt: skip
