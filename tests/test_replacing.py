"""A file that stands for a whole list: what it lacks goes, and one undo brings it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.intake_lakes import TODAY, csv_bytes, put_rows, rules, workbook
from tests.lakes import LANGS
from tests.opening import page_to_run
from xianzhong.cli import app as cli
from xianzhong.intake.choices import Choices
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.load import Prepared, commit, prepare
from xianzhong.lake.references import references
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import UndoRefusedError, plan_undo, undo
from xianzhong.lake.undo_preview import removed_by, undo_counts, undo_records
from xianzhong.model.tables import TABLES

HEADERS = ["名单代码", "名单名称", "省份", "退出年份", "来源"]
OLD = [
    HEADERS,
    ["130631", "望都县", "河北省", "2016", "示例旧名单"],
    ["130924", "海兴县", "河北省", "2016", "示例旧名单"],
    ["530326", "会泽县", "云南省", "2020", "示例旧名单"],
]
NEW = [
    ["名单代码", "名单名称", "省份"],
    ["530326", "会泽县", "云南省"],
    ["530622", "巧家县", "云南省"],
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A list of three counties."""
    lake = Lake(tmp_path / "lake")
    put_rows(lake, "weak_counties", OLD)
    return lake


def replaced(lake: Lake, rows: list[list[str]], table: str = "weak_counties", **more) -> Prepared:
    said = Choices(replaces=True)
    content = csv_bytes(rows)
    return prepare(lake, TABLES[table], "表.csv", content, today=TODAY, choices=said, **more)


def names(lake: Lake) -> list[str]:
    return sorted(r["listed_name"] for r in records(lake))


def records(lake: Lake) -> list[dict[str, object]]:
    return lake.rows("weak_counties", lake.snapshot()).to_pylist()


def in_order(lake: Lake) -> list[dict[str, object]]:
    return sorted(records(lake), key=lambda row: str(row["record_id"]))


def test_what_the_file_lacks_goes_in_the_same_commit(lake: Lake) -> None:
    number = lake.snapshot().number
    prepared = replaced(lake, NEW)
    assert prepared.report.counts == {
        "new": 1, "updated": 1, "unchanged": 0, "rejected": 0, "removed": 2,
    }  # fmt: skip
    assert [one.words for one in prepared.report.removed] == ["望都县 130631", "海兴县 130924"]
    receipt = commit(lake, prepared, who="test")
    assert names(lake) == ["会泽县", "巧家县"]
    assert lake.snapshot().number == number + 1
    assert receipt.entry is not None
    assert removed_by(lake, receipt.entry) == 2


def test_values_that_the_file_does_not_give_do_not_stay_from_the_old_list(lake: Lake) -> None:
    commit(lake, replaced(lake, NEW), who="test")
    kept = next(row for row in records(lake) if row["listed_name"] == "会泽县")
    assert (kept["delisted_year"], kept["source"]) == (None, None)


def test_without_the_choice_a_file_only_adds(lake: Lake) -> None:
    put_rows(lake, "weak_counties", NEW)
    assert names(lake) == ["会泽县", "巧家县", "望都县", "海兴县"]


def test_one_undo_brings_all_back_and_can_be_taken_back_itself(lake: Lake) -> None:
    before = in_order(lake)
    receipt = commit(lake, replaced(lake, NEW), who="test")
    after = in_order(lake)
    assert receipt.entry is not None
    plan = plan_undo(lake, receipt.entry.upload_id)
    assert (plan.removed, plan.restored) == (1, 3)
    fates = sorted(record.fate for record in undo_records(lake, plan))
    assert fates == ["changed", "removed", "returned", "returned"]
    back = undo(lake, receipt.entry.upload_id, who="test")
    assert in_order(lake) == before
    counts = undo_counts(lake, back)
    assert (counts.removed, counts.restored) == (1, 3)
    again = undo(lake, back.upload_id, who="test")
    assert in_order(lake) == after
    counts = undo_counts(lake, again)
    assert (counts.removed, counts.restored) == (2, 2)


def test_an_undo_is_refused_where_a_later_upload_added_what_had_gone(lake: Lake) -> None:
    receipt = commit(lake, replaced(lake, NEW), who="test")
    put_rows(lake, "weak_counties", OLD[:2])
    assert receipt.entry is not None
    with pytest.raises(UndoRefusedError) as refused:
        plan_undo(lake, receipt.entry.upload_id)
    assert len(refused.value.blocked) == 1


def test_the_same_list_again_changes_nothing(lake: Lake) -> None:
    commit(lake, replaced(lake, NEW), who="test")
    assert replaced(lake, NEW).nothing_to_do


