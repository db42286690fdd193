"""The door: who may use it, and what it does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from localorg.org_options import OrgOptions
from localorg.server import RunningOrg
from support.running_org import ADMIN, RILEY, a_running_org, a_session, a_token, record_id


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path) as org:
        yield org


def door(running: RunningOrg, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
    return a_session(running).request(method, f"{running.http_base}/_org{path}", json=body, headers=headers, timeout=10)


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "localhost.evil.example:8100"}, {"Origin": "http://evil.example"}]
)
@pytest.mark.parametrize("path", ["/_org/journal", "/_org/ca.pem", "/lightning/o/Opportunity/list"])
def test_strangers_are_refused(running: RunningOrg, headers: dict[str, str], path: str) -> None:
    answer = a_session(running).get(running.http_base + path, headers=headers, timeout=10)

    assert answer.status_code == 403


def test_a_form_of_another_page_cannot_get_a_login(running: RunningOrg) -> None:
    form = a_session(running).post(
        f"{running.http_base}/_org/tokens", data='{"username":""}', headers={"Content-Type": "text/plain"}, timeout=10
    )

    assert form.status_code == 400
    assert "access_token" not in form.text


def test_a_login_of_the_administrator_without_a_name(running: RunningOrg) -> None:
    login = door(running, "POST", "/tokens", {}).json()

    assert login["username"] == ADMIN
    assert running.org.sessions.find(login["access_token"]) is not None
    assert (login["instance_url"], login["ca_file"]) == (running.https_base, str(running.ca_file))


def test_an_unknown_user_has_no_login(running: RunningOrg) -> None:
    answer = door(running, "POST", "/tokens", {"username": "nobody@halden.example"})

    assert answer.status_code == 404
    assert "nobody@halden.example" in answer.json()["error"]


def test_the_journal_is_one_json_object_a_line(running: RunningOrg) -> None:
    target = record_id(running)
    user = running.org.users.by_username(RILEY)
    assert user is not None
    with running.org.transaction(user_id=user.id, client="tests", request_id="r-1") as tx:
        tx.update("Opportunity", target, {"Amount": 130000})
    lines = door(running, "GET", "/journal?after=0").text.splitlines()

    entry = json.loads(lines[-1])
    assert (entry["op"], entry["id"], entry["user"], entry["request_id"]) == ("update", target, user.id, "r-1")
    assert entry["after"]["Amount"] == 130000
    assert door(running, "GET", f"/journal?after={entry['seq']}").text == ""


def test_calls_are_counted_since_a_marker_by_user_and_path(running: RunningOrg) -> None:
    headers = {"Authorization": f"Bearer {a_token(running, RILEY)}"}
    session = a_session(running)
    session.get(f"{running.http_base}/services/data/v67.0/limits", headers=headers, timeout=10)
    marker = door(running, "GET", "/requests").json()["marker"]
    for _ in range(2):
        session.get(f"{running.https_base}/services/data/v67.0/limits", headers=headers, timeout=10)
    report = door(running, "GET", f"/requests?since={marker}").json()

    assert report["total"] == 2
    assert report["by_user"] == {RILEY: 2}
    assert report["by_path"] == {"/services/data/v67.0/limits": 2}


def test_the_doors_own_calls_are_not_counted(running: RunningOrg) -> None:
    door(running, "GET", "/journal")

    assert door(running, "GET", "/requests").json()["total"] == 0


def test_faults_are_armed_listed_and_cleared(running: RunningOrg) -> None:
    armed = door(running, "POST", "/faults", {"kind": "unavailable", "match": {"path": "limits"}, "count": 1})
    hurt = a_session(running).get(f"{running.http_base}/services/data/v67.0/limits", timeout=10)
    listed = door(running, "GET", "/faults").json()
    cleared = door(running, "DELETE", "/faults")

    assert (armed.status_code, hurt.status_code, cleared.status_code) == (201, 503, 204)
    assert [(fault["kind"], fault["hits"]) for fault in listed] == [("unavailable", 1)]
    assert door(running, "GET", "/faults").json() == []


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/apps", {"name": "A"}, "consumer_key"),
        ("/apps", {"name": "A", "consumer_key": "k", "consumer_secret": "s", "extra": "x"}, "extra"),
        ("/apps", {"name": "A", "consumer_key": "k", "consumer_secret": "s", "approved": "maybe"}, "approved"),
        (
            "/apps",
            {"name": "A", "consumer_key": "k", "consumer_secret": "s", "canvas_url": "https://example.org"},
            "localhost",
        ),
        (
            "/named-credentials",
            {"name": "A", "base_url": "http://10.0.0.1", "token_url": "http://localhost", "client_id": "",
             "client_secret": ""},
            "localhost",
        ),
        (
            "/flows",
            {"name": "A", "label": "A", "object": "Opportunity", "named_credential": "A", "method": "TRACE",
             "path": "/"},
            "method",
        ),
        ("/tabs", {"name": "Accord Settings", "label": "A"}, "name"),
        ("/tabs", {"name": "A", "label": "A", "parameters": "page"}, "parameters"),
        ("/sections", {"name": "A", "object": "Opportunity", "fields": []}, "fields"),
        ("/faults", {"kind": "explode"}, "kind"),
        ("/canvas", {"issued_at": "now"}, "issued_at"),
    ],
)  # fmt: skip
def test_wrong_set_up_is_refused_with_its_reason(running: RunningOrg, path: str, body: Any, reason: str) -> None:
    answer = door(running, "POST", path, body)

    assert answer.status_code == 400
    assert reason in answer.json()["error"]


def test_sessions_can_be_ended(running: RunningOrg) -> None:
    headers = {"Authorization": f"Bearer {a_token(running, RILEY)}"}
    door(running, "POST", "/sessions/expire", {"username": RILEY})
    answer = a_session(running).get(f"{running.http_base}/services/data/v67.0/limits", headers=headers, timeout=10)

    assert answer.status_code == 401


def test_the_authority_can_be_fetched(running: RunningOrg) -> None:
    assert door(running, "GET", "/ca.pem").text == running.ca_file.read_text()


def test_there_is_no_such_thing_as_restoring_nothing(running: RunningOrg) -> None:
    assert door(running, "POST", "/restore-nothing", {}).status_code == 404


def test_a_record_is_taken_out_of_the_recycle_bin(running: RunningOrg) -> None:
    target = record_id(running)
    with running.org.transaction(user_id=running.org.setup_user_id) as tx:
        tx.delete("Opportunity", target, enforce=False)

    outcomes = door(running, "POST", "/undelete", {"ids": [target, target]}).json()

    assert [one["success"] for one in outcomes] == [True, False]
    assert outcomes[1]["errors"][0]["statusCode"] == "UNDELETE_FAILED"
    assert running.org.records.find("Opportunity", target) is not None


def test_accounts_are_merged_and_opportunities_are_not(running: RunningOrg) -> None:
    master, loser = [row["Id"] for row in running.org.records.all("Account")][:2]
    deals = [row["Id"] for row in running.org.records.all("Opportunity")][:2]

    merged = door(running, "POST", "/merge", {"master": master, "losers": [loser]})
    refused = door(running, "POST", "/merge", {"master": deals[0], "losers": deals[1:]})

    assert (merged.status_code, merged.json()["mergedRecordIds"]) == (200, [loser])
    assert running.org.records.find("Account", loser) is None
    assert (refused.status_code, refused.json()["errors"][0]["statusCode"]) == (400, "INVALID_TYPE")


@pytest.mark.parametrize(("path", "body"), [("/undelete", {}), ("/merge", {"master": "x", "losers": "y"})])
def test_what_the_door_cannot_read_it_says(running: RunningOrg, path: str, body: Any) -> None:
    answer = door(running, "POST", path, body)

    assert (answer.status_code, "list of record ids" in answer.json()["error"]) == (400, True)


def test_features_are_switched_on_and_stay(running: RunningOrg) -> None:
    wanted = {"currencies": [{"iso_code": "GBP"}, {"iso_code": "EUR", "rate": 1.17}], "person_accounts": True}

    done = door(running, "PUT", "/options", wanted)
    off = door(running, "PUT", "/options", {"currencies": wanted["currencies"]})

    assert (done.status_code, off.status_code) == (204, 400)
    shown = door(running, "GET", "/options").json()
    assert ([one["iso_code"] for one in shown["currencies"]], shown["person_accounts"]) == (["GBP", "EUR"], True)
    deal = running.org.records.find("Opportunity", record_id(running))
    assert deal is not None
    assert deal["CurrencyIsoCode"] == "GBP"


@pytest.mark.parametrize("wanted", [{"namespaces": True}, {"currencies": [{"code": "EUR"}]}])
def test_what_is_no_option_is_said(running: RunningOrg, wanted: dict[str, Any]) -> None:
    assert door(running, "PUT", "/options", wanted).status_code == 400
    assert running.org.options == OrgOptions()
