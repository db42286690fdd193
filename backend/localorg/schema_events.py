"""Platform events as SFDX source declares them (`objects/X__e`): objects that can only be created, which publishes."""

from dataclasses import replace

from localorg.schema import EventDefinition, Field, Schema, SObject, StandardFacts

# Salesforce, Object Reference, Platform Event fields: what every event carries beside its own fields.
_SYSTEM_FIELDS = (
    {"name": "ReplayId", "label": "Replay ID", "length": 1000},
    {"name": "EventUuid", "label": "Event UUID", "length": 36},
)
_NEVER = ("deletable", "layoutable", "mergeable", "mruEnabled", "queryable", "replicateable", "retrieveable",
          "searchable", "undeletable", "updateable")  # fmt: skip


def event_object(
    facts: StandardFacts, schema: Schema, name: str, *, labels: tuple[str, str], after_commit: bool
) -> SObject:
    """The event without its own fields, as the next one of `schema`. `labels` are one and many."""
    number = sum(1 for one in schema.objects.values() if one.event is not None)
    described = {**facts.object_usual, "name": name, "label": labels[0], "labelPlural": labels[1],
                 "custom": True, "keyPrefix": f"e{number:02d}", **dict.fromkeys(_NEVER, False)}  # fmt: skip
    audit = {one: schema.get("Account").fields[one] for one in ("CreatedDate", "CreatedById")}
    system = {
        str(one["name"]): facts.field(
            {**one, "type": "string", "createable": False, "updateable": False, "permissionable": False}
        )
        for one in _SYSTEM_FIELDS
    }
    fields: dict[str, Field] = {**system, **audit}
    return SObject(name=name, facts=described, fields=fields, event=EventDefinition(after_commit=after_commit))


def event_field(field: Field) -> Field:
    """A field of an event: there is no field-level security for events, and nothing changes once it is published."""
    return replace(field, facts={**field.facts, "permissionable": False, "updateable": False})
