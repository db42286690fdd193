"""The shipped nginx in front of a real server: what goes through, what it answers by itself, whose address it tells."""

import json
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from accord.settings import DEFAULTS
from support.machines import wait_for
from support.proxy import Proxy, a_proxy
from support.serving import Server, a_running_server

SHAPE = {"code", "message", "field", "items", "reference"}
FEW = 5
AT_ONCE = 32  # connections that the web takes
LARGEST = int(DEFAULTS["ACCORD_MAX_BODY_BYTES"])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        return dict(json.loads(self.body))


@dataclass(frozen=True)
class Front:
    """nginx and the server behind it."""

    proxy: Proxy
    server: Server

    @contextmanager
    def connected(self, source: str = "127.0.0.1") -> Iterator[ssl.SSLSocket]:
        """Over TLS, from an address of this machine."""
        trusted = ssl.create_default_context(cafile=str(self.proxy.ca_file))
        with (
            socket.create_connection(("127.0.0.1", self.proxy.port), timeout=10, source_address=(source, 0)) as plain,
            trusted.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            yield connection

    def send(self, request: bytes, *, source: str = "127.0.0.1") -> Answer:
        with self.connected(source) as connection:
            connection.sendall(request)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        return Answer(int(first.split()[1]), headers, body)

    def ask(self, method: str, path: str, body: bytes = b"", *, source: str = "127.0.0.1", **headers: str) -> Answer:
        given = {"Host": "localhost", "Connection": "close", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
        return self.send(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body, source=source)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    few = {"ACCORD_PROXY_HOPS": "1", "ACCORD_SIGN_INS_PER_MINUTE": str(FEW)}
    with a_running_server(folder, **few) as server:
        proxy = a_proxy(folder / "nginx", web_port=server.port)
        with proxy.running():
            yield Front(proxy, server)


def test_nginx_takes_the_shipped_file_without_a_warning(tmp_path: Path) -> None:
    said = a_proxy(tmp_path / "nginx", web_port=8000).check()

    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr


def test_pages_and_calls_go_through_and_stay_private(front: Front) -> None:
    page, call = front.ask("GET", "/canvas"), front.ask("GET", "/api/v1/plans/x", Accept_Encoding="gzip")

    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Accord opens inside Salesforce" in page.body
    assert (call.status, call.json()["code"]) == (401, "SIGN_IN_AGAIN")
    assert call.json()["reference"] == call.headers["x-request-id"]
    for answer in (page, call):
        assert answer.headers["cache-control"] == "no-store"
        assert "content-encoding" not in answer.headers


def test_a_file_of_the_page_goes_through_and_may_be_kept(front: Front) -> None:
    answer = front.ask("GET", "/panel-assets/panel.html")

    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=3600"


def test_the_largest_body_is_the_same_for_both(front: Front) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded", "source": "127.0.0.3"}
    assert front.ask("POST", "/oauth/token", b"x" * LARGEST, **form).status == 400  # the web read it

    answer = front.ask("POST", "/oauth/token", b"x" * (LARGEST + 1), **form)

    assert (answer.status, answer.json()["code"], set(answer.json())) == (413, "TOO_LARGE", SHAPE)
    assert answer.headers["cache-control"] == "no-store"
    reference = str(answer.json()["reference"])
    assert answer.headers["x-request-id"] == reference
    wait_for(lambda: reference in front.proxy.log(), 60)  # it is written when all of the body was taken and thrown away
    assert " POST /oauth/token 413 " in front.proxy.log()


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (b"canary is no request\r\n\r\n", 400, "BAD_REQUEST"),
        (b"GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "BAD_REQUEST"),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "ADDRESS_TOO_LONG"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 9000 + b"\r\n\r\n", 431, "HEADERS_TOO_LARGE"),
    ],
)
def test_what_nginx_refuses_by_itself_has_our_shape(front: Front, request_: bytes, status: int, code: str) -> None:
    answer = front.send(request_)

    assert (answer.status, answer.json()["code"], set(answer.json())) == (status, code, SHAPE)


def test_the_web_is_told_who_asks_and_nobody_chooses_that_himself(front: Front) -> None:
    """Limits of signing in count addresses: a header of the client's own makes none, another address does."""

    def sign_in(source: str, turn: int) -> int:
        form = {"Content_Type": "application/x-www-form-urlencoded", "X_Forwarded_For": f"198.51.100.{turn}"}
        return front.ask("POST", "/oauth/token", b"grant_type=x", source=source, **form).status

    assert [sign_in("127.0.0.4", turn) for turn in range(FEW + 1)] == [400] * FEW + [429]
    assert sign_in("127.0.0.5", 1) == 400


def test_the_answers_of_the_proxy_are_no_addresses_of_their_own(front: Front) -> None:
    assert front.ask("GET", "/_proxy/504").status == 404


def test_clients_that_never_finish_their_bodies_keep_nobody_waiting(front: Front) -> None:
    """More of them than the web takes connections at once."""
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\ngrant_type="
    head = b"POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n" + form
    with ExitStack() as stack:
        for number in range(AT_ONCE + 8):
            stack.enter_context(front.connected(f"127.0.1.{number + 1}")).sendall(head)

        answers = [front.ask("GET", "/healthz").status for _ in range(3)]

    def slow() -> list[str]:
        return re.findall(r" (127\.0\.1\.\d+ .*)", front.proxy.log())

    assert answers == [200, 200, 200]
    wait_for(lambda: len(slow()) == AT_ONCE + 8, 60)
    asked_of_the_web = [line for line in slow() if " - - " not in line]
    assert asked_of_the_web == []


def test_no_query_is_in_the_log_of_the_proxy(front: Front) -> None:
    front.ask("GET", "/oauth/salesforce/callback?code=canary-code-4711&state=s", source="127.0.0.6")

    wait_for(lambda: " GET /oauth/salesforce/callback " in front.proxy.log(), 60)
    assert "canary-code-4711" not in front.proxy.log()


def test_plain_http_is_sent_to_https(front: Front) -> None:
    with socket.create_connection(("127.0.0.1", front.proxy.plain_port), timeout=10) as connection:
        connection.sendall(b"POST /canvas?x=1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        answer = connection.recv(65536)

    assert answer.startswith(b"HTTP/1.1 308")
    assert b"Location: https://accord.example.com/canvas?x=1\r\n" in answer


def test_while_the_web_is_away_the_proxy_says_when_to_come_back(tmp_path: Path) -> None:
    proxy = a_proxy(tmp_path / "nginx", web_port=1)
    with proxy.running():
        answer = Front(proxy, None).ask("GET", "/canvas?signed=canary-code-4711")  # type: ignore[arg-type]

    assert (answer.status, answer.json()["code"], set(answer.json())) == (503, "WEB_AWAY", SHAPE)
    assert answer.headers["retry-after"] == "5"
    wait_for(lambda: " GET /canvas 503 " in proxy.log(), 60)
    assert "canary-code-4711" not in proxy.log()
