"""Public groups and permission sets of the org, and who is in one at this moment.

Salesforce: Object Reference, Group, GroupMember, UserRole. Members of a public group are users and other groups; a
group of the type Role stands for the users of a role, RoleAndSubordinates for those of the roles below too. Groups of
managers, territories and queues are not followed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog

from accord.core.errors import AccordError
from accord.core.ids import ConnectionId, UserId, WorkspaceId, widen
from accord.features.messages.model import MOST_PEOPLE
from accord.salesforce.model import Gateway
from accord.salesforce.soql import Query, eq, in_, select

log = structlog.get_logger()
MOST_GROUPS: Final = 200
DEEPEST: Final = 5
"""So many levels of groups in groups, or of roles below roles, are followed."""
REGULAR: Final = "Regular"
ROLES: Final = {"Role": False, "RoleAndSubordinates": True, "RoleAndSubordinatesInternal": True}
"""Groups that stand for a role, and whether for those below it too."""


@dataclass(frozen=True, slots=True)
class Group:
    """What can be told as a whole: a public group (00G…) or a permission set (0PS…)."""

    id: str
    name: str


def is_group(text: object) -> bool:
    try:
        return isinstance(text, str) and widen(text)[:3] in {"00G", "0PS"}
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class OrgGroups:
    """`gateway` is the integration owner's."""

    gateway: Callable[[WorkspaceId, ConnectionId], Gateway]

    def load(self, workspace_id: WorkspaceId, connection_id: ConnectionId, group_id: str | None = None) -> list[Group]:
        """All that can be chosen by name, or the one of this id. Two calls. Raises what the gateway raises."""
        gateway = self.gateway(workspace_id, connection_id)
        groups = select("Id", "Name").from_("Group").where(eq("Type", REGULAR))
        sets = select("Id", "Label").from_("PermissionSet").where(eq("IsOwnedByProfile", False))
        if group_id is not None:
            groups, sets = groups.where(eq("Id", group_id)), sets.where(eq("Id", group_id))
        found = [
            *(Group(widen(row["Id"]), str(row["Name"])) for row in gateway.query(groups.limited(MOST_GROUPS))),
            *(Group(widen(row["Id"]), str(row["Label"])) for row in gateway.query(sets.limited(MOST_GROUPS))),
        ]
        return sorted(found, key=lambda one: (one.id[:3], one.name.casefold()))

    def users_of(self, workspace_id: WorkspaceId, connection_id: ConnectionId, group_id: str) -> tuple[UserId, ...]:
        """The active users in it now, MOST_PEOPLE at most. None where it is empty or gone, or the org is away."""
        try:
            gateway = self.gateway(workspace_id, connection_id)
            found = _granted(gateway, group_id) if group_id.startswith("0PS") else _members(gateway, group_id)
        except AccordError as error:
            log.warning("group_not_read", connection_id=connection_id, code=error.code)
            return ()
        return tuple(sorted(found)[:MOST_PEOPLE])


def _granted(gateway: Gateway, set_id: str) -> set[UserId]:
    query = select("AssigneeId").from_("PermissionSetAssignment").where(eq("PermissionSetId", set_id))
    rows = gateway.query(query.where(eq("Assignee.IsActive", True)).limited(MOST_PEOPLE))
    return {UserId(widen(row["AssigneeId"])) for row in rows}


def _members(gateway: Gateway, group_id: str) -> set[UserId]:
    users: set[str] = set()
    roles: set[str] = set()
    seen: set[str] = set()
    level = {group_id}
    for _ in range(DEEPEST):
        seen |= level
        kinds = _rows(gateway, select("Id", "Type", "RelatedId").from_("Group"), "Id", level)
        of_roles = [row for row in kinds if row["Type"] in ROLES and row["RelatedId"]]
        roles |= {str(row["RelatedId"]) for row in of_roles}
        roles |= _below(gateway, {str(row["RelatedId"]) for row in of_roles if ROLES[row["Type"]]})
        regular = {str(row["Id"]) for row in kinds if row["Type"] == REGULAR}
        members = _rows(gateway, select("UserOrGroupId").from_("GroupMember"), "GroupId", regular)
        inside = {str(row["UserOrGroupId"]) for row in members}
        users |= {one for one in inside if one.startswith("005")}
        level = {one for one in inside if one.startswith("00G")} - seen
        if not level:
            break
    return _active(gateway, "Id", users) | _active(gateway, "UserRoleId", roles)


def _below(gateway: Gateway, roles: set[str]) -> set[str]:
    """The roles below these."""
    found: set[str] = set()
    level = roles
    for _ in range(DEEPEST):
        rows = _rows(gateway, select("Id").from_("UserRole"), "ParentRoleId", level)
        level = {str(row["Id"]) for row in rows} - found
        found |= level
    return found


def _active(gateway: Gateway, field: str, values: set[str]) -> set[UserId]:
    query = select("Id").from_("User").where(eq("IsActive", True))
    return {UserId(widen(row["Id"])) for row in _rows(gateway, query, field, values)}


def _rows(gateway: Gateway, query: Query, field: str, values: set[str]) -> list[Mapping[str, Any]]:
    """The rows whose field is one of the values, as many of them a query as fit. None for none, without asking."""
    known = sorted(values)
    portions = [known[start : start + MOST_GROUPS] for start in range(0, len(known), MOST_GROUPS)]
    return [row for some in portions for row in gateway.query(query.where(in_(field, some)))]
