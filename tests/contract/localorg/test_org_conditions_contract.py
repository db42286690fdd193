"""Conditions that a real org gets into: limits, maintenance, full storage, lost logins, answers that come too late."""

from typing import Any

import pytest
import requests

from localorg.faults import Fault, FaultKind, FaultScript
from support.local_org import LocalOrg, an_org

TASK = {"Subject": "Call", "Status": "Completed"}


def armed(kind: str, *, org: LocalOrg | None = None, **parts: Any) -> LocalOrg:
    lo = (org or an_org()).whole()
    assert lo.door("POST", "/faults", {"kind": kind, **parts}).status_code == 201
    return lo


def test_after_the_last_call_of_the_day_every_call_is_refused():
    lo = an_org().whole()
    lo.door("POST", "/limits", {"daily_api_requests": 2})
    statuses = [lo.call("GET", "limits").status_code for _ in range(3)]
    refused = lo.call("POST", "sobjects/Task", TASK)

    assert statuses == [200, 200, 403]
    assert refused.json() == [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
    assert refused.headers["Sforce-Limit-Info"] == "api-usage=2/2"
    assert lo.org.records.count("Task") == 0


def test_the_24_hours_roll():
    lo = an_org().whole()
    lo.door("POST", "/limits", {"daily_api_requests": 2})
    assert lo.call("GET", "limits").status_code == 200
    lo.clock.forward(hours=12)
    assert [lo.call("GET", "limits").status_code for _ in range(2)] == [200, 403]
    lo.clock.forward(hours=12)

    assert [lo.call("GET", "limits").status_code for _ in range(2)] == [200, 403]


def test_the_header_lags_behind_the_count():
    lo = an_org().whole()
    lo.door("POST", "/limits", {"daily_api_requests": 3, "header_lag_seconds": 300})
    first = [lo.call("GET", "limits") for _ in range(4)]
    told = [one.headers["Sforce-Limit-Info"] for one in first]
    lo.clock.forward(seconds=300)
    later = lo.call("GET", "limits")

    assert [one.status_code for one in first] == [200, 200, 200, 403]
    assert told == ["api-usage=1/3"] * 4
    assert first[2].json()["DailyApiRequests"] == {"Max": 3, "Remaining": 2}
    assert later.headers["Sforce-Limit-Info"] == "api-usage=3/3"


def test_too_many_long_calls_at_once():
    lo = armed("concurrent_limit", count=1)
    answer = lo.call("GET", "limits")

    assert answer.status_code == 403
    assert answer.json()[0] == {
        "message": "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
        "errorCode": "REQUEST_LIMIT_EXCEEDED",
    }
    assert lo.call("GET", "limits").status_code == 200


def test_the_ui_api_over_its_limit_answers_503_and_the_rest_goes_on():
    lo = armed("unavailable", match={"path": "/ui-api/"})
    deal = lo.with_opportunity()

    assert lo.call("GET", f"ui-api/records/{deal}?fields=Opportunity.Name").status_code == 503
    assert lo.call("GET", f"sobjects/Opportunity/{deal}").status_code == 200


def test_in_maintenance_everything_can_be_read_and_nothing_written():
    lo = armed("read_only")
    deal = lo.with_opportunity(Amount=1.0)
    answers = [
        lo.call("POST", "sobjects/Task", TASK),
        lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}),
        lo.call("DELETE", f"sobjects/Opportunity/{deal}"),
    ]

    assert [one.json()[0]["errorCode"] for one in answers] == [
        "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE"
    ] * 3
    assert answers[0].json()[0]["message"].endswith("Try again when maintenance is complete.")
    assert lo.call("GET", f"sobjects/Opportunity/{deal}").json()["Amount"] == 1.0
    lo.door("DELETE", "/faults")
    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).status_code == 204


def test_a_full_storage_stops_new_records_only():
    lo = armed("storage_full")
    deal, gone = lo.with_opportunity(), lo.with_task()
    refused = lo.call("POST", "sobjects/Task", TASK)

    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "STORAGE_LIMIT_EXCEEDED")
    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).status_code == 204
    assert lo.call("DELETE", f"sobjects/Task/{gone}").status_code == 204


def test_a_fault_of_records_hits_single_records_of_a_collection():
    lo = armed("row_lock", count=1, skip=1)
    records = [{"attributes": {"type": "Task"}, **TASK} for _ in range(3)]
    outcomes = lo.call("POST", "composite/sobjects", {"records": records}).json()

    assert [one["success"] for one in outcomes] == [True, False, True]
    assert outcomes[1]["errors"] == [
        {
            "statusCode": "UNABLE_TO_LOCK_ROW",
            "message": "unable to obtain exclusive access to this record",
            "fields": [],
        }
    ]
    assert lo.door("GET", "/faults").json()[0]["hits"] == 1


