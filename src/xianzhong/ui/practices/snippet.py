"""A passage of a text around the first word that was searched for, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xianzhong.query.practices import folded
from xianzhong.ui.text import plain

AROUND = 36
LONGEST = 130


def marked(text: str, words: Sequence[str]) -> str:
    """The text as Markdown, escaped, with every occurrence of the words in bold."""
    parts, at = [], 0
    for start, end in _spans(folded(text), words):
        parts += [plain(text[at:start]), _bold(text[start:end])]
        at = end
    return "".join([*parts, plain(text[at:])])


def _bold(text: str) -> str:
    # Markdown takes ** for bold only beside a letter: signs at the ends of a word stay outside.
    core = text.strip()
    left = next((i for i, letter in enumerate(core) if letter.isalnum()), len(core))
    right = next((i for i, letter in enumerate(core[::-1]) if letter.isalnum()), 0)
    inside = core[left : len(core) - right]
    if not inside:
        return plain(text)
    before, after = text[: text.index(core) + left], core[len(core) - right :]
    return f"{plain(before)}**{plain(inside)}**{plain(after)}"


def _spans(haystack: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order and without overlap: what touches becomes one."""
    found = sorted(
        (hit.start(), hit.end()) for word in words for hit in re.finditer(re.escape(word), haystack)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def snippet(text: str, words: Sequence[str]) -> str:
    """Some 130 letters of a text, from a little before its first hit, marked; one line."""
    line = re.sub(r"\s+", " ", text).strip()
    spans = _spans(folded(line), words)
    start = max(0, spans[0][0] - AROUND) if spans else 0
    if len(line) - start < LONGEST:
        start = max(0, len(line) - LONGEST)
    end = start + LONGEST
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return f"{before}{marked(line[start:end], words)}{after}"
