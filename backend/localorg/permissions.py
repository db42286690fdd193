"""Profiles and permission sets, and what they add up to for one user: object rights and field-level security."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from localorg.person_accounts import contact_field
from localorg.schema import Field, Schema, SObject
from localorg.schema_sfdx import NAMESPACE, is_true, parse_source, text_of

SYSTEM_ADMINISTRATOR = "System Administrator"
STANDARD_USER = "Standard User"
STANDARD_PLATFORM_USER = "Standard Platform User"
MINIMUM_ACCESS = "Minimum Access - API Only Integrations"

BUSINESS_OBJECTS = frozenset({"Account", "Case", "Contact", "Event", "Lead", "Opportunity", "Task"})
# Salesforce: a user with the profile Standard User reads products and prices and does not change them.
PRODUCT_OBJECTS = frozenset({"Product2", "Pricebook2"})
# Objects without rights of their own: who may edit the record they belong to may write them.
RIGHTS_FROM = {
    "OpportunityLineItem": "Opportunity", "OpportunityContactRole": "Opportunity", "OpportunityHistory": "Opportunity",
    "PricebookEntry": "Pricebook2",
}  # fmt: skip
# Salesforce Help: Standard User Licenses: with Salesforce Platform there are accounts and contacts, and no sales
SALES_OBJECTS = frozenset({"Opportunity", "Lead", "Case"})
# Salesforce: activities have no object permission; a user permission stands for it.
ACTIVITY_PERMISSIONS = {"Task": "EditTask", "Event": "EditEvent"}
# Set-up objects that every internal user may read and only an administrator may write.
SETUP_OBJECTS = frozenset(
    {"User", "RecordType", "Organization", "CurrencyType", "OpportunityStage", "TaskStatus", "Profile", "PermissionSet",
     "PermissionSetAssignment", "CustomNotificationType", "Group", "GroupMember", "UserRole",
     "UserLicense"}
)  # fmt: skip
_SUFFIX = ".permissionset-meta.xml"


@dataclass(frozen=True, slots=True)
class ObjectRights:
    read: bool = False
    create: bool = False
    edit: bool = False
    delete: bool = False

    def __or__(self, other: "ObjectRights") -> "ObjectRights":
        return ObjectRights(
            self.read or other.read,
            self.create or other.create,
            self.edit or other.edit,
            self.delete or other.delete,
        )


EVERYTHING = ObjectRights(read=True, create=True, edit=True, delete=True)
READ_ONLY = ObjectRights(read=True)


@dataclass(frozen=True, slots=True)
class PermissionSet:
    """As read from source. Field names are "Object.Field"; pairs say (read, edit)."""

    name: str
    label: str
    fields: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    objects: Mapping[str, ObjectRights] = field(default_factory=dict)
    user_permissions: frozenset[str] = frozenset()
    custom_permissions: frozenset[str] = frozenset()


def read_permission_sets(directories: Sequence[Path]) -> dict[str, PermissionSet]:
    paths = sorted(path for directory in directories for path in directory.rglob(f"*{_SUFFIX}"))
    return {path.name.removesuffix(_SUFFIX): _read(path) for path in paths}


def _read(path: Path) -> PermissionSet:
    root = parse_source(path)
    name = path.name.removesuffix(_SUFFIX)
    return PermissionSet(
        name=name,
        label=text_of(root, "label", name),
        fields={
            text_of(one, "field"): (is_true(one, "readable") or is_true(one, "editable"), is_true(one, "editable"))
            for one in root.findall(NAMESPACE + "fieldPermissions")
        },
        objects={
            text_of(one, "object"): ObjectRights(
                read=is_true(one, "allowRead"),
                create=is_true(one, "allowCreate"),
                edit=is_true(one, "allowEdit"),
                delete=is_true(one, "allowDelete"),
            )
            for one in root.findall(NAMESPACE + "objectPermissions")
        },
        user_permissions=frozenset(
            text_of(one, "name") for one in root.findall(NAMESPACE + "userPermissions") if is_true(one, "enabled")
        ),
        custom_permissions=frozenset(
            text_of(one, "name") for one in root.findall(NAMESPACE + "customPermissions") if is_true(one, "enabled")
        ),
    )


@dataclass(frozen=True, slots=True)
class FieldRights:
    read: bool
    edit: bool


HIDDEN = FieldRights(read=False, edit=False)
OPEN = FieldRights(read=True, edit=True)
READABLE = FieldRights(read=True, edit=False)


def _permission_key(sobject: SObject, one: Field) -> str:
    """Salesforce: what an account shows of a person follows the permission for the field of Contact."""
    source = contact_field(one.name) if sobject.name == "Account" else None
    return f"{sobject.name}.{one.name}" if source is None else f"Contact.{source}"


class Access:
    """What one user may do. Made anew when his profile, permission sets or seed restrictions change."""

    def __init__(
        self,
        *,
        schema: Schema,
        profile: str,
        sets: Iterable[PermissionSet],
        hidden: frozenset[str] = frozenset(),
        read_only: frozenset[str] = frozenset(),
    ) -> None:
        self.is_admin = profile == SYSTEM_ADMINISTRATOR
        self._minimum = profile == MINIMUM_ACCESS or profile.startswith("Minimum Access")
        self._platform = profile == STANDARD_PLATFORM_USER
        self._sets = tuple(sets)
        self._hidden = hidden
        self._read_only = read_only
        self.custom_permissions = frozenset().union(*(one.custom_permissions for one in self._sets))
        self.user_permissions = frozenset().union(*(one.user_permissions for one in self._sets))
        self._objects = {name: self._object_rights(sobject) for name, sobject in schema.objects.items()}
        self._fields = {
            (sobject.name, one.name): self._field_rights(sobject, one)
            for sobject in schema.objects.values()
            for one in sobject.fields.values()
        }

    def object(self, sobject: str) -> ObjectRights:
        return self._objects[sobject]

    def field(self, sobject: str, name: str) -> FieldRights:
        return self._fields[sobject, name]

    def visible_fields(self, sobject: SObject) -> list[Field]:
        return [one for one in sobject.fields.values() if self._fields[sobject.name, one.name].read]

    def _object_rights(self, sobject: SObject) -> ObjectRights:
        if self.is_admin:
            return EVERYTHING
        if sobject.name in SETUP_OBJECTS:
            return READ_ONLY
        name = RIGHTS_FROM.get(sobject.name, sobject.name)
        rights = ObjectRights()
        if name in BUSINESS_OBJECTS and not self._minimum and not (self._platform and name in SALES_OBJECTS):
            rights = EVERYTHING
        elif name in PRODUCT_OBJECTS and not self._minimum:
            rights = READ_ONLY
        for one in self._sets:
            rights = rights | one.objects.get(name, ObjectRights())
        if ACTIVITY_PERMISSIONS.get(name, "") in self.user_permissions:
            rights = EVERYTHING
        if name != sobject.name:
            rights = ObjectRights(rights.read, rights.edit, rights.edit, rights.edit)
        return rights

    def _field_rights(self, sobject: SObject, one: Field) -> FieldRights:
        if self.is_admin:
            return OPEN
        if not self._objects[sobject.name].read:
            return HIDDEN
        key = _permission_key(sobject, one)
        if key in self._hidden:
            return HIDDEN
        if not one.permissionable or (not one.custom and not self._minimum) or sobject.name in SETUP_OBJECTS:
            rights = OPEN
        else:
            granted = [found for found in (each.fields.get(key) for each in self._sets) if found]
            rights = FieldRights(read=any(r for r, _ in granted), edit=any(e for _, e in granted))
        return READABLE if key in self._read_only and rights.read else rights
