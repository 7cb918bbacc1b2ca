"""The grid of records: heads in English are not cut."""

from __future__ import annotations

import pandas as pd

from xianzhong.ui.records import wide_heads


def test_a_long_head_over_short_cells_gets_its_width() -> None:
    table = pd.DataFrame(
        {
            "Supporting university": ["示例大学甲", "a"],
            "Name of the school itself": ["示例县第一高级中学示例县第一高级中学", "b"],
            "Year": [2024, 2025],
            "帮扶高校帮扶高校帮扶高校帮扶高校帮扶高校": ["甲", "乙"],
        }
    )
    assert list(wide_heads(table)) == ["Supporting university"]
    assert wide_heads(table)["Supporting university"] > 7 * len("Supporting university")


def test_of_an_address_only_what_is_shown_counts() -> None:
    table = pd.DataFrame({"Supporting university": ["university?code=10001&province=53#示例"]})
    assert wide_heads(table) == {}
    assert list(wide_heads(table, ["Supporting university"])) == ["Supporting university"]


def test_a_column_without_values_shows_its_whole_head() -> None:
    for values in ([], [None, float("nan")]):
        table = pd.DataFrame({"Supporting university": values})
        assert list(wide_heads(table)) == ["Supporting university"]
