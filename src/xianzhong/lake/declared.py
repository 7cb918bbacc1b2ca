"""What the lake knows of the declarations that it was written under, and whether they still fit.

``declared.json`` in the lake's folder has, for each table, its stored columns with their types and
its key. Where the programme declares something else, an added column is taken over; what would
hide or misread records is refused before anything is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable, Schema

from xianzhong.lake.cleared import read_note, write_note
from xianzhong.lake.errors import LakeError
from xianzhong.lake.merging import HOOKS
from xianzhong.lake.schema import JOURNAL, JOURNAL_SCHEMA, LEDGER, LEDGER_SCHEMA, lake_schema
from xianzhong.model.tables import TABLES
from xianzhong.settings import programme_version

DECLARED = "declared.json"
# Goes up when the lake's own layout changes so that an older programme would misread it.
FORMAT = 1
# The names that Delta gives to Arrow's types.
_DELTA = {
    "string": "string", "int64": "long", "double": "double", "date32[day]": "date",
    "bool": "boolean", "timestamp[us, tz=UTC]": "timestamp",
}  # fmt: skip


class DeclarationError(LakeError):
    """The lake and the programme do not fit together; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What the lake takes over: the columns that each table gains."""

    added: Mapping[str, tuple[str, ...]]

    @property
    def empty(self) -> bool:
        """Whether the lake is as the programme declares it."""
        return not self.added


def schemas() -> dict[str, pa.Schema]:
    """The schema of every table of the lake, the ledger and the journal among them."""
    found = {name: lake_schema(table) for name, table in TABLES.items()}
    return found | {LEDGER: LEDGER_SCHEMA, JOURNAL: JOURNAL_SCHEMA}


def fingerprint() -> dict[str, Any]:
    """What the programme declares, in the form in which the lake keeps it."""
    tables = {}
    for name, schema in schemas().items():
        columns = {field.name: _DELTA[str(field.type)] for field in schema}
        tables[name] = {"columns": columns, "key": _key(name)}
    return {"format": FORMAT, "tables": tables}


def _key(name: str) -> list[str]:
    if name not in TABLES:
        return []
    table = TABLES[name]
    return [table.identity, *table.natural_key, table.stand_in]


def fit(root: Path, locked: Callable[[], Any], has_records: Callable[[str], bool]) -> Migration:
    """Makes the lake under ``root`` fit the programme's declarations, or refuses.

    Args:
        root: the lake, with all of its tables.
        locked: gives the writer's lock as a context.
        has_records: whether a table was ever written to.

    Returns:
        What was taken over.

    Raises:
        DeclarationError: the lake is newer than the programme, or a declaration lost a column,
            gave one another type, changed a key, or gained a required column.
        DeltaError, OSError: the lake cannot be read or written.
    """
    now, path = fingerprint(), root / DECLARED
    noted = read_note(path)
    if noted.get("format") == FORMAT and noted.get("tables") == now["tables"]:
        return Migration({})
    migration = compare(noted or _from_delta(root), now, has_records)
    with locked():
        for table, columns in migration.added.items():
            _add(root / table, table, columns)
        write_note(path, now | {"written_by": programme_version()})
    return migration


def compare(
    then: Mapping[str, Any], now: Mapping[str, Any], has_records: Callable[[str], bool]
) -> Migration:
    """What has to be taken over to come from one declaration to the other.

    Raises:
        DeclarationError: it cannot be.
    """
    by = str(then.get("written_by", "")) or "?"
    if then.get("format", FORMAT) > FORMAT:
        raise _too_new(by, f"format {then['format']}")
    added: dict[str, tuple[str, ...]] = {}
    for table, old in then["tables"].items():
        new = now["tables"].get(table)
        if new is None:
            raise _too_new(by, table)
        _same_columns(table, old, new, by)
        if old.get("key", new["key"]) != new["key"] and has_records(table):
            raise _changed_key(table)
        gained = tuple(name for name in new["columns"] if name not in old["columns"])
        if gained:
            _optional(table, gained, has_records)
            added[table] = gained
    return Migration(added)


def _same_columns(table: str, old: Mapping[str, Any], new: Mapping[str, Any], by: str) -> None:
    for column, kind in old["columns"].items():
        if column not in new["columns"]:
            raise _too_new(by, f"{table}.{column}")
        if new["columns"][column] != kind:
            raise DeclarationError(
                f"{table}.{column} is {kind} in the lake and {new['columns'][column]} in this "
                f"programme. A column keeps its type: declare a new column beside it, or use the "
                f"programme that the lake was written with (version {by})",
                f"{table} 表的 {column} 列在数据目录中是 {kind} 类型，而本程序声明为 "
                f"{new['columns'][column]}。列的类型不能改：请另设新列，或改用写入这份数据的程序"
                f"（版本 {by}）",
            )


def _optional(table: str, gained: tuple[str, ...], has_records: Callable[[str], bool]) -> None:
    if table not in TABLES or not has_records(table):
        return
    required = {column.name for column in TABLES[table].stored_columns if column.required}
    for column in sorted(required & set(gained)):
        raise DeclarationError(
            f"{table}.{column} is new and required, and the records on file have nothing in it. "
            "Declare it as optional first, have it filled in, and require it then",
            f"{table} 表新增的 {column} 列是必填的，而已有记录没有这一列。请先设为选填，"
            "补齐后再改为必填",
        )


def _too_new(by: str, what: str) -> DeclarationError:
    return DeclarationError(
        f"the lake has {what}, which this programme (version {programme_version()}) does not "
        f"know; nothing was touched. The lake was last written with version {by}: install that or "
        "a later one. If the declaration was changed on purpose, put it back: what is on file "
        "stays declared",
        f"数据目录中有 {what}，本程序（版本 {programme_version()}）不认识；数据未作任何改动。"
        f"这份数据最后由版本 {by} 写入：请安装该版本或更新的版本。若是有意改了声明，请改回来："
        "已有的数据必须保留声明",
    )


def _changed_key(table: str) -> DeclarationError:
    return DeclarationError(
        f"what identifies a record of {table} was declared otherwise; the records on file would be "
        "taken for others. Put the key back, or load the table anew into a new lake",
        f"{table} 表识别记录的方式改了，已有记录会被当成别的记录。请改回原来的主键，"
        "或把数据重新载入新的数据目录",
    )


def _from_delta(root: Path) -> dict[str, Any]:
    """The declarations that a lake from before ``declared.json`` shows by its tables."""
    tables = {}
    for name in schemas():
        fields = DeltaTable(str(root / name)).schema().fields
        tables[name] = {"columns": {field.name: str(field.type.type) for field in fields}}
    return {"tables": tables}


def _add(folder: Path, table: str, columns: tuple[str, ...]) -> None:
    """Declares columns to Delta, for other readers of the tables; ours do without."""
    delta = DeltaTable(str(folder))
    known = {field.name for field in delta.schema().fields}
    wanted = [
        field for field in schemas()[table] if field.name in columns and field.name not in known
    ]
    if wanted:
        fields = Schema.from_arrow(pa.schema(wanted)).fields
        delta.alter.add_columns(fields, post_commithook_properties=HOOKS)
