"""Parts as they are printed: named as in their chapter, no longer than is read, no empty marks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from xianzhong.brief.part import Part

MOST_ROWS = 100


def head(frame: pd.DataFrame) -> pd.DataFrame:
    """As many rows as are worth printing."""
    return frame.head(MOST_ROWS)


def without_gaps(table: pd.DataFrame, kept: tuple[str, ...] = ()) -> pd.DataFrame:
    """Missing values as empty text; columns that are drawn stay numbers.

    Args:
        table: with readable headers.
        kept: columns that stay as they are.
    """
    filled = {
        str(name): _filled(values)
        for name, values in table.items()
        if name not in kept and values.isna().any()
    }
    return table.assign(**filled)


def _filled(values: pd.Series) -> pd.Series:
    known = values.dropna()
    # Whole numbers turn into fractions where one is missing: 371.0 is no number of persons.
    if pd.api.types.is_float_dtype(values) and (known == known.round()).all():
        values = values.astype("Int64")
    return values.astype(object).where(values.notna(), "")


def printed(part: Part, name: str = "") -> Part:
    """The part for slides and files.

    Args:
        part: as the page has it; a series along the time keeps all its rows.
        name: its id in the chapter, its own by default.
    """
    drawn = part.native.columns if part.native else ()
    series = part.native is not None and part.native.kind in ("column", "stacked_column", "line")
    table = part.table if series else head(part.table)
    rows = part.rows or (len(part.table) if len(table) < len(part.table) else 0)
    return replace(part, id=name or part.id, table=without_gaps(table, drawn), rows=rows)
