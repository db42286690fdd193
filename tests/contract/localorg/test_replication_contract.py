"""getUpdated and getDeleted, the way simple-salesforce asks for them and by hand."""

from datetime import timedelta

import pytest

from localorg import undelete
from support.local_org import NOW, an_org

SPAN = "start=2026-11-20T09:30:00Z&end=2026-11-20T10:30:00Z"


def an_hour_later(lo):
    lo.clock.forward(hours=1)
    return lo


def test_created_and_changed_records_are_updated_ones_in_order_of_time():
    lo = an_org()
    first = lo.with_account("First")
    lo.clock.forward(minutes=10)
    second = lo.with_account("Second")
    lo.clock.forward(minutes=10)
    lo.call("PATCH", f"sobjects/Account/{first}", {"Phone": "1"})
    lo.clock.forward(minutes=10)

    answer = lo.call("GET", f"sobjects/Account/updated/?{SPAN}")

    assert answer.json() == {"ids": [second, first], "latestDateCovered": "2026-11-20T10:00:00.000+0000"}


def test_simple_salesforce_reads_both():
    lo = an_org()
    account = lo.with_account()
    gone = lo.with_account("Gone")
    lo.call("DELETE", f"sobjects/Account/{gone}")
    an_hour_later(lo)

    accounts = lo.salesforce().Account

    assert accounts.updated(NOW, lo.clock())["ids"] == [account]
    assert accounts.deleted(NOW, lo.clock()) == {
        "deletedRecords": [{"deletedDate": "2026-11-20T09:30:00.000+0000", "id": gone}],
        "earliestDateAvailable": "2026-11-20T09:30:00.000+0000",
        "latestDateCovered": "2026-11-20T10:30:00.000+0000",
    }


def test_the_end_is_not_covered_so_the_next_span_begins_there():
    lo = an_org()
    lo.clock.forward(minutes=60)
    account = lo.with_account()
    lo.clock.forward(minutes=60)

    before = lo.call("GET", f"sobjects/Account/updated?{SPAN}").json()["ids"]
    after = lo.call(
        "GET", "sobjects/Account/updated?start=2026-11-20T10:30:00Z&end=2026-11-20T11:30:00%2B00:00"
    ).json()["ids"]

    assert (before, after) == ([], [account])


def test_seconds_are_ignored():
    lo = an_hour_later(an_org())

    answer = lo.call("GET", "sobjects/Account/updated?start=2026-11-20T10:00:10Z&end=2026-11-20T10:00:50Z")

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_REPLICATION_DATE")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (NOW + timedelta(hours=1), NOW, "endDate must be at least one minute greater than startDate"),
        (NOW - timedelta(days=31), NOW, "startDate cannot be more than 30 days ago"),
        (NOW - timedelta(days=3), NOW, "startDate before org replication enabled date"),
    ],
)
def test_spans_that_cannot_be_covered_are_refused(start, end, text):
    lo = an_org()
    span = f"start={start:%Y-%m-%dT%H:%M:%SZ}&end={end:%Y-%m-%dT%H:%M:%SZ}"

    for resource in ("updated", "deleted"):
        answer = lo.call("GET", f"sobjects/Opportunity/{resource}?{span}")
        assert answer.json() == [{"message": text, "errorCode": "INVALID_REPLICATION_DATE"}]


def test_both_ends_are_needed_and_are_dates():
    lo = an_org()

    assert lo.call("GET", "sobjects/Account/updated").json()[0]["errorCode"] == "MISSING_ARGUMENT"
    answer = lo.call("GET", "sobjects/Account/updated?start=yesterday&end=today")
    assert answer.json()[0]["errorCode"] == "INVALID_REPLICATION_DATE"


def test_what_came_back_is_updated_and_no_longer_deleted():
    lo = an_org()
    account = lo.with_account()
    lo.clock.forward(minutes=10)
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.clock.forward(minutes=10)
    with lo.org.transaction(user_id=lo.admin.id) as tx:
        undelete.restore(tx, account)
    an_hour_later(lo)

    assert lo.call("GET", f"sobjects/Account/updated?{SPAN}").json()["ids"] == [account]
    assert lo.call("GET", f"sobjects/Account/deleted?{SPAN}").json()["deletedRecords"] == []


def test_a_record_that_the_caller_may_not_see_is_in_neither():
    lo = an_org()
    lo.with_account(_hidden_from=[lo.rep.id])
    an_hour_later(lo)

    assert lo.call("GET", f"sobjects/Account/updated?{SPAN}").json()["ids"] == []
    assert len(lo.call("GET", f"sobjects/Account/updated?{SPAN}", user=lo.admin).json()["ids"]) == 1


def test_an_object_that_cannot_be_replicated_says_so():
    lo = an_hour_later(an_org())

    answer = lo.call("GET", f"sobjects/RecordType/updated?{SPAN}")

    assert answer.json() == [{"message": "sObject type RecordType is not replicable", "errorCode": "INVALID_TYPE"}]


def test_deletions_are_told_for_as_long_as_the_bin_keeps_them():
    lo = an_org()
    account = lo.with_account()
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.clock.forward(days=15)
    while_kept = lo.call("GET", f"sobjects/Account/deleted?{SPAN}").json()
    lo.clock.forward(days=1)
    afterwards = lo.call("GET", f"sobjects/Account/deleted?{SPAN}").json()

    assert [one["id"] for one in while_kept["deletedRecords"]] == [account]
    assert while_kept["earliestDateAvailable"] == "2026-11-20T09:30:00.000+0000"
    assert (afterwards["deletedRecords"], afterwards["earliestDateAvailable"]) == ([], "2026-11-21T09:30:00.000+0000")
    assert afterwards["latestDateCovered"] == "2026-11-20T10:30:00.000+0000"
