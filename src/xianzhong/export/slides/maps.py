"""A map as shapes: one for each area in its colour, the inset, the legend, and the credit."""

from __future__ import annotations

from xianzhong.brief.part import Part, Places
from xianzhong.brief.source import Source
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.layers import BORDER, COAST, SEA_LABEL
from xianzhong.charts.outlines import Sheet, counties, has_inset, nation, south_china_sea
from xianzhong.charts.painted import Painted, painted
from xianzhong.charts.places import CORPS, NAMED_AT_SEA, NO_ROOM_IN_ENGLISH, PLACES
from xianzhong.charts.style import INK, QUIET
from xianzhong.export.slides import tables
from xianzhong.export.slides.box import POINT, Box, inches, points
from xianzhong.export.slides.map_shapes import Canvas, areas
from xianzhong.export.slides.measure import BOLD, fitted, width_of
from xianzhong.export.slides.text import (
    Align,
    Paragraph,
    Run,
    Slide,
    described,
    field,
    quiet,
    text_box,
)
from xianzhong.model.labels import Lang

KEY_SIZE, CREDIT_SIZE = 12, 10.5
_NAME_SIZES: dict[Lang, float] = {"zh": 9, "en": 8}
_LIGHT, _DARK = "#ffffff", "#0d3b5e"
_BACKDROP = "#f3f6f9"
_KEY_WIDTH, _KEY_ROW = inches(1.5), inches(0.25)
# The legend's title is kept off the nation's west.
_TITLE_WIDTH = inches(1.2)
_KEY_ROOM, _INSET_PART = inches(0.55), 0.34
_BESIDE_ROWS = 10


def draw(
    slide: Slide, room: Box, part: Part, places: Places, source: Source, boundaries: Boundaries
) -> None:
    """The map on the left, the first rows of its table on the right, the credit below.

    Raises:
        FileNotFoundError: the boundary files are not there.
    """
    sheet = counties(boundaries, places.province) if places.province else nation(boundaries)
    paint = painted(places.values, places.measure, sheet, source.lang)
    credit = boundaries.credit(source.lang)
    room = _credit(slide, room, credit, source)
    beside = round(room.width * 0.4) if not part.empty else 0
    left = room.west(room.width - beside - (inches(0.3) if beside else 0))
    main, inset = _places(left, sheet, places.province, boundaries)
    canvas = Canvas(slide, sheet, main)
    _areas(canvas, paint, part.title)
    if not places.province:
        _corps(canvas, paint, source)
        _names(canvas, paint, source)
    if has_inset(places.province):
        _inset(slide, inset, paint, source, boundaries)
    _key(slide, left, paint, source, wide=bool(places.province))
    if beside:
        _beside(slide, room.east(beside), part, source)


def _credit(slide: Slide, room: Box, credit: str, source: Source) -> Box:
    height = inches(0.24)
    words = fitted(credit, room.width / POINT, CREDIT_SIZE, 1)
    text_box(
        slide, room.last(height), [Paragraph((quiet(words, CREDIT_SIZE),))], source.lang,
        name="Credit", anchor="bottom",
    )  # fmt: skip
    return room.above(height + inches(0.06))


def _areas(canvas: Canvas, paint: Painted, title: str) -> None:
    sheet = canvas.sheet
    shapes = [canvas.area(sheet.backdrop, _BACKDROP, "")] if sheet.backdrop else []
    shapes += areas(canvas, paint)
    shapes += _lines(canvas)
    canvas.group(title, title, shapes)


def _lines(canvas: Canvas) -> list[str]:
    """The dash line and the undefined border."""
    lines = canvas.sheet.lines
    shapes = []
    if strokes := lines.get("undefined_border"):
        shapes.append(canvas.strokes("未定国界", strokes, 0.9, dashed=True))
    if strokes := lines.get("dashline"):
        shapes.append(canvas.strokes("断续线", strokes, 1.2, dashed=False))
    return shapes


