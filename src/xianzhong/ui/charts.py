"""Puts a chart on the page with its words for readers who do not see it, and its table."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from xianzhong.brief.part import Part
from xianzhong.charts.style import CHART_CONFIG
from xianzhong.model.terms import Term
from xianzhong.ui.drawing.component import NO_WORDS, Words, draw_figure
from xianzhong.ui.origin import origin_path
from xianzhong.ui.session import Session, current
from xianzhong.ui.session import go as go_to


def view_key(session: Session, name: str) -> str:
    """A widget key that is new with every view, so that an old selection never lingers."""
    text = f"{name}{sorted(session.filters.to_params().items())}{session.view.snapshot.number}"
    return f"{name}_{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def around(
    session: Session, *, title: str = "", notes: Sequence[str] = (), origin: str = ""
) -> Words:
    """What stands around a chart.

    Args:
        session: the run.
        title: plain text above it.
        notes: plain text below it, a line each.
        origin: id of the indicator that the chart divides; a link tells where it comes from.
    """
    source = (origin_path(session, origin), session.say("Where from?")) if origin else None
    return Words(title, tuple(notes), source)


def chart(
    session: Session,
    name: str,
    figure: go.Figure,
    table: pd.DataFrame,
    *,
    alt: str,
    on_code: Callable[[str], None] | None = None,
    config: dict[str, Any] | None = None,
    words: Words = NO_WORDS,
) -> None:
    """Draws a chart with a twin table behind an expander.

    Args:
        session: the run.
        name: unique on the page.
        figure: what to draw.
        table: the same numbers with readable headers.
        alt: what the chart shows, in a sentence.
        on_code: called with the code (``customdata``) of a clicked point.
        config: Plotly's configuration, the common one by default.
        words: what stands around it, by :func:`around`.
    """
    # The style sheet shows a hand over the marks of charts with the longer end of a key.
    draw_figure(
        figure, key=f"{name}_chart" if on_code is None else f"{name}_chart_clickable", alt=alt,
        config=config or CHART_CONFIG, on_code=on_code,
        tip=session.say("Click to filter, click again to undo"),
        words=words,
    )  # fmt: skip
    twin(session, name, table, alt=alt)


def draw(
    session: Session,
    part: Part,
    *,
    on_code: Callable[[str], None] | None = None,
    config: dict[str, Any] | None = None,
    name: str = "",
    said: Callable[[Sequence[str]], Sequence[str]] = tuple,
) -> None:
    """Draws a part of a view: its title, its chart and table, its notes.

    Args:
        session: the run.
        part: what to draw; where it is empty, that is said in place of a chart.
        on_code: as for :func:`chart`.
        config: as for :func:`chart`.
        name: unique on the page, the part's id by default.
        said: makes the notes of the screen, which say what a click does, from those of the part.
    """
    if part.empty or part.figure is None:
        st.markdown(f"**{part.title}**")
        st.caption(session.say("Nothing on record for these filters."))
        return
    chart(
        session, name or part.id, part.figure, part.table, alt=part.alt or part.title,
        on_code=on_code, config=config,
        words=around(session, title=part.title, notes=said(part.notes), origin=part.origin),
    )  # fmt: skip


def twin(session: Session, name: str, table: pd.DataFrame, *, alt: str) -> None:
    """The same numbers as a table, built only when it is opened."""
    opened = st.expander(
        session.say("Show as table"), key=f"twin_{name}", on_change="rerun", type="compact",
        icon=":material/table_rows:",
    )  # fmt: skip
    if opened.open:
        with opened:
            st.dataframe(table, hide_index=True, alt=alt, placeholder="—")


def filter_by(**names: str) -> Callable[[str], None]:
    """A handler that sets a filter to the clicked code: ``filter_by(field="kind")``.

    A click on what is chosen takes it away again.
    """
    (field,) = names.values()

    def handle(code: str) -> None:
        session = current()
        value: object = (code,) if field in ("kind", "scheme") else code
        if getattr(session.filters, field) == value:
            # A county's prefecture came with the click on it, and goes with it.
            go_to(session.filters.without("prefecture" if field == "county" else field))
            return
        changes: dict[str, object] = {field: value}
        division = session.engine.divisions.get(code) if field == "county" else None
        if division is not None:
            changes |= {"province": division.province, "prefecture": division.prefecture}
        go_to(session.narrowed(**changes).filters)

    return handle


def filter_by_time(code: str) -> None:
    """Filters by a clicked term (``2024-1``) or month (``2024-03``), or takes it away again.

    A kind may stand before it (``guidance|2024-1``): then both are chosen together.
    """
    session = current()
    kind, _, when = code.rpartition("|")
    changes = {**_period(when), **({"kind": (kind,)} if kind else {})}
    if all(getattr(session.filters, name) == value for name, value in changes.items()):
        changes = {
            "term": None,
            "date_from": None,
            "date_to": None,
            **({"kind": ()} if kind else {}),
        }
    go_to(session.narrowed(**changes).filters)


def time_code(session: Session) -> str:
    """The code under which :func:`filter_by_time` would take the chosen period away, or nothing."""
    filters = session.filters
    if filters.term is not None:
        return filters.term.code
    first = filters.date_from
    return (
        f"{first:%Y-%m}"
        if first and _period(f"{first:%Y-%m}")["date_to"] == filters.date_to
        else ""
    )


def _period(when: str) -> dict[str, object]:
    if len(when) == len("2024-1"):
        return {"term": Term.parse(when), "date_from": None, "date_to": None}
    first = date.fromisoformat(f"{when}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return {"term": None, "date_from": first, "date_to": last}
