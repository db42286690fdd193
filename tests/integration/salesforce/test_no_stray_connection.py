"""No address from outside leads us anywhere but to Salesforce: the real transport, watched at the sockets (G24)."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accord.core.clock import system_clock
from accord.core.errors import AccordError
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.soql import select
from accord.salesforce.transport import HttpOptions
from support.hostile import HOSTILE_ADDRESSES
from support.scripted_org import a_login

PUBLIC = "136.146.0.1"  # one of the internet's; the watch lets no connection be made
INSIDE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
    *("::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254"),
]
OURS = HttpOptions(timeout=1, allowed_loopback=frozenset({"localhost:8143", "127.0.0.1:8143"}))
_watchers: list[list[tuple[str, Any]]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Writes down what the process wants of the network, and refuses it. An audit hook cannot be taken out again."""
    if not _watchers or event not in {"socket.connect", "socket.getaddrinfo"}:
        return
    wanted = arguments[1] if event == "socket.connect" else arguments[0]
    _watchers[-1].append((event, wanted))
    if event == "socket.connect":
        raise ConnectionRefusedError


@contextmanager
def watched_sockets() -> Iterator[list[tuple[str, Any]]]:
    if not getattr(_watch, "is_set", False):
        sys.addaudithook(_watch)
        _watch.is_set = True  # type: ignore[attr-defined]
    seen: list[tuple[str, Any]] = []
    _watchers.append(seen)
    try:
        yield seen
    finally:
        _watchers.pop()


def ask(instance_url: str) -> None:
    """One query, with a live token, to the org that lives there."""
    gateway = open_gateway(a_login(instance_url=instance_url), http=OURS, describes=DescribeCache(), clock=system_clock)
    gateway.query(select("Id").from_("Account"))


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_an_address_that_is_no_orgs_is_neither_looked_up_nor_called(address: str) -> None:
    with watched_sockets() as seen, pytest.raises(AccordError):
        ask(address)

    assert seen == []


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_of_salesforce_that_points_inside_is_not_called(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolver(lambda: address))

    with watched_sockets() as seen, pytest.raises(AccordError):
        ask("https://halden.my.salesforce.com")

    assert seen == []


def test_a_name_that_turns_inside_after_it_was_looked_up_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the address that was looked at is the one that is called, whatever the name says a moment later."""
    answers = iter([PUBLIC])
    monkeypatch.setattr(socket, "getaddrinfo", resolver(lambda: next(answers, "169.254.169.254")))

    with watched_sockets() as seen, pytest.raises(AccordError):
        ask("https://halden.my.salesforce.com")

    assert {target[0] for _, target in seen} == {PUBLIC}


def resolver(address: Callable[[], str]) -> Callable[..., Any]:
    """What stands for the resolver: names have the address given, an address is itself."""

    def getaddrinfo(host: str, port: Any, *_more: Any, **_named: Any) -> Any:
        found = host if host == PUBLIC else address()
        family = socket.AF_INET6 if ":" in found else socket.AF_INET
        place = (found, port, 0, 0) if ":" in found else (found, port)
        return [(family, socket.SOCK_STREAM, 6, "", place)]

    return getaddrinfo


def test_the_watch_sees_a_connection_that_is_made() -> None:
    with watched_sockets() as seen, socket.socket() as plain, pytest.raises(ConnectionRefusedError):
        plain.connect((PUBLIC, 443))

    assert seen == [("socket.connect", (PUBLIC, 443))]
