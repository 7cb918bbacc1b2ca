"""The report on a file: counts, findings and what each row would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from xianzhong.intake.findings import Finding
from xianzhong.intake.messages import Severity
from xianzhong.model.labels import Lang

Outcome = Literal["new", "updated", "unchanged", "duplicate", "rejected"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that an update replaces."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one row; ``changes`` only for an update."""

    outcome: Outcome
    record_id: str
    sheet: str
    row: int
    changes: tuple[FieldChange, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain values."""
        changes = [
            {"column": c.column, "old": _plain(c.old), "new": _plain(c.new)} for c in self.changes
        ]
        return {
            "outcome": self.outcome,
            "record_id": self.record_id,
            "sheet": self.sheet,
            "row": self.row,
            "changes": changes,
        }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that the file lacks and that goes, ``words`` being its natural key."""

    record_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the intake has to say about a file.

    Attributes:
        differences: one for each row of data.
        findings: errors first, then by place.
        removed: the records that go because the file stands for the whole table.
    """

    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)
    removed: tuple[Removed, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rows that are new, updated, unchanged, rejected.

        A row that repeats another of the same file counts as unchanged. Where records go, how
        many is in ``removed``.
        """
        found = Counter(difference.outcome for difference in self.differences)
        return {
            "new": found["new"],
            "updated": found["updated"],
            "unchanged": found["unchanged"] + found["duplicate"],
            "rejected": found["rejected"],
        } | ({"removed": len(self.removed)} if self.removed else {})

    @property
    def ok(self) -> bool:
        """Whether nothing was found that keeps anything out."""
        return not self.by_severity("error")

    def by_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(f for f in self.findings if f.severity == severity)

    def to_dict(self, lang: Lang) -> dict[str, Any]:
        """Counts, findings and the rows that change, as plain values."""
        changed = [d.to_dict() for d in self.differences if d.outcome in ("new", "updated")]
        return {
            "counts": self.counts,
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "changes": changed,
            "removed": [asdict(one) for one in self.removed],
        }


_GRAVITY = {"error": 0, "warning": 1, "corrected": 2, "info": 3}


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Gravest first, then as in the file."""
    return tuple(sorted(findings, key=lambda f: (_GRAVITY[f.severity], f.sheet, f.row)))
