"""How rows come into a Delta table, and what each of its commits says of itself."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties

from xianzhong.lake.schema import COMMIT_ID, RECORD_ID

_OP = "op"
# Left to itself, Delta deletes log files older than 30 days at every hundredth commit, and with
# them every older snapshot: neither a link to one nor an undo would work any longer.
KEEP_LOG = {"delta.enableExpiredLogCleanup": "false"}
HOOKS = PostCommitHookProperties(cleanup_expired_logs=False)


def properties(upload_id: str) -> CommitProperties:
    """What a Delta commit says of itself: the upload that it belongs to."""
    return CommitProperties(custom_metadata={"upload_id": upload_id})


def stamped(rows: pa.Table, commit_id: str) -> pa.Table:
    """Rows marked as put by this commit."""
    index = rows.schema.get_field_index(COMMIT_ID)
    stamp = pa.array([commit_id] * rows.num_rows, pa.string())
    return rows.set_column(index, rows.schema.field(index), stamp)


def merge(delta: DeltaTable, puts: pa.Table, deletes: Sequence[str], commit_id: str) -> None:
    """Puts rows in the place of the records of the same id, and removes records."""
    schema = puts.schema.append(pa.field(_OP, pa.string()))
    upserts = puts.append_column(_OP, pa.array(["put"] * puts.num_rows, pa.string()))
    gone = pa.Table.from_pylist(
        [{RECORD_ID: record, _OP: "delete"} for record in deletes], schema=schema
    )
    columns = {name: f"source.{name}" for name in puts.schema.names}
    (
        delta.merge(
            pa.concat_tables([upserts.cast(schema), gone]),
            predicate=f"target.{RECORD_ID} = source.{RECORD_ID}",
            source_alias="source",
            target_alias="target",
            merge_schema=True,
            commit_properties=properties(commit_id),
            post_commithook_properties=HOOKS,
        )
        .when_matched_delete(predicate=f"source.{_OP} = 'delete'")
        .when_matched_update(columns, predicate=f"source.{_OP} = 'put'")
        .when_not_matched_insert(columns, predicate=f"source.{_OP} = 'put'")
        .execute()
    )
