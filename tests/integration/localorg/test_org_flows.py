"""A flow's button: the login and the callout that the platform would make, and its answer or fault."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from flask import Flask, Response, jsonify, request

from localorg.flows import FlowEnd, FlowResult, FlowRunner, Publish
from localorg.http_server import RunningServer
from localorg.setup import Flow, NamedCredential, OrgSetup

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORD = {"Id": "006000000000001AAA", "Name": "Brightwater", "Amount": 125000.5, "NextStep": None}
USER = {"Id": "005000000000001AAA"}


class Service:
    """A service with a client-credentials login; `answers` are given in turn, the last one for ever."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.answers = list(answers) or [(200, {"isSuccess": True})]
        self.logins: list[tuple[str | None, str | None]] = []
        self.calls: list[Any] = []

    def app(self) -> Flask:
        app = Flask("service")

        @app.post("/token")
        def token() -> Response:
            login = request.authorization
            self.logins.append((login.username, login.password) if login else (None, None))
            return jsonify(access_token=f"token-{len(self.logins)}", token_type="Bearer", expires_in=600)

        @app.route("/<path:path>", methods=["GET", "POST"])
        def call(path: str) -> tuple[Response, int]:
            self.calls.append((request.method, path, request.headers["Authorization"], request.get_json(silent=True)))
            status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            return jsonify(body), status

        return app


@contextmanager
def serving(service: Service) -> Iterator[str]:
    server = RunningServer(service.app(), host="127.0.0.1", port=0)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()


def a_setup(base: str, **changes: Any) -> tuple[OrgSetup, Flow]:
    setup = OrgSetup()
    setup.register(NamedCredential("Service", base, f"{base}/token", "client", "secret"))
    facts = {
        "name": "Log", "label": "Log it", "object": "Opportunity", "named_credential": "Service", "method": "POST",
        "path": "/v1/things", "body": {"recordId": "{!$Record.Id}"}, **changes,
    }  # fmt: skip
    flow = Flow(**facts)
    setup.register(flow)
    return setup, flow


def a_runner(setup: OrgSetup, publish: Publish | None = None) -> FlowRunner:
    """A runner whose org has no events, unless it is told how they are published."""

    def no_event(_user_id: str, event: str, _values: Mapping[str, Any]) -> None:
        raise AssertionError(f"{event} was published")

    return FlowRunner(setup, clock=lambda: NOON, publish=publish or no_event)


def pressed(base: str, **changes: Any) -> FlowResult:
    setup, flow = a_setup(base, **changes)
    return a_runner(setup).run(flow, record=RECORD, user=USER)


def test_it_signs_in_with_client_credentials_and_calls_with_the_token() -> None:
    service = Service()
    with serving(service) as base:
        result = pressed(base)

    assert service.logins == [("client", "secret")]
    assert service.calls == [("POST", "v1/things", "Bearer token-1", {"recordId": RECORD["Id"]})]
    assert (result.end, result.status, result.answer) == (FlowEnd.FINISHED, 200, {"isSuccess": True})


def test_merge_fields_are_filled_in_and_keep_their_type() -> None:
    body = {
        "items": [{"amount": "{!$Record.Amount}", "who": "{!$User.Id}", "text": "About {!$Record.Name}!",
                   "at": "{!$Flow.CurrentDateTime}", "key": "{!$Flow.InterviewGuid}", "none": "{!$Record.NextStep}",
                   "flag": True}],
    }  # fmt: skip
    with serving(Service()) as base:
        result = pressed(base, body=body)

    sent = result.sent["items"][0]
    assert (sent["amount"], sent["who"], sent["text"]) == (125000.5, USER["Id"], "About Brightwater!")
    assert (sent["at"], sent["key"], sent["none"], sent["flag"]) == (
        "2026-11-20T12:00:00Z",
        result.interview,
        None,
        True,
    )


def test_every_press_is_an_interview_of_its_own() -> None:
    with serving(Service()) as base:
        assert pressed(base).interview != pressed(base).interview


def test_a_token_is_used_again_and_renewed_when_it_is_refused() -> None:
    service = Service((200, {}), (401, {}), (200, {"done": True}))
    with serving(service) as base:
        setup, flow = a_setup(base)
        runner = a_runner(setup)
        runner.run(flow, record=RECORD, user=USER)
        second = runner.run(flow, record=RECORD, user=USER)

    assert [call[2] for call in service.calls] == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    assert second.answer == {"done": True}


def test_a_refusal_of_the_service_is_a_fault_with_its_answer() -> None:
    with serving(Service((422, {"message": "No such kind."}))) as base:
        result = pressed(base)

    assert (result.end, result.status, result.answer) == (FlowEnd.FAULT, 422, {"message": "No such kind."})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": {"x": "{!$Record.Nothing}"}}, "no value here"),
        ({"body": {"x": "{!$Secret.Key}"}}, "no value here"),
        ({"named_credential": "Other"}, "does not exist"),
    ],
)
def test_what_cannot_be_sent_is_a_fault_that_says_why(changes: dict[str, Any], message: str) -> None:
    with serving(Service()) as base:
        result = pressed(base, **changes)

    assert result.end is FlowEnd.FAULT
    assert message in result.message


def test_a_service_that_is_not_there_is_a_fault() -> None:
    result = pressed("http://127.0.0.1:1")

    assert result.end is FlowEnd.FAULT
    assert "could not be reached" in result.message


def test_a_service_that_says_nothing_for_ten_seconds_is_a_fault() -> None:
    class Patience(requests.Session):
        def request(self, *_args: Any, **parts: Any) -> requests.Response:
            given.append(parts["timeout"])
            raise requests.ReadTimeout

    given: list[float] = []
    setup, flow = a_setup("http://127.0.0.1:1")
    runner = FlowRunner(setup, clock=lambda: NOON, publish=lambda *_: None, new_session=Patience)

    result = runner.run(flow, record=RECORD, user=USER)

    assert given == [10.0]
    assert (result.end, "within 10 seconds" in result.message) == (FlowEnd.FAULT, True)


def test_presses_at_the_same_time_do_not_disturb_each_other() -> None:
    service = Service()
    ends: list[FlowEnd] = []
    with serving(service) as base:
        setup, flow = a_setup(base)
        runner = a_runner(setup)

        def press() -> None:
            ends.append(runner.run(flow, record=RECORD, user=USER).end)

        threads = [threading.Thread(target=press) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert ends == [FlowEnd.FINISHED] * 10
    assert len(service.calls) == 10
