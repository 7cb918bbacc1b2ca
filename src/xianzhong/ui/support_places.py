"""County support by place: the map, and the ranking beside it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief.support import CHOICES, values_by_place
from xianzhong.brief.where import Choice, ranking
from xianzhong.ui.charts import draw
from xianzhong.ui.places import Shown, clicked
from xianzhong.ui.session import Session


def _beside(session: Session, choice: Choice, values: pd.DataFrame) -> None:
    draw(session, ranking(session, choice, values), on_code=clicked)
    if choice.lowest_first:
        st.caption(session.say("Lowest first. Click a bar to filter by the place."))


SHOWN = Shown(CHOICES, values_by_place, _beside, points=False)
