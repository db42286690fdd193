"""How the set-up of synced fields looks on the wire."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.field_sync.model import (
    CHECK_MINUTES,
    Datum,
    Fault,
    FieldChoice,
    Row,
    RowState,
    Section,
    Settings,
    Setup,
    ValueKind,
)
from accord.infra.json_body import SentBack, load_as

_PATH = [
    validate.Length(max=250),
    validate.Regexp(r"^([A-Za-z]\w*(\.[A-Za-z]\w*)*)?$", error="A path is relationship names with dots."),
]
_NAME = [validate.Length(max=80), validate.Regexp(r"^[A-Za-z]\w*$", error="A field is named by its API name.")]
PATH_WORDS = "Relationship names that lead from the Opportunity to the record, with dots; empty for the Opportunity."


class NewSyncRowSchema(SentBack):
    shown_only = frozenset(
        {"datum_label", "target", "sobject", "field_label", "field_type", "status", "reason", "since"}
    )

    id = fields.String(
        load_default="", validate=validate.Length(max=64), metadata={"description": "Of a row that is there."}
    )
    datum = fields.String(required=True, validate=validate.Length(max=80))
    path = fields.String(load_default="", validate=_PATH, metadata={"description": PATH_WORDS})
    field = fields.String(required=True, validate=_NAME)


class NewFieldSyncSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by"})

    enabled = fields.Boolean(required=True)
    check_minutes = fields.Integer(load_default=CHECK_MINUTES, strict=True)
    rows = fields.List(fields.Nested(NewSyncRowSchema), required=True)


class SyncReasonSchema(Schema):
    code = fields.String(required=True, validate=validate.OneOf([*map(str, Fault)]))
    message = fields.String(required=True, metadata={"description": "What is wrong and what to do."})
    salesforce_code = fields.String(required=True, allow_none=True)


class SyncRowSchema(Schema):
    id = fields.String(required=True)
    datum = fields.String(required=True)
    datum_label = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": PATH_WORDS})
    field = fields.String(required=True)
    target = fields.String(required=True, metadata={"description": "Path and field."})
    sobject = fields.String(required=True, allow_none=True, metadata={"description": "Null before the first check."})
    field_label = fields.String(required=True, allow_none=True)
    field_type = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf([*map(str, RowState)]))
    reason = fields.Nested(SyncReasonSchema, required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)


class FieldSyncSettingsSchema(Schema):
    enabled = fields.Boolean(required=True)
    check_minutes = fields.Integer(required=True)
    rows = fields.List(fields.Nested(SyncRowSchema), required=True)
    is_default = fields.Boolean(
        required=True, metadata={"description": "The proposal; no admin has saved anything yet."}
    )
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


class DatumSchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([*map(str, ValueKind)]))


class SectionSchema(Schema):
    key = fields.String(required=True, validate=validate.OneOf([*map(str, Section)]))
    data = fields.List(fields.Nested(DatumSchema), required=True)


class SectionsSchema(Schema):
    sections = fields.List(fields.Nested(SectionSchema), required=True)


class SyncFieldsOfSchema(Schema):
    path = fields.String(load_default="", validate=_PATH, metadata={"description": PATH_WORDS})
    datum = fields.String(
        load_default=None, validate=validate.Length(max=80), metadata={"description": "Says which fields can take it."}
    )


class SyncFieldSchema(Schema):
    field = fields.String(required=True)
    label = fields.String(required=True)
    sobject = fields.String(required=True)
    salesforce_type = fields.String(required=True)
    length = fields.Integer(required=True)
    allowed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    over = fields.String(required=True, allow_none=True, metadata={"description": "Of a lookup: the path behind it."})


class SyncFieldsSchema(Schema):
    path = fields.String(required=True)
    fields_ = fields.List(fields.Nested(SyncFieldSchema), required=True, data_key="fields", attribute="fields")


def rows_of(given: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """The rows in a checked request; their labels and what the org says of them are added when they are checked."""
    return tuple(Row(id=one["id"], datum=one["datum"], label="", path=one["path"], field=one["field"]) for one in given)


def setup_of(given: Mapping[str, Any], *, version: int) -> Setup:
    """The set-up in a checked request, in the place of this version."""
    rows = rows_of(given["rows"])
    return Setup(enabled=given["enabled"], rows=rows, check_minutes=given["check_minutes"], version=version)


def read_values(values: Any, *, version: int) -> Setup:
    """A stored or foreign set-up, in the place of this version. Raises RejectedError."""
    return setup_of(load_as(NewFieldSyncSchema(), values), version=version)


def settings_json(settings: Settings) -> dict[str, Any]:
    setup = settings.setup
    return {
        "enabled": setup.enabled,
        "check_minutes": setup.check_minutes,
        "rows": [_row_json(row, settings) for row in setup.rows],
        "is_default": setup.version == 0,
        "changed_at": setup.changed_at,
        "changed_by": settings.changed_by,
    }


def _row_json(row: Row, settings: Settings) -> dict[str, Any]:
    health = settings.of(row.id)
    reason = None
    if health.fault is not None:
        reason = {"code": str(health.fault), "message": health.message, "salesforce_code": health.code}
    return {
        "id": row.id,
        "datum": row.datum,
        "datum_label": row.label,
        "path": row.path,
        "field": row.field,
        "target": row.target,
        "sobject": row.facts.sobject if row.facts else None,
        "field_label": row.facts.label if row.facts else None,
        "field_type": row.facts.type if row.facts else None,
        "status": str(health.state),
        "reason": reason,
        "since": health.since,
    }


def sections_json(data: Sequence[Datum]) -> dict[str, Any]:
    """Accord's own data first, the execution criteria further down (A79)."""
    return {
        "sections": [
            {"key": str(section), "data": [_datum_json(one) for one in data if one.section is section]}
            for section in Section
        ]
    }


def _datum_json(datum: Datum) -> dict[str, Any]:
    return {"key": datum.key, "label": datum.label, "kind": str(datum.kind)}


def choice_json(choice: FieldChoice) -> dict[str, Any]:
    return {
        "field": choice.name,
        "label": choice.facts.label,
        "sobject": choice.facts.sobject,
        "salesforce_type": choice.facts.type,
        "length": choice.facts.length,
        "allowed": choice.reason is None,
        "reason": choice.reason,
        "over": choice.over,
    }
