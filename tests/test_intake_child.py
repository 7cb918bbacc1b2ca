"""The process that reads: what it gives back, and what becomes of the server when it ends."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_files import ods, xls, xlsb, xlsb_cell, xlsb_row
from tests.intake_lakes import workbook
from xianzhong.intake import limits, read_child
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read import Read, read_with_notes
from xianzhong.intake.read_answer import GarbageError, read_answer, write_read, write_refusal
from xianzhong.intake.read_child import read_in_child
from xianzhong.intake.values import Problem, Row, Sheet

POSIX = pytest.mark.skipif(not hasattr(os, "killpg"), reason="the platform has no signals")
GOOD = workbook(s=[["帮扶高校", 1, datetime(2024, 3, 5)], ["b", 2.5, True]])  # noqa: DTZ001


# --- the same, through the process ------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (GOOD, "a.xlsx"), (GOOD, "a.xls"), (xls(), "a.et"), (b"a,b\n1,2\n", "表 一.csv"),
        (ods('<table:table table:name="s"/>'), "a.ods"),
        (xlsb(xlsb_row(1, [xlsb_cell(0, "a"), xlsb_cell(1, b"\x17")])), "a.xlsb"),
        ("a,b\n".encode("utf-16"), "a.csv"),
    ],
)  # fmt: skip
def test_the_process_gives_what_reading_here_gives(content: bytes, name: str) -> None:
    assert read_in_child(content, name) == read_with_notes(content, name)


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (b"", "a.csv", "file_empty"), (b"x" * (limits.MAX_FILE + 1), "a.csv", "file_too_big"),
        (b"a,b", "a.pdf", "file_kind"), (GOOD[:500], "a.xlsx", "file_broken"),
        (b"\x89PNG\r\n\x1a\n....", "a.xlsx", "file_is_other"),
        (b"x\n" * (limits.MAX_ROWS + 1), "长.csv", "sheet_too_long"),
    ],
)  # fmt: skip
def test_a_refusal_comes_out_as_it_was_meant(content: bytes, name: str, rule: str) -> None:
    with pytest.raises(IntakeError) as here:
        read_with_notes(content, name)
    with pytest.raises(IntakeError) as there:
        read_in_child(content, name)
    assert here.value.rule == there.value.rule == rule
    assert here.value.message("zh") == there.value.message("zh")


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(st.characters(codec="utf-8")),
    st.floats(allow_nan=False, allow_infinity=False), st.dates(),
    st.datetimes().map(lambda moment: moment.replace(fold=0)),
)  # fmt: skip
PLACES = st.frozensets(st.tuples(st.integers(1, 99), st.integers(0, 20)), max_size=9)
SHEETS = st.builds(
    Sheet,
    name=st.text(st.characters(codec="utf-8"), max_size=9),
    rows=st.lists(st.builds(Row, st.integers(1, 999), st.lists(CELLS, max_size=6).map(tuple)),
                  max_size=9).map(tuple),
    hidden=st.booleans(),
    hidden_rows=st.frozensets(st.integers(1, 99), max_size=9),
    merged=st.lists(st.tuples(*[st.integers(0, 99)] * 4), max_size=5).map(tuple),
    formulas=PLACES,
)  # fmt: skip


def exact(read: Read) -> str:
    """With the types: 1, 1.0 and True are three values, a date is no datetime."""
    return repr([(s.name, s.rows, s.hidden, s.merged) for s in read.sheets])


@given(st.lists(SHEETS, max_size=3).map(tuple))
def test_the_answer_keeps_every_value_and_its_type(sheets: tuple[Sheet, ...]) -> None:
    read = Read(sheets, (Problem("read_as", {"ending": ".xls", "kind": "HTML"}),))
    out = io.BytesIO()
    write_read(out, read)
    out.seek(0)
    again = read_answer(out)
    assert again == read
    assert exact(again) == exact(read)


def test_more_rows_than_a_line_of_the_answer_holds_are_all_there() -> None:
    rows = tuple(Row(n, (n, str(n), date(2024, 1, 1))) for n in range(1, 1_234))
    out = io.BytesIO()
    write_read(out, Read((Sheet("s", rows),)))
    out.seek(0)
    assert read_answer(out).sheets[0].rows == rows


@given(st.integers(0, 400), st.binary(max_size=4))
def test_an_answer_that_is_cut_off_or_damaged_is_garbage_or_still_plain(
    place: int, damage: bytes
) -> None:
    out = io.BytesIO()
    write_read(out, Read((Sheet("s", (Row(1, ("a", 1, date(2024, 1, 1))),)),)))
    whole = out.getvalue()
    for answer in (whole[: place % len(whole)], whole[:place] + damage + whole[place + 4 :]):
        try:
            read = read_answer(io.BytesIO(answer))
        except (GarbageError, IntakeError):
            continue
        assert isinstance(read, Read)


@pytest.mark.parametrize("cell", [{"a": 1}, [1], {"__class__": "x"}])
def test_an_answer_with_anything_but_plain_values_is_garbage(cell: object) -> None:
    about = {"name": "s", "rows": 1, "hidden": False, "hidden_rows": [], "merged": [],
             "formulas": []}  # fmt: skip
    lines = [{"notes": [], "sheets": 1}, about, [[1, [cell]]], "end"]
    with pytest.raises(GarbageError):
        read_answer(io.BytesIO(b"\n".join(map(orjson.dumps, lines))))


def test_a_refusal_of_a_rule_that_does_not_exist_is_garbage() -> None:
    with pytest.raises(GarbageError):
        read_answer(io.BytesIO(b'{"error":"no_such_rule","fields":{}}\n"end"\n'))
    out = io.BytesIO()
    write_refusal(out, IntakeError("file_too_big", limit=20))
    out.seek(0)
    with pytest.raises(IntakeError, match="20 MB"):
        read_answer(out)


# --- what the process is ----------------------------------------------------------------------


def test_the_process_loads_no_page_no_query_and_no_data_frame() -> None:
    code = (
        "import sys; import xianzhong.intake.child;"
        "from xianzhong.intake.read import read_with_notes; import xianzhong.intake.read_answer;"
        "import xianzhong.intake.read_xls, xianzhong.intake.read_xlsb, xianzhong.intake.read_ods;"
        "import xianzhong.intake.read_xlsx, xianzhong.intake.read_html;"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "orjson" in loaded
    heavy = {"streamlit", "pandas", "duckdb", "numpy", "pyarrow", "plotly", "openpyxl", "lxml"}
    assert loaded & heavy == set()


def program(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Lets this code take the place of the reading process."""
    monkeypatch.setattr(read_child, "PROGRAM", ("-P", "-c", code))


