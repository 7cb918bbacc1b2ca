"""The table of counts whose cells can be clicked."""

from __future__ import annotations

from xianzhong.charts.counts import cells
from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import PALE

ROWS = [("53", "云南省"), ("52", "<b>贵州省</b>")]
COLUMNS = [("silent_90", "90天"), ("no_plan", "缺方案")]


def drawn(chosen: str = "") -> PlainFigure:
    return cells(ROWS, COLUMNS, [[1200, 0], [3, 48]], total="全部", chosen=chosen)


def test_a_cell_has_its_number_and_hands_back_its_row_and_column() -> None:
    (bars,) = drawn().data
    assert dict(zip(bars.customdata, bars.text, strict=True)) == {
        "53|silent_90": "1,200", "53|": "<b>1,200</b>",
        "52|silent_90": "3", "52|no_plan": "48", "52|": "<b>51</b>",
    }  # fmt: skip
    # In the column and the row that the axes name.
    at = {code: (int(x), y) for code, x, y in zip(bars.customdata, bars.base, bars.y, strict=True)}
    assert at["52|no_plan"] == (1, 1)
    assert at["53|"] == (2, 0)
    assert list(drawn().layout.xaxis.ticktext) == ["90天", "缺方案", "全部"]


def test_names_are_shown_as_text() -> None:
    figure = drawn()
    assert figure.layout.yaxis.ticktext[1] == "&lt;b&gt;贵州省&lt;/b&gt;"
    assert not [text for text in figure.data[0].hovertext if "<b>" in text]


def test_a_chosen_column_stands_out_and_more_is_darker() -> None:
    (bars,) = drawn().data
    colour = dict(zip(bars.customdata, bars.marker.color, strict=True))
    assert colour["53|silent_90"] < colour["52|no_plan"] < colour["52|silent_90"]
    (bars,) = drawn("no_plan").data
    colour = dict(zip(bars.customdata, bars.marker.color, strict=True))
    assert colour["53|silent_90"] == colour["52|silent_90"] == PALE != colour["52|no_plan"]


def test_nothing_to_show_draws_nothing() -> None:
    assert not len(cells([], COLUMNS, [], total="全部").data[0].x)
