"""A member's login that cannot write gives way to the one that the feature names (W3)."""

from dataclasses import replace

import pytest

from accord.core.errors import AuthorizationLostError
from accord.core.ids import MemberId
from accord.delivery.model import Intent, LoginProblem
from accord.infra.db import Database, WorkspaceSession
from support.delivery import ADelivery
from support.gateway import a_refusal

REP = MemberId("0190c0de-0000-7000-8000-00000000000a")


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def to_owner(_session: WorkspaceSession, intent: Intent, problem: LoginProblem) -> Intent:
    return replace(intent, login_member_id=None, login_reason=problem.code)


def to_nobody(_session: WorkspaceSession, _intent: Intent, _problem: LoginProblem) -> None:
    return None


def to_owner_but_no(session: WorkspaceSession, intent: Intent, problem: LoginProblem) -> Intent | None:
    return None if intent.fields["Subject"] == "no" else to_owner(session, intent, problem)


def test_four_hundred_rows_of_a_lost_login_cost_no_call_of_it(delivery: ADelivery) -> None:
    intents = [delivery.intent(f"r{number}", login_member_id=REP) for number in range(400)]
    delivery.org.lost_logins[REP] = AuthorizationLostError("Connect again.")
    delivery.put(*intents)

    delivery.drain(next_logins={"Task": to_owner})

    assert {effect.login for effect in delivery.org.journal} == {None}
    assert delivery.org.writes() == [("upsert", 200), ("upsert", 200)]
    assert {delivery.explain(intent).login_reason for intent in intents} == {"SALESFORCE_LOGIN_LOST"}


def test_where_no_other_login_may_the_row_waits_or_is_parked(delivery: ADelivery) -> None:
    lost = delivery.intent("lost", login_member_id=REP)
    delivery.org.lost_logins[REP] = AuthorizationLostError("Connect again.")
    delivery.put(lost)
    delivery.drain(next_logins={"Task": to_nobody})
    assert delivery.states([lost]) == ["ready"]

    other = MemberId("0190c0de-0000-7000-8000-00000000000b")
    refused = delivery.intent("refused", login_member_id=other)
    delivery.org.refusals[refused.external_id] = a_refusal()
    delivery.put(refused)
    report = delivery.drain(next_logins={"Task": to_nobody})

    assert delivery.states([refused]) == ["parked"]
    assert report.parked == 1


def test_later_writes_of_the_record_keep_their_order(delivery: ADelivery) -> None:
    first = delivery.intent(login_member_id=REP, fields={"Subject": "one"})
    later = delivery.intent(login_member_id=REP, creates=False, fields={"Subject": "two"})
    delivery.org.lost_logins[REP] = AuthorizationLostError("Connect again.")
    delivery.put(first, later)

    delivery.drain(next_logins={"Task": to_owner})

    assert [effect.fields["Subject"] for effect in delivery.org.of(first.external_id)] == ["one", "two"]
    assert delivery.states([first, later]) == ["done", "done"]


def test_a_row_that_nobody_can_read_is_parked_and_asks_nobody(delivery: ADelivery) -> None:
    from sqlalchemy import update

    from accord.delivery.store import outbox

    intent = delivery.intent(login_member_id=REP)
    delivery.put(intent)
    with delivery.database.workspace(delivery.workspace_id) as session:
        session.execute(update(outbox).where(outbox.c.id == intent.id).values(payload=b"nonsense"))

    delivery.drain(next_logins={"Task": to_owner})

    assert delivery.states([intent]) == ["parked"]


def test_more_rows_than_a_page_that_nobody_may_take_hide_no_later_one(delivery: ADelivery) -> None:
    declined = [delivery.intent(f"r{number}", login_member_id=REP, fields={"Subject": "no"}) for number in range(250)]
    last = delivery.intent("last", login_member_id=REP)
    delivery.org.lost_logins[REP] = AuthorizationLostError("Connect again.")
    delivery.put(*declined)
    delivery.clock.advance(seconds=1)
    delivery.put(last)
    drain = delivery.a_drain(next_logins={"Task": to_owner_but_no})

    for _visit in range(3):
        drain.drain(delivery.workspace_id, delivery.connection_id)

    assert delivery.states([declined[0], declined[-1], last]) == ["ready", "ready", "done"]


def test_what_may_be_taken_only_later_is_looked_at_again(delivery: ADelivery) -> None:
    rows = [delivery.intent(f"r{number}", login_member_id=REP) for number in range(200)]
    delivery.org.lost_logins[REP] = AuthorizationLostError("Connect again.")
    delivery.put(*rows)
    allowed: list[bool] = []

    def to_owner_when_allowed(session: WorkspaceSession, intent: Intent, problem: LoginProblem) -> Intent | None:
        return to_owner(session, intent, problem) if allowed else None

    drain = delivery.a_drain(next_logins={"Task": to_owner_when_allowed})
    drain.drain(delivery.workspace_id, delivery.connection_id)

    allowed.append(True)
    for _visit in range(2):
        drain.drain(delivery.workspace_id, delivery.connection_id)

    assert set(delivery.states(rows)) == {"done"}
