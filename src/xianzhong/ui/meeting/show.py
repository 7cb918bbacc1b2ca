"""A slide on the whole screen, drawn to be read from the last row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from xianzhong.brief.brief import as_of
from xianzhong.brief.figures import change, shown
from xianzhong.brief.part import Part
from xianzhong.charts.large import MOST_ROWS as MOST_BARS
from xianzhong.charts.large import first_rows, fits, large
from xianzhong.charts.maps import MAP_CONFIG
from xianzhong.charts.style import CHART_CONFIG, width_of
from xianzhong.lake.meetings import Meeting
from xianzhong.query.asof import today
from xianzhong.query.figures import Figure
from xianzhong.ui.drawing.component import draw_figure
from xianzhong.ui.meeting.slides import Made, made
from xianzhong.ui.meeting.steps import (
    REMOTE,
    close_remote,
    edit_params,
    here,
    leave,
    open_remote,
    present_params,
    room,
    step,
    watch,
)
from xianzhong.ui.navigation import PRODUCT
from xianzhong.ui.session import Session
from xianzhong.ui.sharing import address_of, qr
from xianzhong.ui.text import plain

# As in shell.css: how many times as large as 1280 by 720 the screen is.
SIZES = (0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)
_SIZE = "slide_size"
MOST_ROWS, FEW_ROWS, MOST_NOTES = 12, 7, 2
# Of a table on 1280 pixels: letters, room of a column beside them, of the whole, of one at most.
LETTERS, BESIDE, ROOM, WIDEST = 20, 30, 1180, 360


def present(session: Session, meeting: Meeting) -> None:
    """The slide that the address names, and nothing else."""
    total = len(meeting.slides)
    at = here(meeting.id, total)
    heading = made(session, meeting.slides[at - 1]) if at else None
    title = heading.title if heading else meeting.title
    st.set_page_config(page_title=f"{title} · {at} / {total}")
    with st.container(key="slide"):
        if st.query_params.get(REMOTE) and room():
            _remote(session, meeting)
        elif heading is None:
            _title(session, meeting)
        else:
            _slide(session, heading, meeting.slides[at - 1].id)
        _foot(session, heading, at, total)
        _controls(session, meeting)
        _sizes()
    watch(meeting.id)


def day_in_words(session: Session, day: date) -> str:
    """A day as a title has it."""
    if session.lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"


def _title(session: Session, meeting: Meeting) -> None:
    with st.container(key="slide_cover"):
        st.markdown(PRODUCT[session.lang])
        st.title(plain(meeting.title), anchor=False)
        st.markdown(f"{day_in_words(session, today())}　{plain(meeting.who)}")
        if not meeting.slides:
            st.markdown(session.say("This meeting has no slides yet."))


def _slide(session: Session, slide: Made, key: str) -> None:
    with st.container(key="slide_head", gap=None):
        st.title(plain(slide.title), anchor=False)
        if slide.sentence:
            st.markdown(plain(slide.sentence))
    with st.container(key="slide_body", height="stretch", gap="xsmall"):
        if slide.part is None:
            st.warning(plain(slide.trouble), icon=":material/report:")
        elif slide.part.empty:
            st.info(session.say("Nothing on record for these filters."))
        else:
            _part(session, slide.part, key)


def _part(session: Session, part: Part, key: str) -> None:
    notes = part.notes[:MOST_NOTES]
    if part.figures:
        _cards(session, part)
    elif part.figure is not None and fits(part.figure):
        figure, rows = first_rows(part.figure)
        draw_figure(
            large(figure, _size()), key=f"slide_chart_{key}", alt=part.alt or part.title,
            config=MAP_CONFIG if part.places else CHART_CONFIG, fills=True,
        )  # fmt: skip
        if rows:
            left_out = session.say("The first {n} of {all}.", n=MOST_BARS, all=rows)
            notes = (left_out, *notes[:1])
    else:
        _table(session, part)
    if notes:
        with st.container(key="slide_notes", gap=None):
            for note in notes:
                st.markdown(plain(note))


def _cards(session: Session, part: Part) -> None:
    most = 3 if len(part.figures) in (3, 5, 6, 9) else 4
    with (
        st.container(key="slide_cards", height="stretch"),
        st.grid(
            min(most, len(part.figures)), min_column_width=120, height="stretch", key="slide_grid"
        ),
    ):
        for figure in part.figures:
            _card(session, figure, part.figure_notes.get(figure.indicator.id, ""))


def _card(session: Session, figure: Figure, note: str) -> None:
    label, unit = figure.indicator.label, figure.indicator.unit
    delta = change(session, figure)
    with st.container(
        border=True, height="stretch", gap="xxsmall", key=f"slide_card_{figure.indicator.id}"
    ):
        st.metric(
            f"{label.zh}（{unit.zh}）" if session.lang == "zh" else label.en,
            shown(figure.value), delta, delta_color="off", delta_arrow="off",
            delta_description=_before(session) if delta is not None else None,
        )  # fmt: skip
        if note:
            st.caption(plain(note))


def _before(session: Session) -> str:
    return session.say("from the period before")


def _table(session: Session, part: Part) -> None:
    table = part.table.head(MOST_ROWS)
    cells = {str(name): [_cell(value) for value in column] for name, column in table.items()}
    shown_cells = pd.DataFrame(
        {plain(name): [plain(text) for text in cells[name]] for name in _with_room(cells)}
    )
    few = len(table) <= FEW_ROWS
    with st.container(key="slide_table_few" if few else "slide_table"):
        st.table(shown_cells, hide_index=True, border="horizontal", alt=part.alt or part.title)
    more = max(part.rows, len(part.table)) - len(table)
    if more > 0:
        with st.container(key="slide_more"):
            st.markdown(session.say("… and {n} more", n=f"{more:,}"))


def _with_room(cells: Mapping[str, Sequence[str]]) -> list[str]:
    """The first columns that have room beside each other."""
    taken, kept = 0, list[str]()
    for name, texts in cells.items():
        taken += min(width_of([name, *texts], LETTERS) + BESIDE, WIDEST)
        if kept and taken > ROOM:
            break
        kept.append(name)
    return kept


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "—"
    if isinstance(value, bool):
        return str(value)
    if hasattr(value, "__index__"):
        return f"{int(value):,}"
    return shown(value) if isinstance(value, float) else str(value)


def _foot(session: Session, slide: Made | None, at: int, total: int) -> None:
    with st.container(key="slide_foot", horizontal=True, vertical_alignment="center", gap="medium"):
        if session.demo:
            st.markdown(f":orange-badge[{session.say('Demonstration data, fictional')}]",
                        width="content")  # fmt: skip
        st.markdown((slide.as_of if slide else "") or as_of(session), width="content")
        if at:
            with st.container(key="slide_number", width="content"):
                st.markdown(f"{at} / {total}", width="content")


def _controls(session: Session, meeting: Meeting) -> None:
    """There for the keyboard, for screen readers, and for whoever moves the mouse to them."""
    total = len(meeting.slides)
    with st.container(key="slide_controls", horizontal=True, gap="xxsmall"):
        for where, label, icon in (
            ("first", session.say("First slide"), "first_page"),
            ("previous", session.say("Previous slide"), "arrow_back"),
            ("next", session.say("Next slide"), "arrow_forward"),
            ("last", session.say("Last slide"), "last_page"),
        ):
            st.button(label, key=f"slide_{where}", icon=f":material/{icon}:", type="tertiary",
                      on_click=step, args=(meeting.id, total, where))  # fmt: skip
        if st.query_params.get(REMOTE):
            st.button(session.say("Back to the slide"), key="slide_remote", type="tertiary",
                      icon=":material/close:", on_click=close_remote)  # fmt: skip
        else:
            st.button(
                session.say("Remote control"), key="slide_remote", type="tertiary",
                icon=":material/phonelink_ring:", on_click=open_remote, args=(meeting.id, total),
            )  # fmt: skip
        st.button(session.say("Leave"), key="slide_leave", icon=":material/logout:",
                  type="tertiary", on_click=leave,
                  args=(edit_params(meeting.id, session.lang),))  # fmt: skip


def _sizes() -> None:
    """How present.js says how large the screen is: a press of one of these, which nobody sees."""
    with st.container(key=f"slide_size_is_{_percent(_size())}"):
        for size in SIZES:
            st.button(
                f"{_percent(size)} %", key=f"slide_size_{_percent(size)}", on_click=_resize,
                args=(size,),
            )  # fmt: skip


def _resize(size: float) -> None:
    st.session_state[_SIZE] = size


def _size() -> float:
    return float(st.session_state.get(_SIZE, 1.0))


def _percent(size: float) -> int:
    return round(100 * size)


def _remote(session: Session, meeting: Meeting) -> None:
    params = present_params(meeting.id, session.lang, speaker="1", room=room())
    url = address_of("meeting", params)
    with st.container(key="slide_cover"):
        st.title(session.say("Remote control"), anchor=False)
        st.markdown(
            session.say(
                "Point a telephone's camera at this code: it shows your notes and moves these "
                "slides."
            )
        )
        st.image(qr(url), width=300, alt=session.say("Code for a telephone's camera: {url}",
                                                     url=url))  # fmt: skip
        st.markdown(session.say("Code {code}", code=f"**{room()}**"))
