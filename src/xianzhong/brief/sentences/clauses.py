"""What clauses of all kinds share."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.brief.sentences.scene import Scene
from xianzhong.model.labels import Label


def opening(scene: Scene, words: Label, name: str, *, compared: bool = False) -> str:
    """The first sentence of a paragraph about one figure: frame, subject, number, comparison."""
    return scene.say(
        words,
        frame=scene.frame,
        subject=scene.subject,
        kind=scene.kind,
        so_far="" if scene.period else "累计",
        number=scene.amount(name),
        are=are(scene, name),
        change=scene.change(name) if compared else "",
        yearly=scene.say(_YEARLY) if scene.period else "",
    )


def are(scene: Scene, name: str) -> str:
    """The verb that goes with a figure."""
    return "is" if scene.value(name) == 1 else "are"


def have(scene: Scene, name: str) -> str:
    """The verb that goes with a figure."""
    return "has" if scene.value(name) == 1 else "have"


_YEARLY = Label("（按年度统计）", " (by calendar year)")


def listed_up(scene: Scene, said: Sequence[str]) -> str:
    """Clauses of one sentence, the empty ones left out."""
    return ("；" if scene.lang == "zh" else "; ").join(part for part in said if part)
