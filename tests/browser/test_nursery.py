"""The tests' own servers: each is one by itself, and none is left behind."""

from __future__ import annotations

import os
import time

import httpx2
import pytest

from tests.browser import serving
from tests.browser.product import answers
from tests.browser.serving import product_server
from tests.lakes import lake_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="servers start anew where there is no fork"),
]


@pytest.fixture
def own_nursery(monkeypatch: pytest.MonkeyPatch) -> None:
    """A nursery that a test may bring to grief."""
    monkeypatch.setattr(serving, "_nurseries", [])


def gone(url: str) -> bool:
    until = time.monotonic() + 60
    while answers(url) and time.monotonic() < until:
        time.sleep(0.05)
    return not answers(url)


def test_servers_are_of_their_own_and_none_outlives_the_tests(own_nursery) -> None:
    with product_server(lake_of("empty")) as one:
        with product_server(lake_of("real")) as other:
            assert one != other
            said = [httpx2.get(f"{url}/universities").status_code for url in (one, other)]
            assert said == [200, 200]
        assert gone(other)
        assert answers(one)
        # As when the tests are killed: nothing but the end of the input is left to tell.
        nursery = serving.nursery()
        assert nursery.stdin is not None
        nursery.stdin.close()
        assert gone(one)
    assert nursery.wait(20) == 0
