"""What a page needs to show and mend what was refused: the rows, and what is on offer for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xianzhong.intake.choices import Choices
from xianzhong.intake.findings import Finding
from xianzhong.intake.layout import Layout
from xianzhong.intake.values import Row, display

# Between the texts of several sheet columns that say one table column, such as code and name.
JOIN = " / "
_SEVERAL = {"school_several": "school_code", "university_several": "university_code"}

# A row that is kept out, under its sheet's headers.
Kept = tuple[Layout, Row]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that is kept out.

    Attributes:
        sheet: name of the sheet.
        row: its number.
        texts: for each table column that the sheet has, or that was mended, the text as shown:
            what was written in the place of the file's own cell, else that cell.
        edited: the columns whose text is not the file's own.
    """

    sheet: str
    row: int
    texts: Mapping[str, str]
    edited: frozenset[str] = frozenset()


def kept_out(pairs: Iterable[Kept]) -> tuple[Kept, ...]:
    """These rows, each once, without the rest of their sheets."""
    bare: dict[int, Layout] = {}
    found: dict[tuple[str, int], Kept] = {}
    for layout, row in pairs:
        light = bare.setdefault(id(layout), replace(layout, rows=[], findings=[], uncached=set()))
        found.setdefault((layout.name, row.number), (light, row))
    return tuple(found.values())


def rejected(rows: Iterable[Kept], choices: Choices) -> list[RejectedRow]:
    """The texts of rows that are kept out."""
    result = []
    for layout, row in rows:
        edits = choices.edits.get((layout.name, row.number), {})
        own = {
            name: JOIN.join(display(v) for v in layout.values(row, name) if v is not None)
            for name in layout.match.bound
        }
        result.append(RejectedRow(layout.name, row.number, own | dict(edits), frozenset(edits)))
    return result


def with_splits(findings: Sequence[Finding], choices: Choices) -> Choices:
    """The choices, and every row split that names several schools or universities in a cell."""
    offered = {(f.sheet, f.row): _SEVERAL[f.rule] for f in findings if f.rule in _SEVERAL}
    return replace(choices, splits={**choices.splits, **offered})


def with_fills(findings: Sequence[Finding], choices: Choices) -> Choices:
    """The choices, and every blank party filled from above for which that was offered."""
    fills = dict(choices.fills)
    for finding in findings:
        if finding.rule == "required_above":
            place = finding.sheet, finding.row
            fills[place] = (*fills.get(place, ()), finding.fields["name"])
    return replace(choices, fills=fills)
