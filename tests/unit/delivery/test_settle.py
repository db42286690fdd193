"""What an answer means for each row and for the gates."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from accord.core.errors import Problem, RejectedError
from accord.core.ids import ClaimId, ConnectionId, IntentId, MemberId, RecordId, WorkspaceId
from accord.core.outcomes import Done, Ignored, Outcome, Recovery
from accord.delivery.model import Again, Claim, ClaimedRow, Finished, Park
from accord.delivery.settle import Answered, CallFailed, CallRefused, LoginLost, OurFault, Settlement, Terms, settle
from support.builders import NOON
from support.gateway import a_refusal

TASK = RecordId("00T000000000001AAA")


def a_row(number: int = 0, **changes: object) -> ClaimedRow:
    facts: dict[str, object] = {
        "id": IntentId(f"intent-{number}"),
        "lane": f"Task|Accord_Id__c|{number}",
        "external_id": str(number),
        "fields": {},
        "in_doubt": False,
        "attempts": 0,
        "first_refused_at": None,
        "record_id": None,
        **changes,
    }
    return ClaimedRow(**facts)  # type: ignore[arg-type]


def a_claim(*rows: ClaimedRow, creates: bool = True) -> Claim:
    return Claim(
        id=ClaimId("claim"),
        workspace_id=WorkspaceId("workspace"),
        connection_id=ConnectionId("connection"),
        login_member_id=None,
        sobject="Task",
        external_id_field="Accord_Id__c",
        creates=creates,
        rows=rows,
        leased_until=NOON,
    )


def settled(claim: Claim, answer: object, *, failures: int = 0) -> Settlement:
    return settle(claim, answer, Terms(now=NOON, failures=failures, dice=lambda: 0.5))  # type: ignore[arg-type]


def outcomes_of(*outcomes: Outcome, creates: bool = True) -> Settlement:
    rows = [a_row(number) for number in range(len(outcomes))]
    return settled(a_claim(*rows, creates=creates), Answered(outcomes))


@pytest.mark.parametrize(
    ("outcome", "creates", "told"),
    [
        (Done(TASK, created=True), True, "created"),
        (Done(None, created=False), True, "found"),
        (Done(TASK, created=False), False, "updated"),
        (Ignored(TASK, "comes from products"), False, "ignored"),
    ],
)
def test_what_has_arrived_is_finished(outcome: Outcome, creates: bool, told: str) -> None:  # noqa: FBT001
    (mark,) = outcomes_of(outcome, creates=creates).marks

    assert isinstance(mark, Finished)
    assert mark.outcome == told


def test_each_row_has_its_own_fate() -> None:
    fate = outcomes_of(Done(TASK, created=True), a_refusal(), a_refusal(Recovery.TRANSIENT, "UNABLE_TO_LOCK_ROW"))

    assert [type(mark) for mark in fate.marks] == [Finished, Park, Again]
    assert fate.healthy


def test_a_limit_in_the_middle_keeps_what_was_done_before_it() -> None:
    limit = a_refusal(Recovery.QUOTA, "REQUEST_LIMIT_EXCEEDED")
    fate = outcomes_of(Done(TASK, created=True), limit)

    assert [type(mark) for mark in fate.marks] == [Finished, Again]
    assert fate.marks[1].refusal is None  # type: ignore[union-attr]
    assert fate.connection is not None
    assert fate.connection.until == NOON + timedelta(seconds=45)


@pytest.mark.parametrize(
    ("member", "until"), [(None, NOON + timedelta(minutes=15)), (MemberId("rep"), None)], ids=["owner", "member"]
)
def test_a_lost_login_waits_for_its_member_and_the_owners_is_looked_at_again(
    member: MemberId | None, until: datetime | None
) -> None:
    """The owner's login comes back when the org is mended; a member has to connect again."""
    claim = replace(a_claim(a_row()), login_member_id=member)
    refused = settled(claim, Answered([a_refusal(Recovery.AUTH, "API_DISABLED_FOR_ORG")])).login
    lost = settled(claim, LoginLost("SALESFORCE_LOGIN_LOST", "connect again")).login

    assert refused is not None
    assert lost is not None
    # a right that an admin gives in the org is looked for again, whoever lacks it
    assert (refused.until, lost.until) == (NOON + timedelta(minutes=15), until)


