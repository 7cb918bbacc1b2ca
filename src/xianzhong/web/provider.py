"""The provider of sign-in, spoken to through Authlib: OpenID Connect, code flow with PKCE."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import anyio
import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.starlette_client import OAuth, OAuthError, StarletteOAuth2App
from cachetools import TTLCache
from joserfc.errors import ExpiredTokenError, InvalidClaimError, MissingClaimError
from starlette.requests import Request
from starlette.responses import Response

from xianzhong.signin.identity import Identity, identity_of
from xianzhong.signin.settings import SignInSettings
from xianzhong.watch.logs import log

_log = log("signin")

# Seconds in which somebody may find their password.
PATIENCE = 3600
_ANSWER_SECONDS = 15.0
_MOST_PENDING = 2000
# Clocks of two machines differ by so much at most.
_LEEWAY = 60
# Signed with a key that only the provider has. "none" and a shared password do not prove that.
_ALGORITHMS = frozenset(
    f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)
) | {"EdDSA", "Ed25519"}


@lru_cache(maxsize=4)
def _trusted(ca_file: Path | None) -> ssl.SSLContext:
    """The certificates to trust: read once, for each request would read all of them anew."""
    return ssl.create_default_context(cafile=ca_file)


class SignInError(Exception):
    """A sign-in that did not come about; ``kind`` is a key of ``sign_in_page.TROUBLES``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What came of a sign-in: who it is, the provider's token, and where they wanted to go."""

    identity: Identity
    token: str
    target: str


class _Pending:
    """Sign-ins under way, in Authlib's idea of a cache; each is taken out once."""

    def __init__(self) -> None:
        self._kept: TTLCache[str, str] = TTLCache(_MOST_PENDING, PATIENCE)

    async def get(self, key: str) -> str | None:
        return self._kept.get(key)

    async def set(self, key: str, value: str, _expires: int | None = None) -> None:
        self._kept[key] = value

    async def delete(self, key: str) -> None:
        self._kept.pop(key, None)


class _App(StarletteOAuth2App):  # type: ignore[misc]  # Authlib carries no types
    """Authlib's client, strict about who the provider is and how it signs."""

    issuer = ""

    async def load_server_metadata(self) -> dict[str, Any]:
        metadata = cast("dict[str, Any]", await super().load_server_metadata())
        if metadata.get("issuer") != self.issuer:
            # Not to be taken for good: who mends the provider need not restart this server.
            self.server_metadata.pop("_loaded_at", None)
            raise SignInError("foreign")
        named = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [
            name for name in named if name in _ALGORITHMS
        ] or ["RS256"]
        return metadata


class _Client(OAuth):  # type: ignore[misc]
    oauth2_client_cls = _App


class Provider:
    """The configured provider.

    Args:
        settings: the configuration.
    """

    def __init__(self, settings: SignInSettings) -> None:
        self._settings = settings
        self._targets: TTLCache[str, str] = TTLCache(_MOST_PENDING, PATIENCE)
        secret = settings.client_secret
        arguments: dict[str, Any] = {
            "scope": settings.scopes,
            "code_challenge_method": "S256",
            "timeout": _ANSWER_SECONDS,
            "verify": _trusted(settings.ca_file),
        }
        if secret is None:
            arguments["token_endpoint_auth_method"] = "none"  # noqa: S105 - the protocol's own word
        client = _Client(cache=_Pending())
        self._app = client.register(
            "provider",
            client_id=settings.client_id,
            client_secret=secret.reveal() if secret else None,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs=arguments,
        )
        self._app.issuer = settings.issuer

    async def begin(self, request: Request, target: str) -> Response:
        """Sends the browser to the provider.

        Raises:
            SignInError: the provider cannot be reached, or is not the one configured.
        """
        state = generate_token(40)
        self._targets[state] = target
        back = f"{self._settings.address}/sign-in/back"
        try:
            with anyio.fail_after(_ANSWER_SECONDS):
                return cast(
                    "Response", await self._app.authorize_redirect(request, back, state=state)
                )
        except Exception as error:
            raise _trouble(error) from error

    def target(self, request: Request) -> str:
        """Where a sign-in under way was to lead; empty where that is not known."""
        return self._targets.get(request.query_params.get("state", ""), "")

    async def finish(self, request: Request) -> SignedIn:
        """Takes the browser back from the provider.

        The state is used up by that, whatever comes of it. Then Authlib fetches the token with
        the code and its verifier, and checks signature, issuer, audience, times and nonce
        (OpenID Connect Core 1.0, section 3.1.3.7).

        Raises:
            SignInError: the sign-in did not come about.
        """
        target = self.target(request)
        one_of_us = {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "exp": {"essential": True},
            "sub": {"essential": True},
        }
        try:
            with anyio.fail_after(_ANSWER_SECONDS):
                token = await self._app.authorize_access_token(
                    request, claims_options=one_of_us, leeway=_LEEWAY
                )
            identity = identity_of(
                self._settings.issuer, token["userinfo"],
                account_names=self._settings.account_names,
            )  # fmt: skip
        except Exception as error:
            raise _trouble(error) from error
        self._targets.pop(request.query_params.get("state", ""), None)
        return SignedIn(identity, str(token.get("id_token") or ""), target)

    async def end(self, request: Request, token: str) -> Response | None:
        """Sends the browser to end its session at the provider; None where that has no way."""
        try:
            with anyio.fail_after(_ANSWER_SECONDS):
                metadata = await self._app.load_server_metadata()
                if not metadata.get("end_session_endpoint"):
                    return None
                return cast(
                    "Response",
                    await self._app.logout_redirect(
                        request,
                        post_logout_redirect_uri=f"{self._settings.address}/sign-in/out",
                        id_token_hint=token or None,
                        client_id=self._settings.client_id,
                    ),
                )
        except Exception as error:  # the session here has ended all the same
            _log.warning("no sign-out at the provider", error=type(error).__name__)
            return None


_KINDS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((MismatchingStateError,), "again"),
    ((ExpiredTokenError,), "expired"),
    ((httpx2.HTTPError, TimeoutError, OSError), "down"),
)


def _trouble(error: Exception) -> SignInError:
    """The kind of an error; its own words may hold what is secret and go nowhere."""
    kind = _kind(error)
    _log.warning("a sign-in failed", outcome=kind, error=type(error).__name__)
    return SignInError(kind)


def _kind(error: Exception) -> str:
    if isinstance(error, SignInError):
        return error.kind
    if isinstance(error, OAuthError) and error.error == "access_denied":
        return "cancelled"
    if isinstance(error, (InvalidClaimError, MissingClaimError)):
        return "foreign" if getattr(error, "claim", "") in ("aud", "azp", "iss") else "untrusted"
    return next((name for types, name in _KINDS if isinstance(error, types)), "untrusted")
