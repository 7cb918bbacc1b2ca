"""Logs as one JSON object a line, with ids and without personal content.

Only fields that are listed here are ever written, and none of them holds what a user typed: no
name, no file name, no search word, no value of a cell. Of an error the log has its type and where
it arose, never its message, which may quote a cell.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, TextIO

import structlog

LogForm = Literal["json", "console"]
# What a line may say. Ids are of the product's own making; numbers are counts and milliseconds.
FIELDS = frozenset(
    {
        "event", "level", "logger", "timestamp",
        "request_id", "upload_id", "link", "table", "snapshot", "kind", "outcome",
        "method", "route", "status", "page", "query", "milliseconds", "count", "size", "rows",
        "error", "where", "signal", "version", "port", "running", "seconds",
    }
)  # fmt: skip
_LONGEST = 200
_FRAMES = 6
# Words of other packages, whose templates are code but may have been put together with values.
_FOREIGN = re.compile(r"[^\x20-\x7e]+|\S+@\S+|\d{5,}|(?<=[?&])\S+")
_OWN, _ACCESS = "xianzhong", "uvicorn.access"
_OWN_LINES: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
_Event = MutableMapping[str, Any]
_Exception = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up(form: LogForm | None = None, *, level: str = "", stream: TextIO | None = None) -> None:
    """Sends every log of the process to one stream in one form.

    Args:
        form: ``json``, or ``console`` for people; by default whichever the stream is read by.
        level: the least level written; ``INFO`` for JSON and ``WARNING`` for people by default.
        stream: standard error by default.
    """
    stream = stream or sys.stderr
    form = form or ("console" if stream.isatty() else "json")
    level = level or ("INFO" if form == "json" else "WARNING")
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=True)
    if form == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_OWN_LINES, foreign_words],
        processors=[errors_without_words, only_known_fields, renderer],
        # The template and never its values: those are what a user may have typed.
        use_get_message=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in tuple(logging.root.manager.loggerDict):
        take_over(logging.getLogger(name))


def _configure() -> None:
    """Hands lines to Python's own logging, which drops them until :func:`set_up` was called."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level, *_OWN_LINES,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )  # fmt: skip
    logging.getLogger(_OWN).addHandler(logging.NullHandler())


def take_over(logger: logging.Logger) -> None:
    """Leaves a logger's lines to the one stream: other packages bring handlers of their own."""
    logger.handlers.clear()
    # Uvicorn's own lines of requests would have their addresses, queries and all.
    logger.propagate = logger.name != _ACCESS


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a room, such as ``web``. Give it fields of :data:`FIELDS` alone."""
    found: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"{_OWN}.{name}")
    return found


def only_known_fields(_logger: Any, _method: str, event: _Event) -> _Event:
    """Drops every field that is not listed, and cuts what is long."""
    return {
        name: value[:_LONGEST] if isinstance(value, str) else value
        for name, value in event.items()
        if name in FIELDS and value is not None
    }


def foreign_words(_logger: Any, _method: str, event: _Event) -> _Event:
    """Takes out of another package's line what may be a name, an address or a number."""
    event["event"] = _FOREIGN.sub("…", str(event.get("event", ""))).replace("…", "...")
    return event


def errors_without_words(_logger: Any, _method: str, event: _Event) -> _Event:
    """An exception as its type and the places it went through, without its message."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = places(error)
    return event


def places(error: BaseException) -> str:
    """Where an error arose: the last own places and the very last one, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    shown = [frame for frame in frames if f"/{_OWN}/" in frame.filename] or frames[-1:]
    if frames and frames[-1] not in shown:
        shown.append(frames[-1])
    innermost = shown[: -_FRAMES - 1 : -1]
    return " < ".join(f"{'/'.join(PurePath(f.filename).parts[-2:])}:{f.lineno}" for f in innermost)


_configure()
