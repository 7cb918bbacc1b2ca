"""What the user says about a file beyond its cells: columns, and rows mended on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Choices:
    """Corrections of what was recognised, and of what was written.

    Attributes:
        columns: for a sheet's name and a column's index from 0, the table column that it holds,
            or an empty text for a column to be left aside. Columns that are not named are
            recognised as always.
        edits: for a sheet's name and a row's number, the texts that stand in place of the row's
            own, by table column. Columns that are not named keep the file's value.
        headers: for a sheet's name, the number of the row that holds its headers.
        splits: for a sheet's name and a row's number, the table column whose several names make
            one record each.
        fills: for a sheet's name and a row's number, the blank table columns that take what the
            rows above say.
        left_out: names of the sheets that are not to be read.
        replaces: whether the file stands for the whole table: what it lacks is removed.
    """

    columns: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    edits: Mapping[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)
    headers: Mapping[str, int] = field(default_factory=dict)
    splits: Mapping[tuple[str, int], str] = field(default_factory=dict)
    fills: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    replaces: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        said = (
            self.columns, self.edits, self.headers, self.splits, self.fills, self.left_out,
            self.replaces,
        )  # fmt: skip
        return not any(said)

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values: the file alone would not explain what was loaded."""
        return {
            "columns": {name: dict(columns) for name, columns in self.columns.items()},
            "edits": [[sheet, row, dict(texts)] for (sheet, row), texts in self.edits.items()],
            "splits": [[sheet, row, column] for (sheet, row), column in self.splits.items()],
            "fills": [[sheet, row, list(names)] for (sheet, row), names in self.fills.items()],
            "headers": dict(self.headers),
            "left_out": sorted(self.left_out),
            "replaces": self.replaces,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Choices:
        """The choices of such plain values, also after they were JSON.

        Raises:
            KeyError, TypeError, ValueError: they are none.
        """
        return cls(
            columns={
                sheet: {int(index): name for index, name in columns.items()}
                for sheet, columns in kept["columns"].items()
            },
            edits={(sheet, row): dict(texts) for sheet, row, texts in kept["edits"]},
            headers=dict(kept["headers"]),
            splits={(sheet, row): column for sheet, row, column in kept["splits"]},
            fills={(sheet, row): tuple(names) for sheet, row, names in kept["fills"]},
            left_out=frozenset(kept["left_out"]),
            replaces=bool(kept["replaces"]),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was made of one sheet.

    Attributes:
        sheet: its name.
        header_row: number of the (last) row of headers. Where none was recognised it is the row
            that looks most like one, or 0.
        columns: for each column of the sheet its index, its header, and the table column that it
            holds, or an empty text.
        rows: how many rows of data were found.
        used: whether its rows are read at all.
        hidden: whether the spreadsheet program hides the sheet.
        remembered: whether an earlier user's columns were applied.
        missing: the required table columns that it lacks.
        left_out: whether the user chose not to have it read.
        top: its first rows, each with its number and its cells as the sheet shows them.
    """

    sheet: str
    header_row: int
    columns: tuple[tuple[int, str, str], ...] = ()
    rows: int = 0
    used: bool = True
    hidden: bool = False
    remembered: bool = False
    missing: tuple[str, ...] = ()
    left_out: bool = False
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()
