import socket
import time

import httpcore
import pytest

from retold.base.errors import FetchError, RefusedError
from retold.collect.addresses import Deadline, GuardedBackend, is_public, resolve


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "240.0.0.1",
        "224.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "",
        "localhost",
        "8.8.8",
    ],
)
def test_all_other_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def backend(
    monkeypatch: pytest.MonkeyPatch, *addresses: str, allow: bool = False, seconds: float = 2
) -> tuple[GuardedBackend, list[str]]:
    reached: list[str] = []
    guarded = GuardedBackend(allow_private=allow, deadline=Deadline(seconds))
    infos = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: infos)

    def connect(host: str, *_: object) -> httpcore.NetworkStream:
        reached.append(host)
        if host.startswith("9."):
            raise httpcore.ConnectError(host)
        return httpcore.NetworkStream()

    monkeypatch.setattr(guarded.backend, "connect_tcp", connect)
    return guarded, reached


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded, reached = backend(monkeypatch, "127.0.0.1", "8.8.8.8")
    guarded.connect_tcp("news.example", 80)
    assert reached == ["8.8.8.8"]


def test_a_host_with_private_addresses_only_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded, reached = backend(monkeypatch, "10.0.0.1", "::1")
    with pytest.raises(RefusedError, match=r"news\.example: expected a public address, found 10\.0\.0\.1"):
        guarded.connect_tcp("news.example", 80)
    assert reached == []


def test_private_addresses_may_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded, reached = backend(monkeypatch, "10.0.0.1", allow=True)
    guarded.connect_tcp("news.example", 80)
    assert reached == ["10.0.0.1"]


def test_the_next_address_is_tried_when_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded, reached = backend(monkeypatch, "9.9.9.9", "8.8.8.8")
    guarded.connect_tcp("news.example", 80)
    assert reached == ["9.9.9.9", "8.8.8.8"]
    guarded, _ = backend(monkeypatch, "9.9.9.9")
    with pytest.raises(httpcore.ConnectError):
        guarded.connect_tcp("news.example", 80)


def test_a_local_socket_is_refused() -> None:
    with pytest.raises(RefusedError):
        GuardedBackend(allow_private=True, deadline=Deadline(1)).connect_unix_socket("/run/x.sock")


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1.2) or [])
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"slow\.example: expected a host that can be found"):
        resolve("slow.example", 80, 0.1)
    assert time.monotonic() - start < 1


def test_an_unknown_host_is_a_fetch_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError):
        resolve("none.invalid", 80, 1)


def test_nothing_is_done_after_the_deadline() -> None:
    with pytest.raises(httpcore.ReadTimeout):
        Deadline(0).left()
    assert Deadline(100).left(5) == 5
