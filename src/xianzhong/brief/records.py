"""Records of activities as parts: the newest ones in a few columns, and with all that is known."""

from __future__ import annotations

import pandas as pd

from xianzhong.brief.part import Part
from xianzhong.brief.printed import MOST_ROWS
from xianzhong.brief.readable import kind_labels, partial_dates, readable_records
from xianzhong.brief.remembered import remembered
from xianzhong.brief.source import Source
from xianzhong.model.tables import ACTIVITIES
from xianzhong.query import tables
from xianzhong.query.figures import figures
from xianzhong.query.gate import View

FIRST = ("start", "kind", "title", "school_code", "source", "source_url")

# What is printed of a record; a file of records has all of it.
PRINTED = (
    "start", "kind", "title", "university_code", "school_code", "province", "county",
    "people_sent", "participants", "source",
)  # fmt: skip


@remembered
def latest(source: Source) -> Part:
    """Date, school, kind and title of the dozen newest records."""
    frame = tables.records(source.engine, source.view, limit=tables.LATEST)
    kinds = kind_labels(source.lang)
    table = pd.DataFrame(
        {
            source.say("Date"): partial_dates(frame["start"], frame["start_precision"]),
            source.say("School"): frame["school"].tolist(),
            source.say("Activity kind"): [kinds.get(code, code) for code in frame["kind"]],
            source.say("Title"): frame["title"].tolist(),
        }
    )
    return Part("latest", source.say("Latest activities"), table, origin="activities")


def in_order(source: Source, table: pd.DataFrame) -> list[str]:
    """The columns of a table of activities with what proves a record right after its school."""
    label = {column.name: column.label[source.lang] for column in ACTIVITIES.columns}
    first = [label[name] for name in FIRST if label[name] in table.columns]
    return [*first, *[name for name in table.columns if name not in first]]


def printed_columns(source: Source, table: pd.DataFrame) -> pd.DataFrame:
    """Those columns of ``readable_records`` that have room on a page."""
    label = {column.name: column.label[source.lang] for column in ACTIVITIES.columns}
    return table[[label[name] for name in PRINTED]]


def newest(source: Source, view: View | None = None, *, title: str = "") -> Part:
    """The newest records with their sources.

    Args:
        source: whose language, and by default whose view.
        view: of the records.
        title: the heading.
    """
    asked = view or source.view
    frame = tables.records(source.engine, asked, limit=MOST_ROWS)
    (counted,) = figures(source.engine, asked, ("activities",))
    total = int(counted.value or 0)
    table = readable_records(frame, source.names, source.lang)
    return Part(
        "records", title or source.label(ACTIVITIES.label), printed_columns(source, table),
        notes=(source.say("Every record names its source. Newest first."),), origin="activities",
        rows=total if total > len(frame) else 0,
    )  # fmt: skip