@pytest.mark.parametrize(("skip", "found"), [(0, 1), (1, 1), (2, 0)])
def test_a_fault_of_records_is_drawn_for_each_that_a_deletion_takes_along(skip, found):
    lo = an_org()
    account = lo.with_account()
    lo.with_opportunity(AccountId=account)
    armed("row_lock", org=lo, match={"method": "DELETE"}, count=1, skip=skip)

    lo.call("DELETE", f"sobjects/Account/{account}")

    assert len(list(lo.org.records.all("Account"))) == found
    assert len(list(lo.org.records.all("Opportunity"))) == found


def test_a_share_of_the_records_is_hit_and_the_seed_repeats_it():
    def failures(seed: int) -> list[bool]:
        lo = armed("row_lock", rate=0.15, seed=seed)
        records = [{"attributes": {"type": "Task"}, **TASK} for _ in range(100)]
        return [one["success"] for one in lo.call("POST", "composite/sobjects", {"records": records}).json()]

    assert failures(7) == failures(7)
    assert 5 <= failures(7).count(False) <= 30


def test_a_token_dies_in_mid_run_and_a_new_one_works():
    lo = armed("session_ended", skip=1, count=1)
    session = lo.session()
    address = "https://localhost:8143/services/data/v67.0/limits"

    assert [session.get(address).status_code for _ in range(3)] == [200, 401, 401]
    assert lo.call("GET", "limits").status_code == 200


def test_revoking_an_app_ends_its_tokens_and_no_others():
    lo = an_org().whole()
    address = "https://localhost:8143/services/data/v67.0/limits"
    ours, other = lo.session(client="Accord"), lo.session(client="Loader")
    admins = lo.session(lo.admin, client="Accord")

    assert lo.door("POST", "/logins/revoke", {"app": "Accord", "username": lo.rep.username}).status_code == 204
    assert [one.get(address).status_code for one in (ours, other, admins)] == [401, 200, 200]
    assert lo.door("POST", "/logins/revoke", {"app": "Accord"}).status_code == 204
    assert admins.get(address).status_code == 401
    assert ours.get(address).json() == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]


@pytest.mark.parametrize("body", [{}, {"app": 1}, {"app": "x", "user": "y"}])
def test_the_door_wants_the_name_of_an_app(body):
    assert an_org().whole().door("POST", "/logins/revoke", body).status_code == 400


def test_an_unknown_user_has_no_logins():
    assert an_org().whole().door("POST", "/logins/revoke", {"app": "x", "username": "y"}).status_code == 404


@pytest.mark.parametrize(
    ("version", "status"), [("49.0", 404), ("50.0", 200), ("68.0", 200), ("69.0", 404), ("59.1", 404), ("60", 404)]
)
def test_versions_50_to_68_are_served(version, status):
    lo = an_org()
    answer = lo.session().get(f"https://localhost:8143/services/data/v{version}/limits")

    assert answer.status_code == status


def test_the_list_of_versions_is_what_is_served():
    listed = an_org().session().get("https://localhost:8143/services/data").json()

    assert [one["version"] for one in listed] == [f"{number}.0" for number in range(50, 69)]


def test_a_late_commit_happens_minutes_after_the_client_gave_up():
    lo = armed("late_commit", count=1, delay_ms=540_000)
    deal = lo.with_opportunity(NextStep="old")
    with pytest.raises(requests.ReadTimeout):
        lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "late"})
    lo.clock.forward(minutes=8)
    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "new"}).status_code == 204
    lo.clock.forward(minutes=1)

    assert lo.call("GET", f"sobjects/Opportunity/{deal}").json()["NextStep"] == "late"
    assert [entry.after["NextStep"] for entry in lo.org.journal.entries()[-2:]] == ["new", "late"]


def test_records_are_drawn_only_by_faults_of_records():
    script = FaultScript()
    script.arm(Fault(FaultKind.UNAVAILABLE))
    script.arm(Fault(FaultKind.STORAGE_FULL))

    assert script.draw_for_record("PATCH", "/x", creating=False) is None
    assert script.draw_for_record("POST", "/x", creating=True) is FaultKind.STORAGE_FULL
    assert [one["hits"] for one in script.report()] == [0, 1]
