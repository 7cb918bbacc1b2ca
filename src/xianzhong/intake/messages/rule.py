"""What a rule of the catalogue is, and how its sentences are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from xianzhong.model.labels import LISTED, Label, Lang

Severity = Literal["error", "warning", "corrected", "info"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how grave, what is said, and what to do."""

    severity: Severity
    message: Label
    hint: Label


def words(label: Label, fields: Mapping[str, Any], lang: Lang) -> str:
    """The sentence of a language with its fields filled in."""
    return label[lang].format_map({name: _word(value, lang) for name, value in fields.items()})


def _word(value: Any, lang: Lang) -> str:
    if isinstance(value, Label):
        return value[lang]
    if isinstance(value, (tuple, list)):
        return LISTED[lang].join(_word(part, lang) for part in value)
    return str(value)


def rule(severity: Severity, zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Rule:
    """A rule from its sentences: message and hint, in Chinese and English."""
    return Rule(severity, Label(zh, en), Label(hint_zh, hint_en))
