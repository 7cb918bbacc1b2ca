"""The one catalogue of everything that the intake says, in both languages.

A rule's id is stable: reports, tests and documentation name it. Sentences are filled with
named fields; a field may itself be a :class:`Label`, or a sequence of them.
"""

from __future__ import annotations

from xianzhong.intake.messages.files import FILE_RULES
from xianzhong.intake.messages.parties import PARTY_RULES
from xianzhong.intake.messages.places import PLACE_RULES
from xianzhong.intake.messages.records import RECORD_RULES
from xianzhong.intake.messages.rule import Rule, Severity, words
from xianzhong.intake.messages.sheets import SHEET_RULES
from xianzhong.intake.messages.values import VALUE_RULES

RULES: dict[str, Rule] = (
    FILE_RULES | SHEET_RULES | VALUE_RULES | PLACE_RULES | PARTY_RULES | RECORD_RULES
)

__all__ = ["RULES", "Rule", "Severity", "words"]
