"""The list of weak counties: the real one, for it is reference data and not a record."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from xianzhong.demo.columns import filled
from xianzhong.model.divisions import Divisions
from xianzhong.model.tables import WEAK_COUNTIES

_SOURCE = "脱贫县名单（2016—2020年）"


def county_today(divisions: Divisions, code: str, name: str, province: str) -> str:
    """Today's code of a county that an older list names, or empty.

    By code and name first: codes have been handed to other counties since.
    """
    same = divisions.get(code)
    if same is not None and same.level == "county" and same.name == name:
        return code
    for former in divisions.formerly(code=code, name=name):
        if former.current_code:
            return former.current_code
    named = divisions.named(name, "county", province)
    if len(named) == 1:
        return named[0].code
    for former in divisions.formerly(name=name):
        now = divisions.get(former.current_code)
        if now is not None and now.province == province:
            return now.code
    # The list shortens two names (湄潭, 积石山自治县) and keeps their codes.
    if same is not None and same.level == "county" and same.name.startswith(name[:2]):
        return code
    return ""


def weak_county_rows(divisions: Divisions, path: Path, upload_id: str) -> pa.Table:
    """The table ``weak_counties`` from the list at ``path``.

    Raises:
        FileNotFoundError: the list is not there.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    provinces = {division.name: division.code for division in divisions.provinces}
    today = [
        county_today(divisions, row["code"], row["county"], provinces.get(row["province"], ""))
        for row in rows
    ]
    return filled(
        WEAK_COUNTIES,
        {
            "listed_code": [row["code"] for row in rows],
            "listed_name": [row["county"] for row in rows],
            "county_code": pa.array([code or None for code in today], pa.string()),
            "delisted_year": [int(row["delisted_year"]) for row in rows],
            "source": pa.repeat(_SOURCE, len(rows)),
        },
        upload_id,
    )
