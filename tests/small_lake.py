"""A lake small enough to work every answer out by hand: six schools, seven pairings, fifteen
activities, and a clock that stands at 20 June 2024 in China.

The counties are real places; the schools, universities and numbers are made up (示例).

| pairing | university | school | scheme      | cycle                    | on 2024-06-20        |
| ------- | ---------- | ------ | ----------- | ------------------------ | -------------------- |
| P1      | U1         | A1     | ministry    | 2022-09-01 to 2025-08-31 | in force             |
| P2      | U2         | A1     | provincial  | 2023-03-01 to 2026-02-28 | in force             |
| P3      | U1         | A2     | ministry    | 2021-02-01 to 2024-01-31 | ended                |
| P4      | U2         | A3     | provincial  | 2021-10-01 to 2024-09-28 | ends in 100 days     |
| P5      | U3         | B1     | team        | no date at all           | unknown              |
| P6      | U3         | B2     | city_school | 2024-09-01 to 2027-08-31 | not begun            |
| P7      | U1         | C1     | ministry    | 2022-08-01 to 2025-08-31 | in force             |

A1 and A2 lie in 530622 (prefecture 5306), A3 in 532527 (5325), B1 in 429004, which has no
prefecture, B2 in 422822, C1 in 659001, whose province is 66 although its code begins with 65.
U4 supports nobody.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from xianzhong.lake.identifiers import new_upload_id
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.schema import RECORD_ID, UPLOAD_ID, lake_schema
from xianzhong.lake.store import Change, Lake, LakeChangedError
from xianzhong.model.alerts import RULE_CODES
from xianzhong.model.tables import TABLES
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import Names, names_of
from xianzhong.query.scope import NATION, Scope
from xianzhong.reference import load_divisions
from xianzhong.settings import Settings

U1, U2, U3, U4 = "90001", "90002", "90003", "90004"
A1, A2, A3 = "530622-01", "530622-02", "532527-01"
B1, B2, C1 = "429004-01", "422822-01", "659001-01"
SCHOOLS = (A1, A2, A3, B1, B2, C1)
UNIVERSITIES = (U1, U2, U3, U4)
DATA_DAY = date(2024, 6, 20)
# The first upload came at noon of 31 March in China; the second one hour after midnight of
# 20 June in China, which is still 19 June in Greenwich.
FIRST_UPLOAD = datetime(2024, 3, 31, 4, tzinfo=UTC)
SECOND_UPLOAD = datetime(2024, 6, 19, 17, tzinfo=UTC)

_SCHOOLS = [
    (A1, "示例巧家一中", "530622"),
    (A2, "示例巧家二中", "530622"),
    (A3, "示例泸西一中", "532527"),
    (B1, "示例仙桃一中", "429004"),
    (B2, "示例建始一中", "422822"),
    (C1, "示例石河子一中", "659001"),
]
_UNIVERSITIES = [(U1, "示例大学甲"), (U2, "示例大学乙"), (U3, "示例大学丙"), (U4, "示例大学丁")]
# university, school, scheme, agreement date, first term, end date
_PAIRINGS = [
    (U1, A1, "ministry", "2022-08-31", "2022-1", ""),
    (U2, A1, "provincial", "2023-03-01", "", "2026-02-28"),
    (U1, A2, "ministry", "", "2020-2", ""),
    (U2, A3, "provincial", "2021-10-01", "", "2024-09-28"),
    (U3, B1, "team", "", "", ""),
    (U3, B2, "city_school", "2024-06", "2024-1", ""),
    (U1, C1, "ministry", "2022-08", "", "2025-08"),
]
# code, university, school, kind, start, end, people sent, participants, days on site, lessons
_FIRST = [
    ("a01", U1, A1, "signing", "2022-08-31", "", 3, None, None, None),
    ("a02", U1, A1, "staff", "2022-09-01", "2023-07-10", 1, None, 200, None),
    ("a03", U1, A1, "guidance", "2023-10", "", None, 60, None, 8),
    ("a04", U1, A1, "guidance", "2024-03-05", "2024-03-08", 4, 50, 4, 6.5),
    ("a06", U1, A2, "camp", "2023-07", "", None, 30, None, None),
    ("a07", U1, A2, "guidance", "2024-01-31", "", 5, None, None, None),
    ("a09", U2, A3, "lab", "2023-12-15", "", 6, 80, None, None),
    ("a10", U3, B1, "meeting", "2023-09-01", "", 2, None, None, None),
    ("a12", U1, C1, "shadowing", "2023-11-06", "2023-12-01", None, 8, None, None),
    ("a13", U1, C1, "training", "2024-01-10", "", 0, 40, None, None),
    ("a15", U3, B2, "base", "2022-07", "", 1, None, None, None),
]
_SECOND = [
    ("a05", U2, A1, "training", "2024-04-20", "", 2, 30, None, None),
    ("a08", U2, A3, "online", "2024-02-01", "", None, 100, None, None),
    ("a11", U3, B1, "meeting", "2024-06-01", "", 2, None, None, None),
    ("a14", U1, C1, "student_teaching", "2024-03-22", "", 9, None, None, None),
]
# code on the list, name on the list, code today; the third has none today
_WEAK = [
    ("530622", "巧家县", "530622"),
    ("530623", "盐津县", "530623"),
    ("539999", "示例旧县", None),
    ("422822", "建始县", "422822"),
    ("621225", "西和县", "621225"),
]


# What each school has one of in the full lake.
_BY_SCHOOL: dict[str, dict[str, Any]] = {
    "support": {"year": 2023, "category": "operating", "promised": 5.0},
    "difficulties": {"title": "示例困难", "state": "open"},
    "practices": {"title": "示例做法"},
    "put_aside": {"rule": RULE_CODES[0], "reason": "示例理由"},
}


def partial(name: str, text: str) -> dict[str, Any]:
    """The fields of a date that is known to the day or to the month, or not at all."""
    if not text:
        return {name: None, f"{name}_precision": None}
    if len(text) == 7:
        return {name: date.fromisoformat(f"{text}-01"), f"{name}_precision": "month"}
    return {name: date.fromisoformat(text), f"{name}_precision": "day"}


def change(table: str, rows: list[dict[str, Any]], upload_id: str = "") -> Change:
    """A change that puts rows; what a row does not say is empty."""
    full = [{UPLOAD_ID: upload_id or None} | row for row in rows]
    return Change(table, pa.Table.from_pylist(full, schema=lake_schema(TABLES[table])))


def entry(table: str, upload_id: str = "", **values: Any) -> Entry:
    """A ledger entry of an upload; number, moment and versions come with the commit."""
    given = {"new": 0, "updated": 0, "unchanged": 0, "rejected": 0} | values
    return Entry(
        upload_id or new_upload_id(), "upload", table, "示例.xlsx", "0" * 64, "示例", reader="1",
        **given,
    )  # fmt: skip


def put(
    lake: Lake, table: str, rows: list[dict[str, Any]], at: datetime = FIRST_UPLOAD
) -> Snapshot:
    """Commits rows as one upload."""
    made = entry(table, new=len(rows))
    changes = [change(table, rows, made.upload_id)]
    return lake.commit(changes, made, base=lake.snapshot(), now=lambda: at)


def activity(row: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    """The fields of an activity."""
    code, university, school, kind, start, end, people, participants, days, lessons = row
    return {
        RECORD_ID: code,
        "activity_code": code,
        "university_code": university,
        "school_code": school,
        "kind": kind,
        "title": f"示例活动{code[1:]}",
        **partial("start", start),
        **partial("end", end),
        "people_sent": people,
        "participants": participants,
        "days_on_site": days,
        "lessons": lessons,
        **more,
    }


def pairing(row: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a pairing."""
    university, school, scheme, agreed, term, end = row
    return {
        RECORD_ID: f"{school}/{university}/{scheme}",
        "university_code": university,
        "school_code": school,
        "scheme": scheme,
        **partial("agreement_date", agreed),
        "start_term": term or None,
        **partial("end_date", end),
    }


