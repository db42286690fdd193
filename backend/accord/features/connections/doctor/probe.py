"""What the doctor reads: a fresh login, then a few calls with it, however large the org is."""

from collections.abc import Iterable, Sequence
from typing import Any

from accord.core.needs import Need, Right
from accord.features.connections.doctor.model import Access, OwnerFacts
from accord.features.connections.rules import PERMISSION_SETS
from accord.salesforce.licences import LICENCE
from accord.salesforce.model import Gateway, SObjectDescribe, Subrequest
from accord.salesforce.paths import described_along
from accord.salesforce.soql import Query, eq, in_, select
from accord.salesforce.wire import query_path

PERMISSIONS = ("ApiEnabled", "EditTask", "ModifyAllData")
MOST_USERS = 200
MOST_SETS = 200


def fetch_owner(gateway: Gateway) -> tuple[OwnerFacts | None, list[dict[str, str]] | None]:
    """The facts of the login's user, and who has our permission sets (None where the org does not say). One call."""
    user = gateway.user_id
    flags = [f"PermissionSet.Permissions{name}" for name in PERMISSIONS]
    mine = select("PermissionSet.Name", *flags).from_("PermissionSetAssignment").where(eq("AssigneeId", user))
    ours = (
        select("AssigneeId", "Assignee.Username")
        .from_("PermissionSetAssignment")
        .where(in_("PermissionSet.Name", PERMISSION_SETS), eq("Assignee.IsActive", True))
        .limited(MOST_USERS)
    )
    org, person, sets, users, licences = gateway.composite(
        (
            _part("org", select("IsSandbox").from_("Organization")),
            _part("user", select("Username", "IsActive", "UserType").from_("User").where(eq("Id", user))),
            _part("sets", mine.limited(MOST_SETS)),
            _part("users", ours),
            # by itself: who may not read licences is told everything else
            _part("licence", select(LICENCE).from_("User").where(eq("Id", user))),
        ),
        all_or_none=False,
    )
    listed = _records(users.status, users.body)
    people = None if listed is None else [{"id": row["AssigneeId"], "name": _name(row)} for row in listed]
    one_org, one_user = _records(org.status, org.body), _records(person.status, person.body)
    granted = _records(sets.status, sets.body)
    if not one_org or not one_user or granted is None:
        return None, people
    licence = _records(licences.status, licences.body)
    owner = OwnerFacts(
        is_sandbox=one_org[0]["IsSandbox"] is True,
        username=str(one_user[0]["Username"]),
        is_active=one_user[0]["IsActive"] is True,
        user_type=str(one_user[0]["UserType"]),
        permissions=frozenset(
            name for row in granted for name in PERMISSIONS if row["PermissionSet"][f"Permissions{name}"] is True
        ),
        sets=frozenset(str(row["PermissionSet"]["Name"]) for row in granted),
        licence=_licence(licence[0]) if licence else None,
    )
    return owner, people


def fetch_access(gateway: Gateway, people: list[dict[str, str]]) -> Access:
    """Who of these users may use the API. One call."""
    names = {one["id"]: one["name"] for one in people}
    able = gateway.query(
        select("AssigneeId")
        .from_("PermissionSetAssignment")
        .where(in_("AssigneeId", sorted(names)), eq("PermissionSet.PermissionsApiEnabled", True))
    )
    missing = set(names) - {str(row["AssigneeId"]) for row in able}
    return Access(len(names), tuple(sorted(names[one] for one in missing)))


def fetch_others(gateway: Gateway, needs: Sequence[Need]) -> dict[str, bool]:
    """By name, whether what no describe tells of is there; left out where the org does not say. One call, or none.

    Salesforce: REST API guide, "Composite": at most five of its parts may be queries.
    """
    if not needs:
        return {}
    parts = [_part(f"need{number}", _asks_for(need, gateway.user_id)) for number, need in enumerate(needs)]
    answers = gateway.composite(tuple(parts), all_or_none=False)
    rows = {need.name: _records(one.status, one.body) for need, one in zip(needs, answers, strict=True)}
    return {name: bool(found) for name, found in rows.items() if found is not None}


def _asks_for(need: Need, user: str) -> Query:
    if need.right is Right.THERE:
        return select("Id").from_(need.sobject).where(eq("DeveloperName", need.field))
    granted = eq(f"PermissionSet.Permissions{need.field}", True)
    return select("Id").from_("PermissionSetAssignment").where(eq("AssigneeId", user), granted).limited(1)


def fetch_describes(gateway: Gateway, needs: Iterable[Need]) -> dict[str, SObjectDescribe]:
    """All objects of the needs and on their ways: one call for each. One that is closed to this login is left out."""
    gateway.forget_describes()
    ways = sorted({(need.sobject, need.way) for need in needs if need.is_described})
    return dict(described_along(gateway, ways, to_read=True))


def _part(reference: str, query: Query) -> Subrequest:
    return Subrequest(reference, "GET", query_path(query))


def _records(status: int, body: Any) -> list[dict[str, Any]] | None:
    return body["records"] if status == 200 and isinstance(body, dict) else None


def _licence(row: dict[str, Any]) -> str | None:
    of = (row.get("Profile") or {}).get("UserLicense") or {}
    return str(of["Name"]) if of.get("Name") else None


def _name(row: dict[str, Any]) -> str:
    return str((row.get("Assignee") or {}).get("Username") or row["AssigneeId"])
