"""Amounts, shares and years of county support as they are said on its page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from xianzhong.brief.source import Source
from xianzhong.model.labels import bracketed
from xianzhong.model.tables.support import WAN
from xianzhong.query.figures import share


def years_of(source: Source) -> range | None:
    """The calendar years that the period touches; None for all time."""
    period = source.filters.period
    return range(period[0].year, period[1].year + 1) if period else None


def priced(source: Source, text: str) -> str:
    """A heading with the unit of amounts behind it."""
    return bracketed(text, WAN[source.lang], source.lang)


def amount(value: object) -> str:
    """An amount in 10,000 yuan, a dash where none is given."""
    return "—" if pd.isna(value) else f"{value:,.1f}"  # type: ignore[call-overload]


def share_of(row: Mapping[Hashable, Any]) -> str:
    """The delivered share as it stands beside a bar."""
    found = share(number(row["delivered_both"]), number(row["promised_both"]))
    return "—" if found is None else f"{found:.0f}%"


def number(value: object) -> float | None:
    """A number of a frame, None where it is missing."""
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
