"""Free shapes of DrawingML with several contours, which python-pptx and python-docx lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xianzhong.charts.projections import Point

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def bounds(parts: Iterable[Iterable[Point]]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of some contours.

    Raises:
        ValueError: there is no point.
    """
    points = [point for part in parts for point in part]
    return (
        min(x for x, _ in points), min(y for _, y in points),
        max(x for x, _ in points), max(y for _, y in points),
    )  # fmt: skip


def custom_geometry(
    parts: Sequence[Sequence[Point]], scale: float, *, closed: bool = True
) -> tuple[str, tuple[int, int, int, int]]:
    """``a:custGeom`` of some contours as one shape, and where that shape stands.

    The standard (ECMA-376 part 1, 20.1.9.8 custGeom and 20.1.9.15 path) fills a path with
    several contours by the even-odd rule in all office programs, so holes stay open.

    Args:
        parts: contours, or strokes where not ``closed``, in units of a sheet.
        scale: EMU in a unit.
        closed: whether each is closed and filled.

    Returns:
        The element's XML (prefix ``a``, declared), and x, y, width, height in EMU. A flat shape
        has at least one EMU, for a path without a size is not drawn.
    """
    left, top, right, bottom = (round(edge * scale) for edge in bounds(parts))
    width, height = max(right - left, 1), max(bottom - top, 1)
    steps: list[str] = []
    for part in parts:
        at = [
            f'<a:pt x="{round(x * scale) - left}" y="{round(y * scale) - top}"/>' for x, y in part
        ]
        steps.append(f"<a:moveTo>{at[0]}</a:moveTo>")
        steps += [f"<a:lnTo>{point}</a:lnTo>" for point in at[1:]]
        steps += ["<a:close/>"] if closed else []
    filled = "" if closed else ' fill="none"'
    return (
        f'<a:custGeom xmlns:a="{DRAWING}"><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{width}" h="{height}"{filled}>{"".join(steps)}</a:path>'
        "</a:pathLst></a:custGeom>"
    ), (left, top, width, height)
