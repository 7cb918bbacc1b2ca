"""The sentence that says what is filtered, in both languages, part by part."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from tests.small_lake import A1, U1, build, engine_over, names
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.terms import Term
from xianzhong.query.filters import EARLIEST, LATEST, Filters
from xianzhong.query.names import Names
from xianzhong.query.sentence import ALL_TIME, WHOLE_NATION, parts, sentence

# One value for each part, with the words that must stand for it in Chinese and English.
PARTS: dict[str, tuple[dict[str, object], tuple[str, str]]] = {
    "province": ({"province": "53"}, ("云南省", "Yunnan")),
    "school": ({"school": A1}, ("示例巧家一中", "示例巧家一中")),
    "scheme": (
        {"scheme": ("ministry", "team")},
        ("部属高校托管、组团式帮扶", "Ministry universities, Team support to key counties"),
    ),
    "university": ({"university": U1}, ("示例大学甲", "示例大学甲")),
    "term": (
        {"term": Term(2023, 2)},
        ("2023-2024学年春季学期", "Spring term 2023-2024"),
    ),
    "dates": (
        {"date_from": date(2024, 1, 5), "date_to": date(2024, 2, 6)},
        ("2024-01-05 至 2024-02-06", "2024-01-05 to 2024-02-06"),
    ),
    "kind": (
        {"kind": ("guidance", "camp")},
        ("骨干教师到校指导、夏（冬）令营", "Visiting teachers, Summer and winter camps"),
    ),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return names(engine_over(build(tmp_path_factory.mktemp("sentence"))))


def chosen(names: tuple[str, ...]) -> Filters:
    values: dict[str, object] = {}
    for name in names:
        values |= PARTS[name][0]
    return Filters(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGS)
def test_every_part_that_is_chosen_stands_in_the_sentence_once(known: Names, lang: Lang) -> None:
    for size in range(len(PARTS) + 1):
        for combination in combinations(PARTS, size):
            if {"term", "dates"} <= set(combination):
                continue
            text = sentence(chosen(combination), known, lang)
            for name, (_, words) in PARTS.items():
                assert text.count(words[LANGS.index(lang)]) == (name in combination), text
            pieces = text.split(" · ")
            assert len(pieces) == len(set(pieces))


@pytest.mark.parametrize("lang", LANGS)
def test_each_part_can_be_taken_away_by_its_parameter(known: Names, lang: Lang) -> None:
    everything = chosen(tuple(name for name in PARTS if name != "term"))
    found = parts(everything, known, lang)
    assert [part.parameter for part in found] == [name for name in PARTS if name != "term"]
    for part in found:
        left = parts(everything.without(part.parameter), known, lang)
        assert part.parameter not in [other.parameter for other in left]
    bare = everything
    for part in found:
        bare = bare.without(part.parameter)
    assert bare == Filters()


def test_a_county_is_named_with_the_places_above_it(known: Names) -> None:
    filters = Filters(province="53", prefecture="5306", county="530622")
    assert sentence(filters, known, "zh") == "云南省 · 昭通市 · 巧家县 · 全部时段"
    assert [part.parameter for part in parts(filters, known, "zh")] == [
        "province", "prefecture", "county",
    ]  # fmt: skip
    corps = Filters(province="66", county="659001")
    assert sentence(corps, known, "zh") == "新疆生产建设兵团 · 石河子市 · 全部时段"


@pytest.mark.parametrize("lang", LANGS)
def test_without_any_filter_it_says_the_whole_nation_and_all_time(known: Names, lang: Lang) -> None:
    assert parts(Filters(), known, lang) == ()
    assert sentence(Filters(), known, lang) == f"{WHOLE_NATION[lang]} · {ALL_TIME[lang]}"


@pytest.mark.parametrize(
    ("dates", "zh", "en"),
    [
        ({"date_from": date(2024, 1, 5)}, "2024-01-05 起", "from 2024-01-05"),
        ({"date_to": date(2024, 1, 5)}, "截至 2024-01-05", "until 2024-01-05"),
        ({"date_from": EARLIEST}, "全部时段", "All time"),
        ({"date_to": LATEST}, "全部时段", "All time"),
    ],
)
def test_an_open_range_is_said_as_open_and_can_be_taken_away(
    known: Names, dates: dict[str, date], zh: str, en: str
) -> None:
    filters = Filters(**dates)  # type: ignore[arg-type]
    assert sentence(filters, known, "zh") == f"全国 · {zh}"
    assert sentence(filters, known, "en") == f"Whole nation · {en}"
    (part,) = parts(filters, known, "en")
    assert (part.parameter, filters.without(part.parameter)) == ("dates", Filters())


def test_a_code_without_a_name_stands_for_itself(known: Names) -> None:
    assert "nobody" in sentence(Filters(university="nobody"), known, "zh")
