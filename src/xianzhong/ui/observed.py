"""Counts and measures the runs of pages, and logs each with the id of its connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

from xianzhong.lake.errors import LakeError
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.watch import counts
from xianzhong.watch.ids import about
from xianzhong.watch.logs import log

# Put there by the server's own middleware.
_ID = "X-Request-Id"
_log = log("ui")


@contextmanager
def observed(page: str) -> Iterator[None]:
    """One run of a page.

    Args:
        page: its address; the first page has none.
    """
    name = page or "overview"
    if name not in PAGE_BY_NAME:
        name = "other"
    begun, outcome = time.perf_counter(), "failed"
    with about(request_id=st.context.headers.get(_ID) or ""):
        try:
            yield
            outcome = "done"
        except RerunException:
            # The reader, or the page itself, has asked for another run in the middle of this one.
            outcome = "again"
            raise
        except StopException:
            outcome = "stopped"
            raise
        except LakeError:
            outcome = "unreadable"
            counts.ERRORS.labels("page").inc()
            _log.exception("page without data", page=name)
            raise
        except Exception:
            counts.ERRORS.labels("page").inc()
            _log.exception("page failed", page=name)
            raise
        finally:
            taken = time.perf_counter() - begun
            counts.RERUNS.labels(name, outcome).inc()
            counts.RERUN_SECONDS.labels(name).observe(taken)
            _log.info("run", page=name, outcome=outcome, milliseconds=round(taken * 1000, 1))
