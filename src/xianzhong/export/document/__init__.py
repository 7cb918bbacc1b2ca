"""A briefing as a report in Word's format, laid out as a Chinese official document."""

from __future__ import annotations

from xianzhong.export.document.report import to_docx

__all__ = ["to_docx"]
