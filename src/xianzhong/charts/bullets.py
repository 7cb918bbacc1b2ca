"""Bars held against what they should reach: delivered against promised, covered against all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    BLUE,
    INK,
    LOUD,
    PALE,
    SKY,
    TICK_ROOM,
    TICK_SIZE,
    axis,
    layout,
    width_of,
)  # fmt: skip

_EDGE = "#8296a5"
_ROW, _DENSE, _MANY = 40, 25, 12
_LEGEND_ROOM = 30
_LEGEND = {
    "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal",
    "itemclick": False, "itemdoubleclick": False,
}  # fmt: skip
_STEADY = {
    "hoverinfo": "text",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bar: its name, its stable code, what it should reach and what it does reach.

    ``note`` stands at its end.
    """

    name: str
    code: str
    goal: float
    reached: float
    note: str = ""


def _names(bullets: Sequence[Bullet]) -> list[str]:
    return [escape(bullet.name, quote=False) for bullet in bullets]


def promise_columns(
    bullets: Sequence[Bullet], *, goal: str, reached: str, unit: str, chosen: Sequence[str] = ()
) -> PlainFigure:
    """What was promised as a wide pale column, what was delivered as a dark one within it.

    Args:
        bullets: from the left.
        goal: name of what was promised.
        reached: name of what was delivered.
        unit: of the amounts, for the hover text.
        chosen: codes that stand out while the others step back; all stand out if empty.
    """
    at = list(range(len(bullets)))
    ends = _ends(bullets)
    most = max(ends, default=1) or 1
    notes = [
        _note(b, x=x, y=end, xanchor="center", yanchor="bottom")
        for b, x, end in zip(bullets, at, ends, strict=True)
    ]
    return PlainFigure(
        _pair(bullets, goal, reached, unit, chosen, upright=True),
        layout(
            300,
            top=_LEGEND_ROOM,
            bottom=TICK_ROOM,
            **_together(notes),
            xaxis=axis(tickmode="array", tickvals=at, ticktext=_names(bullets), showgrid=False),
            yaxis=axis(range=[0, most * 1.1], showticklabels=False, showgrid=False),
        ),
    )


def promise_rows(
    bullets: Sequence[Bullet], *, goal: str, reached: str, unit: str
) -> PlainFigure:  # fmt: skip
    """The same as rows from the top down."""
    at = list(range(len(bullets)))
    ends = _ends(bullets)
    notes = [
        _note(b, x=end, y=y, xanchor="left", yanchor="middle", xshift=4)
        for b, y, end in zip(bullets, at, ends, strict=True)
    ]
    return PlainFigure(
        _pair(bullets, goal, reached, unit, (), upright=False),
        layout(
            _ROW * len(bullets) + _LEGEND_ROOM + 28,
            left=width_of([b.name for b in bullets]) + 6,
            right=width_of([b.note for b in bullets]) + 6,
            top=_LEGEND_ROOM,
            **_together(notes),
            xaxis=axis(range=[0, max(ends, default=1) or 1], showticklabels=False, showgrid=False),
            yaxis=_rows(bullets),
        ),
    )


def _ends(bullets: Sequence[Bullet]) -> list[float]:
    return [max(bullet.goal, bullet.reached) for bullet in bullets]


def _together(notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"barmode": "overlay", "showlegend": True, "legend": _LEGEND, "annotations": notes}


def _rows(bullets: Sequence[Bullet]) -> dict[str, Any]:
    return axis(
        autorange="reversed", tickmode="array", tickvals=list(range(len(bullets))),
        ticktext=_names(bullets), showgrid=False,
    )  # fmt: skip


def _pair(
    bullets: Sequence[Bullet], goal: str, reached: str, unit: str, chosen: Sequence[str],
    *, upright: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    at = list(range(len(bullets)))
    hover = [
        f"{name}<br>{goal} {b.goal:,.1f} {unit}<br>{reached} {b.reached:,.1f} {unit}"
        f"<br>{escape(b.note)}"
        for name, b in zip(_names(bullets), bullets, strict=True)
    ]

    def bars(name: str, values: list[float], width: float, marker: dict[str, Any]) -> Any:
        ends = {"x": at, "y": values} if upright else {"x": values, "y": at}
        return _STEADY | ends | {
            "type": "bar",
            "orientation": "v" if upright else "h",
            "name": name,
            "width": width,
            "marker": marker,
            "customdata": [b.code for b in bullets],
            "hovertext": hover,
        }  # fmt: skip

    strong = [BLUE if not chosen or b.code in chosen else SKY for b in bullets]
    return [
        bars(goal, [b.goal for b in bullets], 0.72,
             {"color": PALE, "line": {"color": _EDGE, "width": 1}}),
        bars(reached, [b.reached for b in bullets], 0.42, {"color": strong}),
    ]  # fmt: skip


def _note(bullet: Bullet, **place: Any) -> dict[str, Any]:
    text = escape(bullet.note, quote=False)
    return place | {"text": text, "showarrow": False, "font": {"size": TICK_SIZE, "color": INK}}


def goal_rows(
    bullets: Sequence[Bullet], *, reached: str, missing: str, unit: str, chosen: Sequence[str] = ()
) -> PlainFigure:
    """Shares of a goal of 100 %: what is reached is calm, what is missing is loud.

    Args:
        bullets: from the top down.
        reached: name of the part that is reached.
        missing: name of the part that is not.
        unit: of the counts, for the hover text.
        chosen: codes that stand out while the others step back; all stand out if empty.
    """
    shares = [100 * b.reached / b.goal if b.goal else 0 for b in bullets]
    faint = [1 if not chosen or b.code in chosen else 0.35 for b in bullets]
    hover = [
        f"{name}<br>{reached} {b.reached:,.0f} / {b.goal:,.0f} {unit} ({share:.0f}%)<br>"
        f"{missing} {b.goal - b.reached:,.0f} {unit}"
        for name, b, share in zip(_names(bullets), bullets, shares, strict=True)
    ]

    def part(label: str, values: list[float], colour: str) -> dict[str, Any]:
        return _STEADY | {
            "type": "bar",
            "orientation": "h",
            "name": label,
            "x": values,
            "y": list(range(len(bullets))),
            "customdata": [b.code for b in bullets],
            "hovertext": hover,
            "marker": {"color": colour, "opacity": faint},
        }

    notes = [
        _note(b, x=100, y=y, xanchor="left", yanchor="middle", xshift=4)
        for y, b in enumerate(bullets)
    ]
    row = _DENSE if len(bullets) > _MANY else 34
    return PlainFigure(
        [part(reached, shares, BLUE), part(missing, [100 - share for share in shares], LOUD)],
        layout(
            row * len(bullets) + _LEGEND_ROOM + TICK_ROOM + 20,
            left=width_of([b.name for b in bullets]) + 6,
            right=width_of([b.note for b in bullets]) + 6,
            top=_LEGEND_ROOM,
            bottom=TICK_ROOM,
            bargap=0.3,
            **(_together(notes) | {"barmode": "stack"}),
            xaxis=axis(range=[0, 100], tickvals=[0, 50, 100], ticksuffix="%", showgrid=False),
            yaxis=_rows(bullets),
        ),
    )
