"""A record under approval: locked for all but administrators, and who asks is told since when."""

from urllib.parse import quote

import pytest

from support.local_org import an_org


@pytest.fixture
def locked():
    """An org with a deal that the rep has submitted for approval."""
    lo = an_org()
    deal = lo.with_opportunity()
    lo.org.submit_for_approval(deal, by=lo.rep.id)
    return lo, deal


def asked(lo, soql, user=None):
    return lo.call("GET", f"query?q={quote(soql)}", user=user).json()["records"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_locked_record_is_changed_by_nobody_but_an_administrator(locked, method):
    lo, deal = locked
    body = {"NextStep": "Call"} if method == "PATCH" else None

    refused = lo.call(method, f"sobjects/Opportunity/{deal}", body)

    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "ENTITY_IS_LOCKED")
    assert lo.call(method, f"sobjects/Opportunity/{deal}", body, user=lo.admin).status_code == 204


def test_the_lock_ends_with_the_approval(locked):
    lo, deal = locked
    lo.org.end_approval(deal)

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "Call"}).status_code == 204
    assert asked(lo, "SELECT Id FROM ProcessInstance") == []


def test_a_pending_approval_says_since_when(locked):
    lo, deal = locked
    soql = "SELECT TargetObjectId, CreatedDate FROM ProcessInstance WHERE Status = 'Pending'"

    (found,) = asked(lo, f"{soql} AND TargetObjectId IN ('{deal}')")

    assert (found["TargetObjectId"], found["CreatedDate"]) == (deal, "2026-11-20T09:30:00.000+0000")


def test_user_record_access_counts_the_lock(locked):
    lo, deal = locked
    soql = "SELECT HasReadAccess, HasEditAccess FROM UserRecordAccess WHERE UserId = '{}' AND RecordId = '{}'"

    told = {user.username: asked(lo, soql.format(user.id, deal))[0]["HasEditAccess"] for user in (lo.rep, lo.admin)}

    assert told == {lo.rep.username: False, lo.admin.username: True}
