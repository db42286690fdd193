"""Answers that an org may not give, and a record of what was asked: an adapter under the gateway, without sockets."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from accord.core.ids import ConnectionId, OrgId, UserId
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.model import AccessToken, Gateway, Login, LoginKind
from accord.salesforce.transport import HttpOptions
from support.builders import AClock

ORG_ID = OrgId("00D000000000001EAA")
RILEY = UserId("005000000000001AAA")
INSTANCE = "https://halden.my.salesforce.com"
VERSIONS = [{"label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0"}]


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is JSON unless it is bytes."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    url: str
    headers: Mapping[str, str]
    body: Any
    timeout: Any
    verify: Any


Step = Answer | Exception | Callable[[requests.PreparedRequest], Answer]


class ScriptedOrg(BaseAdapter):
    """Gives its answers one after the other (the last one again and again); the list of versions is answered apart."""

    def __init__(self, *steps: Step, versions: Step | None = None) -> None:
        super().__init__()
        self._steps = list(steps)
        self._versions = versions or Answer(body=VERSIONS)
        self.asked: list[Asked] = []
        self.versions_asked = 0

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        if str(request.url).endswith("/services/data/"):
            self.versions_asked += 1
            assert "Authorization" not in request.headers
            return self._answer(request, self._versions)
        body = request.body
        if isinstance(body, bytes):
            body = json.loads(body)
        self.asked.append(
            Asked(
                method=str(request.method),
                url=str(request.url),
                headers=dict(request.headers),
                body=body,
                timeout=kwargs.get("timeout"),
                verify=kwargs.get("verify"),
            )
        )
        return self._answer(request, self._steps.pop(0) if len(self._steps) > 1 else self._steps[0])

    def close(self) -> None:
        pass

    def _answer(self, request: requests.PreparedRequest, step: Step) -> requests.Response:
        if isinstance(step, Exception):
            raise step
        answer = step if isinstance(step, Answer) else step(request)
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        response = requests.Response()
        response.status_code = answer.status
        response.headers.update({"Content-Type": "application/json;charset=UTF-8", **answer.headers})
        response.raw = HTTPResponse(BytesIO(b"" if answer.body is None else body), preload_content=False)
        response.request = request
        response.url = str(request.url)
        return response


def a_login(**changes: Any) -> Login:
    facts: dict[str, Any] = {
        "connection_id": ConnectionId("0190c0de-0000-7000-8000-000000000001"),
        "org_id": ORG_ID,
        "user_id": RILEY,
        "instance_url": INSTANCE,
        "access_token": AccessToken("00Dtoken!one"),
        "kind": LoginKind.PERSONAL,
    }
    return Login(**{**facts, **changes})


def http_to(org: BaseAdapter, **changes: Any) -> HttpOptions:
    return HttpOptions(**{"timeout": 7.0, "adapter": org, **changes})


def a_gateway(
    org: BaseAdapter,
    *,
    login: Login | None = None,
    describes: DescribeCache | None = None,
    clock: AClock | None = None,
    renew: Callable[[], Login] | None = None,
) -> Gateway:
    return open_gateway(
        login or a_login(),
        http=http_to(org),
        describes=describes or DescribeCache(),
        clock=clock or AClock(),
        renew=renew,
    )


def sf_error(code: str, message: str = "said", *, status: int = 400, fields: tuple[str, ...] = ()) -> Answer:
    return Answer(status, [{"errorCode": code, "message": message, "fields": list(fields)}])