def refused(content: bytes = GOOD) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_in_child(content, "a.xlsx")
    assert caught.value.message("zh")
    assert caught.value.message("en")
    return caught.value


PRINT_LIMITS = """
import json, os, resource, sys
from xianzhong.intake import child
child.limit(4)
names = ("AS", "DATA", "CORE", "NOFILE", "CPU", "FSIZE")
found = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}
print(json.dumps({"limits": found, "environment": sorted(os.environ)}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms refuse some of the limits")
def test_the_process_gives_up_memory_time_files_and_core_dumps(tmp_path: Path) -> None:
    environment = {"PATH": os.environ.get("PATH", "")}
    run = subprocess.run(
        [sys.executable, "-c", PRINT_LIMITS], capture_output=True, check=True, env=environment
    )
    found = orjson.loads(run.stdout)["limits"]
    assert found["AS"] == found["DATA"] == [limits.CHILD_MEMORY] * 2
    assert found["CORE"] == [0, 0]
    assert found["NOFILE"] == [limits.CHILD_FILES] * 2
    assert found["CPU"] == [4, 4]
    assert found["FSIZE"] == [limits.MAX_ANSWER] * 2


def test_the_process_is_given_no_more_of_the_environment_than_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SERVER", "x")
    told = tmp_path / "told"
    program(monkeypatch, f"import os; open({str(told)!r}, 'w').write(' '.join(os.environ))")
    refused()
    names = set(told.read_text().split())
    assert "SECRET_OF_THE_SERVER" not in names
    assert names <= {*read_child._PASSED_ON, "PYTHONPATH", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}


# --- what may become of it --------------------------------------------------------------------

HANG = "import time; time.sleep(600)"
SPIN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass"


@pytest.mark.parametrize("code", [HANG, SPIN])
def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = read_child._start

    def remember(*arguments: object) -> subprocess.Popen[bytes]:
        started.append(start(*arguments))
        return started[-1]

    monkeypatch.setattr(read_child, "_start", remember)
    monkeypatch.setattr(read_child, "CHILD_SECONDS", 1)
    program(monkeypatch, code)
    error = refused()
    assert error.rule == "file_took_too_long"
    assert "1" in error.message("zh")
    assert started[0].returncode is not None


@POSIX
def test_what_the_process_started_is_ended_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "pid"
    code = (
        "import subprocess, sys, time;"
        f"p = subprocess.Popen([sys.executable, '-c', {HANG!r}]);"
        f"open({str(told)!r}, 'w').write(str(p.pid)); time.sleep(600)"
    )
    monkeypatch.setattr(read_child, "CHILD_SECONDS", 2)
    program(monkeypatch, code)
    assert refused().rule == "file_took_too_long"
    pid = int(told.read_text())
    for _ in range(100):
        if not alive(pid):
            break
        time.sleep(0.05)
    assert not alive(pid)


def alive(pid: int) -> bool:
    """Whether the process still runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if Path("/proc").is_dir():
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    return state != "Z"


