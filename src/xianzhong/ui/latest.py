"""The newest activities of a view in a few columns."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from xianzhong.brief.records import latest
from xianzhong.query import tables
from xianzhong.ui.markup import show
from xianzhong.ui.navigation import filter_paths, school_paths
from xianzhong.ui.session import Session


def latest_activities(session: Session) -> None:
    """Date, school, kind and title of the newest records; links to the school and by the kind."""
    part = latest(session)
    if part.empty:
        show(
            h.p[h.strong[part.title]],
            h.p(".xz-note")[session.say("Nothing on record for these filters.")],
        )
        return
    records = tables.records(session.engine, session.view, limit=tables.LATEST)
    date, school, kind, title = part.table.columns
    paths: dict[str, Sequence[str | None]] = {
        school: school_paths(session, records["school_code"], records["school"]),
        kind: filter_paths(session, "", "kind", records["kind"], records["kind"]),
    }
    columns = [date, school, kind, title]
    rows = part.table[columns].to_dict("records")
    # A dozen rows to read need no grid: its own bookkeeping took longer than the page.
    show(
        h.p(".xz-title")[h.strong[part.title]],
        h.div(".xz-wide", role="region", aria_label=part.title, tabindex="0")[
            h.table(".xz-table")[
                h.thead[h.tr[(h.th(scope="col")[name] for name in columns)]],
                h.tbody[
                    (
                        h.tr[(h.td[_cell(row[name], paths.get(name), i)] for name in columns)]
                        for i, row in enumerate(rows)
                    )
                ],
            ]
        ],
    )


def _cell(text: object, paths: Sequence[str | None] | None, row: int) -> h.Node:
    if paths is None:
        return str(text)
    return h.a(href=(paths[row] or "").partition("#")[0])[str(text)]
