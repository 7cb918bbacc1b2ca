"""Messy files, each with the findings and the records that it must give."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests import intake_corpus_forms, intake_corpus_sheets, intake_corpus_values
from tests.intake_corpus import Case
from tests.intake_lakes import ORDER, TODAY, load_real, said
from xianzhong.intake.load import Prepared, prepare
from xianzhong.intake.messages import RULES
from xianzhong.intake.read import read_with_notes
from xianzhong.intake.values import PartialDate
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES

CASES: tuple[Case, ...] = (
    intake_corpus_sheets.CASES + intake_corpus_values.CASES + intake_corpus_forms.CASES
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    lake = Lake(tmp_path_factory.mktemp("corpus") / "lake")
    for table, name in ORDER[:4]:
        load_real(lake, table, name)
    return lake


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads with the very function that the reading process runs, without starting a process for
    each of the many files; the process has tests of its own."""
    monkeypatch.setattr("xianzhong.intake.load.read_in_child", read_with_notes)


def written(prepared: Prepared) -> list[dict[str, Any]]:
    """What a commit would write into the table, without what the product adds."""
    changes = [c for c in prepared.changes if c.table == prepared.table.name]
    rows = [row for change in changes for row in change.puts.to_pylist()]
    return [_plain(row, prepared) for row in rows]


def _plain(row: dict[str, Any], prepared: Prepared) -> dict[str, Any]:
    table, found = prepared.table, {}
    for column in table.stored_columns:
        value = row.get(column.name)
        if value is None or column.name == table.identity:
            continue
        if f"{column.name}_precision" in row:
            value = str(PartialDate(value, row[f"{column.name}_precision"]))
        found[column.name] = value
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_messy_file_gives_its_findings_and_records(lake: Lake, case: Case) -> None:
    prepared = prepare(
        lake, TABLES[case.table], case.file_name, case.content, today=TODAY, **case.more
    )
    assert Counter(said(prepared)) == Counter(case.findings)
    assert written(prepared) == list(case.records)
    for finding in prepared.report.findings:
        for lang in ("zh", "en"):
            assert "{" not in finding.message(lang) + finding.hint(lang)


def test_the_corpus_is_large_and_its_names_tell_its_cases_apart() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert {rule for case in CASES for _, _, rule in case.findings} <= set(RULES)
