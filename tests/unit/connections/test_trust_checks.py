"""S2: what an administrator's sign-in must prove; and no check of the list is there for nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from accord.core.ids import ConnectionId, OrgId, UserId, WorkspaceId
from accord.features.connections.checks import run_checks
from accord.features.connections.model import Connection, ConnectionStatus, RefusedTokenError
from accord.features.connections.trust.model import Evidence, Step
from accord.features.connections.trust.rules import ADMIN_RIGHTS, CHECKS, is_expected, next_step
from accord.salesforce.oauth import UserInfo
from support.signed import HALDEN, INSTANCE, OTHER, RILEY

ADA = UserId(RILEY)
THIRD = OrgId("00D000000000003EAA")


def an_owner(**changes) -> UserInfo:
    facts = {
        "user_id": ADA,
        "org_id": HALDEN,
        "username": "ada@halden.example",
        "name": "Ada",
        "email": None,
        "user_type": "STANDARD",
        "locale": None,
        "language": None,
        "time_zone": None,
        "active": True,
    }
    return UserInfo(**{**facts, **changes})


def a_connection(status: ConnectionStatus = ConnectionStatus.LIVE, **changes) -> Connection:
    facts = {
        "workspace_id": WorkspaceId("w"),
        "id": ConnectionId("c"),
        "org_id": HALDEN,
        "label": "Halden",
        "instance_url": INSTANCE,
        "is_sandbox": False,
        "status": status,
        "integration_username": "i",
        "consumer_key": "k",
        "login_url": INSTANCE,
    }
    return Connection(**{**facts, **changes})


GOOD = Evidence(
    login_url="https://login.salesforce.com",
    instance_url=INSTANCE,
    answer_org=HALDEN,
    answer_user=ADA,
    owner=an_owner(),
    org_row_id=HALDEN,
    user_is_active=True,
    user_type="Standard",
    rights=ADMIN_RIGHTS,
    expected=None,
    taken=False,
)


@dataclass(frozen=True)
class Row:
    name: str
    refused_by: str
    make: Callable[[], Evidence]


def but(**changes) -> Callable[[], Evidence]:
    return lambda: replace(GOOD, **changes)


def frozen(found: OrgId | None) -> Connection:
    return a_connection(ConnectionStatus.FROZEN, org_id=OTHER, found_org_id=found)


ROWS = (
    Row("another My Domain than the one that was asked", "login_address", but(login_url="https://m.my.salesforce.com")),
    Row("the token is another org's", "token_org", but(owner=an_owner(org_id=OTHER))),
    Row("the token is another user's", "token_user", but(owner=an_owner(user_id=UserId("005000000000009AAA")))),
    Row("the org's own row is another", "org_row", but(org_row_id=OTHER)),
    Row("no org row id at all", "org_row", but(org_row_id="")),
    Row("inactive by userinfo", "active", but(owner=an_owner(active=False))),
    Row("inactive by the user's row", "active", but(user_is_active=False)),
    Row("a partner by userinfo", "user_type", but(owner=an_owner(user_type="POWER_PARTNER"))),
    Row("a guest by the user's row", "user_type", but(user_type="Guest")),
    Row("no right at all", "admin_right", but(rights=frozenset())),
    Row("all data, and not the set-up", "admin_right", but(rights=frozenset({"ModifyAllData"}))),
    Row("the set-up, and not all data", "admin_right", but(rights=frozenset({"CustomizeApplication"}))),
    Row("a link for another live org", "expected_org", but(expected=a_connection(org_id=OTHER))),
    Row("found, but not on hold", "expected_org", but(expected=a_connection(org_id=OTHER, found_org_id=HALDEN))),
    Row("on hold for a third org", "expected_org", but(expected=frozen(THIRD))),
    Row("connected by somebody else", "org_free", but(taken=True)),
)


def check_of(found: Evidence, *, without: str = "") -> str | None:
    try:
        run_checks([check for check in CHECKS if check.name != without], found)
    except RefusedTokenError as refused:
        return refused.check
    return None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_wrong_is_refused_by_its_own_check(row):
    assert check_of(row.make()) == row.refused_by
    assert check_of(row.make(), without=row.refused_by) is None, "no other check would have seen it"


def test_every_check_has_its_row():
    assert {row.refused_by for row in ROWS} == {check.name for check in CHECKS}


@pytest.mark.parametrize(
    "evidence",
    [
        GOOD,
        replace(GOOD, login_url=INSTANCE),
        replace(GOOD, expected=a_connection()),
        replace(GOOD, expected=frozen(HALDEN)),
    ],
)
def test_an_administrator_of_the_right_org_is_believed(evidence):
    assert check_of(evidence) is None


def test_whoever_administers_either_org_decides_about_a_hold():
    held = frozen(HALDEN)

    assert [is_expected(held, org) for org in (HALDEN, OTHER, THIRD)] == [True, True, False]


def test_the_step_follows_the_connection():
    assert [next_step(each) for each in (None, a_connection(), frozen(HALDEN))] == [
        Step.CONNECT,
        Step.CERTIFICATE,
        Step.CONFIRM,
    ]
