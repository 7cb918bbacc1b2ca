"""Charts of agreements, of the network, and of two sides on equal axes."""

from __future__ import annotations

from datetime import date

import pytest

from xianzhong.charts.cycles import ROW, Cycle, cut, cycle_bars, ends_by_term
from xianzhong.charts.flow import Band, flow
from xianzhong.charts.pairs import Side, grouped_bars, month_panels
from xianzhong.charts.style import width_of
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.terms import Term

TODAY = date(2024, 6, 20)
CYCLES = [
    Cycle("示例一中", date(2022, 9, 1), date(2025, 8, 31), "in_force", "A1", ("甲", "乙<b>")),
    Cycle("示例二中", None, None, "unknown", "B1", ("丙",)),
    Cycle("示例三中", date(2021, 2, 1), date(2024, 1, 31), "ended", "A2", ("丁",)),
]


@pytest.mark.parametrize("lang", LANGS)
def test_a_cycle_lies_in_its_own_row_and_gives_its_school(lang: Lang) -> None:
    figure = cycle_bars(CYCLES, TODAY, lang=lang, unknown="?").full()
    found = {bars.name: (bars.base, bars.x, bars.y, bars.customdata) for bars in figure.data}
    assert found == {
        STATES["in_force"][lang]: (("2022-09-01",), (1096 * 86_400_000,), (0,), ("A1",)),
        STATES["ended"][lang]: (("2021-02-01",), (1095 * 86_400_000,), (2,), ("A2",)),
    }
    assert "<b>" not in figure.data[0].hovertext[0]
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == "2024-06-20"
    day, bare = figure.layout.annotations
    assert (day.text, bare.text, bare.y) == ("2024-06-20", "?", 1)
    first, last = figure.layout.xaxis.range
    assert first < "2021-02-01"
    assert last > "2025-08-31"


def test_rows_are_as_high_as_those_of_the_matrix_beside() -> None:
    few, many = (cycle_bars(CYCLES[:n], TODAY, lang="zh", head=44) for n in (1, 3))
    assert many.full().layout.height - few.full().layout.height == 2 * ROW
    bare = cycle_bars(CYCLES, TODAY, lang="zh", named=False).full().layout
    assert not bare.yaxis.showticklabels


def test_a_long_name_is_cut_to_its_room() -> None:
    assert cut("示例一中", 200) == "示例一中"
    short = cut("示例县很长很长的名字第一中学", 80)
    assert short.endswith("…")
    assert width_of([short]) <= 80


def test_past_terms_are_lighter_than_coming_ones_and_a_chosen_one_stands_out() -> None:
    terms = [(Term(2023, 1), 1), (Term(2023, 2), 0), (Term(2024, 1), 2)]
    (bars,) = ends_by_term(terms, TODAY, unit="对", lang="zh").full().data
    past, now, coming = bars.marker.color
    assert past != now == coming
    assert [codes[0] for codes in bars.customdata] == [term.code for term, _ in terms]
    (chosen,) = ends_by_term(terms, TODAY, unit="对", lang="zh", chosen="2023-1").full().data
    assert chosen.marker.color[0] not in (past, now)


def test_bands_join_the_names_of_neighbouring_columns() -> None:
    bands = [
        Band((0, "U"), (1, "53"), 2),
        Band((1, "53"), (2, "A"), 1),
        Band((1, "53"), (2, "U"), 1),
    ]
    names = {(0, "U"): "示例<大学>", (1, "53"): "云南省", (2, "A"): "一中", (2, "U"): "二中"}
    (sankey,) = flow(bands, names, unit="对").full().data
    labels = list(sankey.node.label)
    assert labels == ["示例&lt;大学&gt;", "云南省", "一中", "二中"]
    joined = [
        (labels[source], labels[target], value)
        for source, target, value in zip(
            sankey.link.source, sankey.link.target, sankey.link.value, strict=True
        )
    ]
    assert joined == [
        ("示例&lt;大学&gt;", "云南省", 2), ("云南省", "一中", 1), ("云南省", "二中", 1),
    ]  # fmt: skip


def test_both_sides_have_the_same_scale() -> None:
    sides = [Side("甲", ["2022-09", "2022-10"], [3, 0]), Side("乙", ["2023-09"], [40])]
    figure = month_panels(sides, unit="次").full()
    one, two = figure.layout.yaxis, figure.layout.yaxis2
    assert one.range == two.range
    assert one.domain[0] > two.domain[1]
    assert [list(bars.y) for bars in figure.data] == [[3, 0], [40]]
    assert [note.text for note in figure.layout.annotations] == ["甲", "乙"]


def test_nothing_on_record_is_a_dash_beside_the_other_side() -> None:
    sides = [Side("甲", ["培训", "签约"], [50.0, 0.0]), Side("乙", ["培训", "签约"], [None, None])]
    first, second = grouped_bars(sides, ["training", "signing"], unit="%", most=100).full().data
    assert list(first.text) == ["50%", "0%"]
    assert list(second.text) == ["—", "—"]
    assert list(first.customdata) == list(second.customdata) == ["training", "signing"]
    assert first.marker.color != second.marker.color


def test_empty_sides_are_still_figures() -> None:
    assert month_panels([Side("甲", [], []), Side("乙", [], [])], unit="次").full()
    assert grouped_bars([Side("甲", [], [])], [], unit="次").full()
    assert cycle_bars([], TODAY, lang="en").full()
