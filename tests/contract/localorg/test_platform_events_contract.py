"""Platform events: published by the REST API and by automations, and what the org then has published."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from support.local_org import HTTP_BASE, LocalOrg, an_org, wsgi_session
from support.sfdx import a_field, a_permission_set, an_event

EVENT = "Plan_Event__e"
LOUD = "Loud_Event__e"


@pytest.fixture
def lo(tmp_path: Path) -> LocalOrg:
    an_event(tmp_path, EVENT)
    a_field(tmp_path, EVENT, "Kind__c", required="true")
    a_field(tmp_path, EVENT, "Steps__c", type="Number", precision="3", scale="0")
    an_event(tmp_path, LOUD, publish="PublishImmediately")
    a_field(tmp_path, LOUD, "Kind__c")
    a_permission_set(tmp_path, "Publisher", create=[EVENT, LOUD])
    return an_org(metadata_dirs=[tmp_path], permission_sets=["Publisher"]).whole()


def published(lo: LocalOrg, after: int = 0) -> list[dict[str, Any]]:
    return list(lo.door("GET", f"/events?after={after}").json())


def kinds(lo: LocalOrg) -> list[str]:
    return [one["payload"]["Kind__c"] for one in published(lo)]


def typed(kind: str, sobject: str = EVENT) -> dict[str, Any]:
    return {"attributes": {"type": sobject}, "Kind__c": kind}


def test_a_published_event_is_answered_with_an_error_that_is_none(lo: LocalOrg):
    answer = lo.call("POST", f"sobjects/{EVENT}/", {"Kind__c": "done", "Steps__c": 3}, X_Request_Id="r-1")
    (event,) = published(lo)

    assert answer.status_code == 201
    assert answer.json() == {
        "id": answer.json()["id"],
        "success": True,
        "errors": [{"statusCode": "OPERATION_ENQUEUED", "message": event["event_uuid"], "fields": []}],
    }
    assert answer.json()["id"].startswith("e")
    assert (event["event"], event["user"], event["request_id"]) == (EVENT, lo.rep.id, "r-1")
    assert event["payload"] == {
        "Kind__c": "done",
        "Steps__c": 3.0,
        "CreatedDate": "2026-11-20T09:30:00.000+0000",
        "CreatedById": lo.rep.id,
    }


def test_the_answered_id_tells_events_not_apart_and_replay_ids_have_gaps(lo: LocalOrg):
    ids = {lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": str(n)}).json()["id"] for n in range(4)}
    replays = [one["replay_id"] for one in published(lo)]

    assert len(ids) == 1
    assert replays == sorted(replays)
    assert any(b - a > 1 for a, b in itertools.pairwise(replays))


def test_events_after_a_number_and_of_the_last_72_hours(lo: LocalOrg):
    for kind in ("a", "b", "c"):
        lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": kind})
    lo.clock.forward(hours=71)
    lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "d"})

    assert [one["payload"]["Kind__c"] for one in published(lo, after=2)] == ["c", "d"]
    lo.clock.forward(hours=2)
    assert kinds(lo) == ["d"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "REQUIRED_FIELD_MISSING"),
        ({"Kind__c": "x" * 41}, "STRING_TOO_LONG"),
        ({"Kind__c": "x", "Nope__c": 1}, "INVALID_FIELD"),
        ({"Kind__c": "x", "ReplayId": "1"}, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ],
)
def test_an_event_is_checked_before_it_is_taken(lo: LocalOrg, values, code):
    answer = lo.call("POST", f"sobjects/{EVENT}", values)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, code)
    assert published(lo) == []


def test_publishing_needs_the_right_to_create(lo: LocalOrg):
    other = lo.user("kim@halden.example")

    assert lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "x"}, user=other).status_code == 404


def test_a_collection_publishes_in_order_whatever_becomes_of_the_others(lo: LocalOrg):
    records = [typed("a"), {"attributes": {"type": EVENT}}, typed("c")]
    outcomes = lo.call("POST", "composite/sobjects", {"allOrNone": True, "records": records}).json()

    assert [one["success"] for one in outcomes] == [True, False, True]
    assert [one["errors"][0]["statusCode"] for one in outcomes] == [
        "OPERATION_ENQUEUED", "REQUIRED_FIELD_MISSING", "OPERATION_ENQUEUED"
    ]  # fmt: skip
    assert [one["errors"][0]["message"] for one in outcomes[::2]] == [one["event_uuid"] for one in published(lo)]
    assert kinds(lo) == ["a", "c"]


def test_an_event_stays_published_when_its_composite_is_rolled_back(lo: LocalOrg):
    root = "/services/data/v67.0/sobjects"
    body = {"allOrNone": True, "compositeRequest": [
        {"method": "POST", "url": f"{root}/{EVENT}", "referenceId": "e", "body": {"Kind__c": "out"}},
        {"method": "POST", "url": f"{root}/Account", "referenceId": "a", "body": {"Name": "Acme"}},
        {"method": "POST", "url": f"{root}/Account", "referenceId": "b", "body": {}},
    ]}  # fmt: skip
    answers = lo.call("POST", "composite", body).json()["compositeResponse"]

    assert [one["httpStatusCode"] for one in answers] == [201, 400, 400]
    assert answers[1]["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert lo.org.records.count("Account") == 0
    assert kinds(lo) == ["out"]


def test_the_hourly_allowance_is_told_and_kept_and_comes_back(lo: LocalOrg):
    lo.door("POST", "/limits", {"hourly_events": 1})
    statuses = [lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "x"}).status_code for _ in range(2)]
    refused = lo.call("POST", "composite/sobjects", {"records": [typed("y")]}).json()

    assert statuses == [201, 400]
    assert refused[0]["errors"][0]["statusCode"] == "LIMIT_EXCEEDED"
    assert lo.call("GET", "limits").json()["HourlyPublishedPlatformEvents"] == {"Max": 1, "Remaining": 0}
    lo.clock.forward(hours=1)
    assert lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "z"}).status_code == 201
    assert kinds(lo) == ["x", "z"]


def flow(lo: LocalOrg, **publish: dict[str, str]) -> None:
    body = {"name": "Tell", "object": "Opportunity", "kind": "after_save_flow", "publish": publish}
    assert lo.door("POST", "/automations", body).status_code == 204


def test_a_flow_publishes_what_it_knows_of_the_record(lo: LocalOrg):
    flow(lo, **{EVENT: {"Kind__c": "{!$Record.StageName}"}})
    deal = lo.with_opportunity()
    lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"StageName": "Closed Won"}, X_Request_Id="r-2")

    (event,) = published(lo)
    assert (event["payload"]["Kind__c"], event["user"], event["request_id"]) == ("Closed Won", lo.rep.id, "r-2")


def test_of_a_save_that_fails_only_the_immediate_event_of_its_flow_is_published(lo: LocalOrg):
    flow(lo, **{EVENT: {"Kind__c": "quiet"}, LOUD: {"Kind__c": "loud"}})
    last = {"name": "Zero", "object": "Opportunity", "kind": "after_save_flow", "fail": "No."}
    lo.door("POST", "/automations", last)
    deal = lo.with_opportunity()

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "x"}).status_code == 400
    assert kinds(lo) == ["loud"]


def test_an_event_is_described_and_can_be_neither_queried_nor_read_nor_changed(lo: LocalOrg):
    described = lo.call("GET", f"sobjects/{EVENT}/describe").json()
    answered = lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "x"}).json()["id"]

    assert (described["createable"], described["queryable"], described["updateable"]) == (True, False, False)
    assert {one["name"] for one in described["fields"]} == {
        "Kind__c", "Steps__c", "ReplayId", "EventUuid", "CreatedDate", "CreatedById"
    }  # fmt: skip
    assert lo.call("GET", f"query?q=SELECT+ReplayId+FROM+{EVENT}").json()[0]["errorCode"] == "INVALID_TYPE"
    assert lo.call("GET", f"sobjects/{EVENT}/{answered}").status_code == 404
    assert lo.call("PATCH", f"sobjects/{EVENT}/{answered}", {"Kind__c": "y"}).status_code == 404
    assert lo.call("GET", "sobjects", user=lo.admin).status_code == 200


def test_events_are_no_records_of_the_journal(lo: LocalOrg):
    before = lo.org.journal.last_seq
    lo.call("POST", f"sobjects/{EVENT}", {"Kind__c": "x"})

    assert lo.org.journal.last_seq == before


def pressed(lo: LocalOrg, **flow: Any) -> Any:
    """The button of a flow on a deal's record page, pressed by the rep."""
    body = {"name": "Tell", "label": "Tell", "object": "Opportunity", "event": EVENT, **flow}
    assert lo.door("POST", "/flows", body).status_code == 204
    session = wsgi_session(lo.app)
    session.post(f"{HTTP_BASE}/lightning/viewing-as", data={"username": lo.rep.username})
    return session.post(f"{HTTP_BASE}/lightning/r/Opportunity/{lo.with_opportunity('Acme')}/flows/Tell").json()


def test_a_button_publishes_an_event(lo: LocalOrg):
    ended = pressed(lo, body={"Kind__c": "{!$Record.Name}"})

    assert (ended["end"], kinds(lo)) == ("finished", ["Acme"])


def test_a_button_whose_event_is_refused_is_a_fault(lo: LocalOrg):
    ended = pressed(lo, body={"Steps__c": 1})

    assert (ended["end"], "REQUIRED_FIELD_MISSING" in ended["message"], published(lo)) == ("fault", True, [])


@pytest.mark.parametrize("wrong", [{"event": "Task"}, {"body": None}, {"named_credential": "Service"}])
def test_a_button_that_publishes_needs_an_event_and_its_values(lo: LocalOrg, wrong):
    body = {"name": "T", "label": "T", "object": "Opportunity", "event": EVENT, "body": {"Kind__c": "x"}, **wrong}

    assert lo.door("POST", "/flows", body).status_code == 400


def test_simple_salesforce_takes_the_odd_success_for_one(lo: LocalOrg):
    answer = lo.salesforce().Plan_Event__e.create({"Kind__c": "x"})

    assert (answer["success"], len(answer["errors"]), kinds(lo)) == (True, 1, ["x"])
