"""What the org knows about its objects: fields, picklists, relationships. Standard ones come from a file of facts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

Facts = dict[str, Any]

# Real objects of the platform that this org does not have yet: asking for one is answered LOCALORG_NOT_BUILT, never
# with the platform's own "no such object", which would be untrue.
OBJECTS_NOT_BUILT = frozenset(
    {
        "Asset", "Attachment", "Campaign", "CampaignMember", "CaseStatus", "ContentDocument", "ContentDocumentLink",
        "ContentVersion", "Contract", "EmailMessage", "LeadStatus", "Note", "Order", "OrderItem",
        "ScratchOrgInfo", "Period", "ProcessInstance", "BusinessProcess", "FieldPermissions",
        "ObjectPermissions",
    }
)  # fmt: skip

AUDIT_FIELDS = frozenset(
    {"CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "IsDeleted"}
)


@dataclass(frozen=True)
class Field:
    """One field; `facts` is its describe, complete but for what depends on the asking user."""

    facts: Mapping[str, Any]

    @cached_property
    def name(self) -> str:
        return str(self.facts["name"])

    @cached_property
    def label(self) -> str:
        return str(self.facts["label"])

    @cached_property
    def type(self) -> str:
        return str(self.facts["type"])

    @cached_property
    def length(self) -> int:
        return int(self.facts["length"])

    @cached_property
    def nillable(self) -> bool:
        return bool(self.facts["nillable"])

    @cached_property
    def createable(self) -> bool:
        return bool(self.facts["createable"])

    @cached_property
    def updateable(self) -> bool:
        return bool(self.facts["updateable"])

    @cached_property
    def custom(self) -> bool:
        return bool(self.facts["custom"])

    @cached_property
    def permissionable(self) -> bool:
        return bool(self.facts["permissionable"])

    @cached_property
    def unique(self) -> bool:
        return bool(self.facts["unique"])

    @cached_property
    def is_key(self) -> bool:
        """May be used to find a record in an upsert. Salesforce: external ids and fields with idLookup."""
        return bool(self.facts["externalId"]) or bool(self.facts["idLookup"])

    @cached_property
    def case_sensitive(self) -> bool:
        return bool(self.facts["caseSensitive"])

    @cached_property
    def required(self) -> bool:
        """Must be given on create."""
        return self.createable and not self.nillable and not self.facts["defaultedOnCreate"]

    @cached_property
    def reference_to(self) -> tuple[str, ...]:
        return tuple(self.facts["referenceTo"] or ())

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Active picklist values."""
        return tuple(v["value"] for v in self.facts["picklistValues"] if v["active"])

    @cached_property
    def compound(self) -> bool:
        return self.type in {"address", "location"}

    @cached_property
    def journalled(self) -> bool:
        """Only what somebody can write: audit fields, formulas and values derived from others are left out."""
        return (self.createable or self.updateable) and self.name not in AUDIT_FIELDS


@dataclass(frozen=True)
class ChildRelationship:
    child: str
    field: str
    name: str | None
    cascade: bool = False
    restrict: bool = False


@dataclass(frozen=True)
class EventDefinition:
    """What makes an object a platform event. `after_commit`: automations publish it only when their save commits."""

    after_commit: bool


@dataclass(frozen=True)
class SObject:
    """One object; `facts` are its describe keys without fields, children, record types and addresses."""

    name: str
    facts: Mapping[str, Any]
    fields: Mapping[str, Field]
    children: tuple[ChildRelationship, ...] = ()
    event: EventDefinition | None = None

    @cached_property
    def label(self) -> str:
        return str(self.facts["label"])

    @cached_property
    def key_prefix(self) -> str:
        return str(self.facts["keyPrefix"])

    @cached_property
    def _by_lower(self) -> dict[str, Field]:
        return {name.lower(): field for name, field in self.fields.items()}

    @cached_property
    def key_fields(self) -> tuple[Field, ...]:
        """Fields kept in an index: unique ones and those that find a record."""
        return tuple(f for f in self.fields.values() if (f.unique or f.is_key) and f.name != "Id")

    @cached_property
    def compounds(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.compound)

    @cached_property
    def required_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.required)

    def find(self, name: str) -> Field | None:
        """By API name in any case, as the platform does."""
        return self.fields.get(name) or self._by_lower.get(name.lower())

    def with_fields(self, extra: Iterable[Field]) -> "SObject":
        return replace(self, fields={**self.fields, **{field.name: field for field in extra}})


@dataclass(frozen=True)
class Schema:
    objects: Mapping[str, SObject]

    @cached_property
    def _by_lower(self) -> dict[str, SObject]:
        return {name.lower(): sobject for name, sobject in self.objects.items()}

    @cached_property
    def _by_prefix(self) -> dict[str, SObject]:
        # OpportunityStage and TaskStatus share 01J on the platform; the first one answers.
        return {s.key_prefix: s for s in reversed(list(self.objects.values()))}

    def find(self, name: str) -> SObject | None:
        return self.objects.get(name) or self._by_lower.get(name.lower())

    def get(self, name: str) -> SObject:
        """The object, which must exist: for names that come from the schema itself."""
        return self.objects[name]

    def of_id(self, record_id: str) -> SObject | None:
        return self._by_prefix.get(record_id[:3])

    def with_object(self, sobject: SObject) -> "Schema":
        return Schema(objects={**self.objects, sobject.name: sobject})


@cache
def _stored_facts() -> dict[str, Any]:
    """The file of facts, read once. All orgs share it: nothing that is made from it is ever changed in place."""
    facts: dict[str, Any] = json.loads(files("localorg").joinpath("schema_facts.json").read_text(encoding="utf-8"))
    return facts


class StandardFacts:
    """What every org has before anybody changes its metadata."""

    def __init__(self) -> None:
        stored = _stored_facts()
        self._usual: dict[str, Facts] = stored["usual"]
        self._picklists: dict[str, list[Any]] = stored["picklists"]
        self.object_usual: Facts = stored["object_usual"]
        self._objects: dict[str, Facts] = stored["objects"]

    def field(self, delta: Mapping[str, Any]) -> Field:
        """A complete field from what differs from the usual field of its type."""
        facts = {**self._usual[delta["type"]], **delta}
        picklist = facts.pop("picklist", None)
        if isinstance(picklist, str):
            picklist = self._picklists[picklist]
        if picklist is not None:
            facts["picklistValues"] = [picklist_value(value) for value in picklist]
        return Field(facts=facts)

    def schema(self) -> Schema:
        """The standard objects. All orgs share them; an org's own metadata makes new values (`Schema.with_object`)."""
        return _standard_schema()

    def standard_objects(self) -> dict[str, SObject]:
        return {name: self._object(name, stored) for name, stored in self._objects.items()}

    def _object(self, name: str, stored: Facts) -> SObject:
        fields = [self.field(delta) for delta in stored["fields"]]
        return SObject(
            name=name,
            facts={**self.object_usual, **stored["facts"]},
            fields={field.name: field for field in fields},
            children=tuple(ChildRelationship(*child) for child in stored["children"]),
        )


@cache
def _standard_schema() -> Schema:
    return Schema(objects=StandardFacts().standard_objects())


def picklist_value(short: Any) -> Facts:
    """A picklist value in its describe form, from text, from a pair (value, label) or from the form itself."""
    if isinstance(short, dict):
        return short
    value, label = (short, short) if isinstance(short, str) else short
    return {"active": True, "defaultValue": False, "label": label, "validFor": None, "value": value}
