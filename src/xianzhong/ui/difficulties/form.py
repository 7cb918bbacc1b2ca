"""Changing a difficulty, or recording a new one, in the page: one commit each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from xianzhong.brief.readable import partial_date
from xianzhong.model.tables import DIFFICULTIES
from xianzhong.query.difficulties import Row
from xianzhong.settings import TIME_ZONE
from xianzhong.ui import pressing
from xianzhong.ui.asof import live
from xianzhong.ui.difficulties.choice import ITEM
from xianzhong.ui.difficulties.detail import STATE_LABELS
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.upload.committing import who
from xianzhong.ui.upload.typed import CLEAR, Typed, commit_typed, may_write, receipt, refused

_KEPT, _SEEN = "difficulties_kept", "difficulty_seen"
_EDITED_DATES = ("due", "resolved")
_LONGEST = 2_000
_MOST_CHOICES = 500


def edit(session: Session, row: Row) -> None:
    """The form, and what came of it. Its key is new with every commit to the record.

    So a press on a form that another commit has overtaken, or the second of a double click,
    finds no button any more: nothing is written over what was not looked at, and nothing twice.
    """
    if not (may_write(session) and live(session)):
        return
    code = str(row["difficulty_code"])
    _last_receipt(session, code)
    _overtaken(session, code, str(row["commit_id"]))
    key = f"{code}_{row['commit_id']}"
    name = who(session)
    with st.form(f"edit_{key}", border=False):
        texts = _fields(session, row, key)
        pressed = pressing.submit(
            session.say("Save the change"), key=f"save_{key}", type="primary",
            icon=":material/save:", disabled=not name,
        )  # fmt: skip
    if not pressed:
        return
    with pressing.carried_out(f"save_{key}"):
        saved = _save(session, row, texts, name)
    if saved:
        st.rerun()


def _save(session: Session, row: Row, texts: Mapping[str, str], name: str) -> bool:
    """Writes what was changed, and says where it is not."""
    changed = {column: text for column, text in texts.items() if text != _stored(row, column)}
    if not changed:
        st.info(session.say("Nothing was changed: the record says so already."),
                icon=":material/check:")  # fmt: skip
        return False
    kept = _kept()
    with st.spinner(session.say("Saving …")):
        done = commit_typed(session, DIFFICULTIES, _row(row, texts), name)
        if done.receipt:
            kept.last = str(row["difficulty_code"]), done
            pressing.done()
    if done.refused:
        refused(done.refused, session)
    return not done.refused


@dataclass(slots=True)
class _Kept:
    """What came of this visit's forms: the last receipt, and how many records were made."""

    last: tuple[str, Typed] | None = None
    made: int = 0


def _kept() -> _Kept:
    kept: _Kept = st.session_state.setdefault(_KEPT, _Kept())
    return kept


def _last_receipt(session: Session, code: str) -> None:
    kept = _kept().last
    if kept and kept[0] == code and kept[1].receipt:
        receipt(session, DIFFICULTIES, kept[1].receipt)


def _overtaken(session: Session, code: str, commit: str) -> None:
    """Says when another commit changed the record since the reader last looked."""
    seen: dict[str, str] = st.session_state.setdefault(_SEEN, {})
    kept = _kept().last
    got = kept[1].receipt if kept and kept[0] == code else None
    own = got.entry.upload_id if got and got.entry else ""
    if seen.get(code, commit) not in (commit, own) and commit != own:
        st.warning(
            session.say("Somebody changed this record since you last looked; please look again."),
            icon=":material/sync:",
        )
    seen[code] = commit


def _stored(row: Row, column: str) -> str:
    if column in ("raised", "due", "resolved"):
        return partial_date(row[column], row[f"{column}_precision"])
    value = row[column]
    return value.strip() if isinstance(value, str) else ""


def _fields(session: Session, row: Row, key: str) -> dict[str, str]:
    """The widgets, and what they say as texts."""
    label = {column.name: column.label[session.lang] for column in DIFFICULTIES.columns}
    states = list(STATE_LABELS)
    texts = {
        "state": st.selectbox(
            label["state"], states, index=states.index(str(row["state"])), key=f"state_{key}",
            format_func=lambda code: STATE_LABELS[code][session.lang],
        ),
        "owner": st.text_input(label["owner"], _stored(row, "owner"), key=f"owner_{key}",
                               max_chars=200),
    }  # fmt: skip
    due, resolved = st.columns(2, gap="small")
    with due:
        texts["due"] = _date(session, row, "due", key)
    with resolved:
        texts["resolved"] = _date(session, row, "resolved", key)
    texts["note"] = st.text_area(
        label["note"], _stored(row, "note"), key=f"note_{key}", max_chars=_LONGEST, height=100
    )
    return {name: str(text or "").strip() for name, text in texts.items()}


