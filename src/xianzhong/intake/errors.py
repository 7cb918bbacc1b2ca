"""Refusals that concern the whole file."""

from __future__ import annotations

from typing import Any

from xianzhong.intake.messages import RULES, words
from xianzhong.model.labels import Lang


class IntakeError(Exception):
    """The file cannot be taken in at all; ``rule`` is one of the catalogue's."""

    def __init__(self, rule: str, **fields: Any) -> None:
        self.rule = rule
        self.fields = fields
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """What is wrong."""
        return words(RULES[self.rule].message, self.fields, lang)

    def hint(self, lang: Lang) -> str:
        """What to do."""
        return words(RULES[self.rule].hint, self.fields, lang)
