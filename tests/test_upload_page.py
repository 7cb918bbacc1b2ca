"""The page of uploads and the page of their history, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.intake_lakes import csv_bytes, load_real, workbook
from tests.lakes import LANGS, ROOT
from xianzhong.lake.ledger import undone
from xianzhong.lake.store import Lake

HEADERS = ["帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期", "派出人数", "来源"]
GOOD = [
    "上海交通大学",
    "洱源县第一中学",
    "骨干教师到校指导",
    "示例听评课",
    "2023-03-05",
    "8人",
    "示例简报",
]
BAD = [
    "上海交通大学",
    "洱源县第一中学",
    "骨干教师到校指导",
    "示例讲座",
    "明年春天",
    "两",
    "示例简报",
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The real schools, universities and pairings, and no activity."""
    lake = Lake(tmp_path / "lake")
    for table in ("universities", "schools", "pairings"):
        load_real(lake, table, f"{table}.csv")
    return lake


@pytest.fixture
def open_page(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    def opened(page: str = "upload", lang: str = "zh", who: str = "示例", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        if lang == "en":
            app.query_params["lang"] = "en"
        for name, value in params.items():
            app.query_params[name] = value
        app.session_state["upload_who"] = who
        app.run()
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        return app

    return opened


def drop(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, content, XLSX)])
    app.run()
    assert not app.exception
    return app


def pressed(app: AppTest, prefix: str) -> AppTest:
    next(b for b in app.button if (b.key or "").startswith(prefix)).click()
    app.run()
    assert not app.exception
    return app


def activities(lake: Lake) -> list[dict[str, object]]:
    return lake.rows("activities", lake.snapshot()).to_pylist()


def keys(app: AppTest) -> list[str]:
    return [b.key or "" for b in app.button]


@pytest.mark.parametrize("lang", LANGS)
def test_a_good_file_is_previewed_committed_once_and_listed(open_page: Open, lake, lang) -> None:
    app = drop(open_page(lang=lang), "示例.xlsx", workbook(表=[HEADERS, GOOD]))
    assert not app.error
    assert activities(lake) == []
    counts = [metric.value for metric in app.metric]
    assert counts[:5] == ["1", "0", "0", "0", "0"]
    assert any("0 → **1**" in text.value for text in app.markdown)
    app = pressed(app, "commit_")
    (row,) = activities(lake)
    assert row["people_sent"] == 8
    assert len(app.success) == 1
    app.run()
    assert len(activities(lake)) == 1
    entry = lake.entries()[-1]
    assert entry.upload_id in app.success[0].value
    listed = open_page("history", lang, upload=entry.upload_id)
    assert any(entry.upload_id in str(frame.value.values) for frame in listed.dataframe)


def test_a_bad_row_keeps_all_out_until_it_is_mended_or_left_out(open_page: Open, lake) -> None:
    app = drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD, BAD]))
    assert len(app.error) == 1
    assert not [key for key in keys(app) if key.startswith("commit_")]
    assert any("第 3 行 · E 开始日期" in place for place in app.table[0].value["在哪里"])
    next(box for box in app.checkbox if (box.key or "").startswith("partial_")).check()
    app.run()
    app = pressed(app, "commit_")
    assert [row["title"] for row in activities(lake)] == ["示例听评课"]
    assert lake.entries()[-1].rejected == 1


def test_the_same_file_again_changes_nothing(open_page: Open, lake) -> None:
    content = workbook(表=[HEADERS, GOOD])
    pressed(drop(open_page(), "示例.xlsx", content), "commit_")
    number = lake.snapshot().number
    app = drop(open_page(), "示例.xlsx", content)
    assert not [key for key in keys(app) if key.startswith("commit_")]
    assert any("已" in str(frame.value.values) for frame in app.dataframe)
    assert lake.snapshot().number == number


def test_an_upload_by_another_in_the_meantime_is_said_and_compared_again(
    open_page: Open, lake
) -> None:
    app = drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD]))
    other = drop(open_page(), "其他.csv", csv_bytes([HEADERS, [*GOOD[:3], "示例送教", *GOOD[4:]]]))
    pressed(other, "commit_")
    app = pressed(app, "commit_")
    assert len(activities(lake)) == 1
    assert any("别人先写入" in warning.value for warning in app.warning)
    pressed(app, "commit_")
    assert {row["title"] for row in activities(lake)} == {"示例听评课", "示例送教"}


def test_a_file_that_is_none_is_refused_in_words(open_page: Open, lake) -> None:
    app = drop(open_page(), "示例.xlsx", b"PK\x03\x04 nothing of the kind")
    assert len(app.error) == 1
    assert "示例" in app.error[0].value
    assert not app.metric


def test_an_upload_is_taken_back_and_that_too(open_page: Open, lake) -> None:
    pressed(drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD])), "commit_")
    upload = lake.entries()[-1].upload_id
    app = pressed(open_page("history", upload=upload), "take_")
    assert activities(lake) == []
    assert upload in undone(lake.entries())
    back = lake.entries()[-1].upload_id
    pressed(open_page("history", upload=back), "take_")
    assert len(activities(lake)) == 1
    assert app.success


def test_an_unknown_upload_or_table_in_the_link_is_named(open_page: Open, lake) -> None:
    assert len(open_page("history", upload="20000101T000000-ffff").warning) == 1
    app = open_page("upload", table="nonsense")
    assert len(app.warning) == 1
    assert not app.exception


def test_a_column_that_was_not_recognised_is_named_once_and_remembered(
    open_page: Open, lake
) -> None:
    headers = [*HEADERS[:5], "去了多少位", HEADERS[6]]
    app = drop(open_page(), "示例.xlsx", workbook(表=[headers, GOOD]))
    box = next(b for b in app.selectbox if b.label.endswith("去了多少位"))
    assert not box.value
    box.select("people_sent")
    next(b for b in app.button if b.label == "按此识别各列").click()
    app.run()
    assert not app.exception
    pressed(app, "commit_")
    assert activities(lake)[0]["people_sent"] == 8
    other = [*GOOD[:3], "示例送教", *GOOD[4:]]
    again = drop(open_page(), "另一份.xlsx", workbook(表=[headers, other]))
    box = next(b for b in again.selectbox if b.label.endswith("去了多少位"))
    assert box.value == "people_sent"


def test_several_files_are_checked_and_loaded_one_by_one(open_page: Open, lake) -> None:
    app = open_page()
    other = [*GOOD[:3], "示例送教", *GOOD[4:]]
    app.file_uploader[0].set_value(
        [
            ("一.csv", csv_bytes([HEADERS, GOOD]), "text/csv"),
            ("二.csv", csv_bytes([HEADERS, other]), "text/csv"),
        ]
    )
    app.run()
    assert not app.exception
    assert len([key for key in keys(app) if key.startswith("commit_")]) == 2
    pressed(app, "commit_")
    pressed(app, "commit_")
    assert {row["title"] for row in activities(lake)} == {"示例听评课", "示例送教"}
    assert len(app.success) == 2
