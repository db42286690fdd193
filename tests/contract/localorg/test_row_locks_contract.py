"""Row locks: what a write locks, how long it waits, and the refusal."""

import threading
from typing import Any

import pytest
import requests

from localorg import merging
from localorg.errors import RefusedError
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


def made(lo: LocalOrg, sobject: str, **values: Any) -> str:
    answer = lo.call("POST", f"sobjects/{sobject}", values, user=lo.admin)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def a_business(lo: LocalOrg) -> dict[str, str]:
    """One record of each kind that others hang on."""
    account = lo.with_account()
    contact = made(lo, "Contact", LastName="Berg", AccountId=account)
    book = next(lo.org.records.all("Pricebook2"))["Id"]
    product = made(lo, "Product2", Name="Lamp", IsActive=True)
    return {"account": account, "deal": lo.with_opportunity(AccountId=account), "contact": contact, "book": book,
            "product": product}  # fmt: skip


CHILDREN = [
    ("Event", {"WhatId": "deal", "WhoId": "contact"}, ("deal", "account", "contact")),
    ("Case", {"ContactId": "contact"}, ("account", "contact")),
    ("OpportunityContactRole", {"OpportunityId": "deal", "ContactId": "contact"}, ("deal", "contact")),
    ("PricebookEntry", {"Pricebook2Id": "book", "Product2Id": "product"}, ("book", "product")),
]
NEEDED = {
    "Event": {"ActivityDateTime": "2026-11-23T09:00:00Z", "DurationInMinutes": 45},
    "PricebookEntry": {"UnitPrice": 5, "IsActive": True},
}


@pytest.mark.parametrize(
    ("sobject", "lookups", "parent"), [(name, lookups, one) for name, lookups, parents in CHILDREN for one in parents]
)
def test_a_child_locks_what_it_hangs_on_when_it_is_made_changed_and_deleted(sobject, lookups, parent):
    lo = an_org_that_never_waits()
    ids = a_business(lo)
    values = {**NEEDED.get(sobject, {}), **{field: ids[one] for field, one in lookups.items()}}
    held(lo, ids[parent])
    refused = [lo.call("POST", f"sobjects/{sobject}", values, user=lo.admin)]
    lo.door("DELETE", "/locks")
    child = made(lo, sobject, **values)
    held(lo, ids[parent])

    refused.append(lo.call("PATCH", f"sobjects/{sobject}/{child}", NEEDED.get(sobject, {}), user=lo.admin))
    refused.append(lo.call("DELETE", f"sobjects/{sobject}/{child}", user=lo.admin))

    for answer in refused:
        assert answer.json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"
        assert ids[parent] in answer.json()[0]["message"]


@pytest.mark.parametrize("parent", ["deal", "account"])
def test_a_line_item_locks_its_deal_and_through_the_amount_the_deals_account(parent):
    lo = an_org_that_never_waits()
    ids = a_business(lo)
    entry = made(lo, "PricebookEntry", Pricebook2Id=ids["book"], Product2Id=ids["product"], UnitPrice=5, IsActive=True)
    item = {"OpportunityId": ids["deal"], "PricebookEntryId": entry, "Quantity": 1, "UnitPrice": 5}
    held(lo, ids[parent])

    answer = lo.call("POST", "sobjects/OpportunityLineItem", item)

    assert answer.json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"
    assert list(lo.org.records.all("OpportunityLineItem")) == []


def test_a_case_does_not_lock_the_case_above_it():
    lo = an_org_that_never_waits()
    above = made(lo, "Case")
    held(lo, above)

    assert lo.call("POST", "sobjects/Case", {"ParentId": above}).status_code == 201


@pytest.mark.parametrize("which", ["deal", "task", "contact"])
def test_a_record_that_would_go_along_stops_the_deletion_when_it_or_its_other_parent_is_held(which):
    lo = an_org_that_never_waits()
    account = lo.with_account()
    ids = {"deal": lo.with_opportunity(AccountId=account), "contact": lo._seeded("Contact", {"LastName": "Berg"})}
    ids["task"] = lo.with_task(WhatId=ids["deal"], WhoId=ids["contact"])
    before = lo.org.journal.last_seq
    held(lo, ids[which])

    refused = lo.call("DELETE", f"sobjects/Account/{account}")
    kept = [lo.record("Account", account), lo.record("Opportunity", ids["deal"]), lo.record("Task", ids["task"])]
    lo.door("DELETE", "/locks")

    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "UNABLE_TO_LOCK_ROW")
    assert ids[which] in refused.json()[0]["message"]
    assert ([one["IsDeleted"] for one in kept], lo.org.journal.last_seq) == ([False] * 3, before)
    assert lo.call("DELETE", f"sobjects/Account/{account}").status_code == 204


def test_a_held_record_whose_lookup_would_be_cleared_stops_the_deletion():
    lo = an_org_that_never_waits()
    group = lo.with_account("Group")
    daughter = lo.with_account("Daughter", ParentId=group)
    held(lo, daughter)

    refused = lo.call("DELETE", f"sobjects/Account/{group}")

    assert daughter in refused.json()[0]["message"]
    assert (lo.record("Account", daughter)["ParentId"], lo.record("Account", group)["IsDeleted"]) == (group, False)


def test_a_merge_needs_its_losers():
    lo = an_org_that_never_waits()
    master, loser = lo.with_account("Master"), lo.with_account("Loser")
    held(lo, loser)

    with pytest.raises(RefusedError, match="UNABLE_TO_LOCK_ROW"), lo.org.transaction(user_id=lo.admin.id) as tx:
        merging.merge(tx, master, [loser])

    assert lo.record("Account", loser)["IsDeleted"] is False


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