def _places(room: Box, sheet: Sheet, province: str, boundaries: Boundaries) -> tuple[Box, Box]:
    """Where the map and the inset stand: beside each other, together in the middle.

    Of a province the legend has a column of its own; the nation leaves room for it below.
    """
    key = _KEY_WIDTH if province else _KEY_ROOM
    sea = south_china_sea(boundaries)
    aside = round(room.height * _INSET_PART * sea.width / sea.height) if has_inset(province) else 0
    gap = inches(0.1) if aside else 0
    aspect = sheet.width / sheet.height
    width = min(room.width - key - gap - aside, round(room.height * aspect))
    height = round(width / aspect)
    spare = (room.width - key - gap - aside - width) // 2
    left = room.left + key + max(spare, 0)
    main = Box(left, room.top + (room.height - height) // 2, width, height)
    tall = round(room.height * _INSET_PART)
    return main, Box(main.right + gap, room.bottom - tall, aside, tall)


def _inset(slide: Slide, box: Box, paint: Painted, source: Source, boundaries: Boundaries) -> None:
    """The South China Sea in a frame with its title, at the map's lower right.

    Beside the map of Hainan's counties its areas have no values.
    """
    sheet = south_china_sea(boundaries)
    frame = field(slide, box, "#ffffff", COAST, 1)
    frame.name = f"{SEA_LABEL.zh} 图框"
    described(frame, SEA_LABEL[source.lang])
    canvas = Canvas(slide, sheet, box)
    shapes = areas(canvas, paint, fine=True) if len(paint.paints) > 30 else _plain(canvas)
    canvas.group(SEA_LABEL.zh, SEA_LABEL[source.lang], [*shapes, *_lines(canvas)])
    name = SEA_LABEL[source.lang]
    room = box.width / POINT - 2
    size = next((s for s in (9.0, 8.0, 7.0) if width_of(name, s) <= room), 6.5)
    words = Run(name, size, INK)
    title = [Paragraph((words,), "center")]
    text_box(slide, box.last(points(13)), title, source.lang, name="Inset title")


def _plain(canvas: Canvas) -> list[str]:
    """The inset's areas without values, beside a map of counties."""
    return [canvas.area(area, _BACKDROP, area.name, 0.25) for area in canvas.sheet.areas]


def _corps(canvas: Canvas, paint: Painted, source: Source) -> None:
    """The Corps, which has no area of its own, as a square at 石河子市."""
    name, longitude, latitude = PLACES[CORPS]
    x, y = canvas.at(longitude, latitude)
    half = points(4)
    around = paint.paints["65"].dark
    square = Box(x - half, y - half, 2 * half, 2 * half)
    edge = "#ffffff" if around else COAST
    shape = field(canvas.slide, square, paint.paints[CORPS].color, edge, 1.25)
    shape.name = name.zh
    described(shape, paint.line(CORPS, name[source.lang]))
    color = _LIGHT if around else INK
    box = Box(x + half + points(2), y - points(7), points(50), points(14))
    _name(canvas.slide, box, name[source.lang], color, source, "left")


def _names(canvas: Canvas, paint: Painted, source: Source) -> None:
    """The short names of the provinces, where there is room for them."""
    for code, (name, longitude, latitude) in PLACES.items():
        if code == CORPS or (source.lang == "en" and code in NO_ROOM_IN_ENGLISH):
            continue
        x, y = canvas.at(longitude, latitude)
        words = name[source.lang]
        width = points(width_of(words, _NAME_SIZES[source.lang]) + 8)
        dark = paint.paints[code].dark and code not in NAMED_AT_SEA
        box = Box(x - width // 2, y - points(7), width, points(14))
        _name(canvas.slide, box, words, _LIGHT if dark else INK, source, "center")


def _name(slide: Slide, box: Box, words: str, color: str, source: Source, align: Align) -> None:
    halo = _DARK if color == _LIGHT else _LIGHT
    run = Run(words, _NAME_SIZES[source.lang], color, halo=halo)
    shape = text_box(
        slide, box, [Paragraph((run,), align)], source.lang, name=f"Name {words}", anchor="middle"
    )
    shape.text_frame.word_wrap = False


def _key(slide: Slide, room: Box, paint: Painted, source: Source, *, wide: bool) -> None:
    """The legend, bottom left: the measure, and a square for each class."""
    rows = len(paint.legend)
    top = room.bottom - rows * _KEY_ROW
    width, tall = _KEY_WIDTH if wide else _TITLE_WIDTH, inches(0.69)
    said = fitted(paint.title, width / POINT, KEY_SIZE * BOLD, 3)
    title = Box(room.left, top - inches(0.04) - tall, width, tall)
    words = [Paragraph((Run(said, KEY_SIZE, INK, bold=True),))]
    text_box(slide, title, words, source.lang, name="Legend", anchor="bottom")
    for number, (color, label) in enumerate(paint.legend):
        at = top + number * _KEY_ROW
        mark = Box(room.left, at + inches(0.05), inches(0.2), inches(0.15))
        square = field(slide, mark, color, BORDER)
        square.name = f"Legend {label}"
        box = Box(room.left + inches(0.28), at, _KEY_WIDTH - inches(0.28), _KEY_ROW)
        run = Run(fitted(label, box.width / POINT, KEY_SIZE), KEY_SIZE, INK)
        text_box(slide, box, [Paragraph((run,))], source.lang, name="Legend", anchor="middle")


def _beside(slide: Slide, room: Box, part: Part, source: Source) -> None:
    """The first rows of the table beside the map."""
    rows = max(part.rows, len(part.table))
    grid = tables.grid_of(part.table, _BESIDE_ROWS).first_columns(4).said()
    used = tables.draw(slide, room, grid, part.alt or part.title, source.lang, size=12)
    if rows > len(grid.rows):
        more = source.say(
            "{count} more rows: see the workbook or the link", count=f"{rows - len(grid.rows):,}"
        )
        box = Box(room.left, used.bottom + inches(0.06), room.width, inches(0.28))
        text_box(slide, box, [Paragraph((Run(more, 12, QUIET),))], source.lang, name="More")
