"""Who supports whom as bands from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import BLUE, INK, SEQUENTIAL, SKY, TICK_SIZE, layout

ROW = 26
LEAST = 240
COLUMN_COLOURS = (BLUE, SKY, SEQUENTIAL[2])
BAND = "rgba(111, 177, 221, 0.35)"


@dataclass(frozen=True, slots=True)
class Band:
    """Pairings between two names of neighbouring columns, each given as (column, code)."""

    source: tuple[int, str]
    target: tuple[int, str]
    pairings: int


def flow(bands: Sequence[Band], names: Mapping[tuple[int, str], str], *, unit: str) -> PlainFigure:
    """Bands as wide as they have pairings, the names beside their nodes.

    Args:
        bands: among columns 0, 1 and so on.
        names: of every (column, code) that a band touches.
        unit: of the numbers, for the hover text.
    """
    nodes = list(dict.fromkeys(end for band in bands for end in (band.source, band.target)))
    number = {node: place for place, node in enumerate(nodes)}
    columns = {column for column, _ in nodes}
    most = max((sum(c == column for c, _ in nodes) for column in columns), default=1)
    sankey = {
        "type": "sankey",
        "arrangement": "fixed",
        "valueformat": ",d",
        "valuesuffix": f" {unit}",
        "node": {
            "label": [escape(names[node], quote=False) for node in nodes],
            "color": [COLUMN_COLOURS[column % len(COLUMN_COLOURS)] for column, _ in nodes],
            "pad": 10,
            "thickness": 12,
            "line": {"width": 0},
            "hovertemplate": "%{label}<br>%{value}<extra></extra>",
        },
        "link": {
            "source": [number[band.source] for band in bands],
            "target": [number[band.target] for band in bands],
            "value": [band.pairings for band in bands],
            "color": BAND,
            "hovertemplate": "%{source.label} → %{target.label}<br>%{value}<extra></extra>",
        },
        "textfont": {"size": TICK_SIZE, "color": INK},
    }
    return PlainFigure([sankey], layout(max(LEAST, ROW * most + 24), bottom=4))