@pytest.mark.parametrize("code", ["NO_ANSWER", "SERVER_UNAVAILABLE"])
def test_no_answer_for_all_rows_is_the_calls_failure_and_counts_against_none(code: str) -> None:
    silence = a_refusal(Recovery.TRANSIENT, code, in_doubt=True)
    fate = outcomes_of(silence, silence)

    assert [(mark.refusal, mark.in_doubt) for mark in fate.marks if isinstance(mark, Again)] == [(None, True)] * 2
    assert fate.connection is not None


def test_one_refusal_for_all_rows_is_about_the_call_so_each_is_tried_alone() -> None:
    unreadable = a_refusal(Recovery.DATA, "JSON_PARSER_ERROR")
    fate = outcomes_of(unreadable, unreadable)

    assert [isinstance(mark, Again) and mark.alone for mark in fate.marks] == [True, True]


def test_equal_refusals_of_each_row_are_about_the_rows() -> None:
    fate = outcomes_of(a_refusal(), a_refusal())

    assert [type(mark) for mark in fate.marks] == [Park, Park]


def test_a_missing_field_parks_all_rows_at_the_cost_of_one_call() -> None:
    missing = a_refusal(Recovery.SCHEMA, "INVALID_FIELD")
    fate = outcomes_of(missing, missing)

    assert [type(mark) for mark in fate.marks] == [Park, Park]


def test_a_fault_inside_salesforce_makes_the_calls_smaller_and_parks_nobody() -> None:
    fault = a_refusal(Recovery.UNKNOWN, "UNKNOWN_EXCEPTION")
    fate = outcomes_of(fault, fault)

    assert [type(mark) for mark in fate.marks] == [Again, Again]
    assert fate.connection is not None


def test_a_row_that_fails_alone_in_a_row_of_failures_is_tried_on_its_own_schedule() -> None:
    fate = settled(a_claim(a_row()), CallFailed("NO_ANSWER", "no answer", in_doubt=True), failures=9)

    (mark,) = fate.marks
    assert isinstance(mark, Again)
    assert (mark.alone, mark.in_doubt, mark.refusal is not None) == (True, True, True)
    assert mark.run_at > NOON


def test_in_a_long_outage_no_row_is_blamed() -> None:
    fate = settled(a_claim(a_row()), CallFailed("NO_ANSWER", "no answer", in_doubt=True), failures=40)

    assert [isinstance(mark, Again) and mark.alone for mark in fate.marks] == [False]


def test_a_row_known_to_fail_alone_does_not_close_the_connection() -> None:
    fate = settled(a_claim(a_row(alone=True)), CallFailed("NO_ANSWER", "no answer", in_doubt=True))

    assert fate.connection is None


def test_a_wait_that_salesforce_asks_for_is_kept() -> None:
    fate = settled(a_claim(a_row()), CallFailed("SERVER_UNAVAILABLE", "busy", in_doubt=False, retry_after=90))

    assert fate.connection is not None
    assert fate.connection.until == NOON + timedelta(seconds=90)


def test_a_lost_login_gives_all_rows_back_as_they_were() -> None:
    fate = settled(a_claim(a_row(0), a_row(1, in_doubt=True)), LoginLost("SALESFORCE_LOGIN_LOST", "connect again"))

    assert [mark.in_doubt for mark in fate.marks if isinstance(mark, Again)] == [False, True]
    assert fate.connection is None


def test_a_refused_call_of_one_row_is_that_rows_refusal() -> None:
    problem = Problem(code="JSON_PARSER_ERROR", message="cannot read it")
    fate = settled(a_claim(a_row()), CallRefused(RejectedError("refused", problems=(problem,))))

    assert [mark.refusal.code for mark in fate.marks if isinstance(mark, Park)] == ["JSON_PARSER_ERROR"]


def test_a_fault_of_ours_is_in_doubt() -> None:
    fate = settled(a_claim(a_row(0), a_row(1)), OurFault("KeyError"))

    assert [mark.in_doubt for mark in fate.marks if isinstance(mark, Again)] == [True, True]


def test_what_people_hold_is_tried_hourly() -> None:
    (mark,) = outcomes_of(a_refusal(Recovery.TRANSIENT, "ENTITY_IS_LOCKED")).marks

    assert isinstance(mark, Again)
    assert mark.run_at == NOON + timedelta(hours=1)
