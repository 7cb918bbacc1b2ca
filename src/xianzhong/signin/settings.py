"""How sign-in is configured: one TOML file, or the environment, which goes before the file.

``docs/deployment.md`` describes every key; a test holds the two together.
"""

from __future__ import annotations

import ipaddress
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from xianzhong.model.labels import Label
from xianzhong.signin.secret import Secret

# The file; every key also as a variable of its own: XIANZHONG_SIGN_IN_ISSUER and so on.
FILE = "XIANZHONG_SIGN_IN"
SHORTEST_COOKIE_SECRET = 32
KEYS = (
    "address", "issuer", "client_id", "client_secret", "client_secret_file", "cookie_secret",
    "cookie_secret_file", "provider", "scopes", "idle_minutes", "longest_hours", "sessions_file",
    "ca_file", "allowed_hosts", "account_names",
)  # fmt: skip
_REQUIRED = ("address", "issuer", "client_id")
_PATHS = ("client_secret_file", "cookie_secret_file", "sessions_file", "ca_file")
_INLINE_SECRETS = ("client_secret", "cookie_secret")
_LONGEST_HOURS = 24 * 30

Values = dict[str, str]


class SignInSettingsError(ValueError):
    """Sign-in is configured, but not so that it works."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.said = Label(zh, en)


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """The configuration of sign-in.

    Attributes:
        address: the product's public address, without a slash at its end.
        issuer: the provider's address, exactly as it names itself.
        client_id: the product's name at the provider.
        client_secret: its password there; None for a public client.
        cookie_secret: what cookies are signed with.
        provider: how the provider is called on the page; empty for no name.
        scopes: what is asked of the provider.
        idle: after how long without a step somebody has to sign in again.
        longest: after how long in any case.
        sessions_file: where sessions are kept over a restart; None for the memory.
        ca_file: certificates by which the provider is known, where it is not by the system's.
        allowed_hosts: further names by which browsers may reach the server.
        lasting: whether the cookie secret is one that outlives the process.
        account_names: whether an account's name at the provider may stand for a person. Only
            where persons cannot choose or change it themselves.
    """

    address: str
    issuer: str
    client_id: str
    client_secret: Secret | None
    cookie_secret: Secret
    provider: str = ""
    scopes: str = "openid profile email"
    idle: timedelta = timedelta(minutes=120)
    longest: timedelta = timedelta(hours=12)
    sessions_file: Path | None = None
    ca_file: Path | None = None
    allowed_hosts: tuple[str, ...] = ()
    account_names: bool = False
    lasting: bool = True

    @property
    def https(self) -> bool:
        """Whether browsers come by HTTPS."""
        return self.address.startswith("https:")

    @property
    def host(self) -> str:
        """The host name of the public address."""
        return urlsplit(self.address).hostname or ""

    @property
    def base_path(self) -> str:
        """The path of the public address: ``/prefix`` or empty."""
        return urlsplit(self.address).path

    @property
    def cookie(self) -> str:
        """The name of the session's cookie.

        ``__Host-``: the browser itself takes it from this host only, and only by HTTPS.
        """
        return "__Host-xianzhong" if self.https and not self.base_path else "xianzhong_session"

    @property
    def guest_cookie(self) -> str:
        """The name of the cookie of who came by a link for people without an account."""
        return f"{self.cookie}_guest"


def read_sign_in(environ: Mapping[str, str]) -> SignInSettings | None:
    """The configuration of sign-in; None where there is none.

    Raises:
        SignInSettingsError: a key is missing, unknown or makes no sense, or a file with a secret
            may be read by everyone.
    """
    values = _from_file(Path(environ[FILE])) if environ.get(FILE) else {}
    values |= {key: environ[name] for key in KEYS if environ.get(name := f"{FILE}_{key.upper()}")}
    if not values:
        return None
    for key in _REQUIRED:
        if not values.get(key):
            raise SignInSettingsError(
                f"登录配置缺少 {key}（配置文件中的 {key}，或环境变量 {FILE}_{key.upper()}）。",
                f"The configuration of sign-in lacks {key} (in its file, or as the variable "
                f"{FILE}_{key.upper()}).",
            )
    secret = _secret(values, "cookie_secret")
    return SignInSettings(
        address=_address("address", values["address"]).rstrip("/"),
        issuer=_address("issuer", values["issuer"]),
        client_id=values["client_id"],
        client_secret=_secret(values, "client_secret"),
        cookie_secret=_cookie_secret(secret),
        lasting=secret is not None,
        idle=timedelta(minutes=_number(values, "idle_minutes", 120, _LONGEST_HOURS * 60)),
        longest=timedelta(hours=_number(values, "longest_hours", 12, _LONGEST_HOURS)),
        sessions_file=_path(values, "sessions_file"),
        ca_file=_existing(values, "ca_file"),
        allowed_hosts=tuple(values.get("allowed_hosts", "").replace(",", " ").split()),
        account_names=_yes(values, "account_names"),
        **{key: values[key] for key in ("provider", "scopes") if values.get(key)},
    )


def _from_file(path: Path) -> Values:
    try:
        with path.open("rb") as file:
            read = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SignInSettingsError(
            f"无法读取登录配置 {path}：{error}", f"Cannot read the sign-in file {path}: {error}"
        ) from error
    if unknown := sorted(set(read) - set(KEYS)):
        raise SignInSettingsError(
            f"登录配置 {path} 中有不认识的键：{'、'.join(unknown)}。可用的键：{'、'.join(KEYS)}。",
            f"The sign-in file {path} has unknown keys: {', '.join(unknown)}. Known are: "
            f"{', '.join(KEYS)}.",
        )
    if any(key in read for key in _INLINE_SECRETS) and path.stat().st_mode & 0o007:
        raise SignInSettingsError(
            f"{path} 含有密钥，却对所有用户开放。请执行：chmod 640 {path}",
            f"{path} holds a secret and is open to every user. Run: chmod 640 {path}",
        )
    values = {key: _written(value) for key, value in read.items()}
    # A path in the file is meant from where the file is.
    for key in _PATHS:
        if values.get(key):
            values[key] = str(path.resolve().parent / values[key])
    return values


def _written(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _address(key: str, value: str) -> str:
    """An address by HTTPS, or by HTTP on this machine alone."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    if parts.query or parts.fragment or "@" in parts.netloc or not host:
        parts = parts._replace(scheme="")
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)):
        return value
    raise SignInSettingsError(
        f"登录配置中的 {key} 应是 https:// 开头的网址（仅本机可用 http://），而不是：{value}",
        f"{key} must be an address that begins with https:// (http:// on this machine only), "
        f"not: {value}",
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(values: Values, key: str) -> Secret | None:
    if path := _existing(values, f"{key}_file"):
        text = path.read_text(encoding="utf-8").strip()
    else:
        text = values.get(key, "")
    return Secret(text) if text else None


def _cookie_secret(given: Secret | None) -> Secret:
    """The configured secret, else one of this process: then a restart ends every session."""
    secret = given or Secret(secrets.token_urlsafe(48))
    if len(secret.reveal()) < SHORTEST_COOKIE_SECRET:
        raise SignInSettingsError(
            f"cookie_secret 太短，至少需要 {SHORTEST_COOKIE_SECRET} 个字符。可用命令生成："
            "openssl rand -base64 48",
            f"cookie_secret must have {SHORTEST_COOKIE_SECRET} characters or more. Make one with: "
            "openssl rand -base64 48",
        )
    return secret


def _path(values: Values, key: str) -> Path | None:
    return Path(values[key]) if values.get(key) else None


def _existing(values: Values, key: str) -> Path | None:
    path = _path(values, key)
    try:
        if path is not None:
            path.open("rb").close()
    except OSError as error:
        raise SignInSettingsError(
            f"无法读取 {key}：{error}", f"Cannot read {key}: {error}"
        ) from error
    return path


def _yes(values: Values, key: str) -> bool:
    written = values.get(key, "no").lower()
    if written in ("true", "yes", "1"):
        return True
    if written in ("false", "no", "0"):
        return False
    raise SignInSettingsError(
        f"登录配置中的 {key} 应是 true 或 false，而不是：{written}",
        f"{key} must be true or false, not: {written}",
    )


def _number(values: Values, key: str, otherwise: int, most: int) -> float:
    try:
        number = float(values.get(key) or otherwise)
    except ValueError:
        number = 0
    if not 0 < number <= most:
        raise SignInSettingsError(
            f"登录配置中的 {key} 应是大于 0、不超过 {most} 的数字，而不是：{values[key]}",
            f"{key} must be a number above 0 and up to {most}, not: {values[key]}",
        )
    return number
