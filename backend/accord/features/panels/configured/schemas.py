"""How the panel is set up, on the wire: no value of any Salesforce field."""

from collections.abc import Container
from typing import Any

from marshmallow import Schema, fields

from accord.features.panels.model import Locked, RowSpec, TabRule, TabSpec, VariableSpec
from accord.features.panels.schemas import VARIABLES, ReasonSchema, reason_json
from accord.workspace.plans.schemas import PlanSchema


class ConfiguredRowSchema(Schema):
    key = fields.String(required=True)
    sobject = fields.String(required=True)
    field = fields.String(required=True)
    label = fields.String(required=True)
    reason = fields.Nested(
        ReasonSchema,
        required=True,
        allow_none=True,
        metadata={
            "description": "Why nobody sees a value here: what the check of the night found. Null: it is in order."
        },
    )


class ConfiguredVariableSchema(ConfiguredRowSchema):
    write = fields.Boolean(required=True, metadata={"description": "False: it is shown locked (`WRITE_OFF`)."})


class RuleSchema(Schema):
    """On which deals a tab is shown; an empty list means any."""

    record_types = fields.List(fields.String(), load_default=list, metadata={"description": "Ids of record types."})
    stages = fields.List(fields.String(), load_default=list)


class ConfiguredTabSchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    rows = fields.List(fields.Nested(ConfiguredRowSchema), required=True)
    rule = fields.Nested(RuleSchema, required=True)


class ConfigurationSchema(Schema):
    tabs = fields.List(fields.Nested(ConfiguredTabSchema), required=True)
    variables = fields.List(fields.Nested(ConfiguredVariableSchema), required=True, metadata={"description": VARIABLES})
    closed = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Keys that are not shown even if Salesforce asks for them."},
    )
    plan = fields.Nested(PlanSchema, required=True, allow_none=True)
    can_create_plan = fields.Boolean(required=True)
    stopped = fields.String(
        required=True, allow_none=True, metadata={"description": "Why the panel may save nothing now."}
    )


def rule_json(rule: TabRule) -> dict[str, Any]:
    return {"record_types": list(rule.record_types), "stages": list(rule.stages)}


def shown_json(tab: TabSpec, gone: Container[str]) -> dict[str, Any]:
    """A tab as the panel shows it, without any value. `gone`: keys of rows whose field nobody finds any more."""
    shown = configured_json(tab)
    reason = reason_json(Locked.FIELD_GONE)
    return {**shown, "rows": [{**row, "reason": reason if row["key"] in gone else None} for row in shown["rows"]]}


def variable_json(one: VariableSpec, gone: Container[str]) -> dict[str, Any]:
    """A variable as it is set up, without its value. `gone`: as in `shown_json`."""
    reason = reason_json(Locked.FIELD_GONE) if one.row.key in gone else None
    return {**row_spec_json(one.row), "write": one.write, "reason": reason}


def configured_json(tab: TabSpec) -> dict[str, Any]:
    """A tab as it is set up, without any value."""
    rows = [row_spec_json(row) for row in tab.rows]
    return {"key": tab.key, "label": tab.label, "rows": rows, "rule": rule_json(tab.rule)}


def row_spec_json(row: RowSpec) -> dict[str, Any]:
    return {"key": row.key, "sobject": row.sobject, "field": row.field, "label": row.label}
