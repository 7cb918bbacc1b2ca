"""The summary sheet of the annotated workbook, as plain lines that either writer puts down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xianzhong.intake.annotate_findings import SEVERITIES, Said, clean
from xianzhong.intake.messages import RULES, Severity
from xianzhong.model.labels import Label, Lang

MAX_LISTED = 10_000
WIDTHS = (10, 16, 8, 8, 18, 26, 60, 60)
_VALUE = 300

_TITLE = Label("核对结果", "What the check found")
_FILE = Label("文件：{name}", "File: {name}")
_HOW = Label(
    "请在原表中改正标色的单元格后直接上传本文件；本页和“系统标注的问题”列会被忽略。",
    "Mend the coloured cells and upload this very file; this sheet and the column of problems "
    "are passed over.",
)
_COUNTS = (Label("级别", "Severity"), Label("数量", "Count"))
_RULES = (Label("级别", "Severity"), Label("规则", "Rule"), Label("数量", "Count"),
          Label("例", "Example"))  # fmt: skip
_LIST = (
    Label("级别", "Severity"),
    Label("工作表", "Sheet"),
    Label("行", "Row"),
    Label("列", "Column"),
    Label("表头", "Header"),
    Label("内容", "Value"),
    Label("问题", "What was found"),
    Label("怎么改", "What to do"),
)
_MORE = Label(
    "只列出前 {shown} 条，共 {count} 条。", "The first {shown} of {count} findings are listed."
)
NOTES = {
    "formulas": Label(
        "公式已换成其结果，本文件不含公式、宏和外部链接。",
        "Formulas are replaced by their results; this file holds no formulas, macros or "
        "external links.",
    ),
    "rebuilt": Label(
        "原文件不是 .xlsx 或行数太多，这里是按其内容新建的工作簿，原格式没有保留。",
        "The file was not an .xlsx, or had too many rows: this is a new workbook of its values, "
        "without its formats.",
    ),
    "comments": Label(
        "批注太多，只写了前 {shown} 个；其余见“系统标注的问题”列。",
        "Only the first {shown} comments are written; the column of problems has them all.",
    ),
    "cut": Label(
        "有 {count} 个单元格的文字超过 Excel 的上限，已截断，请以原文件为准。",
        "{count} texts are longer than Excel allows and were cut; the original has them whole.",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: its cells, and how it looks: title, head, a severity, or plain."""

    cells: tuple[str | int, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sheet tells.

    Attributes:
        file_name: the user's own.
        said: every finding.
        lang: language of the words.
        formulas: whether the file had any.
    """

    file_name: str
    said: Sequence[Said]
    lang: Lang
    formulas: bool = False

    def lines(self, notes: Sequence[tuple[str, int]] = ()) -> Iterator[Line]:
        """The rows, top to bottom.

        Args:
            notes: keys of ``NOTES`` with the number that each names.
        """
        lang = self.lang
        yield Line((_TITLE[lang],), "title")
        yield Line((clean(_FILE[lang].format(name=self.file_name)),))
        yield Line((_HOW[lang],))
        for key, number in [*([("formulas", 0)] if self.formulas else []), *notes]:
            yield Line((NOTES[key][lang].format(shown=number, count=number),))
        yield Line()
        yield from self._counts()
        yield Line()
        yield from self._rules()
        yield Line()
        yield from self._list()

    def _counts(self) -> Iterator[Line]:
        yield Line(_words(_COUNTS, self.lang), "head")
        found = Counter(one.finding.severity for one in self.said)
        for severity, label in SEVERITIES.items():
            yield Line((label[self.lang], found[severity]), severity)

    def _rules(self) -> Iterator[Line]:
        yield Line(_words(_RULES, self.lang), "head")
        found = Counter(one.finding.rule for one in self.said)
        examples = {one.finding.rule: one.message for one in reversed(self.said)}
        order: list[Severity] = list(SEVERITIES)
        ranked = sorted(found, key=lambda r: (order.index(RULES[r].severity), -found[r], r))
        for rule in ranked:
            severity = RULES[rule].severity
            cells = (SEVERITIES[severity][self.lang], rule, found[rule], examples[rule])
            yield Line(cells, severity)

    def _list(self) -> Iterator[Line]:
        if len(self.said) > MAX_LISTED:
            words = _MORE[self.lang].format(shown=MAX_LISTED, count=len(self.said))
            yield Line((words,))
        yield Line(_words(_LIST, self.lang), "head")
        for one in self.said[:MAX_LISTED]:
            found = one.finding
            cells: tuple[str | int, ...] = (
                SEVERITIES[found.severity][self.lang],
                clean(found.sheet),
                found.row or "",
                found.column,
                clean(found.header, _VALUE),
                clean(found.value, _VALUE),
                one.message,
                one.hint,
            )
            yield Line(cells, found.severity)


def _words(labels: Sequence[Label], lang: Lang) -> tuple[str, ...]:
    return tuple(label[lang] for label in labels)
