"""The rights of users as SOQL shows them: each profile owns a permission set, and its users are assigned to it.

Salesforce: Object Reference, PermissionSet (IsOwnedByProfile, one Permissions... field for each user permission) and
PermissionSetAssignment. The rows are computed from profiles and users, so that they never disagree with them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from localorg.ids import widen
from localorg.permissions import MINIMUM_ACCESS, STANDARD_PLATFORM_USER, STANDARD_USER, SYSTEM_ADMINISTRATOR
from localorg.records import Row

if TYPE_CHECKING:
    from localorg.org import Org

USER_PERMISSIONS = ("ApiEnabled", "CustomizeApplication", "EditTask", "ModifyAllData", "SendCustomNotifications")
_OF_PROFILE = {
    SYSTEM_ADMINISTRATOR: frozenset(USER_PERMISSIONS),
    STANDARD_USER: frozenset({"ApiEnabled", "EditTask"}),
    STANDARD_PLATFORM_USER: frozenset({"ApiEnabled", "EditTask"}),
    MINIMUM_ACCESS: frozenset({"ApiEnabled"}),
}


def permission_sets(org: "Org") -> Iterator[Row]:
    """The declared permission sets, the one of each profile, and that of each user whose API right was taken away."""
    for row in org.records.all("PermissionSet"):
        declared = org.permission_sets.get(str(row["Name"]))
        yield {**row, **_flags(declared.user_permissions if declared else frozenset())}
    for profile in org.records.all("Profile"):
        yield _owned(profile, of=profile["Id"], api=True)
    for user in org.records.all("User"):
        if not user.get("_api_enabled", True):
            own = org.records.find("Profile", user["ProfileId"])
            assert own is not None, "a user has a profile"
            yield _owned(own, of=user["Id"], api=False)


def find_permission_set(org: "Org", record_id: str) -> Row | None:
    return next((row for row in permission_sets(org) if row["Id"] == record_id), None)


def assignments(org: "Org") -> Iterator[Row]:
    yield from org.records.all("PermissionSetAssignment")
    for user in org.records.all("User"):
        of = user["ProfileId"] if user.get("_api_enabled", True) else user["Id"]
        yield {
            "Id": _sibling(user["Id"], "0Pa"),
            "AssigneeId": user["Id"],
            "PermissionSetId": _sibling(of, "0PS"),
            "PermissionSetGroupId": None,
            "IsActive": True,
            "SystemModstamp": user["SystemModstamp"],
        }


def _owned(profile: Row, *, of: str, api: bool) -> Row:
    granted = _OF_PROFILE[str(profile["Name"])]
    record_id = _sibling(of, "0PS")
    stamps = {name: profile[name] for name in ("CreatedDate", "LastModifiedDate", "SystemModstamp")}
    return {
        **stamps,
        "Id": record_id,
        "Name": f"X{record_id[:15]}",
        "Label": profile["Name"],
        "ProfileId": profile["Id"],
        "IsOwnedByProfile": True,
        "IsCustom": False,
        **_flags(granted if api else granted - {"ApiEnabled"}),
    }


def _flags(granted: frozenset[str]) -> dict[str, Any]:
    return {f"Permissions{name}": name in granted for name in USER_PERMISSIONS}


def _sibling(record_id: str, prefix: str) -> str:
    """An id of another kind with the same number: numbers are given out once in an org."""
    return widen(prefix + record_id[3:15])
