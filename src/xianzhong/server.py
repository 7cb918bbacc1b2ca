"""Starts the application: Streamlit inside, the HTML shell and plain routes around it.

The server listens on this machine only. To listen elsewhere is refused until sign-in is
configured, because without it everyone on the network could read and change everything.
"""

from __future__ import annotations

import atexit
import ipaddress
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config as streamlit_config
from streamlit import logger as streamlit_logger
from streamlit.runtime.pages_manager import PagesManager
from uvicorn.config import LOGGING_CONFIG

from xianzhong.settings import DEFAULT_HOST, DEFAULT_PORT, ROOT, Settings
from xianzhong.signin.door import Door, install
from xianzhong.watch.logs import take_over
from xianzhong.web.assets import asset_routes, load_assets
from xianzhong.web.cards import LinkCards, short_routes
from xianzhong.web.front import build_front
from xianzhong.web.guests import GuestLinks
from xianzhong.web.index import build_pages
from xianzhong.web.middleware import FIRST, PAGE_HEADERS, IndexMiddleware
from xianzhong.web.operation import Operation
from xianzhong.web.routes import ReadyCheck, geo_routes, health_routes
from xianzhong.web.statements import Operator, statement_routes

EXIT_REFUSED = 2

_HOSTS, _PREFIX = "server.allowedHosts", "server.baseUrlPath"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

# Held whatever a configuration file or the environment says: each is a matter of safety or of
# what the shell relies on. What an office may choose stands in .streamlit/config.toml.
FIXED_OPTIONS: Mapping[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.hideWelcomeMessage": True,
    # A full collection after each run held every session for a tenth of a second; Python's own
    # collector does with less, see cli/serve.py.
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.runOnSave": False,
}


class HostRefusedError(ValueError):
    """The address is not this machine alone, and sign-in is not configured."""


def check_host(host: str, *, sign_in: bool = False) -> None:
    """Refuse to listen where others could reach the application without signing in.

    Args:
        host: The address to listen on.
        sign_in: Whether sign-in is configured; then every address is allowed.

    Raises:
        HostRefusedError: If ``host`` is not a loopback address and ``sign_in`` is false. Its
            message says so in Chinese and in English.
    """
    if sign_in or _is_loopback(host):
        return
    raise HostRefusedError(
        f"未配置登录，拒绝监听 {host or '（空）'}：同网络的人将无需登录即可查看和修改数据。"
        f"请使用 127.0.0.1，或先配置登录：xianzhong serve --sign-in 配置文件（写法见 "
        f"docs/deployment.zh-CN.md）。\n"
        f"Sign-in is not configured, so the server will not listen on {host or '(empty)'}: anyone "
        "on the network could read and change the data. Use 127.0.0.1, or configure sign-in first: "
        "xianzhong serve --sign-in FILE (docs/deployment.md says what stands in it)."
    )


