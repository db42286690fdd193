"""Row locks: what a write locks, how long it waits, and the refusal."""

import threading

import pytest
import requests

from support.local_org import LocalOrg, an_org

LONG = {"Subject": "Call", "Status": "Not Started", "ActivityDate": "2026-12-01"}


def an_org_that_never_waits() -> LocalOrg:
    lo = an_org().whole()
    assert lo.door("POST", "/locks", {"wait_seconds": 0}).status_code == 204
    return lo


def held(lo: LocalOrg, *ids: str, seconds: float = 60) -> None:
    assert lo.door("POST", "/locks", {"ids": list(ids), "seconds": seconds}).status_code == 204


def test_a_record_that_is_held_elsewhere_is_refused_in_the_platforms_words():
    lo = an_org_that_never_waits()
    deal = lo.with_opportunity(Amount=1.0)
    held(lo, deal[:15])

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2})

    assert answer.status_code == 400
    assert answer.json() == [
        {
            "message": f"unable to obtain exclusive access to this record or 1 records: {deal}",
            "errorCode": "UNABLE_TO_LOCK_ROW",
            "fields": [],
        }
    ]
    assert lo.record("Opportunity", deal)["Amount"] == 1.0


def test_reading_needs_no_lock():
    lo = an_org_that_never_waits()
    deal = lo.with_opportunity()
    held(lo, deal)

    assert lo.call("GET", f"sobjects/Opportunity/{deal}").status_code == 200
    assert lo.call("GET", "query?q=SELECT+Id+FROM+Opportunity").json()["totalSize"] == 1


@pytest.mark.parametrize("parent", ["deal", "account", "contact"])
def test_a_task_locks_its_deal_the_deals_account_and_its_contact(parent):
    lo = an_org_that_never_waits()
    account = lo.with_account()
    ids = {
        "account": account,
        "deal": lo.with_opportunity(AccountId=account),
        "contact": lo._seeded("Contact", {"LastName": "Berg"}),
    }
    held(lo, ids[parent])

    answer = lo.call("POST", "sobjects/Task", {**LONG, "WhatId": ids["deal"], "WhoId": ids["contact"]})

    assert answer.json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"
    assert ids[parent] in answer.json()[0]["message"]


@pytest.mark.parametrize("change", [{"Status": "Completed"}, {"ActivityDate": None}])
def test_a_new_task_that_is_closed_or_undated_locks_nothing_but_its_change_does(change):
    lo = an_org_that_never_waits()
    deal = lo.with_opportunity()
    held(lo, deal)

    made = lo.call("POST", "sobjects/Task", {**LONG, "WhatId": deal, **change})
    changed = lo.call("PATCH", f"sobjects/Task/{made.json()['id']}", {"Subject": "Call again"})

    assert (made.status_code, changed.json()[0]["errorCode"]) == (201, "UNABLE_TO_LOCK_ROW")


def test_a_deal_locks_its_account_and_the_account_it_leaves():
    lo = an_org_that_never_waits()
    old, new = lo.with_account("Old"), lo.with_account("New")
    deal = lo.with_opportunity(AccountId=old)
    for account in (old, new):
        held(lo, account)

        answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"AccountId": new})

        assert account in answer.json()[0]["message"]
        lo.door("DELETE", "/locks")


def test_a_delete_locks_too():
    lo = an_org_that_never_waits()
    task = lo.with_task(WhatId=(deal := lo.with_opportunity()))
    held(lo, deal)

    assert lo.call("DELETE", f"sobjects/Task/{task}").json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"


def test_the_others_of_a_collection_are_written():
    lo = an_org_that_never_waits()
    deals = [lo.with_opportunity() for _ in range(3)]
    held(lo, deals[1])
    records = [{"attributes": {"type": "Opportunity"}, "Id": one, "NextStep": "x"} for one in deals]

    outcomes = lo.call("PATCH", "composite/sobjects", {"records": records}).json()

    assert [one["success"] for one in outcomes] == [True, False, True]
    assert outcomes[1]["errors"][0]["statusCode"] == "UNABLE_TO_LOCK_ROW"


def test_a_hold_ends_by_the_orgs_clock():
    lo = an_org_that_never_waits()
    deal = lo.with_opportunity()
    held(lo, deal, seconds=30)
    lo.clock.forward(seconds=30)

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).status_code == 204


def test_a_write_waits_for_the_record_and_then_goes_through_whole():
    lo = an_org().whole()
    deal = lo.with_opportunity(Amount=1.0)
    held(lo, deal)
    request = {"allOrNone": True, "compositeRequest": [
        {"method": "POST", "url": "/services/data/v67.0/sobjects/Task", "referenceId": "t",
         "body": {"Subject": "Before", "Status": "Completed"}},
        {"method": "PATCH", "url": f"/services/data/v67.0/sobjects/Opportunity/{deal}", "referenceId": "d",
         "body": {"Amount": 2}},
    ]}  # fmt: skip
    answers: list[requests.Response] = []
    before = lo.org.journal.last_seq
    writer = threading.Thread(target=lambda: answers.append(lo.call("POST", "composite", request)))
    writer.start()
    assert lo.org.locks.wait_for_waiting(1, timeout=10)
    written_while_waiting = lo.org.journal.last_seq - before
    lo.door("DELETE", "/locks")
    writer.join(timeout=10)

    assert written_while_waiting == 0
    assert [one["httpStatusCode"] for one in answers[0].json()["compositeResponse"]] == [201, 204]
    assert [entry.op for entry in lo.org.journal.entries(before)] == ["insert", "update"]
    assert lo.org.locks.waiting == 0


def test_the_wait_has_an_end():
    lo = an_org().whole()
    deal = lo.with_opportunity()
    held(lo, deal)
    lo.door("POST", "/locks", {"wait_seconds": 0.05})

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).status_code == 400


def test_others_write_while_one_waits():
    lo = an_org().whole()
    deal, other = lo.with_opportunity(), lo.with_opportunity()
    held(lo, deal)
    writer = threading.Thread(target=lambda: lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}))
    writer.start()
    assert lo.org.locks.wait_for_waiting(1, timeout=10)

    assert lo.call("PATCH", f"sobjects/Opportunity/{other}", {"Amount": 2}).status_code == 204
    lo.door("DELETE", "/locks")
    writer.join(timeout=10)
    assert lo.record("Opportunity", deal)["Amount"] == 2.0


@pytest.mark.parametrize("body", [{"ids": "006"}, {"ids": ["x"]}, {"seconds": -1}, {"seconds": True}, {"id": []}])
def test_the_door_takes_no_nonsense(body):
    assert an_org().whole().door("POST", "/locks", body).status_code == 400
