"""A map by itself in a browser: whole, and asking no other origin, which takes its own settings."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Route

from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import MAP_CONFIG, Measure, national_map
from xianzhong.model.labels import Label

GEO = Path(__file__).resolve().parents[2] / "data/geo"
SERVED = Boundaries(GEO, "/geo")
MEASURE = Measure(Label("受援县中（所）", "Supported schools"), Label("所", "schools"))
VALUES = pd.DataFrame({"province": ["53", "52", "11", "66"], "value": [5.0, 2.0, 0.0, 1.0]})
POINTS = pd.DataFrame(
    {"lon": [100.0], "lat": [25.0], "name": ["甲中学"], "text": ["乙大学"], "code": ["s1"]}
)
PAGE = """<!doctype html><meta charset="utf-8"><div id="m" style="width:700px"></div>
<script src="/plotly.js"></script><script>
fetch("/figure").then(r => r.json())
  .then(f => Plotly.newPlot("m", f.data, f.layout, CONFIG))
  .then(() => { document.title = "drawn" }, e => { document.title = "failed: " + e })
</script>"""


@pytest.mark.browser
@pytest.mark.parametrize("safe", [True, False])
def test_a_map_asks_no_other_origin_and_without_its_config_it_would(browser: Browser, safe: bool):
    config = MAP_CONFIG if safe else {**MAP_CONFIG, "topojsonURL": None}
    config = {key: value for key, value in config.items() if value is not None}
    figure = national_map(VALUES, SERVED, measure=MEASURE, points=POINTS)
    plotly_js = Path(go.__file__).parents[1] / "package_data/plotly.min.js"
    national, inset = ((GEO / f"{n}.geojson").read_text("utf-8") for n in ("national", "inset"))
    own = {
        "/": ("text/html", PAGE.replace("CONFIG", json.dumps(config))),
        "/figure": ("application/json", figure.to_json()),
        "/plotly.js": ("text/javascript", plotly_js.read_text("utf-8")),
        "/geo/national.geojson": ("application/json", national),
        "/geo/inset.geojson": ("application/json", inset),
    }
    outside: list[str] = []

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.netloc != "maps.test":
            outside.append(route.request.url)
            route.abort()
            return
        kind, body = own.get(parts.path, ("text/plain", ""))
        route.fulfill(content_type=kind, body=body)

    page = browser.new_page()
    try:
        page.route("**/*", answer)
        page.goto("http://maps.test/")
        page.wait_for_function("document.title !== ''")
        counts = page.evaluate(
            "[...document.querySelectorAll('.choroplethlayer')]"
            ".map(layer => layer.querySelectorAll('path').length)"
        )
        title = page.title()
    finally:
        page.close()
    if safe:
        assert (title, counts, outside) == ("drawn", [34, 34], [])
    else:
        assert outside != []
        assert title.startswith("failed")
