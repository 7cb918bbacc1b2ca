"""Cuts rings and strokes at the edges of an upright box."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from itertools import pairwise

from xianzhong.charts.projections import Point

# West, south, east, north: the smallest and the largest of both coordinates.
Box = tuple[float, float, float, float]
_Side = tuple[int, float, Callable[[float, float], bool]]


def _sides(box: Box) -> tuple[_Side, ...]:
    west, south, east, north = box
    return (
        (0, west, operator.ge), (0, east, operator.le),
        (1, south, operator.ge), (1, north, operator.le),
    )  # fmt: skip


def _inside(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _crossing(a: Point, b: Point, axis: int, edge: float) -> Point:
    """Where the line from one point to another meets an edge."""
    part = (edge - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + part * (b[1 - axis] - a[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def ring_within(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a ring in a box, closed along its edges; empty where there is none.

    Source: I. E. Sutherland, G. W. Hodgman, Reentrant polygon clipping, Communications of the
    ACM 17 (1974), 32–42. A ring that leaves the box more than once stays one ring, whose pieces
    are joined along the edge: with a frame over the edge nothing of that is seen.

    Args:
        ring: its points; the last may repeat the first.
        box: the box.
    """
    found = list(ring)
    if all(_inside(point, box) for point in found):
        return found
    for axis, edge, keeps in _sides(box):
        before, found = found, []
        for a, b in pairwise([*before[-1:], *before]):
            if keeps(a[axis], edge) != keeps(b[axis], edge):
                found.append(_crossing(a, b, axis, edge))
            if keeps(b[axis], edge):
                found.append(b)
    return found


def stroke_within(stroke: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of a stroke in a box."""
    pieces: list[list[Point]] = []
    for a, b in pairwise(stroke):
        piece = _segment_within(a, b, box)
        if piece is None:
            continue
        if pieces and pieces[-1][-1] == piece[0]:
            pieces[-1].append(piece[1])
        else:
            pieces.append(list(piece))
    return pieces


def _segment_within(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    for axis, edge, keeps in _sides(box):
        here, there = keeps(a[axis], edge), keeps(b[axis], edge)
        if not here and not there:
            return None
        if not here:
            a = _crossing(a, b, axis, edge)
        elif not there:
            b = _crossing(a, b, axis, edge)
    return a, b
