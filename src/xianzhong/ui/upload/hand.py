"""The files in hand: what was dropped, what the user said of it, and what came of it.

All of it lives in the session until the page is left for good. Nothing is written before the
user commits; a file is checked again only where it, the user's choices or the lake have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

import streamlit as st

from xianzhong.intake.choices import Choices
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.load import Prepared, Progress, Receipt, prepare
from xianzhong.lake.identifiers import file_digest
from xianzhong.model.columns import Table
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain

_KEPT = 8
Checked = Prepared | IntakeError


@dataclass(frozen=True, slots=True)
class Hand:
    """One dropped file, for one table."""

    table: Table
    name: str
    content: bytes

    @property
    def key(self) -> str:
        """Tells it from every other file: table, name and content."""
        return f"{self.table.name}-{file_digest(self.content)[:16]}-{self.name}"


def _kept(name: str) -> dict[Any, Any]:
    """A dictionary of the session."""
    kept: dict[Any, Any] = st.session_state.setdefault(f"upload_{name}", {})
    return kept


def in_hand(table: Table, dropped: list[Any]) -> list[Hand]:
    """The dropped files, each once, by their own names without folders."""
    found: dict[str, Hand] = {}
    for file in dropped:
        hand = Hand(table, PurePath(file.name.replace("\\", "/")).name, file.getvalue())
        found.setdefault(hand.key, hand)
    return list(found.values())


def choices_of(hand: Hand) -> Choices:
    """What the user has said about a file."""
    said: Choices = _kept("choices").get(hand.key, Choices())
    return said


def say_choices(hand: Hand, choices: Choices) -> None:
    """Keeps all that the user says of a file."""
    _kept("choices")[hand.key] = choices


def say_columns(hand: Hand, sheet: str, columns: Mapping[int, str], *, header: int) -> None:
    """Keeps which column of a sheet holds what, and under which row of headers."""
    said = choices_of(hand)
    headers = dict(said.headers)
    if sheet in headers:
        headers[sheet] = header
    say_choices(
        hand, replace(said, columns={**said.columns, sheet: dict(columns)}, headers=headers)
    )


def say_header(hand: Hand, sheet: str, row: int) -> None:
    """Keeps which row of a sheet holds its headers; what was said of other columns goes."""
    said = choices_of(hand)
    columns = {name: named for name, named in said.columns.items() if name != sheet}
    say_choices(hand, replace(said, columns=columns, headers={**said.headers, sheet: row}))


def say_left_out(hand: Hand, sheet: str, *, out: bool) -> None:
    """Keeps whether a sheet is to be left out."""
    said = choices_of(hand)
    others = said.left_out - {sheet}
    say_choices(hand, replace(said, left_out=others | {sheet} if out else others))


def say_replaces(hand: Hand, *, whole: bool) -> None:
    """Keeps whether the file stands for the whole table."""
    say_choices(hand, replace(choices_of(hand), replaces=whole))


def say_edits(hand: Hand, edits: Mapping[tuple[str, int], Mapping[str, str]]) -> None:
    """Keeps what stands in place of some rows' own cells."""
    said = choices_of(hand)
    merged = {**said.edits}
    for place, texts in edits.items():
        merged[place] = {**merged.get(place, {}), **texts}
    say_choices(hand, replace(said, edits=merged))


def forget_choices(hand: Hand) -> None:
    """Goes back to the file as it is."""
    _kept("choices").pop(hand.key, None)


def checked(session: Session, hand: Hand) -> Checked:
    """The file, read and compared with the newest state of the lake."""
    answers = _kept("checked")
    said = choices_of(hand)
    key = (hand.key, repr(said), session.view.snapshot.number)
    if key not in answers:
        place = st.empty()
        words = session.say("Reading and checking {file} …", file=plain(hand.name))
        bar = place.progress(0.0, words)
        answers[key] = _checked(session, hand, said, lambda share: bar.progress(share, words))
        place.empty()
        for old in list(answers)[:-_KEPT]:
            del answers[old]
    answer: Checked = answers[key]
    return answer


def _checked(session: Session, hand: Hand, said: Choices, progress: Progress) -> Checked:
    engine = session.engine
    try:
        return prepare(
            engine.lake, hand.table, hand.name, hand.content,
            divisions=engine.divisions, choices=said, progress=progress,
        )  # fmt: skip
    except IntakeError as error:
        return error


def receipt_of(hand: Hand) -> Receipt | None:
    """What came of a file that was committed from this page."""
    receipt: Receipt | None = _kept("receipts").get(hand.key)
    return receipt


def receipt_keeper(hand: Hand) -> Callable[[Receipt], None]:
    """What keeps what came of a file, so that a second press or a rerun only shows it again.

    Made before the commit: in keeping, the session is not touched, where the run may be cut off.
    """
    receipts, keep_own = _kept("receipts"), own_keeper()

    def keep(receipt: Receipt) -> None:
        receipts[hand.key] = receipt
        if receipt.entry is not None:
            keep_own(receipt.entry.upload_id)

    return keep


def own_keeper() -> Callable[[str], None]:
    """What keeps that an upload, or an undo, was made by this very user; made before it."""
    own = _kept("own")

    def keep(upload_id: str) -> None:
        own[upload_id] = True

    return keep


def is_own(upload_id: str) -> bool:
    """Whether an upload, or an undo, was made by this very user in this visit."""
    return upload_id in _kept("own")


def forget_receipt(hand: Hand) -> None:
    """Lets a file be checked and committed once more."""
    _kept("receipts").pop(hand.key, None)
