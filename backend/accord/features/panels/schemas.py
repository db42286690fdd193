"""How the panel looks on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from accord.core.text import is_clean
from accord.features.panels import entries, rules
from accord.features.panels.drafts.model import Draft
from accord.features.panels.model import (
    Locked,
    Panel,
    Row,
    RowType,
    SaveOutcome,
)
from accord.salesforce.model import PicklistValue
from accord.workspace.plans.schemas import PlanSchema

OUTCOME_WORDS = {
    SaveOutcome.SAVED: "Saved.",
    SaveOutcome.UNCHANGED: "Nothing to save: Salesforce has this value already.",
    SaveOutcome.IGNORED_BY_PLATFORM: "Salesforce accepted the change and kept the old value.",
}


VARIABLES = "Fields that texts of the plan name as {{label}}, in the admin's order. A key may stand in a tab too."


def _check_clean(text: str) -> None:
    """A refusal repeats the key, so it must be text that can be sent."""
    if not is_clean(text):
        raise ValidationError("This holds a character that cannot be stored.")


class OptionSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)
    valid_for = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "With which values of the controlling field it is offered; null: with any."},
    )


class ReasonSchema(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)


class LockSchema(ReasonSchema):
    since = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "Of a pending approval."})
    record_id = fields.String(
        required=True, allow_none=True, metadata={"description": "The related record where the value is changed."}
    )


class ControllerSchema(Schema):
    """The field on whose value it depends what a picklist offers."""

    key = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)


class RowSchema(Schema):
    key = fields.String(required=True)
    sobject = fields.String(required=True)
    field = fields.String(required=True)
    record_id = fields.String(required=True, allow_none=True)
    label = fields.String(required=True)
    salesforce_label = fields.String(required=True, allow_none=True)
    type = fields.String(required=True, validate=validate.OneOf([str(one) for one in RowType]))
    value = fields.String(required=True, allow_none=True, metadata={"description": "Amounts are decimal text."})
    editable = fields.Boolean(required=True)
    read_only_reason = fields.Nested(LockSchema, required=True, allow_none=True)
    required = fields.Boolean(required=True)
    max_length = fields.Integer(required=True, allow_none=True)
    precision = fields.Integer(required=True, allow_none=True)
    scale = fields.Integer(required=True, allow_none=True)
    currency = fields.String(required=True, allow_none=True)
    options = fields.List(fields.Nested(OptionSchema), required=True, allow_none=True)
    controller = fields.Nested(ControllerSchema, required=True, allow_none=True)


class TabSchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    rows = fields.List(fields.Nested(RowSchema), required=True)


class RecordSchema(Schema):
    id = fields.String(required=True)
    sobject = fields.String(required=True)
    name = fields.String(required=True)


class PersonSchema(Schema):
    name = fields.String(required=True)


class ChangeSchema(Schema):
    key = fields.String(required=True, validate=_check_clean)
    value = fields.String(required=True, allow_none=True)
    seen = fields.String(
        required=True, allow_none=True, metadata={"description": "The value that was shown when the edit began."}
    )
    seen_currency = fields.String(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "The `currency` of the row that was shown then. An amount in another by now is stale."
        },
    )


class DraftSchema(Schema):
    """What the caller has typed and not saved, of the fields that he may edit now."""

    kept_at = fields.AwareDateTime(required=True)
    offered = fields.Boolean(required=True, metadata={"description": "It is old: ask before filling it in."})
    changes = fields.List(fields.Nested(ChangeSchema), required=True)


class FoundDraftSchema(Schema):
    draft = fields.Nested(DraftSchema, required=True, allow_none=True)


class KeptSchema(Schema):
    kept_at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "Null: no draft is kept."})


class PanelSchema(Schema):
    record = fields.Nested(RecordSchema, required=True)
    saved_as = fields.Nested(PersonSchema, required=True, metadata={"description": "Whose login saves an edit."})
    tabs = fields.List(fields.Nested(TabSchema), required=True)
    also_needed = fields.List(
        fields.Nested(RowSchema),
        required=True,
        metadata={"description": "Of the fields that `also` names, those that the caller may edit."},
    )
    variables = fields.List(fields.Nested(RowSchema), required=True, metadata={"description": VARIABLES})
    draft = fields.Nested(DraftSchema, required=True, allow_none=True)
    plan = fields.Nested(PlanSchema, required=True, allow_none=True)
    can_create_plan = fields.Boolean(required=True)


class AlsoSchema(Schema):
    """Fields outside the set-up: those that Salesforce has named when it refused a save."""

    also = fields.List(
        fields.String(validate=_check_clean), load_default=list, metadata={"description": "Such as Opportunity.Type."}
    )


class DraftChangesSchema(Schema):
    changes = fields.List(fields.Nested(ChangeSchema), required=True, metadata={"description": "None: no draft."})


class ChangesSchema(AlsoSchema):
    changes = fields.List(fields.Nested(ChangeSchema), required=True)


class OutcomeSchema(Schema):
    key = fields.String(required=True)
    outcome = fields.String(required=True)
    message = fields.String(required=True)


class SavedSchema(Schema):
    rows = fields.List(fields.Nested(RowSchema), required=True)
    tabs = fields.List(
        fields.Nested(TabSchema),
        required=True,
        metadata={"description": "What the panel shows now: a save may bring another tab into view."},
    )
    variables = fields.List(fields.Nested(RowSchema), required=True, metadata={"description": VARIABLES})
    saved = fields.List(fields.String(), required=True)
    outcomes = fields.List(fields.Nested(OutcomeSchema), required=True)


def row_json(row: Row) -> dict[str, Any]:
    describe = row.describe
    reason = None
    if row.locked:
        reason = {**reason_json(row.locked), "since": row.locked_since, "record_id": row.place}
    numeric = row.type in {RowType.CURRENCY, RowType.NUMBER, RowType.PERCENT}
    textual = row.type in {RowType.TEXT, RowType.LONG_TEXT}
    return {
        "key": row.spec.key,
        "sobject": row.spec.sobject,
        "field": row.spec.field,
        "record_id": row.record_id,
        "label": row.spec.label,
        "salesforce_label": describe.label if describe else None,
        "type": str(row.type),
        "value": rules.wire(row.value),
        "editable": row.locked is None,
        "read_only_reason": reason,
        "required": entries.required(row),
        "max_length": describe.length if describe and textual else None,
        "precision": describe.precision if describe and numeric else None,
        "scale": describe.scale if describe and numeric else None,
        "currency": row.currency,
        "options": None if row.options is None else [_option_json(one) for one in row.options],
        "controller": {"key": row.controller.key, "value": row.controller.value} if row.controller else None,
    }


def reason_json(locked: Locked) -> dict[str, Any]:
    return {"code": str(locked), "message": rules.LOCKED_WORDS[locked]}


def _option_json(option: PicklistValue) -> dict[str, Any]:
    valid_for = None if option.valid_for is None else list(option.valid_for)
    return {"value": option.value, "label": option.label, "valid_for": valid_for}


def draft_json(draft: Draft | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    changes = [
        {"key": one.key, "value": one.value, "seen": one.seen, "seen_currency": one.seen_currency}
        for one in draft.changes
    ]
    return {"kept_at": draft.kept_at, "offered": draft.offered, "changes": changes}


def tabs_json(panel: Panel) -> list[dict[str, Any]]:
    """The tabs that are shown for the deal as it is now."""
    return [
        {"key": tab.key, "label": tab.label, "rows": [row_json(row) for row in tab.rows]}
        for tab in panel.tabs
        if tab.shown
    ]
