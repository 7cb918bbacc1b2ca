"""What can go wrong with an office's own template, said in both languages."""

from __future__ import annotations

from xianzhong.model.labels import Label


class TemplateError(Exception):
    """The template cannot be used.

    Attributes:
        said: why, in both languages; the message is the English one.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.said = Label(zh, en)


def no_presentation(name: str) -> TemplateError:
    """A file that is no presentation, or a damaged one."""
    return TemplateError(
        f"the template {name} is not a PowerPoint file (.pptx)",
        f"模板“{name}”不是 PowerPoint 文件（.pptx）",
    )


def no_layout(name: str) -> TemplateError:
    """A presentation without a layout that slides can be made from."""
    return TemplateError(
        f"the template {name} has neither a layout with a title alone nor a blank one",
        f"模板“{name}”中既没有“仅标题”版式，也没有“空白”版式",
    )
