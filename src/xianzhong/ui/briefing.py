"""Files of what is on the page: slides, a report, a workbook; of this page or of all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from xianzhong.brief.brief import Brief, report
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, REPORT
from xianzhong.export.document import to_docx
from xianzhong.export.slides import to_pptx
from xianzhong.export.workbook import to_workbook
from xianzhong.query.asof import BASE
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.sharing import root

_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS: dict[str, tuple[str, str, Callable[[Brief], bytes]]] = {
    "pptx": (f"{_OFFICE}presentationml.presentation", ":material/slideshow:", to_pptx),
    "docx": (f"{_OFFICE}wordprocessingml.document", ":material/description:", to_docx),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", ":material/table_view:", to_workbook),
}


def briefing_control(session: Session, page: str) -> None:
    """The button that opens the choice of files, on pages that have something to show.

    Args:
        session: the run.
        page: name of the page.
    """
    if page not in CHAPTER_BY_PAGE or session.view.snapshot.number == 0:
        return
    control = st.popover(
        session.say("Files"), icon=":material/file_save:", type="tertiary", key="briefing",
        on_change="rerun", help=session.say("Slides, a report or a workbook of this view."),
    )  # fmt: skip
    if control.open:
        with control:
            _choice(session, page)


def _choice(session: Session, page: str) -> None:
    whole = {
        "page": session.say("This page"),
        "report": session.say("A whole report on: {filters}", filters=session.sentence),
    }
    if page in ("school", "university"):
        del whole["report"]
    chosen = st.radio(
        session.say("What the file holds"), list(whole), key="briefing_what",
        format_func=lambda what: whole[what],
    )  # fmt: skip
    pages = REPORT if chosen == "report" else (page,)
    params = params_for(session.filters, session.lang)
    params.pop(BASE, None)
    # Made out here: what a file is asked for later, this run's address is gone by then.
    link = f"{root()}/" + (f"?{urlencode(params, safe=',')}" if params else "")
    download_buttons(
        session, f"{chosen}-{page}" if chosen == "page" else "report",
        partial(report, session, pages, link=link),
    )  # fmt: skip
    st.caption(
        session.say(
            "Each file carries the filters, the moment of the data, the definitions and the link. "
            "A whole report takes some seconds."
        )
    )


def download_buttons(session: Session, name: str, brief: Callable[[], Brief]) -> None:
    """A button for each format; its file is made when it is pressed.

    Args:
        session: the run.
        name: part of the file's name.
        brief: makes what the file holds.
    """
    words = {
        "pptx": session.say("Slides (PPTX)"),
        "docx": session.say("Report (DOCX)"),
        "xlsx": session.say("Workbook (XLSX)"),
    }
    stem = f"xianzhong-{name}-{session.view.snapshot.number}"
    for kind, (media, icon, write) in FORMATS.items():
        st.download_button(
            words[kind], partial(_made, brief, write), f"{stem}.{kind}", media,
            key=f"briefing_{kind}", on_click="ignore", icon=icon, width="stretch",
        )  # fmt: skip


def _made(brief: Callable[[], Brief], write: Callable[[Brief], bytes]) -> bytes:
    return write(brief())
