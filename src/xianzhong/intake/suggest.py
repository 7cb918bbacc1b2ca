"""What a wrong value most likely means, for a user to accept: one answer for all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xianzhong.intake.choices import Recognised
from xianzhong.intake.findings import Finding
from xianzhong.intake.values import letter
from xianzhong.model.columns import Table
from xianzhong.model.labels import Label, bracketed


class Option(NamedTuple):
    """One thing that a value may mean: the text to be written in its place, and words for it."""

    text: str
    words: Label


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that is refused and what it may mean.

    Attributes:
        column: the table column.
        header: its header in the sheet.
        value: what the rows say.
        options: what it may mean, the likeliest first.
        places: sheet and number of every row that says so.
    """

    column: str
    header: str
    value: str
    options: tuple[Option, ...]
    places: tuple[tuple[str, int], ...]

    def edits(self, option: Option) -> dict[tuple[str, int], dict[str, str]]:
        """What stands in place of the rows' own cells once an option is accepted."""
        return {place: {self.column: option.text} for place in self.places}


class Columns:
    """Which table column a finding speaks of."""

    def __init__(self, table: Table, recognised: Sequence[Recognised]) -> None:
        self._held = {
            (sheet.sheet, letter(index)): column
            for sheet in recognised
            for index, _, column in sheet.columns
        }
        self._labels = {column.label.zh: column.name for column in table.columns}

    def of(self, finding: Finding) -> str:
        """Name of the column, empty where it is none of the table's."""
        held = self._held.get((finding.sheet, finding.column))
        return held or self._labels.get(finding.header, "")


def suggestions(
    table: Table, recognised: Sequence[Recognised], findings: Sequence[Finding]
) -> tuple[Suggestion, ...]:
    """The refused values for which there is an answer to offer, those of most rows first."""
    columns = Columns(table, recognised)
    found: dict[tuple[str, str, str, tuple[Option, ...]], list[tuple[str, int]]] = {}
    for finding in findings:
        options = tuple(_options(finding.fields)) if finding.severity == "error" else ()
        column = columns.of(finding) if options and finding.row else ""
        if column:
            key = column, finding.header, finding.value, options
            found.setdefault(key, []).append((finding.sheet, finding.row))
    made = (Suggestion(*key, tuple(dict.fromkeys(places))) for key, places in found.items())
    return tuple(sorted(made, key=lambda suggestion: -len(suggestion.places)))


def _options(fields: Mapping[str, object]) -> Iterator[Option]:
    """What a finding offers: schools and universities by code, everything else in words."""
    candidates = fields.get("candidates")
    if isinstance(candidates, tuple):
        for name, code, place in candidates:
            words = "、".join(part for part in (place, code) if part)
            yield Option(code, Label(bracketed(name, words), bracketed(name, words, "en")))
        return
    near = fields.get("near")
    for one in near if isinstance(near, tuple) else (near,):
        if isinstance(one, Label):
            yield Option(one.zh, one)
        elif isinstance(one, str) and one:
            yield Option(one, Label(one, one))
