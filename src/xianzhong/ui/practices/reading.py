"""One practice, laid out to be read."""

from __future__ import annotations

import re

import streamlit as st

from xianzhong.model.labels import COLON, COMMA
from xianzhong.query import practices, tables
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.query.practices import Row, Search
from xianzhong.ui.frame import ignored, section
from xianzhong.ui.links import link, opener
from xianzhong.ui.practices.choice import ITEM, PAGE, PAGE_LENGTH, params
from xianzhong.ui.practices.hits import meta
from xianzhong.ui.practices.snippet import marked
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain

# Some forty Chinese characters a line: what reads well.
WIDTH = 760


def chosen(session: Session, search: Search) -> Row | None:
    """The practice that the link opens; an unknown code is named."""
    code = st.query_params.get(ITEM, "")
    if not code:
        return None
    found = practices.practice(session.engine, session.view, code, search)
    if found is None:
        ignored(session, Problem(ITEM, code[:80], UNKNOWN))
    return found


def read(session: Session, row: Row, search: Search) -> None:
    """Title, who and where, the text in its paragraphs, source, and the neighbours."""
    _back(session, row)
    with st.container(width=WIDTH):
        section(str(row["title"]))
        st.markdown(meta(session, row))
        supporters = _supporters(session, row)
        if supporters:
            st.caption(supporters)
        text = row["text"] if isinstance(row["text"], str) else ""
        paragraphs = [part.strip() for part in re.split(r"[\r\n]+", text) if part.strip()]
        if paragraphs:
            st.markdown("\n\n".join(marked(part, search.words) for part in paragraphs))
        else:
            st.caption(session.say("No text is on record."))
        if isinstance(row["note"], str) and row["note"].strip():
            st.caption(f"{session.say('Note')}{COLON[session.lang]}{plain(row['note'].strip())}")
        st.caption(_source(session, row))
    _neighbours(session, row)


def _back(session: Session, row: Row) -> None:
    page = (int(row["nth"]) - 1) // PAGE_LENGTH + 1
    further = {PAGE: str(page)} if page > 1 else {}
    opener(session.say("Back to what was found"), "back", params(session, **further),
           icon=":material/arrow_back:")  # fmt: skip


def _supporters(session: Session, row: Row) -> str:
    """The universities that support its school, each a link."""
    view = session.narrowed(
        school=str(row["school_code"]), province="", prefecture="", county="", university="",
        scheme=(), kind=(),
    )  # fmt: skip
    codes = dict.fromkeys(tables.pairings(session.engine, view)["university_code"])
    here = params_for(session.filters, session.lang)
    names = [
        link(plain(session.names.university(code)), "university", here | {"university": code})
        for code in codes
    ]
    return (
        f"{session.say('Supporting university')}{COLON[session.lang]}{'、'.join(names)}"
        if names
        else ""
    )


def _source(session: Session, row: Row) -> str:
    parts = [row[name] for name in ("source", "source_date") if isinstance(row[name], str)]
    said = plain(COMMA[session.lang].join(parts)) if parts else session.say("no source found")
    text = f"{session.say('Source')}{COLON[session.lang]}{said}"
    url = str(row["source_url"] or "")
    if url.startswith(("http://", "https://")):
        text += f" · [{session.say('open the source')}](<{url}>)"
    return f"{text} · {session.say('code')} {plain(str(row['practice_code']))}"


def _neighbours(session: Session, row: Row) -> None:
    """The practices before and after it among those found."""
    if not row["nth"]:
        st.caption(session.say("This practice is not among what the filters and the search leave."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, label, icon in (
            ("earlier", session.say("Previous"), ":material/chevron_left:"),
            ("later", session.say("Next"), ":material/chevron_right:"),
        ):
            if isinstance(row[name], str):
                opener(label, f"go_{name}", params(session, **{ITEM: row[name]}), icon=icon)
        st.caption(
            session.say("{nth} of {hits} found", nth=f"{row['nth']:,}", hits=f"{row['hits']:,}")
        )
