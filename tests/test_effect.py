"""What an upload would do to the figures is what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake_lakes import programme_rows, put_rows, real_lake, try_rows
from tests.small_lake import engine_over
from xianzhong.intake.load import commit
from xianzhong.lake.store import Lake
from xianzhong.query.effect import effect
from xianzhong.query.figures import ALL, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return real_lake(tmp_path / "lake", "universities", "schools", "pairings")


def values(engine, snapshot) -> dict[str, object]:
    found = figures(engine, View(snapshot, NATION, Filters()), ALL)
    return {figure.indicator.id: figure.value for figure in found}


def test_the_effect_is_the_difference_that_the_commit_makes(lake: Lake) -> None:
    engine = engine_over(lake)
    rows = programme_rows("activities.csv")
    prepared = try_rows(lake, "activities", rows)
    base = lake.snapshot()
    commit(lake, prepared, who="test")
    # Judged at the moment of the commit: what was reported when counts in days.
    told = effect(engine, base, prepared.changes, ALL, NATION, now=lake.snapshot().at)
    assert {e.indicator.id: e.before for e in told} == values(engine, base)
    assert {e.indicator.id: e.after for e in told} == values(engine, lake.snapshot())
    assert next(e for e in told if e.indicator.id == "activities").after == len(rows) - 1


def test_an_update_and_a_removal_count_once(lake: Lake) -> None:
    engine = engine_over(lake)
    rows = programme_rows("activities.csv")
    put_rows(lake, "activities", rows)
    people = rows[0].index("派出人数")
    changed = [rows[0], [*rows[1][:people], "50", *rows[1][people + 1 :]]]
    prepared = try_rows(lake, "activities", changed)
    assert prepared.report.counts["updated"] == 1
    base = lake.snapshot()
    told = {e.indicator.id: e for e in effect(engine, base, prepared.changes, ALL, NATION)}
    assert told["activities"].before == told["activities"].after == len(rows) - 1
    commit(lake, prepared, who="test")
    assert told["people_sent"].after == values(engine, lake.snapshot())["people_sent"]
    assert told["people_sent"].after != told["people_sent"].before


def test_nothing_supposed_is_left_behind(lake: Lake) -> None:
    engine = engine_over(lake)
    prepared = try_rows(lake, "activities", programme_rows("activities.csv"))
    base = lake.snapshot()
    before = values(engine, base)
    effect(engine, base, prepared.changes, ALL, NATION)
    assert values(engine, base) == before
    assert lake.snapshot() == base
    with engine._connection.cursor() as cursor:
        names = cursor.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()
    assert not [name for (name,) in names if name.startswith("supposed")]