@POSIX
@pytest.mark.parametrize(
    ("signal_name", "rule"),
    [
        ("SIGABRT", "file_too_heavy"), ("SIGKILL", "file_too_heavy"), ("SIGSEGV", "file_broken"),
        ("SIGXCPU", "file_took_too_long"), ("SIGALRM", "file_took_too_long"),
        ("SIGTERM", "file_broken"),
    ],
)  # fmt: skip
def test_a_process_ended_by_a_signal_is_an_answer_in_words(
    monkeypatch: pytest.MonkeyPatch, signal_name: str, rule: str
) -> None:
    program(monkeypatch, f"import os, signal; os.kill(os.getpid(), signal.{signal_name})")
    assert refused().rule == rule


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("raise SystemExit(1)", "file_broken"),
        ("raise SystemExit(3)", "file_too_heavy"),
        ("pass", "file_broken"),
        ("print('no answer')", "file_broken"),
        ("print('{\"notes\":[],\"sheets\":1}')", "file_broken"),
        ("print('[' * 100_000)", "file_broken"),
        ("import os; os.write(1, b'\\xff' * 1000)", "file_broken"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, code: str, rule: str
) -> None:
    program(monkeypatch, code)
    assert refused().rule == rule


def test_an_answer_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_child, "MAX_ANSWER", 1_000)
    program(monkeypatch, "print('x' * 2_000)")
    assert refused().rule == "file_too_heavy"


@pytest.mark.skipif(sys.platform != "linux", reason="needs the limit of memory")
def test_memory_beyond_the_limit_is_refused_to_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from xianzhong.intake import child, read;"
        "read.read_with_notes = lambda *_: bytearray(600 * 1024 * 1024);"
        "sys.argv = ['', '4']; raise SystemExit(child.main())"
    )
    program(monkeypatch, code)
    assert refused().rule == "file_too_heavy"


def test_a_process_that_cannot_be_started_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    assert refused().rule == "reader_busy"


def test_only_so_many_read_at_once_and_the_others_wait_or_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(limits.CHILDREN):
        assert read_child._turns.acquire(blocking=False)
    try:
        monkeypatch.setattr(read_child, "WAIT_SECONDS", 0.05)
        assert refused().rule == "reader_busy"
    finally:
        for _ in range(limits.CHILDREN):
            read_child._turns.release()
    assert read_in_child(GOOD, "a.xlsx").sheets


def test_every_turn_is_given_back_whatever_became_of_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        program(patched, "raise SystemExit(1)")
        for _ in range(3 * limits.CHILDREN):
            assert refused().rule == "file_broken"
    assert read_in_child(GOOD, "a.xlsx").sheets


def test_several_threads_read_at_once_and_each_gets_its_own_file() -> None:
    found: dict[int, object] = {}

    def read(number: int) -> None:
        found[number] = read_in_child(f"a,{number}\n".encode(), "a.csv").sheets[0].rows[0].values[1]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: str(number) for number in range(8)}
