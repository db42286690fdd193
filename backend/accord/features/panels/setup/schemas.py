"""How the panel's set-up looks on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.panels.configured.schemas import RuleSchema, configured_json
from accord.features.panels.model import ACCOUNT, DEAL, RowSpec, RowType, TabRule, TabSpec
from accord.features.panels.schemas import ReasonSchema
from accord.features.panels.setup.model import Checked, FieldChoice, PanelSettings, RowStatus, RuleChoices, Setup
from accord.infra.json_body import SentBack, load_as

SOBJECTS = validate.OneOf([DEAL, ACCOUNT], error="A row comes from the Opportunity or from the Account.")


OPEN = "People without a Salesforce login of their own here read it too: the integration owner reads it for them (S3)."


class NewRowSchema(SentBack):
    shown_only = frozenset({"key", "status", "reason"})

    sobject = fields.String(required=True, validate=SOBJECTS)
    field = fields.String(required=True)
    label = fields.String(required=True)
    is_open = fields.Boolean(load_default=False, metadata={"description": OPEN})


class NewTabSchema(SentBack):
    shown_only = frozenset({"key"})

    label = fields.String(required=True)
    rows = fields.List(fields.Nested(NewRowSchema), required=True)
    rule = fields.Nested(RuleSchema, load_default=lambda: {"record_types": [], "stages": []})


class NewSetupSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by", "checked_at"})

    tabs = fields.List(fields.Nested(NewTabSchema), required=True, metadata={"description": "One tab or two."})


class SetUpRowSchema(Schema):
    key = fields.String(required=True)
    sobject = fields.String(required=True)
    field = fields.String(required=True)
    label = fields.String(required=True)
    is_open = fields.Boolean(required=True, metadata={"description": OPEN})
    status = fields.String(required=True, validate=validate.OneOf([str(one) for one in RowStatus]))
    reason = fields.Nested(ReasonSchema, required=True, allow_none=True, metadata={"description": "Why it is bad."})


class SetUpTabSchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    rows = fields.List(fields.Nested(SetUpRowSchema), required=True)
    rule = fields.Nested(RuleSchema, required=True)


class PanelSettingsSchema(Schema):
    tabs = fields.List(fields.Nested(SetUpTabSchema), required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)


class FieldsOfSchema(Schema):
    sobject = fields.String(required=True, validate=SOBJECTS)
    over = fields.String(
        load_default="",
        validate=[validate.Length(max=250), validate.Regexp(r"^([A-Za-z]\w*(\.[A-Za-z]\w*)*)?$")],
        metadata={"description": "The `over` of a lookup: the fields of the record that it points to."},
    )


class FieldChoiceSchema(Schema):
    field = fields.String(required=True)
    label = fields.String(required=True)
    type = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*map(str, RowType), None]),
        metadata={"description": "The panel's type; null for a field that it cannot show."},
    )  # fmt: skip
    salesforce_type = fields.String(required=True)
    allowed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    over = fields.String(
        required=True, allow_none=True, metadata={"description": "Of a lookup: how to ask for the fields behind it."}
    )


class FieldChoicesSchema(Schema):
    sobject = fields.String(required=True)
    fields_ = fields.List(fields.Nested(FieldChoiceSchema), required=True, data_key="fields", attribute="fields")


class ChoiceSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)


class RuleChoicesSchema(Schema):
    record_types = fields.List(fields.Nested(ChoiceSchema), required=True)
    stages = fields.List(fields.Nested(ChoiceSchema), required=True)


def setup_of(given: Mapping[str, Any], *, version: int) -> Setup:
    """The set-up in a checked request, in the place of this version; its tabs get their keys when they are kept."""
    tabs = [
        TabSpec(
            key="",
            label=tab["label"],
            rows=tuple(RowSpec(**row) for row in tab["rows"]),
            rule=TabRule(tuple(tab["rule"]["record_types"]), tuple(tab["rule"]["stages"])),
        )
        for tab in given["tabs"]
    ]
    return Setup(tuple(tabs), version)


def read_values(values: Any, *, version: int) -> Setup:
    """A stored or foreign set-up, in the place of this version. Raises RejectedError."""
    return setup_of(load_as(NewSetupSchema(), values), version=version)


def settings_json(settings: PanelSettings) -> dict[str, Any]:
    return {
        "tabs": [_tab_json(tab, settings.checked) for tab in settings.setup.tabs],
        "is_default": settings.setup.version == 0,
        "changed_at": settings.setup.changed_at,
        "changed_by": settings.changed_by,
        "checked_at": settings.checked.at,
    }


def _tab_json(tab: TabSpec, checked: Checked) -> dict[str, Any]:
    shown = configured_json(tab)
    open_keys = {row.key for row in tab.rows if row.is_open}
    return {
        **shown,
        "rows": [
            {**row, "is_open": row["key"] in open_keys, **health_json(row["key"], checked)} for row in shown["rows"]
        ],
    }


def health_json(key: str, checked: Checked) -> dict[str, Any]:
    check = checked.of(key)
    reason = {"code": str(check.fault), "message": check.message} if check.fault else None
    return {"status": str(check.status), "reason": reason}


def choice_json(choice: FieldChoice) -> dict[str, Any]:
    return {
        "field": choice.field,
        "label": choice.describe.label,
        "type": str(choice.type) if choice.type else None,
        "salesforce_type": choice.describe.type,
        "allowed": choice.type is not None,
        "reason": choice.reason,
        "over": choice.over,
    }


def rule_choices_json(choices: RuleChoices) -> dict[str, Any]:
    return {
        "record_types": [{"value": one.value, "label": one.label} for one in choices.record_types],
        "stages": [{"value": one.value, "label": one.label} for one in choices.stages],
    }