def check_start(script_path: Path, host: str, port: int, *, sign_in: bool) -> None:
    """Say why the server cannot start, before anything has begun that an exit would cut short.

    Raises:
        SystemExit: With code 2 if the address is refused, the port is taken or the script is
            missing.
    """
    try:
        check_host(host, sign_in=sign_in)
        _check_port(host, port)
        _check_script(script_path)
    except (HostRefusedError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(EXIT_REFUSED) from error


def build_app(
    script_path: Path,
    *,
    geo_folder: Path | None = None,
    ready: ReadyCheck | None = None,
    links: LinkCards | None = None,
    base_path: str = "",
    routes: Sequence[BaseRoute] = (),
    middleware: Sequence[Middleware] = (),
    operation: Operation | None = None,
) -> st.App:
    """Put Streamlit, the HTML shell and the plain routes together.

    Args:
        script_path: The Streamlit script to run for each session.
        geo_folder: Where the boundary files lie; see ``geo_routes``.
        ready: The readiness check; see ``health_routes``.
        links: What links show, in words; without it there are no short addresses.
        base_path: ``server.baseUrlPath`` as ``/prefix``, or empty.
        routes: Further routes, tried first.
        middleware: Further middleware, outside of the shell's own.
        operation: How it is operated: logs, metrics, readiness, stop.

    Returns:
        The ASGI application.

    Raises:
        ShellError: If the installed Streamlit's index page is not understood.
    """
    # A folder named pages makes Streamlit run its scripts without app.py until someone has opened
    # the first page: whoever follows a link to another page of a new server would see an error.
    PagesManager.uses_pages_directory = False
    assets = load_assets()
    # One script for each page; the first page stands at the address without a name.
    names = {page.stem for page in (script_path.resolve().parent / "pages").glob("*.py")} - {FIRST}
    shell = Middleware(
        IndexMiddleware, pages=build_pages(assets), base_path=base_path, names=names,
        describe=links.describe if links else None,
    )  # fmt: skip
    outer = [operation.middleware(base_path, names)] if operation else []
    plain = operation.routes(base_path) if operation else []
    short = short_routes(links.find, assets, PAGE_HEADERS, base_path) if links else []
    return st.App(
        script_path.resolve(),
        routes=[
            *routes,
            *plain,
            *health_routes(operation.readiness if operation else ready, base_path),
            *geo_routes(geo_folder, base_path),
            *asset_routes(assets, base_path),
            *statement_routes(_operator(), assets, PAGE_HEADERS, base_path),
            *short,
        ],
        middleware=[*outer, *middleware, shell],
        lifespan=partial(_announce, operation),
    )


def serve(  # noqa: PLR0913 - how a server is started has these parts
    script_path: Path,
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    geo_folder: Path | None = None,
    ready: ReadyCheck | None = None,
    links: LinkCards | None = None,
    door: Door | None = None,
    operation: Operation | None = None,
    allowed_hosts: Sequence[str] = (),
    guests: GuestLinks | None = None,
    options: Mapping[str, object] | None = None,
) -> None:
    """Run the application until it is told to stop (Ctrl+C or SIGTERM).

    Streamlit's configuration is ``.streamlit/config.toml`` in the product's own folder, from
    whatever working directory the server is started.

    Args:
        script_path: The Streamlit script.
        host: The address to listen on; see ``check_host``.
        port: The port, or 0 for any free one.
        geo_folder: Where the boundary files lie.
        ready: The readiness check.
        links: What links show, in words.
        door: Sign-in, where it is configured.
        operation: How it is operated; without it there are neither metrics nor a waiting stop.
        allowed_hosts: Names by which browsers may reach the server, beside this machine's own;
            a reverse proxy's public name belongs here.
        guests: What is behind links for people without an account.
        options: Further Streamlit options by dotted name. They cannot undo ``FIXED_OPTIONS``.

    Raises:
        SystemExit: With code 2 if the address is refused, the port is taken or the script is
            missing.
    """
    check_start(script_path, host, port, sign_in=door is not None)
    where = {"server.address": host, "server.port": port}
    run_options = {**_names_of(door, allowed_hosts), **(options or {}), **FIXED_OPTIONS, **where}
    base_path = f"/{prefix}" if (prefix := str(run_options[_PREFIX]).strip("/")) else ""
    install(door)
    hosts: Any = run_options[_HOSTS]
    front = build_front(door, hosts, _upload_limit, base_path, guests)
    app = build_app(
        script_path, geo_folder=geo_folder, ready=ready, links=links, base_path=base_path,
        routes=front.routes, middleware=front.middleware, operation=operation,
    )  # fmt: skip
    # Streamlit looks for .streamlit/config.toml beside the program's own file, not beside the
    # script. Naming a file in the root makes it found from any working directory.
    sys.argv = [str(ROOT / "app.py")]
    with _signals_of(operation):
        app.run(config=run_options)
    if operation:
        _end()


def _end() -> None:
    """Ends the process as it stands, with 0.

    Taken down in order, the interpreter waits for nothing that matters any more, and DuckDB's
    bindings fill the log with what they leave behind.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@contextmanager
def _signals_of(operation: Operation | None) -> Iterator[None]:
    """Ends in one line: Uvicorn has shut down in good order by then and repeats the signal."""
    if operation:
        operation.prepare()
        # Each of Streamlit's and Uvicorn's loggers would write lines of its own form.
        streamlit_logger.setup_formatter = take_over
        LOGGING_CONFIG["loggers"] = {}
    try:
        yield
    except KeyboardInterrupt:
        print(_by_language("已停止。", "Stopped."))
    finally:
        if operation:
            operation.over()


def _operator() -> Operator:
    settings = Settings.from_environment()
    return Operator(settings.operator, settings.contact)


def _names_of(door: Door | None, allowed_hosts: Sequence[str]) -> dict[str, object]:
    """Streamlit's options for the names and the path by which browsers come."""
    hosts, path = [*LOOPBACK_NAMES, *allowed_hosts], ""
    if door is not None:
        hosts += [door.settings.host, *door.settings.allowed_hosts]
        path = door.settings.base_path.strip("/")
    return {_HOSTS: hosts, _PREFIX: path}


def _upload_limit() -> int:
    return int(streamlit_config.get_option("server.maxUploadSize")) * 1024 * 1024


def _check_script(path: Path) -> None:
    # Uvicorn takes an application that fails while it is built for one without a start-up phase:
    # it would listen and answer every request with an error.
    if not path.is_file():
        raise FileNotFoundError(_by_language(f"找不到页面脚本：{path}", f"No such script: {path}"))


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            chinese = f"无法监听 {host} 的端口 {port}：{error.strerror}。"
            english = f"Cannot listen on {host} port {port}: {error.strerror}."
            raise OSError(_by_language(chinese, english)) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@asynccontextmanager
async def _announce(operation: Operation | None, _app: st.App) -> AsyncIterator[None]:
    # Streamlit has bound the socket by now, so the port is the real one even when 0 was asked.
    host = streamlit_config.get_option("server.address") or DEFAULT_HOST
    port = streamlit_config.get_option("server.port")
    prefix = str(streamlit_config.get_option("server.baseUrlPath")).strip("/")
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/{prefix}"
    chinese = f"县中帮扶监测已启动：{url}（按 Ctrl+C 停止）"
    english = f"County High School Support is running at {url} (Ctrl+C stops it)"
    print(_by_language(chinese, english), flush=True)
    async with operation.running() if operation else nullcontext():
        yield


def _by_language(chinese: str, english: str) -> str:
    """Return the words in the terminal's language, or both where it names neither."""
    name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if name.startswith("zh"):
        return chinese
    return english if name.startswith("en") else f"{chinese}  {english}"
