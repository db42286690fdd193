"""An org for tests, and unmodified HTTP clients that talk to it in-process, without sockets."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from requests.adapters import BaseAdapter
from simple_salesforce.api import Salesforce
from urllib3 import HTTPResponse
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from localorg.app import create_app
from localorg.faults import ConnectionDropped, GaveUp
from localorg.org import Org, User
from localorg.rest import rest_blueprint

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HTTPS_BASE = "https://localhost:8143"
HTTP_BASE = "http://127.0.0.1:8100"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ADMINISTRATOR = "admin@halden.example"
REP = "riley@halden.example"


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class LocalOrg:
    """An org with an administrator and a rep, its clock, and ways to reach it."""

    org: Org
    clock: Clock
    admin: User
    rep: User
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.app = Flask("localorg-under-test")
        self.app.register_blueprint(rest_blueprint(self.org))

    def whole(self) -> "LocalOrg":
        """The same org with its sign-in, its door and its fault script."""
        self.app = create_app(self.org, https_base=HTTPS_BASE, http_base=HTTP_BASE)
        return self

    def door(self, method: str, path: str, body: Any = None) -> requests.Response:
        """One call of the door of a whole org."""
        return wsgi_session(self.app).request(method, f"{HTTP_BASE}/_org{path}", json=body)

    def user(self, username: str, **facts: Any) -> User:
        return self.org.users.add(username=username, last_name=username.split("@", maxsplit=1)[0], **facts)

    def session(self, user: User | None = None, *, client: str = "tests") -> requests.Session:
        """A requests session signed in as the user (the rep when none is named)."""
        session = wsgi_session(self.app)
        session.headers["Authorization"] = f"Bearer {self.token(user, client=client)}"
        return session

    def token(self, user: User | None = None, *, client: str = "tests") -> str:
        return self.org.sessions.issue((user or self.rep).id, client)

    def salesforce(self, user: User | None = None, *, version: str = "67.0") -> Salesforce:
        """simple-salesforce as it comes, signed in as the user."""
        return Salesforce(
            instance_url=HTTPS_BASE, session_id=self.token(user), session=wsgi_session(self.app), version=version
        )

    def call(self, method: str, path: str, body: Any = None, *, user: User | None = None, **headers: str) -> Any:
        """One call under /services/data/v67.0; the requests.Response."""
        address = f"{HTTPS_BASE}/services/data/v67.0/{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.session(user).request(method, address, json=body, headers=named)

    def with_account(self, name: str = "Brightwater", **values: Any) -> str:
        return self._seeded("Account", {"Name": name, **values})

    def with_opportunity(self, name: str = "Brightwater", **values: Any) -> str:
        usual = {"Name": name, "StageName": "Prospecting", "CloseDate": "2026-12-31", "Amount": 125000.5}
        return self._seeded("Opportunity", {**usual, **values})

    def with_task(self, subject: str = "Call", **values: Any) -> str:
        return self._seeded("Task", {"Subject": subject, **values})

    def record(self, sobject: str, record_id: str) -> dict[str, Any]:
        """The stored record, past all rights."""
        row = self.org.records.find(sobject, record_id)
        assert row is not None, f"no {sobject} {record_id}"
        return dict(row)

    def _seeded(self, sobject: str, values: dict[str, Any]) -> str:
        owner = {"OwnerId": self.rep.id} if "OwnerId" not in values else {}
        with self.org.transaction(user_id=self.rep.id, client="seed") as tx:
            return tx.insert(sobject, {**values, **owner}, enforce=False)


def an_org(
    *,
    metadata_dirs: Sequence[Path] = (),
    data_file: Path | None = None,
    clock: Clock | None = None,
    permission_sets: Sequence[str] = (),
    make: Callable[..., Org] = Org.create,
) -> LocalOrg:
    """An org with two users. `permission_sets` are given to the rep."""
    clock = clock or Clock()
    org = make(metadata_dirs=metadata_dirs, data_file=data_file, clock=clock)
    admin = org.users.by_username(ADMINISTRATOR) or org.users.add(
        username=ADMINISTRATOR, first_name="Ada", last_name="Lindqvist", profile="System Administrator"
    )
    rep = org.users.by_username(REP) or org.users.add(
        username=REP, first_name="Riley", last_name="Okafor", permission_sets=permission_sets
    )
    return LocalOrg(org=org, clock=clock, admin=admin, rep=rep)


def wsgi_session(app: "WSGIApplication") -> requests.Session:
    """A requests session whose every call, whatever its host, is answered by `app` in this thread."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, WsgiAdapter(app))
    return session


class WsgiAdapter(BaseAdapter):
    """A requests transport onto a WSGI application. A dropped connection is what requests makes of a reset."""

    def __init__(self, app: "WSGIApplication") -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:  # type: ignore[override]
        assert request.url is not None
        parts = urlsplit(request.url)
        raw = parts.path + (f"?{parts.query}" if parts.query else "")
        body = request.body.encode() if isinstance(request.body, str) else request.body
        builder = EnvironBuilder(
            path=parts.path,
            query_string=parts.query,
            base_url=f"{parts.scheme}://{parts.netloc}/",
            method=request.method or "GET",
            headers=list(request.headers.items()),
            input_stream=io.BytesIO(body or b"") if not hasattr(body, "read") else body,
        )
        environ = builder.get_environ()
        environ["REMOTE_ADDR"] = "127.0.0.1"
        environ["CONTENT_LENGTH"] = str(len(body or b""))
        environ["RAW_URI"] = environ["REQUEST_URI"] = raw
        try:
            answer = TestResponse(*run_wsgi_app(self._app, environ, buffered=True), request=builder.get_request())
        except GaveUp as error:
            raise requests.ReadTimeout(str(error), request=request) from error
        except ConnectionDropped as error:
            raise requests.ConnectionError(str(error) or "connection reset", request=request) from error
        return self._response(request, answer)

    def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def _response(request: requests.PreparedRequest, answer: Any) -> requests.Response:
        response = requests.Response()
        response.status_code = answer.status_code
        response.reason = answer.status.partition(" ")[2]
        response.headers.update(dict(answer.headers))
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        response.url = request.url or ""
        response.request = request
        response.raw = HTTPResponse(body=io.BytesIO(answer.get_data()), preload_content=False)
        return response
