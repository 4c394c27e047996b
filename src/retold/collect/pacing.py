"""How often a host is asked: never faster than it can be expected to bear, and not at all while it asks us to wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from retold.base.errors import FetchError

LONGEST_DELAY = 30.0  # seconds between two requests, whatever a robots.txt asks for
LONGEST_REST = 86_400.0  # seconds that a host may make us wait
SHORTEST_REST = 60.0  # seconds that we wait where a host says only that we ask too much


class Pace:
    """When each host may be asked again.

    Args:
        delay: seconds between two requests to one host.
        clock: seconds that only grow.
        sleep: waits so many seconds.
    """

    def __init__(self, delay: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self.delay = delay
        self.clock = clock
        self.sleep = sleep
        self.asked: dict[str, float] = {}
        self.resting: dict[str, float] = {}

    def wait(self, url: str, place: str, asked_for: float) -> None:
        """Wait for a host's turn.

        Args:
            url: what is to be fetched.
            place: the same, as it may be shown.
            asked_for: the seconds between requests that its robots.txt asks for.

        Raises:
            FetchError: the host has asked us to wait for longer.
        """
        host = host_of(url)
        left = self.resting.get(host, 0.0) - self.clock()
        if left > 0:
            raise FetchError(expected="a host that may be asked", found=f"one that asks us to wait {left:.0f} s more", where=place,
                             advice="try again later")
        if host in self.asked:
            pause = self.asked[host] + max(self.delay, min(asked_for, LONGEST_DELAY)) - self.clock()
            if pause > 0:
                self.sleep(pause)
        self.asked[host] = self.clock()

    def rest(self, url: str, status: int, said: str) -> None:
        """Leave a host alone that says we ask too much (429), or that it is overloaded and for how long (503)."""
        if status == 429 or (status == 503 and said):
            self.resting[host_of(url)] = self.clock() + min(max(seconds(said), SHORTEST_REST), LONGEST_REST)


def host_of(url: str) -> str:
    """The host of an address, "" for none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def seconds(said: str) -> float:
    """The header Retry-After in seconds; 0 where it cannot be read. Source: RFC 9110, 10.2.3.

    >>> seconds("120"), seconds("soon")
    (120.0, 0.0)
    """
    if said.isascii() and said.isdigit() and len(said) < 12:
        return float(said)
    try:
        when = parsedate_to_datetime(said)
        return (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
