"""The words of the interface: each message has its Chinese, with the same places to fill."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from tools.update_catalogue import PO, messages, messages_of
from xianzhong.model.labels import LANGS
from xianzhong.wording import catalogue, translate

MESSAGES = messages()


def chinese() -> dict[str, str]:
    with PO.open("rb") as file:
        read = read_po(file, locale="zh_CN", charset="utf-8", abort_invalid=True)
    return {str(message.id): str(message.string) for message in read if message.id}


CHINESE = chinese()


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    assert len(MESSAGES) > 50
    assert sorted(set(MESSAGES) - set(CHINESE)) == []
    assert sorted(set(CHINESE) - set(MESSAGES)) == []


def test_every_message_has_its_chinese() -> None:
    assert [message for message, text in CHINESE.items() if not text.strip()] == []


@pytest.mark.parametrize("message", MESSAGES)
def test_both_languages_have_the_same_places_to_fill(message: str) -> None:
    assert places(CHINESE[message]) == places(message)
    assert all(name.isidentifier() for name in places(message))


def test_chinese_is_chinese_and_english_is_not() -> None:
    without = [m for m, text in CHINESE.items() if not re.search("[\u4e00-\u9fff]", text)]
    # Names of programs and of the other language, and marks, are written alike in both.
    assert [m for m in without if re.search("[A-Za-z]{4}", m) and m != CHINESE[m]] == []
    assert [m for m in MESSAGES if re.search("[\u4e00-\u9fff]", m)] == []


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_is_translated_as_the_catalogue_has_it(message: str) -> None:
    values = dict.fromkeys(places(message), "7")
    assert translate(message, "zh", **values) == (
        CHINESE[message].format(**values) if values else CHINESE[message]
    )
    assert translate(message, "en", **values) == (message.format(**values) if values else message)


def test_a_message_that_nobody_knows_stays_as_it_is() -> None:
    for lang in LANGS:
        assert translate("no such message", lang) == "no such message"


def test_the_catalogue_is_read_once() -> None:
    assert catalogue("zh") is catalogue("zh")


def test_messages_are_found_where_they_are_translated_and_nowhere_else() -> None:
    source = 'say("a"); s.say("b", x=1); translate("c", "zh"); f"{say(\'d\')}"; other("e"); say(f)'
    assert sorted(messages_of(source)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("message", "count", "says"),
    [
        ("Load {n} records", "1", "Load 1 record"),
        ("Load {n} records", "21", "Load 21 records"),
        ("**{n}** counties are reached", 1, "**1** county is reached"),
        ("Mend the {n} rejected rows here", "1", "Mend the 1 rejected row here"),
        ("{n} of the pairings above have no date", "1", "1 of the pairings above have no date"),
        ("**{n}** alerts wait", "1", "**1** alert waits"),
        ("Ends on {day}, in {n} days", "1", "Ends on 2024-03-05, in 1 day"),
    ],
)
def test_one_of_a_thing_is_singular_in_english(message: str, count: object, says: str) -> None:
    assert translate(message, "en", n=count, day="2024-03-05") == says
