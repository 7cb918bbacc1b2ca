"""Reads the reference data that ship with the product: divisions and their former names."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from xianzhong.model.divisions import Division, Divisions, FormerName, Level
from xianzhong.settings import ROOT

_LENGTH: dict[str, int] = {"province": 2, "prefecture": 4, "county": 6}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _division(row: dict[str, str]) -> Division:
    level: Level = row["level"]  # type: ignore[assignment]
    parent = row["parent"]
    is_county_of_prefecture = level == "county" and parent[2:4] != "00"
    prefecture = parent[:4] if is_county_of_prefecture else ""
    return Division(
        code=row["code"][: _LENGTH[level]],
        level=level,
        name=row["name"],
        name_en=row["name_en"],
        province=row["province"],
        prefecture=row["code"][:4] if level == "prefecture" else prefecture,
        longitude=float(row["lon"]) if row["lon"] else None,
        latitude=float(row["lat"]) if row["lat"] else None,
        has_polygon=row["has_polygon"] == "1",
    )


@lru_cache(maxsize=4)
def default_weak_counties(folder: Path = ROOT / "data" / "programme") -> frozenset[str]:
    """Codes of the default list of weak counties, as the list has them.

    Raises:
        FileNotFoundError: the list is not there.
    """
    return frozenset(row["code"] for row in _rows(folder / "former_poverty_counties.csv"))


@lru_cache(maxsize=4)
def load_divisions(folder: Path = ROOT / "data" / "divisions") -> Divisions:
    """The divisions of ``divisions.csv`` and ``former.csv`` in ``folder``.

    Raises:
        FileNotFoundError: the reference data are not there.
    """
    former = (
        FormerName(r["code"], r["name"], r["current_code"], int(r["year"] or 0), r["change"])
        for r in _rows(folder / "former.csv")
    )
    return Divisions(map(_division, _rows(folder / "divisions.csv")), former)
