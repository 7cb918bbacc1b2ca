"""Which measures were had: places by measures, and schools by measures, a page at a time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.brief import measures as brief_measures
from xianzhong.brief.measures import matrix
from xianzhong.charts.cells import GAP, NOTHING, Cell, cell_grid, shade
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import Label
from xianzhong.model.terms import Term
from xianzhong.query import measures
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import chart
from xianzhong.ui.choice import link_choice, put_param
from xianzhong.ui.frame import empty, ignored
from xianzhong.ui.measures.common import (
    brief,
    go_to_place,
    head,
    legend,
    nothing,
)
from xianzhong.ui.navigation import page_object
from xianzhong.ui.places import on_phone
from xianzhong.ui.records import downloads
from xianzhong.ui.search import search_box
from xianzhong.ui.session import Session, current, params_for

PER_PAGE = 40
PAGE, ROWS = "page", "rows"
ROW_CHOICES = {"places": Label("按地区", "By place"), "schools": Label("按学校", "By school")}
_NAME_WIDTH, _NAME_WIDTH_ON_PHONE = 260, 118


def _columns(session: Session, kinds: tuple[str, ...], first: float) -> list[tuple[float, str]]:
    return [(first + n + 0.5, head(session, kind)) for n, kind in enumerate(kinds)]


def _grid(
    session: Session, names: list[str], columns: list[tuple[float, str]], cells: list[Cell]
) -> object:
    phone = on_phone()
    return cell_grid(
        names, columns, cells, widest=_NAME_WIDTH_ON_PHONE if phone else _NAME_WIDTH,
        # English words have no room beside each other there.
        upright=phone and session.lang == "en", text_size=10 if phone else 13,
    )  # fmt: skip


def received(session: Session) -> None:
    """The heat map of the view: its places, or its schools."""
    kinds = measures.measures_of(session.filters)
    frame = measures.received(session.engine, session.view)
    places = frame[frame["part"] == "place"]
    count = int(places["schools"].sum())
    if not kinds or not count:
        nothing(session)
        return
    few = count <= PER_PAGE or len(places) < 2
    rows = "schools"
    if len(places) > 1:
        rows = link_choice(
            session, session.say("Rows"), ROWS, ROW_CHOICES, "schools" if few else "places"
        )
    if rows == "places":
        _by_place(session, kinds)
    else:
        _by_school(session, kinds)


def _by_place(session: Session, kinds: tuple[str, ...]) -> None:
    part, places = brief_measures.received_by_place(session), brief_measures.by_place(session)
    cells: list[Cell] = []
    least = min((place.share(kind) for place in places for kind in place.had), default=0)
    for row, place in enumerate(places):
        for column, kind in enumerate(kinds):
            value, share = place.had.get(kind, 0), place.share(kind)
            of = session.say("{had} of {schools} schools", had=f"{value:,}",
                             schools=f"{place.schools:,}")  # fmt: skip
            # Shades begin at the least share: else what is had by most would all look alike.
            color = shade(share - least, 100 - least) if value else GAP
            label = KIND_BY_CODE[kind].label[session.lang]
            text = f"{share:.0f}%" if value else "–"
            cells.append(Cell(row, column, text, color, place.code, (place.name, label, of)))
    _how_to_read(session)
    names = [f"{place.name} ({place.schools:,})" for place in places]
    figure = _grid(session, names, _columns(session, kinds, 0), cells)
    chart(session, part.id, figure, part.table, alt=part.title, on_code=go_to_place)
    legend(session)


def _how_to_read(session: Session) -> None:
    st.caption(
        session.say(
            "Share of the paired schools that have had a measure, and behind the name how many "
            "schools there are; where least was had stands first. Click to go into a place."
        )
    )


def _page(session: Session, pages: int) -> int:
    """The page of the link, from 1; the last one where there are fewer."""
    asked = st.query_params.get(PAGE, "1")
    if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 7):
        ignored(session, Problem(PAGE, asked[:80], UNKNOWN))
        return 1
    return min(max(int(asked), 1), max(pages, 1))


def _turn(page: int) -> None:
    put_param(PAGE, "" if page == 1 else str(page))


def _by_school(session: Session, kinds: tuple[str, ...]) -> None:
    engine, view = session.engine, session.view
    words = search_box(session, session.say("Search by school, county or university"))
    first = measures.received_by_school(engine, view, words=words, limit=PER_PAGE)
    if first.empty:
        empty(session, session.say("No school matches “{words}”.", words=words), clear=False)
        return
    matching = int(first["matching"].iloc[0])
    page = _page(session, -(-matching // PER_PAGE))
    offset = (page - 1) * PER_PAGE
    frame = first
    if offset:
        frame = measures.received_by_school(
            engine, view, words=words, limit=PER_PAGE, offset=offset
        )
    st.caption(
        session.say(
            "Activities of each school by measure; the schools with the fewest measures stand "
            "first. Click a cell to open the school with these records."
        )
    )
    title = session.say("Measures received by school")
    chart(session, "received", _school_grid(session, frame, kinds), matrix(session, frame, kinds),
          alt=title, on_code=open_school)  # fmt: skip
    legend(session)
    _pager(session, page, matching)
    downloads(
        session, "measures", title,
        lambda: matrix(session, measures.received_by_school(engine, view, words=words), kinds),
    )  # fmt: skip


def _school_grid(session: Session, frame: pd.DataFrame, kinds: tuple[str, ...]) -> object:
    lang = session.lang
    done: dict[str, dict[str, tuple[int, str]]] = {}
    for code, kind, count, start in zip(
        frame["school_code"], frame["kind"], frame["activities"], frame["first_start"], strict=True
    ):
        own = done.setdefault(code, {})
        if isinstance(kind, str):
            own[kind] = (int(count), Term.of(pd.Timestamp(start).date()).label(lang))
    schools = frame.drop_duplicates("school_code")
    most = max((count for own in done.values() for count, _ in own.values()), default=1)
    cells = []
    for row, (code, name) in enumerate(zip(schools["school_code"], schools["school"], strict=True)):
        own = done[code]
        of = f"{len(own)}/{len(kinds)}"
        cells.append(Cell(row, 0, of, NOTHING, code, (name, of)))
        for column, kind in enumerate(kinds, 1):
            label = KIND_BY_CODE[kind].label[lang]
            count, term = own.get(kind, (0, ""))
            said = (
                session.say(
                    "{count} activities, the first in {term}", count=f"{count:,}", term=term
                )
                if count
                else session.say("nothing on record")
            )
            cells.append(
                Cell(row, column, brief(count, lang) if count else "–",
                     shade(count, most) if count else GAP,
                     f"{code}|{kind}" if count else code, (name, label, said))
            )  # fmt: skip
    columns = [(0.5, session.say("Kinds")), *_columns(session, kinds, 1)]
    return _grid(session, schools["school"].tolist(), columns, cells)


def open_school(code: str) -> None:
    """Opens the school's page, of the clicked measure only where it has had it."""
    school, _, kind = code.partition("|")
    session = current()
    changes: dict[str, object] = {"school": school} | ({"kind": (kind,)} if kind else {})
    st.switch_page(
        page_object("school"),
        query_params=params_for(session.narrowed(**changes).filters, session.lang),
    )


def _pager(session: Session, page: int, matching: int) -> None:
    pages = -(-matching // PER_PAGE)
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            session.say("Page before"), key="page_before", icon=":material/chevron_left:",
            disabled=page == 1, on_click=_turn, args=(page - 1,),
        )  # fmt: skip
        st.button(
            session.say("Next page"), key="page_next", icon=":material/chevron_right:",
            icon_position="right", disabled=page == pages, on_click=_turn, args=(page + 1,),
        )  # fmt: skip
        last = min(page * PER_PAGE, matching)
        st.markdown(
            session.say("Schools {first}–{last} of {all}", first=f"{(page - 1) * PER_PAGE + 1:,}",
                        last=f"{last:,}", all=f"{matching:,}"),
            width="content",
        )  # fmt: skip
