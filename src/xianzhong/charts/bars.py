"""Bars: one number for each of some names."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import BLUE, PALE, axis, layout
from xianzhong.model.labels import Lang

ROW_HEIGHT = 30


def horizontal_bars(
    names: Sequence[str],
    values: Sequence[float],
    codes: Sequence[str],
    *,
    unit: str,
    lang: Lang,
    chosen: Sequence[str] = (),
) -> PlainFigure:
    """Bars from the top down, each with its number; a click gives the bar's code.

    Args:
        names: labels of the bars.
        values: their lengths.
        codes: stable codes, handed back by a click as ``customdata``.
        unit: unit of the values, for the hover text.
        lang: language of the interface.
        chosen: codes that stand out while the others step back; all stand out if empty.
    """
    colours = [BLUE if not chosen or code in chosen else PALE for code in codes]
    bars = {
        "type": "bar",
        "x": list(values),
        "y": list(range(len(names))),
        "orientation": "h",
        "customdata": list(codes),
        "hovertext": [escape(name, quote=False) for name in names],
        "marker": {"color": colours},
        "text": [f"{value:,.0f}" for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{hovertext}<br>%{x:,} " + unit + "<extra></extra>",
    }
    most = max(values, default=1) or 1
    return PlainFigure(
        [bars],
        layout(
            ROW_HEIGHT * len(names) + 24,
            lang,
            bargap=0.35,
            xaxis=axis(range=[0, most * 1.15], showticklabels=False, showgrid=False),
            yaxis=axis(
                autorange="reversed",
                tickmode="array",
                tickvals=list(range(len(names))),
                ticktext=[escape(name, quote=False) for name in names],
                showgrid=False,
            ),
        ),
    )
