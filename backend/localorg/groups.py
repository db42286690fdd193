"""Public groups with their members, roles and user licences: set-up objects that are queried.

Salesforce: Object Reference, Group (Type, RelatedId), GroupMember (UserOrGroupId: a user or another group), UserRole
(ParentRoleId) and UserLicense (Name), to which Profile leads by UserLicenseId.
"""

from typing import Any, Final

from localorg.schema import Schema, SObject, StandardFacts

_AUDIT: Final = ("Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
_TYPES: Final = (
    "Regular", "Role", "RoleAndSubordinates", "RoleAndSubordinatesInternal", "Organization", "Queue", "Manager",
    "ManagerAndSubordinatesInternal",
)  # fmt: skip
GROUP: Final = "Group"
MEMBER: Final = "GroupMember"
ROLE: Final = "UserRole"
LICENSE: Final = "UserLicense"


def _text(name: str, length: int) -> dict[str, Any]:
    return {"name": name, "type": "string", "length": length, "byteLength": 3 * length}


def _lookup(name: str, *to: str, over: str | None) -> dict[str, Any]:
    return {"name": name, "type": "reference", "referenceTo": list(to), "relationshipName": over, "length": 18}


_OBJECTS: Final = {
    GROUP: (
        "00G",
        [
            _text("Name", 80),
            _text("DeveloperName", 80),
            {"name": "Type", "type": "picklist", "length": 40, "picklist": list(_TYPES)},
            _lookup("RelatedId", "UserRole", "User", over="Related"),
        ],
    ),
    MEMBER: ("011", [_lookup("GroupId", GROUP, over="Group"), _lookup("UserOrGroupId", GROUP, "User", over=None)]),
    ROLE: ("00E", [_text("Name", 80), _text("DeveloperName", 80), _lookup("ParentRoleId", ROLE, over=None)]),
    LICENSE: ("100", [_text("Name", 40), _text("MasterLabel", 40)]),
}


def with_groups(facts: StandardFacts, schema: Schema) -> Schema:
    """The schema with these objects. They are changed in Setup, which this org does not have."""
    standard = schema.get("Account").fields
    shared = {"createable": False, "updateable": False, "permissionable": False}
    for name, (prefix, kinds) in _OBJECTS.items():
        own = [facts.field({**shared, "label": kind["name"], **kind}) for kind in kinds]
        described = {
            **facts.object_usual, "name": name, "label": name, "labelPlural": f"{name}s", "keyPrefix": prefix,
            **dict.fromkeys(
                ("createable", "updateable", "deletable", "undeletable", "layoutable", "mergeable"), False
            ),
        }  # fmt: skip
        fields = {**{one: standard[one] for one in _AUDIT}, **{field.name: field for field in own}}
        schema = schema.with_object(SObject(name=name, facts=described, fields=fields))
    return schema
