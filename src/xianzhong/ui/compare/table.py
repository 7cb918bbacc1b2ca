"""The headline figures of both sides in one table, and its download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.figures import shown
from xianzhong.model.indicators import GROUPS, INDICATOR_BY_ID, INDICATORS
from xianzhong.model.labels import bracketed
from xianzhong.query.figures import Figure, Number
from xianzhong.query.gate import View
from xianzhong.ui.cards import titled
from xianzhong.ui.headline import by_id
from xianzhong.ui.places import on_phone
from xianzhong.ui.records import downloads
from xianzhong.ui.session import Session

# Published for the whole programme only.
_LEFT_OUT = ("pairings_announced",)


def indicators_for(by: str) -> list[str]:
    """The indicators that say something about what is compared."""
    left_out = {*_LEFT_OUT, *(("universities",) if by == "university" else ())}
    return [
        i.id for i in INDICATORS
        if i.id not in left_out and not (i.group == "coverage" and by == "university")
    ]  # fmt: skip


def figures_table(
    session: Session, views: tuple[View, View], names: tuple[str, str], by: str
) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """Draws both sides' figures with their difference, and gives them."""
    ids = indicators_for(by)
    first, second = (by_id(session, view, ids) for view in views)
    title = session.say("Figures side by side")
    for name, side in zip(names, (first, second), strict=True):
        if not side["pairings"].value and not side["activities"].value:
            st.info(session.say("{name}: nothing on record for these filters.", name=name),
                    icon=":material/info:")  # fmt: skip
    rows = []
    group = ""
    for number in ids:
        indicator = INDICATOR_BY_ID[number]
        label = GROUPS[indicator.group][session.lang]
        one, two = first[number], second[number]
        rows.append(
            [
                "" if label == group else label, titled(session, one), _said(session, one),
                _said(session, two), _difference(one.value, two.value),
            ]
        )  # fmt: skip
        group = label
    columns = [session.say("Group"), session.say("Indicator"), f"A {names[0]}", f"B {names[1]}",
               "A − B"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    # A phone has no room for the groups: the order is the same without their names.
    table = table.drop(columns=columns[:1]) if on_phone() else table
    st.table(table, border="horizontal", hide_index=True, alt=title)
    st.caption(
        session.say(
            "“No source found” is not zero. A difference says nothing by itself: sides differ in "
            "size. Definitions are on the page of definitions."
        )
    )
    downloads(session, "compare", title, lambda: _file(session, first, second, names, ids))
    return first, second


def _said(session: Session, figure: Figure) -> str:
    """A number, with what it rests on where that is not everything."""
    if figure.value is None:
        return session.say("no source found")
    text = shown(figure.value)
    if figure.yes is not None:
        return bracketed(text, f"{figure.yes:,}/{figure.known:,}", session.lang)
    return text


def _difference(first: Number, second: Number) -> str:
    if first is None or second is None:
        return "—"
    # Of the numbers as they are shown: 5.8 and 5.8 must not differ by 0.1.
    difference = round(round(first, 1) - round(second, 1), 1)
    if not difference:
        return "0"
    return f"{difference:+,}" if isinstance(difference, int) else f"{difference:+,.1f}"


def _file(
    session: Session, first: dict[str, Figure], second: dict[str, Figure],
    names: tuple[str, str], ids: list[str],
) -> pd.DataFrame:  # fmt: skip
    indicators = [INDICATOR_BY_ID[name] for name in ids]

    def numbers(side: dict[str, Figure]) -> pd.Series:
        return pd.Series([side[name].value for name in ids], dtype="Float64")

    one, two = numbers(first), numbers(second)
    return pd.DataFrame(
        {
            session.say("Group"): [GROUPS[i.group][session.lang] for i in indicators],
            session.say("Indicator"): [i.label[session.lang] for i in indicators],
            session.say("Unit"): [i.unit[session.lang] for i in indicators],
            f"A {names[0]}": one,
            f"B {names[1]}": two,
            "A − B": one - two,
            session.say("Name in scripts"): ids,
        }
    )  # fmt: skip
