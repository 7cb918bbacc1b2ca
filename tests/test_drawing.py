"""How a chart is sent to the browser, and what a click there does here."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from tests.lakes import lake_of
from tests.opening import charts_of, page_to_run
from xianzhong.charts.plain import PlainFigure, text_of
from xianzhong.ui.drawing.component import DIGEST_LETTERS, NAME, message


@pytest.fixture
def overview(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of("real")))
    return page_to_run().run()


def test_whatever_a_chart_is_made_of_is_sent_as_plain_json() -> None:
    values = np.array([1.5, np.nan, 3.0, 4.0])
    figure = PlainFigure(
        [
            {
                "type": "bar",
                "x": np.array(["甲", "乙"], dtype=object),
                "y": values[::2],
                "base": values,
                "width": np.float64(0.5),
                "text": pd.Series(["一", None]),
                "ids": (pd.NA, pd.NaT, pd.Timestamp("2024-03-01")),
                "customdata": np.array([[np.int64(53)], [np.int64(42)]]),
            }
        ],
        {"height": np.int64(200)},
    )
    assert json.loads(figure.text()) == {
        "data": [
            {
                "type": "bar",
                "x": ["甲", "乙"],
                "y": [1.5, 3.0],
                "base": [1.5, None, 3.0, 4.0],
                "width": 0.5,
                "text": ["一", None],
                "ids": [None, None, "2024-03-01T00:00:00"],
                "customdata": [[53], [42]],
            }
        ],
        "layout": {"height": 200},
    }
    # Made once, however many read it.
    assert figure.text() is figure.text()
    with pytest.raises(TypeError):
        PlainFigure([{"x": object()}], {}).text()


def test_a_figure_of_plotlys_own_is_sent_too() -> None:
    figure = go.Figure(go.Bar(x=["甲"], y=[1]), layout={"height": 300})
    assert json.loads(text_of(figure))["data"] == [{"type": "bar", "x": ["甲"], "y": [1]}]


def test_the_first_letters_of_a_message_tell_whether_anything_is_new() -> None:
    first, same = (message(b'{"data":[]}', {"alt": "图", "tip": ""}) for _ in range(2))
    words = message(b'{"data":[]}', {"alt": "另一幅图", "tip": ""})
    marks = message(b'{"data":[1]}', {"alt": "图", "tip": ""})
    assert first == same
    assert len({text[:DIGEST_LETTERS] for text in (first, words, marks)}) == 3
    about, figure = first[DIGEST_LETTERS:].split(b"\n")
    assert json.loads(about) == {"alt": "图", "tip": ""}
    assert json.loads(figure) == {"data": []}


def test_charts_say_what_they_show_and_what_a_click_does(overview: AppTest) -> None:
    charts = charts_of(overview)
    assert [chart.alt for chart in charts][:2] == ["地图：按省份的在册结对", "在册结对 · 按省份"]
    assert all(chart.clicks and chart.tip == "点击筛选，再点取消" for chart in charts)
    assert all(chart.figure["data"] and chart.figure["layout"]["height"] for chart in charts)


def test_a_chart_keeps_its_identity_while_the_view_changes(overview: AppTest) -> None:
    def ids() -> list[str]:
        return [one.proto.id for one in overview.get("bidi_component")]

    before, drawn = ids(), charts_of(overview)
    overview.query_params["province"] = "53"
    overview.run()
    assert ids() == before
    assert charts_of(overview)[0].figure != drawn[0].figure


def test_a_click_on_a_mark_filters_and_the_same_click_takes_it_back(overview: AppTest) -> None:
    chart = overview.get("bidi_component")[0].proto
    for expected in ("53", None):
        states = WidgetStates()
        states.widgets.add(
            id=f"$$STREAMLIT_INTERNAL_KEY_{chart.id}__events",
            json_trigger_value=json.dumps([{"event": "click", "value": "53"}]),
        )
        overview._run(states)
        assert not overview.exception
        assert overview.query_params.get("province") == expected


def test_streamlit_finds_the_script_by_the_manifest_beside_the_package() -> None:
    package = Path(__file__).resolve().parents[1] / "src" / "xianzhong"
    manifest = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))
    (component,) = manifest["tool"]["streamlit"]["component"]["components"]
    assert f"{manifest['project']['name']}.{component['name']}" == NAME
    assert (package / component["asset_dir"] / "chart.js").is_file()
