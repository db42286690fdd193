"""What an org says of its changes by itself, and what time it is there."""

from datetime import timedelta

import pytest

from accord.core.errors import RejectedError
from accord.salesforce.describe import DescribeCache
from accord.salesforce.replication import ChangeLog, Span, open_change_log
from accord.salesforce.soql import eq, select
from localorg.merging import merge
from support.local_org import LocalOrg, an_org
from support.org_gateway import http_in_process, login_to

AHEAD = timedelta(hours=2)


@pytest.fixture
def lo() -> LocalOrg:
    """An org that is older than what is asked of it."""
    made = an_org()
    made.clock.forward(days=40)
    return made


def a_change_log(lo: LocalOrg) -> ChangeLog:
    """Read by a host whose clock is two hours behind the org's."""
    return open_change_log(
        login_to(lo, lo.admin),
        http=http_in_process(lo.app),
        describes=DescribeCache(),
        clock=lambda: lo.clock() - AHEAD,
    )


def a_span(lo: LocalOrg, minutes: int = 10) -> Span:
    return Span(lo.clock() - timedelta(minutes=minutes), lo.clock() + timedelta(minutes=1))


def test_changed_and_deleted_records_are_listed_apart(lo):
    kept, gone = lo.with_opportunity("Kept"), lo.with_opportunity("Gone")
    with lo.org.transaction(user_id=lo.admin.id, client="tests") as tx:
        tx.delete("Opportunity", gone)
    log = a_change_log(lo)

    assert log.updated("Opportunity", a_span(lo)).ids == (kept,)
    assert log.deleted("Opportunity", a_span(lo)).ids == (gone,)
    assert log.updated("Opportunity", Span(lo.clock() - timedelta(days=2), lo.clock() - timedelta(days=1))).ids == ()


def test_the_next_span_begins_where_this_one_was_looked_at_for_good(lo):
    lo.clock.forward(seconds=40)

    listed = a_change_log(lo).updated("Opportunity", a_span(lo))

    assert listed.covered_until == lo.clock() - timedelta(seconds=40)


def test_the_clock_of_the_org_is_told_from_ours_by_its_answers(lo):
    log = a_change_log(lo)
    assert log.ahead is None

    log.updated("Opportunity", a_span(lo))

    assert log.ahead == AHEAD


def test_a_span_that_the_org_does_not_know_about_any_more_is_refused_by_name(lo):
    span = Span(lo.clock() - timedelta(days=31), lo.clock())

    with pytest.raises(RejectedError) as refused:
        a_change_log(lo).updated("Opportunity", span)

    assert refused.value.problems[0].code == "INVALID_REPLICATION_DATE"


def test_a_merged_account_names_its_master_in_the_recycle_bin(lo):
    """S6: the loser of a merge is found there, and nowhere else."""
    master, loser = lo.with_account("Brightwater"), lo.with_account("Brightwater Ltd")
    with lo.org.transaction(user_id=lo.admin.id, client="tests") as tx:
        merge(tx, master, [loser])
    query = select("Id", "MasterRecordId").from_("Account").where(eq("Id", loser))

    (found,) = a_change_log(lo).query_all(query)

    assert found["MasterRecordId"] == master
