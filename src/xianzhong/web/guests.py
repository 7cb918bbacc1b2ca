"""The way in for people without an account: ``/g/<link>.<last day>.<signature>``."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from xianzhong.model.labels import Label
from xianzhong.signin.door import Door
from xianzhong.signin.guests import Ticket
from xianzhong.watch.logs import log
from xianzhong.web.limits import Limit, whose
from xianzhong.web.sign_in_page import PageMaker

# A room full of people behind one address opens a link at once; more is no reading.
FROM_ONE_ADDRESS = 60
OF_ONE_LINK = 120
WITHIN_SECONDS = 60.0
_LONGEST = 200
_log = log("web")


class GuestView(Protocol):
    """What the rule for guests finds behind a link."""

    @property
    def refused(self) -> Label | None:
        """Why it does not open; None where it does."""


@dataclass(frozen=True, slots=True)
class GuestLinks:
    """What the server is told of links for guests; it knows neither the lake nor the pages.

    Attributes:
        page: name of the page and its parameters, by the caller that the rule for guests made and
            the language that was asked for; None for who is no guest.
        opened: notes that a link was opened.
    """

    page: Callable[[object, str], tuple[str, Mapping[str, str]] | None]
    opened: Callable[[str], None]


def address_of(found: tuple[str, Mapping[str, str]], base_path: str) -> str:
    """The address of a guest's page within the product."""
    page, params = found
    name = "" if page == "overview" else quote(page)
    return f"{base_path}/{name}?{urlencode(params, safe=',')}"


def guest_routes(
    door: Door,
    pages: PageMaker,
    links: GuestLinks,
    base_path: str = "",
    clock: Callable[[], float] = time.monotonic,
) -> list[BaseRoute]:
    """Return the route ``/g/…``.

    Args:
        door: knows signatures, and the rule for guests.
        pages: makes the pages of what does not open.
        links: what is behind a link.
        base_path: the prefix under which the application is served, or empty.
        clock: seconds, for the limits.
    """
    ways = _Ways(door, pages, links, base_path, clock)
    return [Route(f"{base_path}/g/{{ticket:path}}", ways.open)]


class _Ways:
    """What the route does."""

    def __init__(
        self,
        door: Door,
        pages: PageMaker,
        links: GuestLinks,
        base_path: str,
        clock: Callable[[], float],
    ) -> None:
        self.door, self.pages, self.links, self.base_path = door, pages, links, base_path
        self.by_address = Limit(FROM_ONE_ADDRESS, WITHIN_SECONDS, clock=clock)
        self.by_link = Limit(OF_ONE_LINK, WITHIN_SECONDS, clock=clock)

    async def open(self, request: Request) -> Response:
        """The pinned view, with a cookie that opens it; or why there is none."""
        wait = self.by_address.take(whose(request.client.host if request.client else ""))
        if wait:
            return self._slowly(request, wait)
        text = str(request.path_params["ticket"])
        ticket = self.door.tickets.of_address(text) if len(text) <= _LONGEST else None
        if ticket is None:
            return self.pages.guest(request.scope, "unsigned")
        if ticket.state == "expired":
            return self.pages.guest(request.scope, "expired")
        if wait := self.by_link.take(ticket.link):
            return self._slowly(request, wait)
        try:
            return await anyio.to_thread.run_sync(self._lead, request, ticket)
        except Exception as error:  # what is behind it cannot be told: nothing is shown
            _log.error("a guest's link cannot be told", error=type(error).__name__)
            return self.pages.guest(request.scope, "unknown")

    def _lead(self, request: Request, ticket: Ticket) -> Response:
        caller = self.door.guest(ticket).caller
        if caller.refused is not None:
            return self.pages.guest(request.scope, "closed", caller.refused)
        found = self.links.page(caller, request.query_params.get("lang", ""))
        if found is None:
            return self.pages.guest(request.scope, "closed")
        if request.method == "GET":
            self._note(ticket)
        answer = RedirectResponse(
            address_of(found, self.base_path), 302, {"Cache-Control": "no-store"}
        )
        # Who has an account sees the view with their own rights.
        if self.door.session(request.cookies) is None:
            self._give(answer, ticket)
        return answer

    def _note(self, ticket: Ticket) -> None:
        _log.info("guest link opened", link=ticket.link)
        try:
            self.links.opened(ticket.link)
        except Exception as error:  # it waits in memory, and the log has it
            _log.error("an opening cannot be recorded yet", error=type(error).__name__)

    def _give(self, answer: Response, ticket: Ticket) -> None:
        settings = self.door.settings
        answer.set_cookie(
            settings.guest_cookie, self.door.tickets.cookie(ticket),
            max_age=self.door.tickets.seconds_left(ticket), path=self.base_path or "/",
            secure=settings.https, httponly=True, samesite="lax",
        )  # fmt: skip

    def _slowly(self, request: Request, wait: float) -> Response:
        answer = self.pages.guest(request.scope, "often")
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer
