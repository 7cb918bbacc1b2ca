"""The page of uploads and the page of their history, without a browser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.intake_lakes import csv_bytes, real_lake, try_rows, workbook
from tests.lakes import LANGS
from tests.opening import page_to_run, press
from xianzhong.intake.errors import IntakeError
from xianzhong.lake.ledger import undone
from xianzhong.lake.store import Lake
from xianzhong.model.tables import ACTIVITIES
from xianzhong.ui.upload.findings import _annotated
from xianzhong.ui.upload.hand import Hand
from xianzhong.wording import translate

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
    return real_lake(tmp_path / "lake", "universities", "schools", "pairings")


@pytest.fixture
def open_page(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    def opened(page: str = "upload", lang: str = "zh", who: str = "示例", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
        app = page_to_run(page, lang, **params)
        app.session_state["upload_who"] = who
        app.run()
        assert not app.exception
        return app

    return opened


def drop(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, content, XLSX)])
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
    app = press(app, "commit_")
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
    app = press(app, "commit_")
    assert [row["title"] for row in activities(lake)] == ["示例听评课"]
    assert lake.entries()[-1].rejected == 1


def test_the_same_file_again_changes_nothing(open_page: Open, lake) -> None:
    content = workbook(表=[HEADERS, GOOD])
    press(drop(open_page(), "示例.xlsx", content), "commit_")
    number = lake.snapshot().number
    app = drop(open_page(), "示例.xlsx", content)
    assert not [key for key in keys(app) if key.startswith("commit_")]
    (said,) = (note.value for note in app.info if "这个文件已于" in note.value)
    assert lake.entries()[-1].upload_id in said
    assert not [key for key in keys(app) if key.startswith("annotated_")]
    assert lake.snapshot().number == number


def test_an_upload_by_another_in_the_meantime_is_said_and_compared_again(
    open_page: Open, lake
) -> None:
    app = drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD]))
    other = drop(open_page(), "其他.csv", csv_bytes([HEADERS, [*GOOD[:3], "示例送教", *GOOD[4:]]]))
    press(other, "commit_")
    app = press(app, "commit_")
    assert len(activities(lake)) == 1
    assert any("别人先写入" in warning.value for warning in app.warning)
    press(app, "commit_")
    assert {row["title"] for row in activities(lake)} == {"示例听评课", "示例送教"}


def test_a_file_that_is_none_is_refused_in_words(open_page: Open, lake) -> None:
    app = drop(open_page(), "示例.xlsx", b"PK\x03\x04 nothing of the kind")
    assert len(app.error) == 1
    assert "示例" in app.error[0].value
    assert not app.metric


def test_an_upload_is_taken_back_and_that_too(open_page: Open, lake) -> None:
    press(drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD])), "commit_")
    upload = lake.entries()[-1].upload_id
    app = press(open_page("history", upload=upload), "take_")
    assert activities(lake) == []
    assert upload in undone(lake.entries())
    back = lake.entries()[-1].upload_id
    press(open_page("history", upload=back), "take_")
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
    press(app, "commit_")
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
    press(app, "commit_")
    # One's own first file is no upload by others.
    assert not app.warning
    press(app, "commit_")
    assert {row["title"] for row in activities(lake)} == {"示例听评课", "示例送教"}
    assert len(app.success) == 2


def test_files_without_problems_are_loaded_together_and_the_others_stay(
    open_page: Open, lake
) -> None:
    app = open_page()
    other = [*GOOD[:3], "示例送教", *GOOD[4:]]
    changed = [*GOOD[:5], "9人", GOOD[6]]
    files = {"一": [GOOD], "二": [other], "三": [changed], "四": [BAD]}
    app.file_uploader[0].set_value(
        [(f"{n}.csv", csv_bytes([HEADERS, *rows]), "text/csv") for n, rows in files.items()]
    )
    app.run()
    press(app, "together_")
    assert {(row["title"], row["people_sent"]) for row in activities(lake)} == {
        ("示例听评课", 8), ("示例送教", 8),
    }  # fmt: skip
    # The third says something else of the first one's record: it is looked at again.
    assert [w.value for w in app.warning if "没有一起写入" in w.value]
    assert len([e for e in lake.entries() if e.table == "activities"]) == 2


def test_a_sheet_with_unknown_headers_is_pointed_out_and_read(open_page: Open, lake) -> None:
    odd = ["甲", "乙", "丙", "丁", "戊", "己", "庚"]
    app = drop(open_page(), "示例.xlsx", workbook(表=[["事项"]] * 12 + [odd, GOOD]))
    assert any("没有认出表头" in error.value for error in app.error)
    assert not app.metric
    box = next(b for b in app.selectbox if b.label == "表头在哪一行")
    box.select(13)
    app.run()
    names = ["university_code", "school_code", "kind", "title", "start", "people_sent"]
    for letter, name in zip("ABCDEF", names, strict=True):
        next(b for b in app.selectbox if b.label.startswith(f"{letter} · ")).select(name)
    next(b for b in app.button if b.label == "按此识别各列").click()
    app.run()
    assert not app.exception
    assert not app.error
    press(app, "commit_")
    assert [row["title"] for row in activities(lake)] == ["示例听评课"]


def test_a_sheet_with_data_is_left_out_only_by_a_tick(open_page: Open, lake) -> None:
    content = workbook(好=[HEADERS, GOOD], 缺=[HEADERS[:4], BAD[:4]])
    app = drop(open_page(), "示例.xlsx", content)
    assert any("没有找到必填的列" in error.value for error in app.error)
    assert not [key for key in keys(app) if key.startswith("commit_")]
    next(b for b in app.checkbox if (b.key or "").startswith("leave_缺")).check()
    app.run()
    press(app, "commit_")
    assert [row["title"] for row in activities(lake)] == ["示例听评课"]


def test_a_likely_meaning_is_taken_for_all_rows_and_a_cell_is_mended(open_page: Open, lake) -> None:
    wrong = [[GOOD[0], "洱源第一中学校", *GOOD[2:3], f"示例{n}", *GOOD[4:]] for n in "甲乙丙"]
    app = drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, *wrong, BAD]))
    offered = next(b for b in app.selectbox if (b.key or "").startswith("meant_"))
    assert "洱源第一中学校" in offered.label
    press(app, "take_meaning_")
    assert any("有 1 处错误，1 行" in error.value for error in app.error)
    next(i for i in app.text_input if "start" in (i.key or "")).input("2023-03-07")
    next(b for b in app.button if b.label == "重新检查").click()
    app.run()
    press(app, "commit_")
    assert len(activities(lake)) == 4


def test_a_file_for_another_table_is_checked_as_that_at_one_press(open_page: Open, lake) -> None:
    rows = [["高校名称", "省份", "高校代码"], ["上海交通大学", "上海市", "10248"]]
    app = drop(open_page(), "高校.xlsx", workbook(表=rows))
    assert any("帮扶高校" in note.value for note in app.info)
    app = press(app, "as_")
    assert app.query_params["table"] == "universities"
    assert not app.error


def test_nothing_is_written_without_a_name(open_page: Open, lake) -> None:
    app = drop(open_page(who=""), "示例.xlsx", workbook(表=[HEADERS, GOOD]))
    press(app, "commit_")
    assert activities(lake) == []
    assert any("姓名" in warning.value for warning in app.warning)


def test_an_undo_is_shown_in_names_and_counted(open_page: Open, lake) -> None:
    press(drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD])), "commit_")
    changed = [*GOOD[:5], "9人", GOOD[6]]
    press(drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, changed])), "commit_")
    last, first = lake.entries()[-1].upload_id, lake.entries()[-2].upload_id
    app = open_page("history", upload=last)
    back = next(f.value for f in app.dataframe if "撤销后" in f.value)
    assert (
        back.iloc[0]["记录"].startswith("洱源县第一中学") or "上海交通大学" in back.iloc[0]["记录"]
    )
    assert (back.iloc[0]["现值"], back.iloc[0]["撤销后"]) == ("9", "8")
    press(app, "take_")
    app = open_page("history", upload=first)
    gone = next(f.value for f in app.dataframe if "活动名称" in f.value)
    assert gone.iloc[0]["活动类型"] == "骨干教师到校指导"
    assert any("1 → **0**" in text.value for text in app.markdown)
    app = press(app, "take_")
    assert "已撤销" in app.success[0].value
    assert app.query_params["upload"] == first
    whole = next(f.value for f in app.dataframe if "版本" in f.value)
    assert list(whole["结果"][:3]) == ["移除 1", "恢复 1", "更新 1"]


def test_a_failed_marking_gives_the_findings_in_words(open_page: Open, lake, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise IntakeError("file_too_heavy")

    monkeypatch.setattr("xianzhong.ui.upload.findings.annotate_in_child", broken)
    session = SimpleNamespace(lang="zh", say=lambda text, **values: translate(text, "zh", **values))
    report = try_rows(lake, "activities", [HEADERS, BAD]).report
    hand = Hand(ACTIVITIES, "示例.xlsx", b"")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(_annotated(session, hand, report)))  # type: ignore[arg-type]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("没能在您的原表上标注" in text for text in texts)
    assert any("内存" in text for text in texts)
    assert "明年春天" in texts


def test_blank_parties_below_a_filled_one_are_filled_at_one_press(open_page: Open, lake) -> None:
    below = ["", "", *GOOD[2:3], "示例送教", *GOOD[4:]]
    app = drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD, below]))
    assert not any(key.startswith("commit_") for key in keys(app))
    app = press(app, "fill_")
    assert not any(key.startswith("fill_") for key in keys(app))
    press(app, "commit_")
    rows = activities(lake)
    assert len(rows) == 2
    assert len({(row["school_code"], row["university_code"]) for row in rows}) == 1


def test_an_update_is_shown_in_labels_and_not_in_codes(open_page: Open, lake) -> None:
    press(drop(open_page(), "示例.xlsx", workbook(表=[HEADERS, GOOD])), "commit_")
    code = str(activities(lake)[0]["activity_code"])
    moved = [code, *GOOD[:2], "工作会商", *GOOD[3:]]
    app = drop(open_page(), "改.xlsx", workbook(表=[["活动编号", *HEADERS], moved]))
    (frame,) = [f.value for f in app.dataframe if "字段" in f.value.columns]
    assert frame[["原值", "新值"]].to_numpy().tolist() == [["骨干教师到校指导", "工作会商"]]
