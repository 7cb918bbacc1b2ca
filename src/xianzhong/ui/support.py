"""The parts of the page on county support."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from xianzhong.brief import support
from xianzhong.brief.readable_support import readable_support
from xianzhong.brief.support import NUMBERS
from xianzhong.brief.support_words import amount, priced
from xianzhong.model.labels import COLON
from xianzhong.model.tables import SUPPORT
from xianzhong.query.county_support import support_records
from xianzhong.query.figures import support_totals
from xianzhong.query.filters import Filters
from xianzhong.ui.cards import cards
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id
from xianzhong.ui.navigation import school_paths
from xianzhong.ui.records import MOST_SHOWN, downloads, record_table
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain

MOST_FLAGGED = 20


def nothing(session: Session) -> bool:
    """Says why there is nothing to show, if there is nothing."""
    if _count(session):
        return False
    everything = replace(session, view=replace(session.view, filters=Filters()))
    if _count(everything):
        empty(session, session.say("No record of county support for these filters."))
        return True
    empty(
        session,
        session.say(
            "No county support is on record yet. Once it is uploaded, this page shows what county "
            "governments promised and delivered by category and year, the delivered share by "
            "place, management fees, and every brand fee above 0."
        ),
        clear=False,
    )
    to_fill(session, SUPPORT)
    return True


def _count(session: Session) -> int:
    return int(support_totals(session.engine, session.view)["records"].max() or 0)


def rules(session: Session) -> None:
    """What the figures leave out, and how the filters act on them."""
    st.caption(" ".join(support.rules(session)))


def numbers(session: Session) -> None:
    """The cards; a brand fee above 0 is marked."""
    found = by_id(session, session.view, NUMBERS)
    flagged = int(found["brand_fee_records"].value or 0)
    notes = {
        "brand_fee_records": session.say(":red[**⚠ forbidden by the programme**]")
        if flagged
        else session.say("✓ none above 0 on record")
    }
    cards(session, [found[name] for name in NUMBERS], columns=3, notes=notes)
    if flagged:
        _flagged(session, flagged)


def _flagged(session: Session, count: int) -> None:
    # The same question as that of the table below: flagged ones come first in it.
    records = support_records(session.engine, session.view, limit=MOST_SHOWN).head(MOST_FLAGGED)
    records = records[records["flagged"]]
    paths = school_paths(session, records["school_code"], records["school"])
    title = session.say("Brand fees above 0")
    label = {column.name: column.label[session.lang] for column in SUPPORT.columns}
    table = pd.DataFrame(
        {
            label["school_code"]: [
                f"[{plain(name)}]({path.partition('#')[0]})"
                for name, path in zip(records["school"], paths, strict=True)
            ],
            session.say("County"): _places(session, records),
            label["year"]: records["year"].astype(str),
            priced(session, label["promised"]): [amount(v) for v in records["promised"]],
            priced(session, label["delivered"]): [amount(v) for v in records["delivered"]],
        }
    )
    with st.container(border=True, key="brand_fees"):
        st.markdown(f":red[**⚠ {title}{COLON[session.lang]}{count}**]")
        st.caption(
            session.say("No brand fee may be charged. Verify each one and have it paid back.")
        )
        st.table(table, border="horizontal", hide_index=True, alt=title)
        if count > MOST_FLAGGED:
            st.caption(session.say("The others are first among the records below."))


def _places(session: Session, frame: pd.DataFrame) -> list[str]:
    return [plain(place) for place in support.places_of(session, frame)]


def records(session: Session) -> None:
    """The records, flagged ones first; a download loads again as an update."""
    frame = support_records(session.engine, session.view, limit=MOST_SHOWN)
    title = session.label(SUPPORT.label)
    table = readable_support(frame, session.lang)
    label = {column.name: column.label[session.lang] for column in SUPPORT.columns}
    school = label["school_code"]
    table[school] = school_paths(session, frame["school_code"], frame["school"])
    table.insert(1, session.say("County"), _places(session, frame))
    if len(frame) == MOST_SHOWN:
        st.caption(
            session.say("The first {n} records; a download holds all of them.", n=f"{MOST_SHOWN:,}")
        )
    record_table(table, alt=title, titled=[school], links=[label["source_url"]])
    downloads(
        session, "support", title,
        lambda: readable_support(support_records(session.engine, session.view), session.lang),
    )  # fmt: skip
