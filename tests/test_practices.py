"""The search of good practice on the small lake; the texts stand in some_difficulties.py."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_lake import U1, build, engine_over, names, view
from tests.some_difficulties import put_practices
from xianzhong.brief.readable import readable_practices
from xianzhong.export.files import to_csv
from xianzhong.intake.load import prepare
from xianzhong.model.labels import LANGS
from xianzhong.model.tables import TABLES
from xianzhong.query import practices
from xianzhong.query.engine import Engine
from xianzhong.query.figures import figures
from xianzhong.query.practices import NOT_SAID, Search, folded
from xianzhong.ui.practices.snippet import LONGEST, marked, snippet

NUMBERS = ("practices_recorded", "practices_province", "practices_nation")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    lake = build(tmp_path_factory.mktemp("practices"))
    put_practices(lake)
    return engine_over(lake)


def codes(engine: Engine, text: str, theme: str = "", spread: str = "", **params: str) -> list[str]:
    found = practices.found(
        engine, view(engine, **params), Search.of(text, theme, spread), limit=100
    )
    assert list(found["nth"]) == list(range(1, len(found) + 1))
    return list(found["practice_code"])


def test_title_comes_before_theme_before_text_and_then_the_newest(engine: Engine) -> None:
    # p4 and p1 have it in the title, p3 as its theme, p2 in its text.
    assert codes(engine, "集体备课") == ["p4", "p1", "p3", "p2"]
    # Without words: the newest first, the one without a date last.
    assert codes(engine, "") == ["p4", "p2", "p1", "p3", "p5"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("体备", ["p4", "p1", "p3", "p2"]),
        ("组参", ["p1"]),
        ("营", ["p3"]),
        ("教师 备课", ["p2"]),
        ("备课 教研", ["p1"]),
        ("备课 没有的词", []),
        ("ai", ["p3"]),
        ("ＡＩ", ["p3"]),
        ("stem", ["p5"]),
        ("_做_", ["p5"]),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_every_word_must_occur_somewhere_in_whatever_case_or_width(
    engine: Engine, words: str, expected: list[str]
) -> None:
    assert codes(engine, words) == expected


@settings(max_examples=60, derandomize=True)
@given(data=st.data())
def test_any_two_characters_of_a_text_find_it(data: st.DataObject, engine: Engine) -> None:
    rows = practices.records(engine, view(engine), Search())
    row = data.draw(st.sampled_from(rows.to_dict("records")))
    field = data.draw(st.sampled_from(["title", "theme", "text"]))
    text = row[field] if isinstance(row[field], str) else ""
    at = data.draw(st.integers(0, max(len(text) - 2, 0)))
    assert row["practice_code"] in codes(engine, text[at : at + 2])


def test_filters_theme_and_spread_cut_the_search(engine: Engine) -> None:
    assert codes(engine, "备课", spread="province") == ["p2"]
    assert codes(engine, "备课", theme="教研指导") == ["p1"]
    assert codes(engine, "", theme=NOT_SAID) == ["p4"]
    assert codes(engine, "", spread=NOT_SAID) == ["p4"]
    assert codes(engine, "备课", province="53") == ["p1", "p3", "p2"]
    # U1 supports A1, A2 and C1.
    assert codes(engine, "", university=U1) == ["p4", "p2", "p1"]
    # Published in the spring term; one known to the month counts from its first day.
    assert codes(engine, "", term="2023-2") == ["p4", "p2"]


def test_counts_say_what_their_click_would_show(engine: Engine) -> None:
    for theme in ("", "教研指导", NOT_SAID):
        for spread in ("", "school", NOT_SAID):
            for words in ("", "备课"):
                frame = practices.facets(engine, view(engine), Search.of(words, theme, spread))
                for part, code, count in frame.itertuples(index=False):
                    chosen = {"theme": theme, "spread": spread} | (
                        {} if part == "all" else {part: code}
                    )
                    assert len(codes(engine, words, **chosen)) == count, (part, code)


def test_pages_follow_each_other_and_know_how_many_there_are(engine: Engine) -> None:
    pages = [
        practices.found(engine, view(engine), Search(), limit=2, offset=start)
        for start in (0, 2, 4)
    ]
    assert [list(page["practice_code"]) for page in pages] == [["p4", "p2"], ["p1", "p3"], ["p5"]]
    assert {hits for page in pages for hits in page["hits"]} == {5}


def test_one_practice_knows_its_neighbours_among_what_was_found(engine: Engine) -> None:
    row = practices.practice(engine, view(engine), "p1", Search.of("集体备课"))
    assert row is not None
    assert (row["nth"], row["hits"], row["earlier"], row["later"]) == (2, 4, "p4", "p3")
    alone = practices.practice(engine, view(engine), "p5", Search.of("集体备课"))
    assert alone is not None
    assert (alone["nth"], alone["earlier"], alone["later"]) == (0, None, None)
    assert practices.practice(engine, view(engine), "nothing", Search()) is None


def test_the_figures_are_those_worked_out_by_hand(engine: Engine) -> None:
    def values(**params: str) -> list[object]:
        return [f.value for f in figures(engine, view(engine, **params), NUMBERS)]

    assert values() == [5, 1, 1]
    assert values(province="53") == [3, 1, 1]
    assert values(term="2023-2") == [2, 1, 0]
    assert values(province="65") == [0, 0, 0]


@pytest.mark.parametrize("lang", LANGS)
def test_a_download_loads_again_and_changes_nothing(engine: Engine, lang) -> None:
    table = readable_practices(
        practices.records(engine, view(engine), Search()), names(engine), lang
    )
    content = to_csv(table, ["title", "filters"])
    prepared = prepare(engine.lake, TABLES["practices"], "again.csv", content)
    assert prepared.report.ok, [f.message("en") for f in prepared.report.findings]
    assert prepared.report.counts == {"new": 0, "updated": 0, "unchanged": 5, "rejected": 0}


# The passage that is shown


def test_words_are_bold_and_everything_else_is_plain() -> None:
    assert marked("集体备课促教研", ("备课",)) == "集体**备课**促教研"
    assert marked("a*b* AI <b>", ("ai",)) == r"a\*b\* **AI** \<b\>"
    # What touches is one; signs at the ends of a word stay outside, where bold would not begin.
    assert marked("教研指导", ("教研", "研指")) == "**教研指**导"
    assert marked("用(示例)说明", ("(示例)",)) == r"用\(**示例**\)说明"
    assert marked("——", ("——",)) == "——"
    assert marked("ＡＩ课", ("ai",)) == "**ＡＩ**课"


def test_a_passage_begins_before_the_first_hit_and_is_cut() -> None:
    text = "前" * 300 + "备课" + "后" * 300
    passage = snippet(text, ("备课",))
    assert "**备课**" in passage
    assert passage.startswith("…前")
    assert passage.endswith("后…")
    assert len(passage) <= LONGEST + 6
    assert snippet("短", ("备课",)) == "短"
    assert snippet("前" * 300 + "备课", ("备课",)).endswith("**备课**")
    assert "\n" not in snippet("一\n\n二", ())


@settings(max_examples=200, derandomize=True)
@given(text=st.text(max_size=60), word=st.text(min_size=1, max_size=3))
def test_folding_keeps_every_letter_at_its_place(text: str, word: str) -> None:
    assert len(folded(text)) == len(text)
    shown = marked(text, tuple(folded(word).split()))
    assert shown.replace("**", "").replace("\\", "") == text.replace("**", "").replace("\\", "")
