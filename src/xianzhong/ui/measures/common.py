"""What the parts of the measures page share."""

from __future__ import annotations

import streamlit as st

from xianzhong.model.labels import Label, Lang
from xianzhong.query.filters import Filters
from xianzhong.ui.charts import filter_by
from xianzhong.ui.navigation import page_object
from xianzhong.ui.places import on_phone
from xianzhong.ui.session import Session, params_for

# The seven measures in few letters, for the heads of narrow columns, and of those on a phone.
SHORT: dict[str, tuple[Label, Label]] = {
    "staff": (Label("派驻<br>团队", "Staff<br>sent"), Label("派驻", "Staff sent")),
    "guidance": (Label("到校<br>指导", "Visiting<br>teachers"), Label("指导", "Visits")),
    "student_teaching": (
        Label("大学生<br>支教", "Student<br>teachers"), Label("支教", "Student teachers"),
    ),
    "training": (Label("教师<br>培训", "Training"), Label("培训", "Training")),
    "shadowing": (Label("跟岗<br>挂职", "Shadow-<br>ing"), Label("跟岗", "Shadowing")),
    "camp": (Label("夏（冬）<br>令营", "Camps"), Label("令营", "Camps")),
    "lab": (Label("科技<br>活动", "Open<br>labs"), Label("科技", "Open labs")),
}  # fmt: skip


def head(session: Session, kind: str) -> str:
    """The head of a measure's column."""
    return SHORT[kind][on_phone()][session.lang]


def legend(session: Session) -> None:
    """What an empty cell says."""
    st.caption(
        session.say(
            "A pale orange cell with a dash: nothing on record, which does not mean nothing done."
        )
    )


def go_to_place(code: str) -> None:
    """A click on a place: it becomes the filter."""
    level = {2: "province", 4: "prefecture", 6: "county"}.get(len(code))
    if level and code.isdigit():
        filter_by(level=level)(code)


def brief(value: float, lang: Lang) -> str:
    """A number in few letters: 1.3万, 13k."""
    if value < 10_000:
        return f"{value:,.0f}"
    return f"{value / 10_000:.1f}万" if lang == "zh" else f"{value / 1_000:.0f}k"


def nothing(session: Session) -> None:
    """Says that a chart has nothing to show."""
    st.caption(session.say("Nothing on record for these filters."))


def fill(session: Session, message: str, table: str) -> None:
    """Says why a part is empty, and where the records that would fill it are uploaded."""
    st.info(message, icon=":material/info:")
    st.page_link(
        page_object("upload"), label=session.say("Go to the upload page"),
        icon=":material/upload_file:",
        query_params=params_for(Filters(), session.lang, table=table),
    )  # fmt: skip


def said_together(session: Session, *sentences: str) -> str:
    """Sentences one after another, parted as the language parts them."""
    return ("" if session.lang == "zh" else " ").join(sentences)
