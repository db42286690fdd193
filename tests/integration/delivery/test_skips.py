"""The explanation of every skip: each reason of the closed list has its case here, and its sentence."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import MemberId
from accord.core.outcomes import Ignored, Recovery
from accord.delivery.brakes.model import BrakeKind
from accord.delivery.model import Intent
from accord.delivery.skips import SENTENCES, SkipReason
from accord.infra.db import Database
from accord.salesforce.model import Usage
from support.delivery import ADelivery, once
from support.gateway import a_refusal

REP = MemberId("0190-rep")
Case = Callable[[ADelivery], Intent]


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def _refused(delivery: ADelivery, recovery: Recovery, code: str) -> Intent:
    intent = delivery.intent(fields={"Subject": "long", "Status": "Completed"})
    delivery.org.refusals[intent.external_id] = a_refusal(recovery, code)
    delivery.put(intent)
    delivery.drain()
    delivery.org.refusals.clear()
    return intent


def _lose() -> None:
    raise TransientError("no answer")


def earlier_write(delivery: ADelivery) -> Intent:
    later = delivery.intent(creates=False)
    delivery.put(delivery.intent(), later)
    return later


def gathering(delivery: ADelivery) -> Intent:
    intent = delivery.intent(gathers=timedelta(seconds=6))
    delivery.put(intent)
    delivery.clock.advance(seconds=5)
    delivery.drain()
    return intent


def unanswered_write(delivery: ADelivery) -> Intent:
    delivery.org.after = once(_lose)
    later = earlier_write(delivery)
    delivery.drain()
    delivery.clock.advance(seconds=2)
    delivery.drain()
    return later


def refused(delivery: ADelivery) -> Intent:
    return _refused(delivery, Recovery.TRANSIENT, "UNABLE_TO_LOCK_ROW")


def locked(delivery: ADelivery) -> Intent:
    return _refused(delivery, Recovery.TRANSIENT, "ENTITY_IS_LOCKED")


def stopped(delivery: ADelivery) -> Intent:
    return _braked(delivery, BrakeKind.STOPPED, None)


def observed(delivery: ADelivery) -> Intent:
    return _braked(delivery, BrakeKind.OBSERVED, timedelta(days=7))


def quiet(delivery: ADelivery) -> Intent:
    return _braked(delivery, BrakeKind.QUIET, timedelta(hours=8))


def _braked(delivery: ADelivery, kind: BrakeKind, lasts: timedelta | None) -> Intent:
    delivery.brake(kind, lasts)
    intent = delivery.intent()
    delivery.put(intent)
    delivery.drain()
    return intent


def connection_paused(delivery: ADelivery) -> Intent:
    return _refused(delivery, Recovery.QUOTA, "REQUEST_LIMIT_EXCEEDED")


def creates_paused(delivery: ADelivery) -> Intent:
    return _refused(delivery, Recovery.QUOTA, "STORAGE_LIMIT_EXCEEDED")


def login_paused(delivery: ADelivery) -> Intent:
    intent = delivery.intent(login_member_id=REP)
    delivery.org.lost_logins[REP] = AuthorizationLostError("Riley must connect again.")
    delivery.put(intent)
    delivery.drain()
    return intent


def calls_kept(delivery: ADelivery) -> Intent:
    delivery.org.usage = Usage(used=95_000, allowed=100_000)
    delivery.put(delivery.intent("first"))
    delivery.drain()
    intent = delivery.intent()
    delivery.put(intent)
    return intent


def parked(delivery: ADelivery) -> Intent:
    return _refused(delivery, Recovery.DATA, "FIELD_CUSTOM_VALIDATION_EXCEPTION")


def fields_held(delivery: ADelivery) -> Intent:
    intent = delivery.intent(fields={"Subject": "long", "Status": "Completed"})
    delivery.org.refusals[intent.external_id] = a_refusal()
    delivery.org.after = once(delivery.org.refusals.clear)
    delivery.put(intent)
    delivery.drain()
    return intent


def merged(delivery: ADelivery) -> Intent:
    intent = delivery.intent(creates=False)
    delivery.put(intent, delivery.intent(creates=False, coalesces=True))
    return intent


def already_there(delivery: ADelivery) -> Intent:
    intent = delivery.intent()
    delivery.org.after = once(_lose)
    delivery.put(intent)
    delivery.drain()
    delivery.drain_until_quiet()
    return intent


def ignored(delivery: ADelivery) -> Intent:
    intent = delivery.intent()
    delivery.put(intent)
    delivery.drain(courier=lambda _gateway, claim: [Ignored(None, "The amount comes from products.")] * len(claim.rows))
    return intent


CASES: dict[SkipReason, Case] = {
    SkipReason.EARLIER_WRITE: earlier_write,
    SkipReason.GATHERING: gathering,
    SkipReason.UNANSWERED_WRITE: unanswered_write,
    SkipReason.REFUSED: refused,
    SkipReason.LOCKED: locked,
    SkipReason.STOPPED: stopped,
    SkipReason.OBSERVED: observed,
    SkipReason.QUIET: quiet,
    SkipReason.CONNECTION_PAUSED: connection_paused,
    SkipReason.CREATES_PAUSED: creates_paused,
    SkipReason.LOGIN_PAUSED: login_paused,
    SkipReason.CALLS_KEPT: calls_kept,
    SkipReason.PARKED: parked,
    SkipReason.FIELDS_HELD: fields_held,
    SkipReason.MERGED: merged,
    SkipReason.ALREADY_THERE: already_there,
    SkipReason.IGNORED: ignored,
}
KNOWS_WHEN = {
    SkipReason.GATHERING,
    SkipReason.UNANSWERED_WRITE,
    SkipReason.REFUSED,
    SkipReason.LOCKED,
    SkipReason.OBSERVED,
    SkipReason.QUIET,
    SkipReason.CONNECTION_PAUSED,
    SkipReason.CREATES_PAUSED,
}


@pytest.mark.parametrize("reason", list(SkipReason))
def test_every_skip_says_why_and_until_when_where_that_is_known(delivery: ADelivery, reason: SkipReason) -> None:
    intent = CASES[reason](delivery)

    skip = delivery.explain(intent).skip

    assert skip is not None
    assert skip.reason is reason
    assert (skip.until is not None) is (reason in KNOWS_WHEN)
    assert len(SENTENCES[reason].split()) > 5


def test_what_is_due_or_delivered_is_no_skip(delivery: ADelivery) -> None:
    intent = delivery.intent()
    delivery.put(intent)

    assert delivery.explain(intent).skip is None

    delivery.drain()

    assert delivery.explain(intent).skip is None


def test_a_merged_write_names_the_one_it_went_on_in(delivery: ADelivery) -> None:
    first, second = (delivery.intent(creates=False, coalesces=True, fields={"Subject": str(n)}) for n in (1, 2))
    delivery.put(first, second)

    assert delivery.explain(first).folded_into == second.id
