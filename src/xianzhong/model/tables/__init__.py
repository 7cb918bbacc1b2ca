"""The declarations of all tables, one module each."""

from __future__ import annotations

from xianzhong.model.columns import Table
from xianzhong.model.tables.activities import ACTIVITIES
from xianzhong.model.tables.difficulties import DIFFICULTIES
from xianzhong.model.tables.pairings import PAIRINGS
from xianzhong.model.tables.practices import PRACTICES
from xianzhong.model.tables.put_aside import PUT_ASIDE
from xianzhong.model.tables.schools import SCHOOLS
from xianzhong.model.tables.support import SUPPORT
from xianzhong.model.tables.universities import UNIVERSITIES
from xianzhong.model.tables.weak_counties import WEAK_COUNTIES

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        UNIVERSITIES,
        SCHOOLS,
        PAIRINGS,
        ACTIVITIES,
        SUPPORT,
        DIFFICULTIES,
        PRACTICES,
        PUT_ASIDE,
        WEAK_COUNTIES,
    )
}

__all__ = [
    "ACTIVITIES",
    "DIFFICULTIES",
    "PAIRINGS",
    "PRACTICES",
    "PUT_ASIDE",
    "SCHOOLS",
    "SUPPORT",
    "TABLES",
    "UNIVERSITIES",
    "WEAK_COUNTIES",
]