def _date(session: Session, row: Row, column: str, key: str) -> str:
    """A date to pick; one that is known only to the month is written, so that it can stay one."""
    label, name = DIFFICULTIES.column(column).label[session.lang], f"{column}_{key}"
    stored = _stored(row, column)
    if row[f"{column}_precision"] == "month":
        return st.text_input(
            label, stored, key=name, max_chars=10, help=session.say("For example {day} or {month}",
            day="2024-06-15", month="2024-06"),
        ) or ""  # fmt: skip
    if name not in st.session_state:
        # Not as the widget's default: only a date without one can be cleared again.
        st.session_state[name] = date.fromisoformat(stored) if stored else None
    return _iso(st.date_input(label, value=None, key=name, format="YYYY-MM-DD"))


def _iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""


def _row(row: Row, texts: Mapping[str, str]) -> dict[str, str]:
    """The record's whole row: what it is, and what the form says of it."""
    said = {"difficulty_code": str(row["difficulty_code"]), "school_code": str(row["school_code"]),
            "title": str(row["title"]), "raised": _stored(row, "raised")}  # fmt: skip
    for column, text in texts.items():
        stored = _stored(row, column)
        said[column] = text or (CLEAR if stored else "")
    return said


def add(session: Session) -> None:
    """A form for a difficulty that is not on record yet, behind a click."""
    opened = st.expander(
        session.say("Record a difficulty"), key="add_difficulty", on_change="rerun",
        icon=":material/add_circle:",
    )  # fmt: skip
    if not opened.open:
        return
    with opened:
        if may_write(session) and live(session):
            _add(session)


def _add(session: Session) -> None:
    # A form of its own after each that was saved: a second press finds it gone.
    kept = _kept()
    key = f"add_{kept.made}"
    name = who(session)
    with st.form(key, border=False):
        texts = _new_fields(session, key)
        pressed = pressing.submit(
            session.say("Record it"), key=f"record_{key}", type="primary", icon=":material/add:",
            disabled=not name,
        )  # fmt: skip
    if not pressed:
        return
    with pressing.carried_out(f"record_{key}"):
        made = _record(session, kept, texts, name)
    if made:
        set_params({**st.query_params.to_dict(), ITEM: made})
        st.rerun()


def _record(session: Session, kept: _Kept, texts: Mapping[str, str], name: str) -> str:
    """Writes a new record and gives its code; nothing and words where it is not written."""
    with st.spinner(session.say("Saving …")):
        done = commit_typed(session, DIFFICULTIES, texts, name, new=True)
        if done.receipt:
            kept.made += 1
            kept.last = done.record_id, done
            pressing.done()
    if done.refused:
        refused(done.refused, session)
    elif done.exists:
        said = session.say(
            "This school has a difficulty of that title already: {code}. Open it from the board "
            "and change it.",
            code=done.record_id,
        )
        st.warning(said)
    elif done.receipt and done.receipt.pending:
        # There is no such record yet that a link could open.
        receipt(session, DIFFICULTIES, done.receipt)
    elif done.receipt:
        return done.record_id
    return ""


def _new_fields(session: Session, key: str) -> dict[str, str]:
    label = {column.name: column.label[session.lang] for column in DIFFICULTIES.columns}
    school = _school(session, label["school_code"], key)
    title = st.text_input(label["title"], key=f"title_{key}", max_chars=200)
    owner = st.text_input(label["owner"], key=f"owner_{key}", max_chars=200)
    left, right = st.columns(2, gap="small")
    today = datetime.now(ZoneInfo(TIME_ZONE)).date()
    raised = left.date_input(label["raised"], today, key=f"raised_{key}", format="YYYY-MM-DD")
    due = right.date_input(label["due"], None, key=f"due_{key}", format="YYYY-MM-DD")
    note = st.text_area(label["note"], key=f"note_{key}", max_chars=_LONGEST, height=100)
    texts = {"school_code": school, "title": title, "owner": owner, "raised": _iso(raised),
             "due": _iso(due), "state": "open", "note": note}  # fmt: skip
    return {name: str(text or "").strip() for name, text in texts.items()}


def _school(session: Session, label: str, key: str) -> str:
    """A school to choose, or to write where there are too many of them to send each time."""
    schools = _schools(session)
    if len(schools) > _MOST_CHOICES:
        return st.text_input(
            label, key=f"school_{key}", max_chars=100,
            help=session.say("Its full or short name, or its code"),
        )  # fmt: skip
    only = 0 if len(schools) == 1 else None
    chosen: str | None = st.selectbox(
        label, schools, key=f"school_{key}", index=only, format_func=session.names.school,
        placeholder=session.say("Choose a school"),
    )  # fmt: skip
    return chosen or ""


def _schools(session: Session) -> list[str]:
    """The schools of the place that is chosen, by code."""
    filters = session.filters
    if filters.school:
        return [filters.school]
    place = filters.county or filters.prefecture
    divisions = session.engine.divisions

    def inside(province: str, county: str) -> bool:
        if filters.province and province != filters.province:
            return False
        found = divisions.get(county)
        return place in ("", county, found.prefecture if found else "")

    return [code for code, where in session.names.school_places.items() if inside(*where)]
