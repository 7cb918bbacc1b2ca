"""A briefing as slides that PowerPoint and WPS edit: native charts, tables, shapes and text."""

from xianzhong.export.slides.deck import to_pptx
from xianzhong.export.slides.errors import TemplateError

__all__ = ["TemplateError", "to_pptx"]
