"""Which addresses on the network we connect to, and the connection that keeps to them.

A host's name is resolved here, its addresses are checked, and the connection goes to the very address that was checked: a name
that is resolved a second time could lead elsewhere (DNS rebinding). Every redirect comes through here again.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from retold.base.errors import FetchError, RefusedError

NAT64 = ipaddress.ip_network("64:ff9b::/96")  # how networks without IPv4 reach it; the address inside counts


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet: not private, local, reserved, shared, multicast, nor another in disguise.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found.ipv4_mapped or found.sixtofour or found.teredo or found.is_site_local or found.scope_id:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, within a time limit that the system's resolver does not have.

    Raises:
        FetchError: there are none, or not in time.
    """
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(info[4][0]) for info in infos)))
        except (OSError, UnicodeError, ValueError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        found = TimeoutError()
    if isinstance(found, Exception) or not found:
        raise FetchError(
            expected="a host that can be found",
            found="none of that name",
            where=host,
            advice="check the address and the network connection",
        )
    return found


class Deadline:
    """A moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, `most` at most.

        Raises:
            httpcore.ReadTimeout: none.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("total time limit")
        return left if most is None else min(left, most)


class GuardedBackend(httpcore.NetworkBackend):
    """Connections to public addresses only, each within the time that is left."""

    def __init__(self, *, allow_private: bool, deadline: Deadline) -> None:
        self.allow_private = allow_private
        self.deadline = deadline
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that is allowed and answers.

        Raises:
            FetchError: the host has no address, or none that answers.
            RefusedError: all its addresses are private.
        """
        found = resolve(host, port, self.deadline.left(timeout))
        allowed = [address for address in found if self.allow_private or is_public(address)]
        if not allowed:
            raise RefusedError(
                expected="a public address",
                found=f"{found[0]}, which is not",
                where=host,
                advice="allow private addresses in the settings if you trust it",
            )
        for number, address in enumerate(allowed, 1):
            try:
                stream = self.backend.connect_tcp(address, port, self.deadline.left(timeout), local_address, socket_options)
                return TimedStream(stream, self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(allowed):
                    raise
        raise httpcore.ConnectError(host)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never.

        Raises:
            RefusedError: always.
        """
        raise RefusedError(expected="a public address", found="a local socket", where=path)


class TimedStream(httpcore.NetworkStream):
    """A connection on which no step lasts beyond the deadline, so that a server that drips bytes cannot hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, `max_bytes` at most."""
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the buffer."""
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the certificate is checked against the host's name, not its address."""
        return TimedStream(self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self.stream.get_extra_info(info)
