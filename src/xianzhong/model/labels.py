"""Words in both interface languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """One term or sentence in Simplified Chinese and English.

    ``label["zh"]`` and ``label["en"]`` give the words of a language.
    """

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


# Marks between words put together: Chinese text has them full-width.
COLON = Label("：", ": ")
COMMA = Label("，", ", ")
LISTED = Label("、", ", ")


def bracketed(text: str, inside: str, lang: Lang = "zh") -> str:
    """A text with a word in brackets behind it, such as a unit or a code."""
    return f"{text}（{inside}）" if lang == "zh" else f"{text} ({inside})"


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a column: its stable code, its label and other spellings.

    ``hints`` are words that may mean this value or another: they are asked, not taken.
    """

    code: str
    label: Label
    synonyms: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way of writing the value that a sheet may use, the code first."""
        return (self.code, self.label.zh, self.label.en, *self.synonyms)


YES_NO: tuple[Choice, ...] = (
    Choice("yes", Label("是", "Yes"), ("有", "已", "√", "✓", "y", "true", "1")),
    Choice("no", Label("否", "No"), ("无", "未", "×", "n", "false", "0")),
)
