"""The ``xianzhong`` command: its sub-commands and how errors end it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from xianzhong.cli import (
    access,
    brief,
    demo,
    doctor,
    figures,
    keeping,
    ledger,
    load,
    serve,
    template,
)
from xianzhong.cli.output import REJECTED, WRONG_USE, complain
from xianzhong.model.labels import LANGS, Label


class OneLineErrors(TyperGroup):
    """Ends in one clear line and an exit code, never in a traceback.

    Set ``XIANZHONG_DEBUG`` to see the traceback of an unexpected error.
    """

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command line and turns what goes wrong into words."""
        run = partial(
            super().main, args, prog_name, complete_var, False, windows_expand_args, **extra
        )
        if not standalone_mode:
            return run()
        try:
            result = run()
        except TyperException as error:
            sys.exit(_wrong_use(error))
        except typer.Abort:
            sys.exit(130)
        except Exception as error:
            if os.environ.get("XIANZHONG_DEBUG"):
                raise
            complain(_words_for(error))
            sys.exit(REJECTED)
        sys.exit(result if isinstance(result, int) else 0)


def _wrong_use(error: TyperException) -> int:
    message = error.format_message()
    if message:  # without one the help has been shown already
        complain(Label(f"用法有误：{message}（见 --help）", f"Wrong use: {message} (see --help)"))
    return getattr(error, "exit_code", WRONG_USE)


def _words_for(error: Exception) -> Label:
    from xianzhong.intake.errors import IntakeError
    from xianzhong.lake.errors import LakeError
    from xianzhong.signin.settings import SignInSettingsError

    if isinstance(error, IntakeError):
        zh, en = (f"{error.message(lang)} {error.hint(lang)}" for lang in LANGS)
        return Label(zh.strip(), en.strip())
    if isinstance(error, (LakeError, SignInSettingsError)):
        return Label(error.said.zh, error.said.en)
    if isinstance(error, OSError):
        return Label(f"无法读写文件：{error}", f"A file cannot be read or written: {error}")
    kind = type(error).__name__
    return Label(f"程序出错（{kind}）：{error}", f"Unexpected error ({kind}): {error}")


app = typer.Typer(
    name="xianzhong",
    cls=OneLineErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="县中帮扶监测：跟踪高校对县域高中的托管帮扶。"
    " Follow the support that universities give to county high schools.",
    epilog="示例 Example: xianzhong load activities 活动.xlsx --dry-run",
)
serve.register(app)
load.register(app)
template.register(app)
ledger.register(app)
figures.register(app)
brief.register(app)
demo.register(app)
access.register(app)
keeping.register(app)
doctor.register(app)


def main() -> None:
    """The console command."""
    app(prog_name="xianzhong")
