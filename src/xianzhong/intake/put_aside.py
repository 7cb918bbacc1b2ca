"""Puts alerts aside, and takes them up again, through the same door as any upload.

A page has no way of its own into the lake: what is said there becomes a sheet with the declared
headers, which is read, checked, compared and committed like a file that somebody sends. So the
ledger, the history and undo hold for it too.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO

from xianzhong.intake.check import Where
from xianzhong.intake.load import Prepared, prepare
from xianzhong.lake.store import Lake
from xianzhong.model.divisions import Divisions
from xianzhong.model.tables import PUT_ASIDE

PUT_FILE, BACK_FILE = "待办暂缓.csv", "待办恢复.csv"
_COLUMNS = ("rule", "school_code", "item", "until", "reason")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert and until when it waits.

    Attributes:
        rule: code of the rule.
        school_code: the school's code.
        item: what tells it apart, empty for all alerts of the rule at the school.
        until: the last day on which it waits; a day that has passed takes it up again.
        reason: why.
    """

    rule: str
    school_code: str
    item: str
    until: date
    reason: str


def sheet(alerts: Iterable[Waiting]) -> bytes:
    """The alerts as a CSV file with the declared headers."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([PUT_ASIDE.column(name).label.zh for name in _COLUMNS])
    for alert in alerts:
        writer.writerow([str(getattr(alert, name)) for name in _COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def prepare_waiting(
    lake: Lake,
    alerts: Iterable[Waiting],
    file_name: str = PUT_FILE,
    *,
    divisions: Divisions | None = None,
    today: date | None = None,
    allowed: Callable[[Where], bool] | None = None,
) -> Prepared:
    """Reads and compares the sheet of some alerts; writes nothing. See ``intake.load.prepare``.

    Said twice it changes nothing the second time: the record of an alert is the same record.

    Raises:
        IntakeError: the lake holds generated data.
        LakeError: the lake cannot be read.
    """
    return prepare(
        lake, PUT_ASIDE, file_name, sheet(alerts), divisions=divisions, today=today,
        allowed=allowed,
    )  # fmt: skip
