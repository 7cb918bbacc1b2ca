"""Findings: what the product has to say about a place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xianzhong.intake.messages import RULES, Severity, words
from xianzhong.model.labels import Lang


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        sheet: name of the sheet, empty where the finding concerns the file.
        row: number as the spreadsheet program shows it, 0 where it concerns no row.
        column: letter of the column, empty where it concerns none.
        header: the header as the sheet has it.
        value: the value as the sheet shows it.
        rule: id of the rule in the catalogue.
        fields: the words that fill the rule's sentences.
    """

    sheet: str
    row: int
    column: str
    header: str
    value: str
    rule: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How grave it is: only an ``error`` keeps a row out."""
        return RULES[self.rule].severity

    def message(self, lang: Lang) -> str:
        """What was found, in one sentence."""
        return words(RULES[self.rule].message, self.fields, lang)

    def hint(self, lang: Lang) -> str:
        """What to do about it, in one sentence; empty where nothing need be done."""
        return words(RULES[self.rule].hint, self.fields, lang)

    def to_dict(self, lang: Lang) -> dict[str, Any]:
        """The finding as plain values, ``row`` None where there is none."""
        return {
            "sheet": self.sheet,
            "row": self.row or None,
            "column": self.column,
            "header": self.header,
            "value": self.value,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message(lang),
            "hint": self.hint(lang),
        }
