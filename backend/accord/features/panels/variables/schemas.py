"""Variables on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.panels.configured.schemas import row_spec_json
from accord.features.panels.model import RowSpec, VariableSpec
from accord.features.panels.schemas import ReasonSchema
from accord.features.panels.setup.model import Checked, FieldChoice, RowStatus
from accord.features.panels.setup.rules import can_edit
from accord.features.panels.setup.schemas import SOBJECTS, FieldChoiceSchema, choice_json, health_json
from accord.features.panels.variables.model import VariableSettings, VariablesView
from accord.infra.json_body import SentBack, load_as

_READ = {"description": "False: it is shown nowhere, and its value is never asked for."}
_WRITE = {"description": "False: it is shown locked. Never more than the reader's own rights in Salesforce."}


class NewVariableSchema(SentBack):
    shown_only = frozenset({"key", "status", "reason"})

    sobject = fields.String(required=True, validate=SOBJECTS)
    field = fields.String(required=True)
    label = fields.String(required=True)
    read = fields.Boolean(required=True, metadata=_READ)
    write = fields.Boolean(required=True, metadata=_WRITE)


class NewVariablesSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by", "checked_at"})

    enabled = fields.Boolean(
        required=True, metadata={"description": "Allow fields from Salesforce to be used as variables."}
    )
    rows = fields.List(fields.Nested(NewVariableSchema), required=True)


class VariableSchema(Schema):
    key = fields.String(required=True)
    sobject = fields.String(required=True)
    field = fields.String(required=True)
    label = fields.String(required=True)
    read = fields.Boolean(required=True, metadata=_READ)
    write = fields.Boolean(required=True, metadata=_WRITE)
    status = fields.String(required=True, validate=validate.OneOf([str(one) for one in RowStatus]))
    reason = fields.Nested(ReasonSchema, required=True, allow_none=True, metadata={"description": "Why it is bad."})


class VariablesSchema(Schema):
    enabled = fields.Boolean(required=True)
    rows = fields.List(fields.Nested(VariableSchema), required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)


class ObjectSchema(Schema):
    sobject = fields.String(required=True, validate=SOBJECTS)


class VariableChoiceSchema(FieldChoiceSchema):
    writable = fields.Boolean(required=True, metadata={"description": "False: a formula, or read-only for this login."})


class VariableChoicesSchema(Schema):
    sobject = fields.String(required=True)
    fields_ = fields.List(fields.Nested(VariableChoiceSchema), required=True, data_key="fields", attribute="fields")


def settings_of(given: Mapping[str, Any], *, version: int) -> VariableSettings:
    """The settings in a checked request, in the place of this version."""
    rows = (
        VariableSpec(RowSpec(row["sobject"], row["field"], row["label"]), read=row["read"], write=row["write"])
        for row in given["rows"]
    )
    return VariableSettings(given["enabled"], tuple(rows), version)


def read_values(values: Any, *, version: int) -> VariableSettings:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return settings_of(load_as(NewVariablesSchema(), values), version=version)


def view_json(view: VariablesView) -> dict[str, Any]:
    settings = view.settings
    return {
        "enabled": settings.enabled,
        "rows": [_variable_json(one, view.checked) for one in settings.rows],
        "is_default": settings.version == 0,
        "changed_at": settings.changed_at,
        "changed_by": view.changed_by,
        "checked_at": view.checked.at,
    }


def _variable_json(one: VariableSpec, checked: Checked) -> dict[str, Any]:
    rights = {"read": one.read, "write": one.write}
    return {**row_spec_json(one.row), **rights, **health_json(one.row.key, checked)}


def variable_choice_json(choice: FieldChoice) -> dict[str, Any]:
    return {**choice_json(choice), "over": None, "writable": can_edit(choice.describe)}
