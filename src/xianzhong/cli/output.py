"""What the commands share: the language, the lake, and how they speak to a terminal."""

from __future__ import annotations

import getpass
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from xianzhong.model.labels import Label, Lang
from xianzhong.settings import Operation, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from xianzhong.lake.store import Lake

OK, REJECTED, WRONG_USE = 0, 1, 2
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# A table that is not shown on a terminal need not fit one.
_FILE_WIDTH = 200


def language() -> Lang | None:
    """The language that the terminal's locale names, None where it names neither."""
    name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if name.startswith("zh"):
        return "zh"
    return "en" if name.startswith("en") else None


def chosen(lang: str | None) -> Lang:
    """The language asked for, else the terminal's, else Chinese.

    Raises:
        typer.BadParameter: neither ``zh`` nor ``en``.
    """
    if lang is None:
        return language() or "zh"
    if lang in ("zh", "en"):
        return "en" if lang == "en" else "zh"
    raise typer.BadParameter(f"--lang: zh / en, {safe(lang)!r} ?")


def in_words(label: Label) -> str:
    """A sentence in the terminal's language, or in both on one line."""
    lang = language()
    return label[lang] if lang else f"{label.zh} {label.en}"


def safe(text: str) -> str:
    """A text that cannot steer the terminal."""
    return _CONTROL.sub("�", text)


def complain(label: Label) -> None:
    """One line on standard error."""
    words = safe(in_words(label).replace("\n", " "))
    typer.echo(("错误：" if language() != "en" else "Error: ") + words, err=True)


def fail(zh: str, en: str, code: int = REJECTED) -> NoReturn:
    """Complains and ends the command."""
    complain(Label(zh, en))
    raise typer.Exit(code)


def console(*, err: bool = False) -> Console:
    """A rich console that neither cuts tables for files nor reads markup in data."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _FILE_WIDTH
    return Console(stderr=err, width=width, markup=False, highlight=False, soft_wrap=True)


def lake_path(path: Path | None) -> Path:
    """Root of the lake: ``--lake``, else ``XIANZHONG_LAKE``, else ``var/lake``."""
    return path.expanduser().resolve() if path else Settings.from_environment().lake


def open_lake(path: Path | None, *, create: bool = True) -> Lake:
    """The lake, created where there is none unless ``create`` is false.

    Raises:
        LakeError: it cannot be opened, or is not there.
    """
    from xianzhong.lake.store import Lake

    return Lake(lake_path(path), create=create)


def given() -> Operation:
    """How a server is run, from the environment; ends the command where that makes no sense."""
    try:
        return Operation.from_environment()
    except ValueError as error:
        fail(f"配置有误：{error}", f"The configuration is wrong: {error}", WRONG_USE)


def user() -> str:
    """Who runs the command, for the ledger."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
