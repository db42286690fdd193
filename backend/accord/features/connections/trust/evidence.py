"""What Salesforce says of whoever has just signed in: read with the token that came, and nothing from a request."""

from dataclasses import dataclass
from typing import Any

from accord.core.errors import RejectedError
from accord.core.ids import ConnectionId
from accord.features.connections.model import Connection
from accord.features.connections.trust.model import Evidence, Proof
from accord.features.connections.trust.rules import ADMIN_RIGHTS
from accord.salesforce.model import Gateway, Login, LoginKind, Subrequest
from accord.salesforce.oauth import UserInfo
from accord.salesforce.soql import Query, any_of, eq, select
from accord.salesforce.web_login import UserTokens
from accord.salesforce.wire import query_path


@dataclass(frozen=True, slots=True)
class OrgFacts:
    """The org's own rows about itself and about one user."""

    org_id: str
    org_name: str
    is_sandbox: bool
    user_is_active: bool
    user_type: str
    rights: frozenset[str]


def login_of(tokens: UserTokens) -> Login:
    """The sign-in as a login for a few reads; it is kept nowhere."""
    return Login(
        connection_id=ConnectionId(""),
        org_id=tokens.org_id,
        user_id=tokens.user_id,
        instance_url=tokens.instance_url,
        access_token=tokens.access_token,
        kind=LoginKind.PERSONAL,
    )


def fetch_facts(gateway: Gateway) -> OrgFacts:
    """One call. Salesforce: rights of a profile stand in the permission set that it owns; an assignment that has run
    out is not active. Raises what a gateway raises, and RejectedError for an answer that lacks a row.
    """
    user = gateway.user_id
    rights = [f"PermissionSet.Permissions{right}" for right in sorted(ADMIN_RIGHTS)]
    parts = (
        _part("org", select("Id", "Name", "IsSandbox").from_("Organization")),
        _part("user", select("Id", "IsActive", "UserType").from_("User").where(eq("Id", user))),
        _part(
            "rights",
            select(*rights)
            .from_("PermissionSetAssignment")
            .where(eq("AssigneeId", user), eq("IsActive", True), any_of(*(eq(right, True) for right in rights))),
        ),
    )
    answers = gateway.composite(parts, all_or_none=False)
    if any(answer.status != 200 for answer in answers):
        raise RejectedError("Salesforce did not say who is an administrator of this org. Nothing was connected.")
    org, person, granted = (answer.body["records"] for answer in answers)
    if len(org) != 1 or len(person) != 1:
        raise RejectedError("Salesforce did not show its org and user to this login. Nothing was connected.")
    return OrgFacts(
        org_id=str(org[0]["Id"]),
        org_name=str(org[0]["Name"]),
        is_sandbox=org[0]["IsSandbox"] is True,
        user_is_active=person[0]["IsActive"] is True,
        user_type=str(person[0]["UserType"]),
        rights=frozenset(right for row in granted for right in ADMIN_RIGHTS if _grants(row, right)),
    )


def evidence(  # noqa: PLR0913 - each is another one's word
    tokens: UserTokens,
    owner: UserInfo,
    facts: OrgFacts,
    *,
    login_url: str,
    expected: Connection | None,
    taken: bool,
) -> Evidence:
    return Evidence(
        login_url=login_url,
        instance_url=tokens.instance_url,
        answer_org=tokens.org_id,
        answer_user=tokens.user_id,
        owner=owner,
        org_row_id=facts.org_id,
        user_is_active=facts.user_is_active,
        user_type=facts.user_type,
        rights=facts.rights,
        expected=expected,
        taken=taken,
    )


def proof(found: Evidence, facts: OrgFacts) -> Proof:
    return Proof(
        org_id=found.answer_org,
        instance_url=found.instance_url,
        org_name=facts.org_name,
        is_sandbox=facts.is_sandbox,
        user_id=found.owner.user_id,
        user_name=found.owner.name,
    )


def _part(reference: str, query: Query) -> Subrequest:
    return Subrequest(reference, "GET", query_path(query))


def _grants(row: Any, right: str) -> bool:
    return bool((row.get("PermissionSet") or {}).get(f"Permissions{right}") is True)
