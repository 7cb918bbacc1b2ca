"""When and what: months, terms and kinds of activities."""

from __future__ import annotations

from xianzhong.brief import when
from xianzhong.ui.charts import draw, filter_by, filter_by_time
from xianzhong.ui.session import Session


def by_month(session: Session) -> None:
    """Activities by month; a click filters by the month."""
    draw(session, when.by_month(session), on_code=filter_by_time)


def by_terms(session: Session) -> None:
    """Activities by term; a click on a bar chooses the term."""
    draw(session, when.by_terms(session), on_code=filter_by_time)


def by_kind(session: Session) -> None:
    """Activities by kind in the programme's order; a click chooses the kind."""
    draw(session, when.by_kind(session), on_code=filter_by(field="kind"))


def by_university(session: Session) -> None:
    """The most active universities; a click chooses one."""
    draw(session, when.by_university(session), on_code=filter_by(field="university"))
