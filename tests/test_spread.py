"""The grids of other tests leave out combinations, and never a value."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spread import spread

GRID = st.lists(st.lists(st.integers(), min_size=1, max_size=6), min_size=1, max_size=4)


@given(dimensions=GRID)
def test_each_value_of_each_dimension_occurs(dimensions: list[list[int]]) -> None:
    rows = spread(*dimensions, thorough=False)
    assert len(rows) == max(map(len, dimensions))
    for place, values in enumerate(dimensions):
        assert {row[place] for row in rows} == set(values)


def test_a_thorough_run_has_each_with_each() -> None:
    assert spread("abc", "xy", thorough=True) == list(product("abc", "xy"))
    assert spread("abc", "xy", thorough=False) == [("a", "x"), ("b", "y"), ("c", "x")]


def test_a_dimension_without_a_value_is_a_mistake() -> None:
    with pytest.raises(ZeroDivisionError):
        spread("abc", "", thorough=False)
