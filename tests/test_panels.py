"""Numbers by term, one panel below the other."""

from __future__ import annotations

from itertools import pairwise

import pytest

from xianzhong.charts.panels import UNKNOWN, Panel, term_panels
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.terms import Term

TERMS = (Term(2022, 2), Term(2023, 1), Term(2023, 2))


@pytest.mark.parametrize("lang", LANGS)
def test_each_panel_has_a_bar_for_each_term_and_hands_back_its_code(lang: Lang) -> None:
    panels = [Panel("甲", "次", [3, 0, 5]), Panel("乙", "天", [1.5, None, 2])]
    figure = term_panels(TERMS, panels, lang=lang).full()
    assert len(figure.data) == 2
    for bars in figure.data:
        assert [codes[0] for codes in bars.customdata] == [term.code for term in TERMS]
        assert len(set(bars.x)) == len(TERMS)
    assert [note.text for note in figure.layout.annotations] == ["甲", "乙"]


def test_a_term_without_a_number_has_a_dash_and_zero_has_its_zero() -> None:
    panels = [Panel("甲", "次", [3, 0, 5]), Panel("乙", "天", [1.5, None, 2])]
    counted, known = term_panels(TERMS, panels, lang="zh").full().data
    assert list(counted.text) == ["3", "0", "5"]
    assert known.text[1] == "—"
    assert known.customdata[1][2] == UNKNOWN.zh
    assert known.customdata[0][2] == "1.5 天"
    assert counted.customdata[1][2] == "0 次"


def test_panels_do_not_lie_over_each_other() -> None:
    panels = [Panel(str(number), "次", [1, 2, 3]) for number in range(3)]
    layout = term_panels(TERMS, panels, lang="zh").full().layout
    spans = [layout.yaxis.domain, layout.yaxis2.domain, layout.yaxis3.domain]
    for above, below in pairwise(spans):
        assert 1 >= above[1] > above[0] >= below[1] > below[0] >= 0
    for span, title in zip(spans, layout.annotations, strict=True):
        assert title.y > span[1]


def test_panels_of_nothing_known_are_still_a_figure() -> None:
    figure = term_panels(TERMS[:1], [Panel("甲", "次", [None])], lang="en").full()
    assert figure.data[0].text == ("—",)