def build(root: Path) -> Lake:
    """The small lake under ``root``: six uploads, made once per process and copied from there."""
    shutil.copytree(_made_once(), root, dirs_exist_ok=True)
    return Lake(root)


def build_full(root: Path) -> Lake:
    """The small lake with something in every table: one record for each school.

    And one activity of U1 at A3, with which it has no pairing.
    """
    shutil.copytree(_made_once(full=True), root, dirs_exist_ok=True)
    return Lake(root)


@cache
def _made_once(*, full: bool = False) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="xianzhong-small-")
    atexit.register(folder.cleanup)
    lake = Lake(Path(folder.name))
    _fill(lake)
    if full:
        _fill_up(lake)
    return Path(folder.name)


def _fill_up(lake: Lake) -> None:
    row = ("a16", U1, A3, "training", "2024-05-06", "", 3, None, None, None)
    put(lake, "activities", [activity(row)])
    for table, values in _BY_SCHOOL.items():
        put(lake, table, [{RECORD_ID: f"{table}-{s}", "school_code": s, **values} for s in SCHOOLS])


def _fill(lake: Lake) -> None:
    universities = [
        {RECORD_ID: code, "university_code": code, "name": name} for code, name in _UNIVERSITIES
    ]
    schools = [
        {RECORD_ID: code, "school_code": code, "name": name, "county_code": county}
        for code, name, county in _SCHOOLS
    ]
    weak = [
        {RECORD_ID: f"R{code}", "listed_code": code, "listed_name": name, "county_code": today}
        for code, name, today in _WEAK
    ]
    put(lake, "universities", universities)
    put(lake, "schools", schools)
    put(lake, "pairings", [pairing(row) for row in _PAIRINGS])
    put(lake, "weak_counties", weak)
    put(lake, "activities", [activity(row) for row in _FIRST])
    put(lake, "activities", [activity(row) for row in _SECOND], SECOND_UPLOAD)


def engine_over(lake: Lake) -> Engine:
    """An engine of its own over a lake, with little memory."""
    return Engine(lake, load_divisions(), Settings(lake=lake.root, memory="200MB", threads=1))


def names(engine: Engine) -> Names:
    """The names that the whole nation's scope may see."""
    return names_of(engine, engine.lake.snapshot(), NATION)


def view(engine: Engine, scope: Scope = NATION, **params: str) -> View:
    """The view of a link's parameters; ``date_from`` and ``date_to`` stand for from and to."""
    return View(engine.lake.snapshot(), scope, filters(engine, params))


def filters(engine: Engine, params: Mapping[str, str]) -> Filters:
    """The filters of a link that has no fault."""
    link = {name.removeprefix("date_"): value for name, value in params.items()}
    found, problems = parse_filters(link, names(engine))
    assert not problems
    return found


def university(code: str, name: str = "示例大学") -> dict[str, Any]:
    """The fields of a university."""
    return {RECORD_ID: code, "university_code": code, "name": name}


def append_some(root: str, writer: int, count: int) -> None:
    """Appends universities one commit at a time; run in a process of its own."""
    lake = Lake(Path(root))
    for number in range(count):
        code = f"{writer}-{number}"
        while True:
            try:
                put(lake, "universities", [university(code)])
            except LakeChangedError:
                continue
            break
