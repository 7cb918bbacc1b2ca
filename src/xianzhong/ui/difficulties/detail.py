"""One difficulty: all that is recorded of it, and every commit that changed it."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo

import streamlit as st

from xianzhong.access.caller import Caller
from xianzhong.access.uploads import changes_seen
from xianzhong.brief.readable import partial_date
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.record_history import RecordChange
from xianzhong.lake.store import Lake
from xianzhong.lake.undo_preview import FieldBack
from xianzhong.model.columns import ColumnType
from xianzhong.model.labels import COLON, COMMA
from xianzhong.model.tables import DIFFICULTIES
from xianzhong.model.tables.difficulties import DIFFICULTY_STATES
from xianzhong.query.difficulties import Row
from xianzhong.settings import TIME_ZONE
from xianzhong.ui.difficulties.board import lateness
from xianzhong.ui.difficulties.choice import params
from xianzhong.ui.frame import section
from xianzhong.ui.links import link, opener
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain

STATE_LABELS = {state.code: state.label for state in DIFFICULTY_STATES}


def heading(session: Session, row: Row) -> None:
    """The way back to the board, and the title."""
    opener(session.say("Back to the board"), "back", params(session), icon=":material/arrow_back:")
    section(str(row["title"]))


def facts(session: Session, row: Row) -> None:
    """What is recorded, field by field; a field without a value says so."""
    say, lang = session.say, session.lang
    label = {column.name: column.label[lang] for column in DIFFICULTIES.columns}
    state = STATE_LABELS[str(row["state"])][lang]
    late = lateness(session, row)
    school = link(
        plain(str(row["school"])), "school",
        params_for(session.filters, lang) | {"school": str(row["school_code"])},
    )  # fmt: skip
    county = str(row["county_code"] or "")
    place = session.engine.divisions.get(county) if county else None
    codes = [str(row["province"]), place.prefecture if place else "", county]
    names = [session.engine.divisions.label(code, lang) for code in codes if code]
    said = {
        label["state"]: f"**{state}** {late}".strip(),
        label["school_code"]: school,
        say("Place"): " · ".join(map(plain, names)),
        **{label[name]: _text(row[name]) for name in ("owner",)},
        **{
            label[name]: partial_date(row[name], row[f"{name}_precision"])
            for name in ("raised", "due", "resolved")
        },
        label["note"]: _text(row["note"]),
        label["source"]: _source(session, row),
        label["difficulty_code"]: plain(str(row["difficulty_code"])),
    }
    st.table({name: text or "—" for name, text in said.items()}, border="horizontal")


def _text(value: object) -> str:
    return plain(value.strip()).replace("\n", " ") if isinstance(value, str) else ""


def _source(session: Session, row: Row) -> str:
    parts = [_text(row[name]) for name in ("source", "source_date")]
    text = COMMA[session.lang].join(part for part in parts if part)
    url = str(row["source_url"] or "")
    if url.startswith(("http://", "https://")):
        text += f" [{session.say('open the source')}](<{url}>)"
    return text.strip()


@lru_cache(maxsize=256)
def _changes(lake: Lake, caller: Caller, code: str, snapshot: Snapshot) -> tuple[RecordChange, ...]:
    return changes_seen(lake, caller, DIFFICULTIES.name, code, snapshot)


def history(session: Session, row: Row) -> None:
    """Every commit that changed it, newest first: when, who, which file, old and new values."""
    section(
        session.say("How it came to this"),
        session.say("Every upload that changed this record, newest first."),
    )
    code, snapshot = str(row["difficulty_code"]), session.view.snapshot
    found = _changes(session.engine.lake, session.caller, code, snapshot)
    st.markdown("\n\n".join(_change(session, change) for change in found))


def _change(session: Session, change: RecordChange) -> str:
    entry, say = change.entry, session.say
    moment = f"{entry.at.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if entry.at else ""
    words = {
        "added": say("recorded"),
        "changed": say("changed"),
        "removed": say("removed"),
    }[change.what]
    if entry.undoes:
        words = say("takes back {upload}", upload=entry.undoes)
    upload = link(
        say("Upload {upload}", upload=entry.upload_id), "history",
        params_for(session.filters, session.lang) | {"upload": entry.upload_id},
    )  # fmt: skip
    head = f"**{moment} · {plain(entry.who)}** · {plain(words)} · {plain(entry.file_name)}"
    # What a new record says stands above; later changes tell the rest.
    fields = change.fields if change.what == "changed" else ()
    lines = [f"- {_field(session, field)}" for field in fields]
    return "\n\n".join([f"{head}  \n{upload}", *(["\n".join(lines)] if lines else [])])


def _field(session: Session, field: FieldBack) -> str:
    label = DIFFICULTIES.column(field.column).label[session.lang]
    old, new = (_said(session, field.column, value) for value in (field.old, field.new))
    return f"{label}{COLON[session.lang]}{old} → **{new}**"


def _said(session: Session, column: str, value: object) -> str:
    if value is None or value == "":
        return session.say("empty")
    if DIFFICULTIES.column(column).type is ColumnType.CHOICE:
        label = STATE_LABELS.get(str(value))
        return label[session.lang] if label else plain(str(value))
    return _text(str(value))
