"""County support by place: the map, and the ranking beside it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.figures import shown
from xianzhong.brief.where import Choice, of_places, ranking
from xianzhong.model.labels import Label
from xianzhong.model.tables.support import WAN
from xianzhong.query.figures import share, support_totals
from xianzhong.ui.charts import draw
from xianzhong.ui.places import Shown, clicked
from xianzhong.ui.session import Session
from xianzhong.ui.support_words import number

_SHARES = (20.0, 40.0, 60.0, 80.0, 100.0)
CHOICES = (
    Choice(
        "share", Label("投入落实率", "Delivered share"), Label("%", "%"), _SHARES, _SHARES,
        lowest_first=True, most=34,
    ),
    Choice("promised", Label("承诺投入", "Promised"), WAN),
    Choice("delivered", Label("落实投入", "Delivered"), WAN),
)  # fmt: skip


def values_by_place(session: Session, choice: str) -> pd.DataFrame:
    """``code``, ``value`` and ``text`` of each place; see :class:`xianzhong.ui.places.Shown`."""
    frame = of_places(support_totals(session.engine, session.view))
    rows = frame.to_dict("records")
    text = [
        session.say(
            "promised {promised}, delivered {delivered} (10,000 yuan); {known} of {priced} records "
            "give both",
            promised=shown(_rounded(row["promised"])), delivered=shown(_rounded(row["delivered"])),
            known=f"{row['both_known']:,}", priced=f"{row['priced']:,}",
        )
        for row in rows
    ]  # fmt: skip
    value: object = [
        share(number(row["delivered_both"]), number(row["promised_both"])) for row in rows
    ]
    if choice != "share":
        value = frame[choice].round(1)
    return pd.DataFrame(
        {"code": frame["code"], "value": pd.Series(value, index=frame.index, dtype=float),
         "text": text}
    )  # fmt: skip


def _rounded(value: object) -> float | None:
    found = number(value)
    return None if found is None else round(found, 1)


def _beside(session: Session, choice: Choice, values: pd.DataFrame) -> None:
    draw(session, ranking(session, choice, values), on_code=clicked)
    if choice.lowest_first:
        st.caption(session.say("Lowest first. Click a bar to filter by the place."))


SHOWN = Shown(CHOICES, values_by_place, _beside, points=False)
