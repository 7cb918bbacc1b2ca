"""What a stranger typed is shown as text."""

from __future__ import annotations

import pytest

from xianzhong.ui.text import plain


@pytest.mark.parametrize("typed", ["http://e.com", "见 www.e.com", "a@b.cn", "HTTPS://e.com/x"])
def test_an_address_in_a_strangers_text_is_no_address_for_markdown(typed: str) -> None:
    shown = plain(typed)
    assert "\u2060" in shown
    assert shown.replace("\u2060", "").replace("\\", "") == typed


def test_signs_of_markdown_are_escaped_and_words_stay() -> None:
    assert plain("[甲](乙) :red[丙] 2024-03") == r"\[甲\]\(乙\) \:red\[丙\] 2024\-03"
