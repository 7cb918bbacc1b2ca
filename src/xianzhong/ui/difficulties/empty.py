"""What the page says where no difficulty is on record, or none for these filters."""

from __future__ import annotations

from dataclasses import replace

from xianzhong.model.tables import DIFFICULTIES
from xianzhong.query import difficulties
from xianzhong.query.filters import Filters
from xianzhong.ui import frame
from xianzhong.ui.difficulties import form
from xianzhong.ui.filling import to_fill
from xianzhong.ui.session import Session


def nothing(session: Session) -> None:
    """An empty table is explained and can be filled; empty filters can be cleared."""
    whole = replace(session.view, filters=Filters())
    if difficulties.totals(session.engine, whole)["difficulties"]:
        frame.empty(session, session.say("No difficulty is on record for these filters."))
    else:
        frame.empty(
            session,
            session.say(
                "No difficulty is on record yet. Once some are, this page shows how many are open "
                "and overdue, a board by state, who is to solve them and how long it takes. Fill "
                "in the template and upload it, or record them here one by one."
            ),
            clear=False,
        )
        to_fill(session, DIFFICULTIES)
    if session.names.schools:
        form.add(session)
