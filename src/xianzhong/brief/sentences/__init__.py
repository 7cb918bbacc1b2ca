"""Sentences with the numbers of a view: one paragraph for each page, in both languages.

Written from templates and figures alone, so a sentence cannot say what no figure says. Nothing
on record is said as that and never as nothing done; a number that only some records give says
how many of them do; without a period before there is no comparison.
"""

from __future__ import annotations

from xianzhong.brief.sentences.chapters import WRITERS, Chapter
from xianzhong.brief.sentences.scene import Scene, scene_of
from xianzhong.brief.source import Source
from xianzhong.query.figures import figures

__all__ = ["WRITERS", "Chapter", "Scene", "claimed", "paragraph", "scene_of", "written"]


def claimed(page: str) -> tuple[str, ...]:
    """Ids of the indicators that a page's paragraph may speak of; none for a page without one."""
    chapter = WRITERS.get(page)
    return chapter.ids if chapter else ()


def written(page: str, scene: Scene) -> str:
    """The paragraph of a page from figures; empty where there is nothing to write from.

    Args:
        page: name of the page.
        scene: whose, when, and the figures. One that is missing is not spoken of.
    """
    chapter = WRITERS.get(page)
    return scene.joined(chapter.write(scene)) if chapter else ""


def paragraph(source: Source, page: str) -> str:
    """The paragraph of a page about a view; empty for a page without one.

    Raises:
        LakeError: the lake cannot be read.
    """
    ids = claimed(page)
    if not ids:
        return ""
    return written(page, scene_of(source, figures(source.engine, source.view, ids)))
