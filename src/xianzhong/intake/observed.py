"""Counts and logs what becomes of files, by table and upload id: not a word of what they say."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from xianzhong.intake.errors import IntakeError
from xianzhong.watch import counts
from xianzhong.watch.ids import about
from xianzhong.watch.logs import log

if TYPE_CHECKING:
    from xianzhong.intake.load import Prepared, Receipt

P = ParamSpec("P")
_log = log("intake")


def observed_reading(prepare: Callable[P, Prepared]) -> Callable[P, Prepared]:
    """Counts each reading of a file, and those that could not be read."""

    @wraps(prepare)
    def observed(*args: P.args, **kwargs: P.kwargs) -> Prepared:
        begun = time.perf_counter()
        table = str(getattr(kwargs.get("table", args[1] if len(args) > 1 else None), "name", ""))
        try:
            prepared = prepare(*args, **kwargs)
        except Exception as error:
            unreadable = isinstance(error, IntakeError)
            counts.UPLOADS.labels(table, "unreadable" if unreadable else "failed").inc()
            if not unreadable:
                counts.ERRORS.labels("upload").inc()
            _log.warning("file not read", table=table, kind=getattr(error, "rule", None),
                         exc_info=None if unreadable else error)  # fmt: skip
            raise
        counts.UPLOADS.labels(table, "read").inc()
        found = prepared.report.counts
        _log.info("file read", table=table, upload_id=prepared.upload_id,
                  size=len(prepared.content), rows=sum(found.values()), count=found["rejected"],
                  milliseconds=round((time.perf_counter() - begun) * 1000, 1))  # fmt: skip
        return prepared

    return observed


def observed_commit(commit: Callable[P, Receipt]) -> Callable[P, Receipt]:
    """Counts what became of each upload, and marks the log of what it does with its id."""

    @wraps(commit)
    def observed(*args: P.args, **kwargs: P.kwargs) -> Receipt:
        prepared: Prepared = kwargs.get("prepared", args[1] if len(args) > 1 else None)  # type: ignore[assignment]
        with about(upload_id=prepared.upload_id):
            return _told(commit, prepared.table.name, *args, **kwargs)

    return observed


def _told(commit: Callable[P, Receipt], table: str, *args: P.args, **kwargs: P.kwargs) -> Receipt:
    try:
        receipt = commit(*args, **kwargs)
    except Exception as error:
        counts.UPLOADS.labels(table, "failed").inc()
        counts.ERRORS.labels("upload").inc()
        _log.exception("upload failed", table=table, exc_info=error)
        raise
    outcome = "committed" if receipt.committed else "unchanged" if receipt.report.ok else "refused"
    counts.UPLOADS.labels(table, outcome).inc()
    _log.info("upload", table=table, outcome=outcome, snapshot=receipt.snapshot.number)
    return receipt
