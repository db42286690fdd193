"""The bell rings for whom it is meant, while it is news, and an org that cannot ring says why."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from accord.core.errors import RejectedError
from accord.core.ids import ClaimId, ConnectionId, IntentId, WorkspaceId
from accord.core.outcomes import Done, Recovery, Refused
from accord.delivery.model import Claim, ClaimedRow
from accord.features.notifications.courier import NOBODY, SETTINGS_PAGE, TOO_LATE, NotificationCourier
from accord.features.notifications.model import NOTIFICATION
from support.builders import NOON, AClock

ADA, BO = "005000000000001AAA", "005000000000002AAA"
DEAL = "006000000000001AAA"


@dataclass
class AnOrg:
    """Answers what the courier asks, and remembers what rang."""

    types: Any = field(default_factory=lambda: [{"Id": "0ML000000000001AAA"}])
    owner: str | None = BO
    answer: Any = field(default_factory=lambda: Done(None, created=True))
    asked: list[str] = field(default_factory=list)
    rung: list[dict[str, Any]] = field(default_factory=list)

    def query(self, soql: Any) -> Any:
        if getattr(soql, "never", False):
            return []
        self.asked.append(str(soql))
        if "CustomNotificationType" not in str(soql):
            return [{"Id": DEAL, "OwnerId": self.owner}] if self.owner else []
        if isinstance(self.types, Exception):
            raise self.types
        return self.types

    def act(self, action: str, inputs: Any) -> Any:
        self.rung.extend(inputs)
        return [self.answer] * len(inputs)


def a_row(name: str, *, until: timedelta = timedelta(days=1), users: tuple[str, ...] = (ADA,), deal: str | None = None):
    at = (NOON + until).isoformat()
    fields = {"title": name, "body": "Look.", "users": list(users), "owner_of": deal, "until": at}
    return ClaimedRow(
        IntentId(name), name, name, fields, in_doubt=False, attempts=0, first_refused_at=None, record_id=None
    )


def carry(org: AnOrg, *rows: ClaimedRow, sobject: str = NOTIFICATION) -> Any:
    claim = Claim(
        ClaimId("c"),
        WorkspaceId("w"),
        ConnectionId("c"),
        None,
        sobject,
        "key",
        creates=True,
        rows=rows,
        leased_until=NOON,
    )
    return NotificationCourier(AClock(), lambda _gateway, given: ["others"] * len(given.rows))(org, claim)  # type: ignore[arg-type,list-item,return-value]


def test_it_rings_for_users_and_for_whoever_owns_the_deal_now():
    org = AnOrg()
    outcomes = carry(org, a_row("a"), a_row("b", users=(), deal=DEAL))

    assert outcomes == [Done(None, created=True)] * 2
    assert [(one["recipientIds"], one["title"]) for one in org.rung] == [([ADA], "a"), ([BO], "b")]
    assert [(one.get("targetPageRef"), one.get("targetId")) for one in org.rung] == [
        (SETTINGS_PAGE, None),
        (None, DEAL),
    ]
    assert len(org.asked) == 2, "one query for all owners, one for the type"


def test_what_is_no_news_any_more_and_what_is_for_nobody_does_not_ring_and_costs_no_call():
    org = AnOrg(owner=None)
    late, nobody = carry(org, a_row("late", until=timedelta()), a_row("nobody", users=(), deal=DEAL))

    assert [(one.note, one.created, one.sent) for one in (late, nobody)] == [
        (TOO_LATE, False, False),
        (NOBODY, False, False),
    ]
    assert (org.rung, len(org.asked)) == ([], 1)


@pytest.mark.parametrize("types", [[], RejectedError("INVALID_TYPE")])
def test_an_org_without_the_package_says_what_to_install(types):
    (refused,) = carry(AnOrg(types=types), a_row("a"))

    assert isinstance(refused, Refused)
    assert refused.recovery is Recovery.SCHEMA
    assert "Install the package" in refused.advice


def test_a_missing_right_is_named_and_no_field_is_held_back():
    said = Refused(Recovery.SCHEMA, "INSUFFICIENT_ACCESS_OR_READONLY", "no", "Look.", ("title",))
    (refused,) = carry(AnOrg(answer=said), a_row("a"))

    assert "Send Custom Notifications" in refused.advice
    assert refused.fields == ()


def test_everything_else_goes_another_way():
    assert carry(AnOrg(), a_row("a"), sobject="Task") == ["others"]
