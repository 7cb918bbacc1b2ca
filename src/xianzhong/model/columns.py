"""The declaration of a table: its columns, its key and its meaning.

One declaration drives the template, header matching, checks, the Parquet schema,
the data dictionary, the labels on the pages and the export.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xianzhong.model.labels import Choice, Label


class ColumnType(StrEnum):
    """What the values of a column are."""

    CODE = "code"
    TEXT = "text"
    CHOICE = "choice"
    COUNT = "count"
    AMOUNT = "amount"
    DATE = "date"
    TERM = "term"
    FLAG = "flag"
    LINK = "link"
    COUNTY = "county"
    SCHOOL = "school"
    UNIVERSITY = "university"


TYPE_LABELS: dict[ColumnType, Label] = {
    ColumnType.CODE: Label("代码", "Code"),
    ColumnType.TEXT: Label("文字", "Text"),
    ColumnType.CHOICE: Label("选项", "One of a list"),
    ColumnType.COUNT: Label("整数", "Whole number"),
    ColumnType.AMOUNT: Label("数值", "Number"),
    ColumnType.DATE: Label("日期（到日或到月）", "Date, to the day or the month"),
    ColumnType.TERM: Label("学年学期", "School term"),
    ColumnType.FLAG: Label("是/否", "Yes or no"),
    ColumnType.LINK: Label("网址", "Web address"),
    ColumnType.COUNTY: Label("县级行政区划", "County"),
    ColumnType.SCHOOL: Label("受援县中", "County school"),
    ColumnType.UNIVERSITY: Label("帮扶高校（机构）", "Supporting university"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet and of the lake.

    Attributes:
        name: name in the lake and in code.
        label: header in both languages.
        meaning: what a value says, in one sentence.
        type: what the values are.
        required: a row without a value is rejected.
        unit: unit of a number, if any.
        choices: allowed values of a ``CHOICE``.
        wordy: a short text that contains the spelling of just one choice means that choice.
        synonyms: other headers under which sheets carry this column.
        minimum, maximum: values outside are rejected.
        unusual_above: values above are accepted with a warning.
        stored: false for a column that only helps to read the sheet.
        example: one plainly fictional value for the template.
    """

    name: str
    label: Label
    meaning: Label
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    unit: Label | None = None
    choices: tuple[Choice, ...] = ()
    wordy: bool = False
    synonyms: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unusual_above: float | None = None
    stored: bool = True
    example: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that names this column, the Chinese label first."""
        return (self.label.zh, self.label.en, self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the lake and the sheet that fills it.

    Attributes:
        name: name in the lake, the command line and the URL.
        label: name in both languages.
        meaning: what one row is.
        columns: in the order of the template.
        identity: column that holds a record's own code, or empty.
        natural_key: columns that identify a record where it has no code.
        stand_in: a column that identifies a record, where only one has its value, for a row
            that lacks the part of the key which is not required; or empty.
        whole_list: whether a file may stand for the whole table, so that the records which it
            lacks go. Only where no other table names its records.
        page: whether a page shows the table yet.
    """

    name: str
    label: Label
    meaning: Label
    columns: tuple[Column, ...]
    natural_key: tuple[str, ...]
    identity: str = ""
    stand_in: str = ""
    whole_list: bool = False

    def column(self, name: str) -> Column:
        """The column called ``name``.

        Raises:
            KeyError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def stored_columns(self) -> tuple[Column, ...]:
        """The columns that the lake keeps."""
        return tuple(column for column in self.columns if column.stored)
