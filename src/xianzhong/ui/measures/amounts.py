"""How much and of what: intensity against size, and the subjects."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.intensity import points, ranges
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.query import measures
from xianzhong.ui.charts import chart
from xianzhong.ui.measures.common import fill, nothing
from xianzhong.ui.measures.received import open_school
from xianzhong.ui.session import Session

MOST_SUBJECTS = 20
_SIZES = ("< 1,000", "1,000–1,999", "2,000–2,999", "3,000–3,999", "≥ 4,000")


def intensity(session: Session) -> None:
    """Activities per 100 students against the number of students."""
    frame = measures.received(session.engine, session.view)
    sizes = frame[frame["part"] == "size"].set_index("code")
    known = sizes[sizes.index != ""]
    count = int(known["schools"].sum())
    unknown = int(sizes["schools"].get("", 0))
    title = session.say("Activities per 100 students by size of the school")
    st.markdown(f"**{title}**")
    if not count:
        fill(
            session,
            session.say(
                "No school of this view has its number of students on record. Fill in the column "
                "“Students” of the table of county schools, and each school stands here by its "
                "size."
            ),
            "schools",
        )
        return
    if count <= measures.MOST_POINTS:
        _points(session, title)
    else:
        _ranges(session, title, known)
    if unknown:
        st.caption(
            session.say(
                "{unknown} of {all} schools have no number of students on record and are not "
                "shown.",
                unknown=f"{unknown:,}",
                all=f"{unknown + count:,}",
            )
        )


def _points(session: Session, title: str) -> None:
    frame = measures.intensity_points(session.engine, session.view)
    per_100 = (100 * frame["activities"] / frame["students"]).round(2)
    hovers = [
        (
            school,
            county,
            session.say("{students} students, {count} activities", students=f"{students:,}",
                        count=f"{count:,}"),
            session.say("{value} per 100 students", value=f"{value:,.2f}"),
        )
        for school, county, students, count, value in zip(
            frame["school"], frame["county"], frame["students"], frame["activities"], per_100,
            strict=True,
        )
    ]  # fmt: skip
    figure = points(
        frame["students"].tolist(), per_100.tolist(), frame["school_code"].tolist(), hovers,
        across=session.say("Students"), up=session.say("Activities per 100 students"),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            session.say("School"): frame["school"],
            session.say("County"): frame["county"],
            session.say("Students"): frame["students"],
            session.say("Activities"): frame["activities"],
            session.say("Activities per 100 students"): per_100,
        }
    )
    chart(session, "intensity", figure, table, alt=title, on_code=open_school)
    st.caption(
        session.say(
            "One point a school; hollow: no activity on record. Click one to open its page. "
            "It compares how much support arrived, not how good a school is."
        )
    )


def _ranges(session: Session, title: str, known: pd.DataFrame) -> None:
    names = [_SIZES[int(code)] for code in known.index]
    hovers = [
        session.say(
            "{size} students: {schools} schools, half of them between {low} and {high}",
            size=name, schools=f"{row.schools:,}", low=f"{row.low:,.1f}", high=f"{row.high:,.1f}",
        )
        for name, row in zip(names, known.itertuples(), strict=True)
    ]  # fmt: skip
    quartiles: list[tuple[float, float, float]] = list(
        zip(known["low"].tolist(), known["middle"].tolist(), known["high"].tolist(), strict=True)
    )
    figure = ranges(
        names, quartiles, hovers, across=session.say("Students"),
        up=session.say("Activities per 100 students"),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            session.say("Students"): names,
            session.say("Schools"): known["schools"].tolist(),
            session.say("Lower quarter"): known["low"].round(2).tolist(),
            session.say("Median"): known["middle"].round(2).tolist(),
            session.say("Upper quarter"): known["high"].round(2).tolist(),
        }
    )
    chart(session, "intensity", figure, table, alt=title)
    st.caption(
        session.say(
            "Bar: the middle half of the schools of a size; line: the school in the middle. "
            "Choose a place with at most {most} schools to see each of them.",
            most=measures.MOST_POINTS,
        )
    )


def subjects(session: Session) -> None:
    """Activities by the subject that they name."""
    title = session.say("Activities by school subject")
    st.markdown(f"**{title}**")
    found, without = measures.subjects(session.engine, session.view)
    if not found and not without:
        nothing(session)
        return
    if not found:
        fill(
            session,
            session.say(
                "No activity of this view names a subject. Fill in the column “Subject” of the "
                "table of activities, several separated by 、."
            ),
            "activities",
        )
        return
    shown = list(found.items())[:MOST_SUBJECTS]
    figure = horizontal_bars(
        [name for name, _ in shown], [count for _, count in shown], ["" for _ in shown],
        unit=INDICATOR_BY_ID["activities"].unit[session.lang],
    )  # fmt: skip
    table = pd.DataFrame(
        {
            session.say("Subject"): list(found),
            session.say("Activities"): list(found.values()),
        }
    )
    chart(session, "subjects", figure, table, alt=title)
    st.caption(
        session.say(
            "An activity that names several subjects counts once for each. {without} name none.",
            without=f"{without:,}",
        )
    )
    if len(found) > len(shown):
        st.caption(
            session.say("The first {n} of {all}; all in the table.", n=len(shown), all=len(found))
        )
