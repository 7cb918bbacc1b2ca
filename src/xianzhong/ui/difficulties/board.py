"""The board: a column for each state, what is overdue first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xianzhong.brief.readable import partial_date
from xianzhong.model.tables.difficulties import DIFFICULTY_STATES
from xianzhong.query import difficulties
from xianzhong.query.difficulties import Row
from xianzhong.ui.difficulties.choice import ITEM, STEPS, params, rows, show_more
from xianzhong.ui.links import link, opener
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
    with st.container(key="board"):
        columns = st.columns(len(DIFFICULTY_STATES), gap="small")
        for column, state in zip(columns, DIFFICULTY_STATES, strict=True):
            with column, st.container(gap="xsmall"):
                st.markdown(
                    f"### {state.label[session.lang]} {int(counts[_COUNTED[state.code]]):,}"
                )
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
    for row in found:
        with st.container(border=True, gap="xxsmall"):
            code = str(row["difficulty_code"])
            opener(f"**{plain(str(row['title']))}**", f"open_{code}",
                   params(session, **{ITEM: code}))  # fmt: skip
            st.markdown(_card(session, row))


def _card(session: Session, row: Row) -> str:
    """How late, school, owner and dates; all that people typed as plain text."""
    school, county = str(row["school"]), str(row["county"])
    place = link(
        plain(school), "school",
        params_for(session.filters, session.lang) | {"school": str(row["school_code"])},
    )  # fmt: skip
    if county and county not in school:
        place += f" · {plain(county)}"
    owner = row["owner"] if isinstance(row["owner"], str) and row["owner"] else ""
    day = "resolved" if row["standing"] == "resolved" else "due"
    word = session.say("Resolved on") if day == "resolved" else session.say("Due")
    first = [lateness(session, row), _dated(word, row, day)]
    # English words are too long for both on one line.
    lines = [
        *([" ".join(part for part in first if part)] if session.lang == "zh" else first),
        place,
        plain(owner) if owner else session.say("no owner"),
        _dated(session.say("Raised"), row, "raised"),
    ]
    return "  \n".join(f":small[{line}]" for line in lines if line)


def _dated(word: str, row: Row, name: str) -> str:
    day = partial_date(row[name], row[f"{name}_precision"])
    return f"{word} {day}" if day else ""


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
