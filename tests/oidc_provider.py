"""An OpenID provider in a process of its own that can be told to answer wrongly.

It follows OpenID Connect Core's code flow with PKCE. Whoever comes to it is signed in at once as
the person last given to ``POST /person``; ``POST /fault`` bends the tokens that follow.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

ROOT = Path(__file__).resolve().parents[1]
CLIENT = "xianzhong-test"
SECRET = "a-password-that-no-log-may-hold"  # pragma: allowlist secret

# One for all: each client reads the certificates of the system anew.
HTTP = httpx2.Client(verify=False, trust_env=False)

KEY = RSAKey.generate_key(2048, {"kid": "one"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "one"})
state: dict = {"person": {"sub": "1", "name": "示例用户"}, "fault": "", "codes": {}, "ended": []}


def issuer_of(request: Request) -> str:
    return str(request.base_url).rstrip("/")


async def metadata(request: Request) -> Response:
    if state["fault"] == "down":
        return Response("out of order", 500)
    issuer = issuer_of(request)
    named = "https://elsewhere.example" if state["fault"] == "renamed" else issuer
    found = {
        "issuer": named,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/end",
        "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
    }
    return JSONResponse(found)


async def authorize(request: Request) -> Response:
    given = dict(request.query_params)
    back = {"state": given["state"]}
    if state["fault"] == "denied":
        back["error"] = "access_denied"
    else:
        back["code"] = secrets.token_urlsafe(12)
        state["codes"][back["code"]] = given
    return RedirectResponse(f"{given['redirect_uri']}?{urlencode(back)}", 302)


async def token(request: Request) -> Response:
    form = dict(await request.form())
    given = state["codes"].pop(form.get("code"), None)
    challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    packed = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
    password = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    if given is None or given["code_challenge"] != packed:
        return JSONResponse({"error": "invalid_grant"}, 400)
    if request.headers.get("authorization") != f"Basic {password}":
        return JSONResponse({"error": "invalid_client"}, 401)
    answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300}
    if state["fault"] != "no token":
        answer["id_token"] = signed(request, given["nonce"])
    return JSONResponse(answer)


def signed(request: Request, nonce: str) -> str:
    now, fault = int(time.time()), state["fault"]
    claims = {"iss": issuer_of(request), "aud": CLIENT, "iat": now, "exp": now + 300}
    claims |= {"nonce": nonce, **state["person"]}
    wrong = {
        "audience": {"aud": "another-system"},
        "audience with azp": {"aud": "another-system", "azp": CLIENT},
        "expired": {"iat": now - 7200, "exp": now - 3600},
        "issuer": {"iss": "https://elsewhere.example"},
        "nonce": {"nonce": "of-another-sign-in"},
        "nobody": {"sub": ""},
    }
    claims |= wrong.get(fault, {})
    header = {"alg": "RS256", "kid": "one"}
    if fault == "unsigned":
        parts = (b'{"alg":"none"}', jwt.json.dumps(claims).encode())
        return ".".join(base64.urlsafe_b64encode(p).rstrip(b"=").decode() for p in parts) + "."
    return jwt.encode(header, claims, STRANGE_KEY if fault == "signature" else KEY)


async def jwks(_request: Request) -> Response:
    return JSONResponse({"keys": [KEY.as_dict(private=False)]})


async def end(request: Request) -> Response:
    state["ended"].append(dict(request.query_params))
    return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


async def person(request: Request) -> Response:
    state["person"] = await request.json()
    return JSONResponse({})


async def fault(request: Request) -> Response:
    state["fault"] = (await request.json())["kind"]
    return JSONResponse({})


async def ended(_request: Request) -> Response:
    return JSONResponse(state["ended"])


app = Starlette(
    routes=[
        Route("/.well-known/openid-configuration", metadata),
        Route("/authorize", authorize),
        Route("/token", token, methods=["POST"]),
        Route("/jwks", jwks),
        Route("/end", end),
        Route("/person", person, methods=["POST"]),
        Route("/fault", fault, methods=["POST"]),
        Route("/ended", ended),
    ]
)


class Provider:
    """How a test speaks to the process."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def person(self, **claims: object) -> None:
        HTTP.post(f"{self.issuer}/person", json=claims).raise_for_status()

    def fault(self, kind: str) -> None:
        HTTP.post(f"{self.issuer}/fault", json={"kind": kind}).raise_for_status()

    def ended(self) -> list[dict[str, str]]:
        return HTTP.get(f"{self.issuer}/ended").json()


@contextmanager
def running_provider(*command: str) -> Iterator[Provider]:
    """Start the provider, or another program that prints uvicorn's first lines, and stop it."""
    process = subprocess.Popen(
        [sys.executable, *(command or ("-m", "tests.oidc_provider"))],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"running on (http://[\w.:]+)", line):
                yield Provider(found[1])
                return
        raise AssertionError("".join(said))
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    uvicorn.run(app, port=0, access_log=False)
