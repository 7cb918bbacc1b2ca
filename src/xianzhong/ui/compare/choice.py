"""What is compared with what: read from the link, chosen by two boxes, swapped by a button."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xianzhong.model.labels import Label
from xianzhong.model.terms import Term
from xianzhong.query import tables
from xianzhong.query.compare import WAYS, Sides, chosen_way, code_of, with_code
from xianzhong.query.filters import UNKNOWN, Filters, Problem
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, current, current_lang, params_for, set_params, showing

BY, WITH = "by", "with"
_SAME = Label("两侧相同", "both sides are the same")


def read_sides(session: Session) -> Sides:
    """The sides of the link; what there is not is named and left out."""
    by = st.query_params.get(BY, "").strip()
    if by and by not in WAYS:
        ignored(session, Problem(BY, by[:80], UNKNOWN))
        by = ""
    by = by or chosen_way(session.filters) or "province"
    first = code_of(session.filters, by)
    second = st.query_params.get(WITH, "").strip()
    if second and second == first:
        ignored(session, Problem(WITH, second[:80], _SAME))
        second = ""
    elif second and not _exists(session, by, second):
        ignored(session, Problem(WITH, second[:80], UNKNOWN))
        second = ""
    return Sides(by, first, second)


def _exists(session: Session, by: str, code: str) -> bool:
    if by == "province":
        return code in {division.code for division in session.engine.divisions.provinces}
    if by == "university":
        return session.names.has_university(code)
    try:
        return Term.parse(code).code == code
    except ValueError:
        return False


def name_of(session: Session, by: str, code: str) -> str:
    """A side in words."""
    if by == "term":
        return Term.parse(code).label(session.lang)
    if by == "university":
        return session.names.university(code)
    return session.engine.divisions.label(code, session.lang)


def codes_of(session: Session, by: str, chosen: Sequence[str]) -> list[str]:
    """All codes to choose from; of terms those with records, newest first, and the chosen."""
    if by == "province":
        return [division.code for division in session.engine.divisions.provinces]
    if by == "university":
        return list(session.names.universities)
    span = tables.span(session.engine, session.narrowed(**_nothing()))
    first, last = span["first_start"].iloc[0], span["last_start"].iloc[0]
    found = {Term.parse(code) for code in chosen if code}
    if not pd.isna(first):
        term, stop = (Term.of(pd.Timestamp(day).date()) for day in (first, last))
        while term <= stop and len(found) < 200:
            found.add(term)
            term = term.next
    return [term.code for term in sorted(found, reverse=True)]


def _nothing() -> dict[str, object]:
    empty = Filters()
    return {name: getattr(empty, name) for name in Filters.__slots__}


def write(sides: Sides) -> None:
    """Puts the sides into the link: the first is a filter, the second a parameter."""
    filters = with_code(current().filters, sides.by, sides.first)
    set_params(params_for(filters, current_lang(), **{BY: sides.by, WITH: sides.second}))


def _change_way() -> None:
    by = str(st.session_state.get("compare_by") or "province")
    set_params(params_for(current().filters, current_lang(), **{BY: by}))


def _change_side(by: str) -> None:
    first, second = (str(st.session_state.get(f"compare_{n}") or "") for n in ("a", "b"))
    write(Sides(by, first, "" if second == first else second))


def choose_sides(session: Session, sides: Sides) -> None:
    """Draws what is compared, the two boxes, and the button that swaps them."""
    with showing({"compare_by": sides.by}):
        st.segmented_control(
            session.say("Compare by"), list(WAYS), key="compare_by", required=True,
            format_func=lambda way: WAYS[way][session.lang], on_change=_change_way,
        )  # fmt: skip
    codes = codes_of(session, sides.by, (sides.first, sides.second))
    left, middle, right = st.columns([7, 2, 7], vertical_alignment="bottom", gap="small")
    for column, name, code, other in (
        (left, "a", sides.first, ""), (right, "b", sides.second, sides.first),
    ):  # fmt: skip
        st.session_state[f"compare_{name}"] = code
        with column:
            st.selectbox(
                session.say("Side {side}", side=name.upper()),
                ["", *(c for c in codes if not other or c != other)], key=f"compare_{name}",
                format_func=lambda c: name_of(session, sides.by, c) if c
                else session.say("Please choose"),
                on_change=_change_side, args=(sides.by,),
            )  # fmt: skip
    with middle:
        st.button(
            session.say("Swap"), key="compare_swap", icon=":material/swap_horiz:",
            on_click=write, args=(sides.swapped,), disabled=not (sides.first and sides.second),
            width="stretch",
        )  # fmt: skip


def passed_over(session: Session, sides: Sides) -> None:
    """Says which of the filters belong to one side only and are left out on both."""
    filters = session.filters
    if sides.by == "province" and (filters.prefecture or filters.county or filters.school):
        st.caption(
            session.say("Provinces are compared whole: prefecture, county and school are not "
                        "used here.")
        )  # fmt: skip
    elif sides.by == "university" and filters.school:
        st.caption(session.say("The school chosen is not used here: it is of one side only."))
