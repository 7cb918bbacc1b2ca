"""The paragraphs of a report: every case of a number, said rightly in both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_filters import any_filters
from tests.small_lake import U1, build, engine_over, filters
from xianzhong.brief.figures import shown
from xianzhong.brief.sentences import WRITERS, Scene, claimed, paragraph, scene_of, written
from xianzhong.brief.sentences.scene import period_in_words
from xianzhong.brief.source import Source, source_of
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.terms import Term
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, Number, figures
from xianzhong.query.filters import EARLIEST, Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION

PAGES = tuple(WRITERS)
COUNT = st.sampled_from((None, 0, 1, 2, 9, 34, 1234, 56789))
SHARES = st.sampled_from((None, 0.0, 0, 1, 33.3, 57.1, 100, 100.0))
BEFORE: dict[Lang, tuple[str, str]] = {
    "zh": ("上学期", "前一时段"),
    "en": ("the term before", "the period before"),
}


def figure(name: str, value: Number, previous: Number = None, **more: int) -> Figure:
    return Figure(INDICATOR_BY_ID[name], value, previous, **more)


def scene(lang: Lang, *found: Figure, **more: object) -> Scene:
    given = {"place": {"zh": "云南省", "en": "Yunnan"}[lang], "day": date(2026, 11, 25)} | more
    return Scene(lang, figures={f.indicator.id: f for f in found}, **given)  # type: ignore[arg-type]


@st.composite
def any_figure(draw: st.DrawFn, name: str) -> Figure:
    share = INDICATOR_BY_ID[name].unit.zh == "%"
    value = draw(SHARES if share else COUNT)
    previous = None
    if INDICATOR_BY_ID[name].period and value is not None:
        previous = draw(st.sampled_from((None, 0, value, value + 1, value + 700, value // 2)))
    known = draw(st.sampled_from((0, 1, 2, 2000)))
    total = draw(st.sampled_from((0, known, known + 1, known + 3000)))
    yes = draw(st.integers(0, known)) if share and known else None
    return Figure(INDICATOR_BY_ID[name], value, previous, known=known, total=total, yes=yes)


@st.composite
def any_scene(draw: st.DrawFn, page: str, lang: Lang) -> Scene:
    names = draw(st.sets(st.sampled_from(claimed(page))) | st.just(set(claimed(page))))
    zh = lang == "zh"
    some = st.sampled_from
    period = draw(some(("", "2024-2025学年秋季学期" if zh else "in the autumn term 2024-2025")))
    return scene(
        lang,
        *(draw(any_figure(name)) for name in sorted(names)),
        place=draw(some(("", "云南省" if zh else "Yunnan"))),
        day=draw(some((None, date(2026, 11, 25)))),
        period=period,
        before=draw(some(("", *BEFORE[lang]))) if period else "",
        school=draw(some(("", "示例一中"))),
        university=draw(some(("", "示例大学"))),
        schemes=draw(some(((), ("组团式帮扶",) if zh else ("Team support",)))),
        kinds=draw(some(((), ("签约", "跟岗挂职") if zh else ("Shadowing",)))),
    )


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def of_the_figures(given: Scene) -> set[str]:
    """Every number that the figures allow, with the days and years of the frame."""
    found = {"2026", "11", "25", "2024", "2025", "90", "180", "10,000"}
    for one in given.figures.values():
        for value in (one.value, one.known, one.total, one.yes):
            if value is not None:
                found |= {shown(value), f"{value:.1f}"}
        if one.value is not None and one.previous is not None:
            found.add(shown(abs(round(one.value - one.previous, 1))))
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
@given(data=st.data())
def test_any_figures_make_whole_sentences(page: str, lang: Lang, data: st.DataObject) -> None:
    given_scene = data.draw(any_scene(page, lang))
    text = written(page, given_scene)
    assert not re.search(r"\b(None|nan|NaT)\b|[{}]", text), text
    assert "  " not in text
    assert text == text.strip()
    assert not re.search("[，。；、：,.;:]{2}|[（(][，,；;）)]| [,.;)]", text), text
    assert text == "" or text.endswith("。" if lang == "zh" else "."), text
    assert set(numbers(text)) <= of_the_figures(given_scene), text
    if lang == "zh":
        assert not re.search("[a-zA-Z]|,(?!\\d)|\\.(?!\\d)|[;:()]", text), text
        # Nothing on record never becomes a nought that was done.
        assert not re.search(
            r"(开展|解决|结成|涉及|承诺投入)[^，。；]*?(?<![\d,.])0[次个对所]", text
        ), text
    else:
        assert not re.search("[，。；、（）\u4e00-\u9fff]", re.sub("示例(一中|大学)", "", text)), (
            text
        )
        sentences = re.split(r"(?<=\.) ", text) if text else []
        assert all(sentence[:1].isdigit() or sentence[:1].isupper() for sentence in sentences)
        assert not re.search(r"(?<![\d,.])1 (\w+-)?(\w+ ){0,2}(schools|counties|activities|times|"
                             r"pairings|alerts|records|difficulties|practices|days|sessions) "
                             r"(are|have|wait)", text), text  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
@given(data=st.data())
def test_nothing_is_said_without_its_figure(page: str, lang: Lang, data: st.DataObject) -> None:
    """A figure that is taken away takes its number along, and nothing else needs it."""
    full = data.draw(any_scene(page, lang))
    assert written(page, scene(lang)) == ""
    for name in full.figures:
        left = {key: value for key, value in full.figures.items() if key != name}
        less = scene(
            lang, *left.values(), place=full.place, day=full.day, period=full.period,
            before=full.before, school=full.school, university=full.university,
            schemes=full.schemes, kinds=full.kinds,
        )  # fmt: skip
        assert set(numbers(written(page, less))) <= of_the_figures(less)


def test_every_page_speaks_of_declared_indicators_only() -> None:
    for page in PAGES:
        assert set(claimed(page)) <= set(INDICATOR_BY_ID)
        assert len(set(claimed(page))) == len(claimed(page))
    assert claimed("no such page") == ()
    assert written("no such page", scene("zh")) == ""


CHANGES = [
    (34, 28, "上学期", "，较上学期增加6次", "6 more than in the term before"),
    (28, 34, "上学期", "，较上学期减少6次", "6 fewer than in the term before"),
    (34, 34, "上学期", "，与上学期持平", "no change from the term before"),
    (34, 0, "上学期", "，上学期暂无记录", "none on record in the term before"),
    (1, 2, "前一时段", "，较前一时段减少1次", "1 fewer than in the period before"),
    (34, None, "上学期", "", ""),
    (34, 28, "", "", ""),
]


@pytest.mark.parametrize(("value", "previous", "before", "zh", "en"), CHANGES)
def test_a_change_is_said_in_the_right_words(
    value: int, previous: int | None, before: str, zh: str, en: str
) -> None:
    period = "2024-2025学年秋季学期"
    done = figure("activities", value, previous)
    text = written("activities", scene("zh", done, period=period, before=before))
    assert text == f"{period}，云南省开展活动{value}次{zh}。"
    before_en = dict(zip((*BEFORE["zh"], ""), (*BEFORE["en"], ""), strict=True))[before]
    period = "in the autumn term 2024-2025"
    text = written("activities", scene("en", done, period=period, before=before_en))
    are = "activity is" if value == 1 else "activities are"
    more = f", {en}" if en else ""
    assert text == f"In the autumn term 2024-2025, {value} {are} on record in Yunnan{more}."


OVERVIEW = (
    figure("pairings", 24), figure("schools", 21), figure("universities", 15),
    figure("agreements_in_force", 12), figure("activities", 34, 28),
    figure("active_schools", 18), figure("people_sent", 112, known=28, total=34),
    figure("silent_schools_90", 3, 5), figure("weak_counties", 88),
    figure("weak_counties_covered", 16),
)  # fmt: skip


def test_the_overview_over_all_time() -> None:
    assert written("overview", scene("zh", *OVERVIEW)) == (
        "截至2026年11月25日，云南省21所县中与15所高校结成24对帮扶关系，其中12对协议在有效期内。"
        "累计开展活动34次，涉及18所学校；派出112人次（34次中有记录的28次合计）。"
        "90天内无活动记录的学校3所。88个教育基础薄弱县中，已覆盖16个。"
    )
    assert written("overview", scene("en", *OVERVIEW)) == (
        "As of 25 November 2026, 24 pairings between 21 county schools and 15 universities are on "
        "record in Yunnan; 12 of their agreements are in force. 34 activities are on record; "
        "18 schools took part; people sent: 112 person-times (28 of 34 give it). 3 schools have "
        "had no activity on record for 90 days. Of 88 weak counties, 16 are covered."
    )


def test_the_overview_of_a_term() -> None:
    text = written(
        "overview",
        scene("zh", *OVERVIEW, day=date(2025, 1, 31), period="2024-2025学年秋季学期",
              before="上学期"),
    )  # fmt: skip
    assert text == (
        "2024-2025学年秋季学期，云南省21所县中与15所高校结成24对帮扶关系，"
        "其中12对协议截至2025年1月31日在有效期内。期间开展活动34次，较上学期增加6次，"
        "涉及18所学校；派出112人次（34次中有记录的28次合计）。"
        "截至2025年1月31日，90天内无活动记录的学校3所，较上学期末减少2所。"
        "88个教育基础薄弱县中，已覆盖16个。"
    )


def test_one_of_each_is_singular() -> None:
    ones = [figure(name, 1) for name in claimed("overview")]
    assert written("overview", scene("en", *ones)) == (
        "As of 25 November 2026, 1 pairing between 1 county school and 1 university is on record "
        "in Yunnan; 1 of their agreements is in force. 1 activity is on record; 1 school took "
        "part; people sent: 1 person-time. 1 school has had no activity on record for 90 days. "
        "Of 1 weak county, 1 is covered."
    )


def test_nothing_on_record_is_said_as_that() -> None:
    for page in PAGES:
        for lang, word in (("zh", "暂无"), ("en", " no ")):
            empty = scene(lang, *(figure(name, 0) for name in claimed(page)))  # type: ignore[arg-type]
            text = written(page, empty)
            assert word in text, text
            assert not re.search(r"\b0\b", re.sub("2026", "", text)), text


def test_who_is_chosen_becomes_the_subject() -> None:
    one = (figure("pairings", 2), figure("schools", 2), figure("universities", 1))
    done = figure("activities", 5)
    by = scene("zh", *one, done, university="示例大学", schemes=("组团式帮扶",), kinds=("签约",))
    assert written("pairings", by) == (
        "截至2026年11月25日，示例大学与云南省2所县中结成2对帮扶关系（组团式帮扶）。"
    )
    assert written("activities", by) == (
        "截至2026年11月25日，示例大学在云南省（组团式帮扶）累计开展“签约”活动5次。"
    )
    at = scene("zh", *one, done, school="示例一中")
    assert written("pairings", at).startswith("截至2026年11月25日，示例一中与1所高校结成2对")
    assert written("activities", at) == "截至2026年11月25日，示例一中累计开展活动5次。"
    nation = scene("en", *one, done, place="", university="示例大学")
    assert "2 pairings between 2 county schools and 示例大学 are on record nationwide." in written(
        "pairings", nation
    )
    assert written("activities", nation).endswith("on record nationwide with 示例大学.")


def test_a_share_has_one_decimal_at_both_ends() -> None:
    for value, words in ((100, "覆盖率100.0%"), (33.3, "覆盖率33.3%")):
        found = [
            figure("weak_counties", 3), figure("weak_counties_covered", 1),
            figure("weak_counties_share", value),
        ]  # fmt: skip
        assert words in written("coverage", scene("zh", *found))
    plans = figure("ready_plan", 0, known=4, total=9, yes=0)
    assert "0对有方案，占0.0%" in written("pairings", scene("zh", figure("pairings", 9), plans))


def test_where_no_agreement_runs_nobody_is_said_not_to_be_silent() -> None:
    found = [
        figure("pairings", 9),
        figure("agreements_in_force", 0),
        figure("silent_schools_90", 0),
    ]
    text = written("attention", scene("zh", *found))
    assert text == "截至2026年11月25日，云南省暂无协议在有效期内的学校，不判断是否长期无活动。"
    assert "90天" not in written("overview", scene("zh", *found))


PERIODS = [
    ({}, "", ""),
    ({"term": Term(2024, 1)}, "2024-2025学年秋季学期", "in the autumn term 2024-2025"),
    (
        {"date_from": date(2024, 1, 5), "date_to": date(2024, 2, 6)},
        "2024年1月5日至2024年2月6日", "from 5 January 2024 to 6 February 2024",
    ),
    (
        {"date_from": date(2024, 1, 5), "date_to": date(2024, 1, 5)},
        "2024年1月5日", "on 5 January 2024",
    ),
    ({"date_from": date(2024, 1, 5)}, "2024年1月5日以来", "since 5 January 2024"),
    (
        {"date_from": EARLIEST, "date_to": date(2024, 2, 6)},
        "截至2024年2月6日", "until 6 February 2024",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "zh", "en"), PERIODS)
def test_a_period_is_named_in_words(fields: dict[str, date], zh: str, en: str) -> None:
    assert period_in_words(Filters(**fields), "zh") == zh  # type: ignore[arg-type]
    assert period_in_words(Filters(**fields), "en") == en  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(build(tmp_path_factory.mktemp("sentences")))


def source(engine: Engine, lang: Lang, **params: str) -> Source:
    view = View(engine.lake.snapshot(), NATION, filters(engine, params))
    return source_of(engine, view, lang)


def test_the_small_lake_in_sentences(engine: Engine) -> None:
    """Worked out by hand from the table in tests/small_lake.py."""
    assert paragraph(source(engine, "zh", province="53"), "pairings") == (
        "截至2024年6月20日，云南省3所县中与2所高校结成4对帮扶关系，其中3对协议在有效期内。"
        "受援县中分布在2个县。180天内到期的协议1对；已到期、续签未见记录的1对。"
        "未找到签约日期的1对，没有记录不等于没有签约。一校一策方案的情况暂无记录。"
    )
    assert paragraph(source(engine, "zh", term="2023-1", university=U1), "activities").startswith(
        "2023-2024学年秋季学期，示例大学甲在全国开展活动4次，较上学期增加3次，涉及3所学校；"
        "派出5人次（4次中有记录的2次合计）；师生参加108人次（4次中有记录的3次合计）；"
    )
    assert paragraph(source(engine, "en", term="2023-2"), "activities").startswith(
        "In the spring term 2023-2024 (not yet over), "
    )


@given(data=st.data())
def test_a_paragraph_of_any_view_has_the_numbers_of_its_figures(
    engine: Engine, data: st.DataObject
) -> None:
    view = View(engine.lake.snapshot(), NATION, data.draw(any_filters()))
    page, lang = data.draw(st.sampled_from(PAGES)), data.draw(st.sampled_from(LANGS))
    asked = source_of(engine, view, lang)
    text = paragraph(asked, page)
    told = scene_of(asked, figures(engine, view, claimed(page)))
    days = set(numbers(f"{told.frame} {told.as_of} {told.place}"))
    assert set(numbers(text)) <= of_the_figures(told) | days, text


def test_an_empty_lake_is_spoken_of_without_a_day(tmp_path: Path) -> None:
    from xianzhong.lake.store import Lake

    empty = engine_over(Lake(tmp_path))
    for lang in LANGS:
        for page in PAGES:
            text = paragraph(source(empty, lang, province="53"), page)
            assert text
            assert not re.search(r"2000|1999", text), text
