"""The last slides: what the indicators mean, how to read the slides, and the link to the view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianzhong.brief.brief import Brief, as_of
from xianzhong.charts.style import BLUE, INK
from xianzhong.export.clean import in_line
from xianzhong.export.slides import qr
from xianzhong.export.slides.box import POINT, Box, inches, points
from xianzhong.export.slides.measure import fitted, lines_of
from xianzhong.export.slides.pages import Heading, Pages
from xianzhong.export.slides.text import Paragraph, Run, Slide, quiet, text_box
from xianzhong.model.indicators import Indicator
from xianzhong.model.labels import Lang

_SIZE, _SPACE = 13, 9
_LINE = 1.32


def add(pages: Pages, brief: Brief) -> None:
    """Adds the definitions and how to read."""
    title = brief.source.say("Definitions of the indicators")
    size = pages.height
    for members in _batches(brief.definitions, pages, size, brief.source.lang):
        heading = Heading(title, brief.title, brief.source, brief.link, (title,))
        slide, room = pages.add(heading)
        _definitions(slide, room, members, brief)
    _reading(pages, brief)


def _words(indicator: Indicator, lang: Lang) -> tuple[str, str]:
    """A definition, and the source in a line of its own."""
    return indicator.definition[lang], indicator.source[lang]


def _height(indicator: Indicator, width: float, lang: Lang) -> float:
    definition, source = _words(indicator, lang)
    lines = len(lines_of(definition, width, _SIZE)) + 1 + len(lines_of(source, width, 12))
    return lines * _SIZE * _LINE + _SPACE


def _batches(
    members: Sequence[Indicator], pages: Pages, height: int, lang: Lang
) -> Iterator[tuple[Indicator, ...]]:
    """As many indicators as a slide has room for."""
    width = (pages.width - 2 * pages.margin) / POINT - 10
    room = (height - inches(2.35)) / POINT
    taken: list[Indicator] = []
    used = 0.0
    for indicator in members:
        needed = _height(indicator, width, lang)
        if taken and used + needed > room:
            yield tuple(taken)
            taken, used = [], 0.0
        taken.append(indicator)
        used += needed
    if taken:
        yield tuple(taken)


def _definitions(slide: Slide, room: Box, members: Sequence[Indicator], brief: Brief) -> None:
    source, lang = brief.source, brief.source.lang
    colon = "：" if lang == "zh" else ": "
    words: list[Paragraph] = []
    for indicator in members:
        definition, origin = _words(indicator, lang)
        unit = f"（{indicator.unit.zh}）" if lang == "zh" else ""
        label = Run(f"{indicator.label[lang]}{unit}", 14, BLUE, bold=True)
        words.append(Paragraph((label,), before=_SPACE if words else 0))
        words.append(Paragraph((Run(in_line(definition), _SIZE, INK),)))
        words.append(Paragraph((quiet(f"{source.say('Source')}{colon}{in_line(origin)}", 12),)))
    text_box(slide, room, words, lang, name="Definitions")


def _rules(brief: Brief) -> list[str]:
    say = brief.source.say
    rules = [
        say("“—” means that nothing is on record, which is not the same as nothing done."),
        say("Charts and tables are native: they can be edited, and a chart's data opens with it."),
        say("On maps the darker an area, the larger the number; grey means no record."),
        say("The filters and the state of the data are in the footer of every slide."),
        as_of(brief.source),
    ]
    if brief.source.demo:
        rules.append(say("Demonstration data, generated at random"))
    return rules


def _reading(pages: Pages, brief: Brief) -> None:
    source, lang = brief.source, brief.source.lang
    title = source.say("How to read these slides")
    slide, room = pages.add(Heading(title, brief.title, source, brief.link, (title,)))
    link = in_line(brief.link)
    side = min(inches(2.9), room.height - inches(0.8))
    text = room
    if qr.can_be_scanned(link):
        text = room.west(room.width - side - inches(0.5))
        square = Box(room.right - side, room.top, side, side)
        words = source.say("Scan to open this view")
        qr.draw(slide, square, link, words)
        below = Box(square.left, square.bottom, side, inches(0.4))
        text_box(slide, below, [Paragraph((quiet(words, 14),), "center")], lang, name="Scan")
    rules = [Paragraph((Run(f"· {rule}", 18, INK),), before=10) for rule in _rules(brief)]
    if link:
        shown = fitted(link, text.width / POINT - 4, 14, 3)
        rules.append(Paragraph((Run(shown, 14, BLUE, link=link),), before=points(18) / POINT))
    text_box(slide, text, rules, lang, name="Rules")
