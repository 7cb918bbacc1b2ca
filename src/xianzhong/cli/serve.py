"""``xianzhong serve``: the dashboard on this machine."""

from __future__ import annotations

import gc
import os
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import given, lake_path
from xianzhong.settings import DEFAULT_HOST, DEFAULT_PORT, ROOT, Settings

if TYPE_CHECKING:
    from xianzhong.signin.door import Door

_PATIENCE_SECONDS = 60

SignInOption = Annotated[
    str,
    typer.Option(
        "--sign-in",
        envvar="XIANZHONG_SIGN_IN",
        metavar="FILE",
        help="登录配置文件，见 docs/deployment.zh-CN.md configuration of sign-in",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "serve",
        short_help="启动看板 Start the dashboard",
        help="启动看板；未配置登录时只供本机访问。"
        " Start the dashboard; without sign-in for this machine only.",
        epilog="示例 Example: xianzhong serve --port 8600 --lake var/demo",
    )(serve_command)


def serve_command(
    host: Annotated[
        str, typer.Option("--host", help="监听地址 address to listen on")
    ] = DEFAULT_HOST,
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65535, help="端口，0 为任一空闲端口 0: any free port"),
    ] = DEFAULT_PORT,
    lake: LakeOption = None,
    sign_in: SignInOption = "",
    open_page: Annotated[
        bool, typer.Option("--open", help="启动后打开浏览器 open the browser")
    ] = False,
) -> None:
    """Starts the dashboard."""
    from xianzhong.cli.cards import describe, find_link, guest_links
    from xianzhong.cli.operating import operation
    from xianzhong.server import check_start, serve
    from xianzhong.web.cards import LinkCards

    settings = replace(Settings.from_environment(), lake=lake_path(lake))
    # The pages are run by Streamlit and read their settings from the environment.
    os.environ["XIANZHONG_LAKE"] = str(settings.lake)
    door = _door(sign_in, settings)
    check_start(ROOT / "app.py", host, port, sign_in=door is not None)
    run = operation(settings, given())
    _in_background(_warm, settings, run.readiness.started)
    if open_page and port:
        _in_background(_open_when_ready, host, port)
    find = partial(find_link, settings, open_to_all=door is None)
    about = partial(describe, settings, open_to_all=door is None)
    serve(
        ROOT / "app.py", host=host, port=port, geo_folder=settings.data / "geo", operation=run,
        links=LinkCards(find, about), door=door, guests=guest_links(settings),
    )  # fmt: skip


def _door(sign_in: str, settings: Settings) -> Door | None:
    """Sign-in as it is configured, by the option or the environment; people are the lake's."""
    from xianzhong.access.guests import guest_of
    from xianzhong.access.people import caller_for
    from xianzhong.query.open import open_engine
    from xianzhong.signin import callers
    from xianzhong.signin.door import Door
    from xianzhong.signin.settings import FILE, read_sign_in

    configured = read_sign_in({**os.environ, FILE: sign_in})
    if configured is None:
        return None

    callers.use(lambda who: caller_for(open_engine(settings).lake, who))
    callers.use_for_guests(lambda link: guest_of(open_engine(settings).lake, link))
    return Door(configured)


def _in_background(work: Callable[..., None], *values: object) -> None:
    threading.Thread(target=work, args=values, daemon=True).start()


def _warm(settings: Settings, started: Callable[[], None]) -> None:
    from xianzhong.cli.operating import warmed

    warmed(settings, started)
    # What lives as long as the process is not looked through for garbage again: modules,
    # divisions and names are hundreds of thousands of objects.
    gc.collect()
    gc.freeze()


def _open_when_ready(host: str, port: int) -> None:
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{url}healthz", timeout=2):  # noqa: S310
                webbrowser.open(url)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