def test_with_a_faulty_row_nothing_is_replaced_not_even_in_part(lake: Lake) -> None:
    bad = [*NEW, ["530630", "", "云南省"]]
    prepared = replaced(lake, bad)
    assert prepared.report.removed == ()
    assert not commit(lake, prepared, who="test", accept_partial=True).committed
    assert len(names(lake)) == 3


def test_a_file_without_rows_removes_nothing(lake: Lake) -> None:
    assert replaced(lake, NEW[:1]).nothing_to_do


def test_records_outside_ones_own_region_are_not_removed(lake: Lake) -> None:
    prepared = replaced(lake, NEW, allowed=lambda where: where.county.startswith("53"))
    assert "removes_out_of_scope" in rules(prepared)
    assert not commit(lake, prepared, who="test").committed


def test_another_upload_first_is_compared_with_anew(lake: Lake) -> None:
    prepared = replaced(lake, NEW)
    put_rows(lake, "weak_counties", [HEADERS, ["530627", "镇雄县", "云南省", "2020", "示例"]])
    commit(lake, prepared, who="test")
    assert names(lake) == ["会泽县", "巧家县"]


def test_a_table_that_is_no_whole_list_is_not_replaced(lake: Lake) -> None:
    with pytest.raises(IntakeError) as refused:
        replaced(lake, [["高校名称"], ["示例大学"]], table="universities")
    assert refused.value.rule == "not_a_whole_list"


def test_no_other_table_names_records_of_one_that_can_be_replaced() -> None:
    named = {other for table in TABLES for _, other in references(table)}
    whole = {name for name, table in TABLES.items() if table.whole_list}
    assert whole == {"weak_counties"}
    assert not whole & named


# The command


def run(lake: Lake, tmp_path: Path, table: str, *args: str):
    file = tmp_path / "名单.csv"
    file.write_bytes(csv_bytes(NEW))
    return CliRunner().invoke(cli, ["load", table, str(file), "--lake", str(lake.root), *args])


def test_the_command_replaces_and_says_what_goes(lake: Lake, tmp_path: Path) -> None:
    looked = run(lake, tmp_path, "weak_counties", "--replace", "--dry-run", "--lang", "zh")
    assert looked.exit_code == 0
    assert "移除 2" in looked.output
    assert "望都县 130631" in looked.output
    assert len(names(lake)) == 3
    done = run(lake, tmp_path, "weak_counties", "--replace", "--json")
    assert json.loads(done.stdout)["counts"]["removed"] == 2
    assert names(lake) == ["会泽县", "巧家县"]
    listed = CliRunner().invoke(cli, ["history", "--json", "--lake", str(lake.root)])
    assert json.loads(listed.stdout)[0]["counts"]["removed"] == 2


@pytest.mark.parametrize(("lang", "words"), [("zh", "不能整表替换"), ("en", "cannot be replaced")])
def test_the_command_refuses_other_tables(lake: Lake, tmp_path: Path, lang, words) -> None:
    result = run(lake, tmp_path, "schools", "--replace", "--lang", lang)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())


# The page


@pytest.fixture
def page(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def opened(name: str = "upload", lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
        app = page_to_run(name, lang, **params)
        app.session_state["upload_who"] = "示例"
        app.run()
        assert not app.exception
        return app

    return opened


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_shows_what_goes_replaces_and_the_history_says_it(page, lake, lang) -> None:
    app = page(lang=lang, table="weak_counties")
    app.file_uploader[0].set_value([("名单.xlsx", workbook(表=NEW), XLSX)])
    app.run()
    (box,) = [b for b in app.checkbox if (b.key or "").startswith("replace_")]
    assert not box.value
    box.check()
    app.run()
    assert not app.exception
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["移除" if lang == "zh" else "Removed"] == "2"
    assert any("望都县" in frame.value.to_string() for frame in app.dataframe)
    next(b for b in app.button if (b.key or "").startswith("commit_")).click()
    app.run()
    assert not app.exception
    assert names(lake) == ["会泽县", "巧家县"]
    assert ("移除 2" if lang == "zh" else "removed 2") in app.success[0].value
    history = page("history", lang, upload=lake.entries()[-1].upload_id)
    assert any("望都县" in frame.value.to_string() for frame in history.dataframe)
    said = " ".join(table.value.to_string() for table in history.table)
    assert ("移除 2" if lang == "zh" else "removed 2") in said


def test_the_page_offers_it_for_no_other_table(page) -> None:
    app = page(table="universities")
    app.file_uploader[0].set_value([("高校.xlsx", workbook(表=[["高校名称"], ["示例大学"]]), XLSX)])
    app.run()
    assert not [b for b in app.checkbox if (b.key or "").startswith("replace_")]
