"""The numbers before headings: 一、 （一） 1. in Chinese, 1. 1.1. (a) in English.

They are text, not a list of Word's: so they stay in what is copied, and in other programs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xianzhong.model.labels import Lang

_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number from 1 to 999 in Chinese characters: 一, 十, 十二, 二十, 一百零三.

    Raises:
        ValueError: another number.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"no heading is numbered {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@dataclass
class Numbering:
    """Counts the headings of a document."""

    lang: Lang
    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def next(self, level: int) -> str:
        """The number of the next heading of a level from 1 to 3."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (len(self.counts) - level)
        first, second, third = self.counts
        if self.lang == "zh":
            chinese = (f"{in_chinese(first)}、" if first else "",
                       f"（{in_chinese(second)}）" if second else "", f"{third}. ")  # fmt: skip
            return chinese[level - 1]
        return (f"{first}. ", f"{first}.{second}. ", f"{first}.{second}.{third}. ")[level - 1]

    def restart(self) -> None:
        """Begins again, for an annex."""
        self.counts = [0, 0, 0]
