"""Marks in Chinese text are full-width: ，：；（）？！ and not their half-width forms.

The rule: a half-width mark may not stand beside a Chinese character, and neither may the other
bracket of its pair; bold marks between them do not count. So brackets that hold only Latin text
or numbers are full-width too where Chinese touches them, as in 数据目录（--lake）. Places to fill,
code between backticks, addresses and link targets are no text. English texts keep English marks,
also where a Chinese term stands in them.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_wording import CHINESE
from xianzhong.intake.messages import RULES
from xianzhong.model.alerts import ALERT_RULES
from xianzhong.model.indicators import INDICATORS
from xianzhong.model.labels import Label
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import TABLES

SRC = Path(__file__).resolve().parents[1] / "src" / "xianzhong"
NO_TEXT = re.compile(r"`[^`]*`|https?://[^\s，。）]*|\]\([^)]*\)|\{[^{}]*\}|[*_]+")
CHINESE_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff])[,:;()?!]|[,:;()?!](?=[\u4e00-\u9fff])")
# Open with one width, closed with the other.
MIXED_PAIR = re.compile(r"（[^()（）]*\)|\([^()（）]*）")

# What reads what others wrote takes both widths, or folds them to half-width first.
PARSERS = {
    "intake/clean/dates.py",
    "intake/clean/numbers.py",
    "intake/clean/terms.py",
    "intake/clean/text.py",
    "intake/decoration.py",
    "intake/ditto.py",
    "intake/headers.py",
    "intake/blocks.py",
    "intake/left_out.py",
    "intake/parties.py",
    "intake/places.py",
    "intake/roster.py",
    "intake/school_cores.py",
    "intake/years.py",
}
# Texts that are matched against folded cells, or that show how a command is written.
EXCEPTIONS = {
    ("intake/rows.py", "(清空)"),
    ("cli/load.py", "xianzhong load activities 活动.xlsx"),
}


def is_english(text: str) -> bool:
    return len(re.findall("[A-Za-z]", text)) > len(re.findall("[\u4e00-\u9fff]", text))


def half_width(text: str) -> list[str]:
    """The half-width marks of a text that should be full-width, with what stands around them."""
    bare = NO_TEXT.sub(lambda found: "" if found[0][0] in "*_" else "\ufffc", text)
    found = [*CHINESE_BESIDE.finditer(bare), *MIXED_PAIR.finditer(bare)]
    return [bare[max(0, m.start() - 8) : m.end() + 8] for m in found]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("截至 {day},待处理", False),
        ("截至 {day}，待处理 1,204 条", True),
        ("**已有 {n} 类**,另有", False),
        ("换一个数据目录(--lake)。", False),
        ("换一个数据目录（--lake）。", True),
        ("县（GB/T 2260)。", False),
        ("[查看](https://example.org/a)后再报", True),
        ("于 10:30 写作 `a,b` 的", True),
        ("上报什么?", False),
    ],
)
def test_the_rule_tells_half_width_marks(text: str, good: bool) -> None:
    assert (half_width(text) == []) is good


def test_the_catalogue_has_full_width_marks() -> None:
    assert {message: bad for message, text in CHINESE.items() if (bad := half_width(text))} == {}


def labels(value: object, seen: set[int]) -> Iterator[Label]:
    """Every label that can be reached from an object of the model."""
    if id(value) in seen or isinstance(value, (str, int, float, type(None), type)):
        return
    seen.add(id(value))
    if isinstance(value, Label):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from labels(one, seen)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from labels(one, seen)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from labels(getattr(value, field.name), seen)


def test_every_label_of_the_model_has_full_width_marks() -> None:
    roots = (TABLES, INDICATORS, ALERT_RULES, SCHEMES, RULES)
    found = list(labels(roots, set()))
    assert len(found) > 300
    assert [label.zh for label in found if half_width(label.zh)] == []


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """String constants of a module with their lines; docstrings and patterns are not text."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    lines = source.splitlines()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if id(node) in docs or re.search(r"\brf?$", lines[node.lineno - 1][: node.col_offset + 1]):
            continue
        yield node.lineno, node.value


def test_every_chinese_text_of_the_code_has_full_width_marks() -> None:
    found = []
    for path in sorted(SRC.rglob("*.py")):
        name = path.relative_to(SRC).as_posix()
        if name in PARSERS:
            continue
        for line, text in strings(path):
            if any(name == n and text.startswith(t) for n, t in EXCEPTIONS) or is_english(text):
                continue
            found += [f"{name}:{line} {bad}" for bad in half_width(text)]
    assert found == []


def test_every_chinese_text_of_the_scripts_has_full_width_marks() -> None:
    found = []
    for path in sorted((SRC / "web" / "static").glob("*.js")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for text in re.findall(r'"([^"]*)"|`([^`]*)`', line):
                found += [f"{path.name}:{number} {bad}" for bad in half_width("".join(text))]
    assert found == []


def test_every_exempt_place_is_still_there() -> None:
    assert [name for name in PARSERS if not (SRC / name).is_file()] == []
    assert [
        (name, text) for name, text in EXCEPTIONS if text not in (SRC / name).read_text("utf-8")
    ] == []
