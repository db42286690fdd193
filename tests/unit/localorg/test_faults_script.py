"""The fault script without sockets: what each kind does, and that it is repeatable and counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client

from localorg.faults import ConnectionDropped, Fault, FaultKind, FaultMiddleware, FaultScript

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/services/data/v67.0/sobjects/Task"


class AnApplication:
    """Commits one effect per call."""

    def __init__(self) -> None:
        self.effects = 0

    def __call__(self, _environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.effects += 1
        start_response("201 Created", [("Content-Type", "text/plain")])
        return [b"done"]


def a_client(*faults: Fault, pauses: list[float] | None = None) -> tuple[Client, AnApplication, FaultScript]:
    app, script = AnApplication(), FaultScript()
    for fault in faults:
        script.arm(fault)
    seen = pauses if pauses is not None else []
    return Client(FaultMiddleware(app, script, pause=seen.append)), app, script


def test_reset_before_does_nothing_and_drops() -> None:
    client, app, _ = a_client(Fault(FaultKind.RESET_BEFORE))

    with pytest.raises(ConnectionDropped):
        client.post(PATH)
    assert app.effects == 0


def test_reset_after_does_the_work_and_drops() -> None:
    client, app, _ = a_client(Fault(FaultKind.RESET_AFTER))

    with pytest.raises(ConnectionDropped):
        client.post(PATH)
    assert app.effects == 1


def test_unavailable_answers_503_in_the_platforms_shape() -> None:
    client, app, _ = a_client(Fault(FaultKind.UNAVAILABLE))
    answer = client.post(PATH)

    assert (answer.status_code, app.effects) == (503, 0)
    assert answer.get_json() == [
        {
            "message": "The server is temporarily unavailable. Please try again.",
            "errorCode": "SERVER_UNAVAILABLE",
        }
    ]


def test_slow_works_at_once_and_answers_later() -> None:
    pauses: list[float] = []
    client, app, _ = a_client(Fault(FaultKind.SLOW, delay_ms=1500), pauses=pauses)
    answer = client.post(PATH)

    assert (answer.status_code, app.effects, pauses) == (201, 1, [1.5])


def test_late_commit_of_a_waiting_client_waits_before_the_work() -> None:
    order: list[str] = []
    script = FaultScript()
    script.arm(Fault(FaultKind.LATE_COMMIT, delay_ms=20))

    def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        order.append("work")
        start_response("200 OK", [])
        return [b""]

    client = Client(FaultMiddleware(app, script, pause=lambda seconds: order.append(f"pause {seconds}")))
    client.post(PATH, environ_overrides={"werkzeug.socket": object()})

    assert order == ["pause 0.02", "work"]


def test_only_matching_calls_are_hurt() -> None:
    client, app, _ = a_client(Fault(FaultKind.UNAVAILABLE, method="POST", path=r"/sobjects/Task$"))

    assert client.get(PATH).status_code == 201
    assert client.post("/services/data/v67.0/sobjects/Account").status_code == 201
    assert client.post(PATH).status_code == 503
    assert app.effects == 2


def test_the_query_string_can_be_matched() -> None:
    client, _, _ = a_client(Fault(FaultKind.UNAVAILABLE, path=r"query\?q=SELECT"))

    assert client.get("/services/data/v67.0/query?q=SELECT+Id+FROM+Task").status_code == 503


def test_the_door_and_the_pages_are_never_hurt() -> None:
    client, _, _ = a_client(Fault(FaultKind.RESET_BEFORE))

    assert client.get("/_org/faults").status_code == 201
    assert client.get("/lightning/o/Opportunity/list").status_code == 201


def test_a_counted_fault_ends() -> None:
    client, _, script = a_client(Fault(FaultKind.UNAVAILABLE, count=2))
    statuses = [client.get(PATH).status_code for _ in range(4)]

    assert statuses == [503, 503, 201, 201]
    assert script.report()[0]["hits"] == 2


def test_a_rate_is_kept_and_the_seed_repeats_it() -> None:
    def run(seed: int) -> list[int]:
        client, _, _ = a_client(Fault(FaultKind.UNAVAILABLE, rate=0.25, seed=seed))
        return [client.get(PATH).status_code for _ in range(400)]

    assert run(7) == run(7)
    assert run(7) != run(8)
    assert 70 <= run(7).count(503) <= 130


def test_a_fault_may_let_the_first_calls_pass() -> None:
    client, _, _ = a_client(Fault(FaultKind.UNAVAILABLE, skip=2, count=1))

    assert [client.get(PATH).status_code for _ in range(4)] == [201, 201, 503, 201]


def test_the_report_tells_seen_from_hit() -> None:
    client, _, script = a_client(Fault(FaultKind.UNAVAILABLE, rate=0.0, path="Task"))
    client.get(PATH)

    assert script.report() == [
        {
            "id": 1,
            "kind": "unavailable",
            "match": {"method": None, "path": "Task"},
            "rate": 0.0,
            "count": None,
            "seed": 0,
            "delay_ms": 0,
            "skip": 0,
            "seen": 1,
            "hits": 0,
        }
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([], "JSON object"),
        ({}, "kind"),
        ({"kind": "explode"}, "kind"),
        ({"kind": "slow", "rate": 2}, "rate"),
        ({"kind": "slow", "count": -1}, "count"),
        ({"kind": "slow", "delay_ms": True}, "delay_ms"),
        ({"kind": "slow", "match": {"path": "("}}, "regular expression"),
        ({"kind": "slow", "match": {"host": "x"}}, "match"),
        ({"kind": "slow", "mach": {}}, "mach"),
    ],
)
def test_what_is_no_fault_is_refused_with_a_reason(body: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Fault.from_json(body)


def test_a_posted_fault_is_read_whole() -> None:
    posted = {
        "kind": "reset_after", "match": {"method": "post", "path": "Task"}, "rate": 0.05, "count": 3, "seed": 7,
        "delay_ms": 10,
    }  # fmt: skip

    assert Fault.from_json(posted) == Fault(FaultKind.RESET_AFTER, "POST", "Task", 0.05, 3, 7, 10)
