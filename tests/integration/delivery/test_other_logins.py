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
