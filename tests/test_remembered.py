"""What is made of a view is made once for all its readers, and none can change another's."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.lakes import engine_of, view_of
from xianzhong.brief import when
from xianzhong.brief.part import Part
from xianzhong.brief.remembered import remembered as remembered_part
from xianzhong.brief.source import Source, source_of
from xianzhong.brief.where import CHOICES, map_part, ranking, values_by_place
from xianzhong.query.engine import REMEMBERED, Engine
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.remembered import key_of, remembered
from xianzhong.query.scope import Scope


@pytest.fixture
def source() -> Source:
    return source_of(engine_of("real"), view_of("real", {}), "zh")


def test_two_readers_of_a_view_are_given_one_figure(source: Source) -> None:
    other = source_of(source.engine, view_of("real", {}), "zh")
    first, second = when.by_month(source), when.by_month(other)
    assert first.figure is second.figure
    for reader in (source, other):
        values = values_by_place(reader, CHOICES[0].id)
        reader.__dict__["drawn"] = map_part(reader, CHOICES[0], values).figure
    assert source.__dict__["drawn"] is other.__dict__["drawn"]


def test_another_view_language_or_choice_has_answers_of_its_own(source: Source) -> None:
    english = source_of(source.engine, source.view, "en")
    view = replace(source.view, filters=Filters(province="53"))
    narrowed = source_of(source.engine, view, "zh")
    titles = {when.by_month(one).title for one in (source, english)}
    assert titles == {"各月活动", "Activities by month"}
    counts = [when.by_month(one).table.iloc[:, 1].sum() for one in (source, narrowed)]
    assert counts[0] > counts[1]
    parts = [ranking(source, one, values_by_place(source, one.id)) for one in CHOICES[:2]]
    assert parts[0].title != parts[1].title


def test_nobody_is_given_what_another_scope_may_see(source: Source) -> None:
    own = replace(source.view, scope=Scope(division="53"))
    seen = {
        view.scope: {figure.indicator.id: figure.value for figure in figures(source.engine, view)}
        for view in (source.view, own)
    }
    assert seen[own.scope]["pairings"] < seen[source.view.scope]["pairings"]


def test_who_changes_a_table_changes_nobody_elses(source: Source) -> None:
    kept = when.by_month(source)
    before = kept.table.copy()
    mine = when.by_month(source)
    mine.table.iloc[0, 1] = -1
    mine.table["mine"] = 0
    values = values_by_place(source, CHOICES[0].id)
    values["value"] = -1.0
    part = map_part(source, CHOICES[0], values_by_place(source, CHOICES[0].id))
    assert part.places is not None
    part.places.values.loc[:, "text"] = "mine"
    pd.testing.assert_frame_equal(when.by_month(source).table, before)
    pd.testing.assert_frame_equal(kept.table, before)
    assert (values_by_place(source, CHOICES[0].id)["value"] != -1.0).all()
    again = map_part(source, CHOICES[0], values_by_place(source, CHOICES[0].id))
    assert again.places is not None
    assert "mine" not in set(again.places.values["text"])


def test_a_result_is_made_once_and_a_failure_is_not_kept() -> None:
    engine, view, calls = engine_of("real"), view_of("real", {}), []

    @remembered
    def counted(_engine: Engine, _view: View, answer: str, *, fails: bool = False) -> str:
        calls.append(answer)
        if fails:
            raise RuntimeError(answer)
        return answer

    assert [counted(engine, view, "a"), counted(engine, view, "a")] == ["a", "a"]
    assert counted(engine, view, "b") == "b"
    for _ in range(2):
        with pytest.raises(RuntimeError):
            counted(engine, view, "c", fails=True)
    assert calls == ["a", "b", "c", "c"]


def test_only_the_last_few_hundred_results_are_kept(source: Source) -> None:
    made: list[int] = []

    @remembered_part
    def numbered(_source: Source, number: int) -> Part:
        made.append(number)
        return Part(str(number), "", pd.DataFrame())

    for number in range(REMEMBERED + 1):
        numbered(source, number)
    numbered(source, REMEMBERED)
    numbered(source, 0)
    assert made == [*range(REMEMBERED + 1), 0]


def test_a_frame_counts_by_what_is_in_it() -> None:
    def frame(last: object) -> pd.DataFrame:
        return pd.DataFrame({"code": ["53", "52"], "value": pd.array([1, last], dtype="Int64")})

    assert key_of(frame(pd.NA)) == key_of(frame(pd.NA))
    assert key_of(frame(pd.NA)) != key_of(frame(2))
    assert key_of(frame(2)) != key_of(frame(2).rename(columns={"value": "share"}))
    gaps = [pd.DataFrame({"value": [1.0, float("nan")]}) for _ in range(2)]
    assert key_of(gaps[0]) == key_of(gaps[1])
    assert hash(key_of(gaps[0], ["53"], marked=True)) == hash(key_of(gaps[1], ["53"], marked=True))
