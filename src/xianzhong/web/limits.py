"""How often somebody may try something: kept in memory, for a bounded number of them."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Limit:
    """So many tries in a span of time for each key, and then as they come free (token bucket).

    Safe to share between threads. Of more keys than are remembered, the ones that have been quiet
    for longest are forgotten.

    Args:
        tries: how many at once.
        seconds: in how long all of them have come free again.
        most: how many keys are remembered.
        clock: seconds.
    """

    def __init__(
        self,
        tries: int,
        seconds: float,
        most: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tries, self._rate, self._most, self._clock = tries, tries / seconds, most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = threading.Lock()

    def take(self, key: str) -> float:
        """Takes one try; 0 where there was one, else after how many seconds there will be."""
        now = self._clock()
        with self._guard:
            left, at = self._left.pop(key, (float(self._tries), now))
            left = min(float(self._tries), left + max(0.0, now - at) * self._rate)
            wait = 0.0 if left >= 1 else (1 - left) / self._rate
            self._left[key] = (left - 1 if not wait else left, now)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return wait


def whose(address: str) -> str:
    """Who counts as one: an address, and of IPv6 the network of a household (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
