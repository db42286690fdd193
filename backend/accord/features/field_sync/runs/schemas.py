"""How dry runs, runs and reasons look on the wire."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from accord.delivery.skips import SENTENCES as DELIVERY_SENTENCES
from accord.delivery.skips import SkipReason
from accord.features.field_sync.dry_run.model import DryRun, TriedField, TriedPlan
from accord.features.field_sync.reasons import DRY_RUN_LIMITS, SENTENCES, UNDO_LIMITS, FieldSkip, cause_sentence
from accord.features.field_sync.rules import MOST_ROWS
from accord.features.field_sync.runs.model import RunKind, RunState
from accord.features.field_sync.runs.service import KeptField, ShownRun, UndoPreview
from accord.features.field_sync.schemas import NewSyncRowSchema
from accord.features.field_sync.why.service import WhyField, WhyPlan, Wrote
from accord.mapping.values import as_text

_REASONS = validate.OneOf([*map(str, FieldSkip), None])
_ID = validate.Regexp(r"^[0-9a-f-]{1,36}$", error="This is no id of ours.")


class FieldSyncDryRunWishSchema(Schema):
    rows = fields.List(
        fields.Nested(NewSyncRowSchema), load_default=None, allow_none=True, metadata={"description": "Null: as saved."}
    )
    after = fields.String(load_default=None, allow_none=True, validate=_ID)
    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, 200))


class TriedFieldSchema(Schema):
    row_id = fields.String(required=True)
    datum_label = fields.String(required=True)
    target = fields.String(required=True)
    field_label = fields.String(required=True, allow_none=True)
    action = fields.String(required=True, validate=validate.OneOf(["write", "skip"]))
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)
    is_hidden = fields.Boolean(required=True, metadata={"description": "Your own login may not see the field."})
    reason = fields.String(required=True, allow_none=True, validate=_REASONS)
    sentence = fields.String(required=True, allow_none=True)


class TriedPlanSchema(Schema):
    plan_id = fields.String(required=True)
    opportunity_id = fields.String(required=True)
    fields_ = fields.List(fields.Nested(TriedFieldSchema), required=True, data_key="fields", attribute="fields")


class FieldSyncCallsSchema(Schema):
    read = fields.Integer(required=True)
    write = fields.Integer(required=True)


class FieldSyncWholeSchema(Schema):
    plans = fields.Integer(required=True)
    calls_at_most = fields.Integer(required=True)
    calls_left = fields.Integer(required=True, allow_none=True)


class FieldSyncDryRunSchema(Schema):
    limits = fields.String(required=True, metadata={"description": "What a dry run cannot promise."})
    plans = fields.List(fields.Nested(TriedPlanSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    records_to_write = fields.Integer(required=True)
    fields_to_write = fields.Integer(required=True)
    skipped = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    calls = fields.Nested(FieldSyncCallsSchema, required=True)
    whole = fields.Nested(FieldSyncWholeSchema, required=True)


_ROW_IDS = {"description": "The rows that it is about; null: all there are."}


class FieldSyncRunWishSchema(Schema):
    row_ids = fields.List(
        fields.String(validate=validate.Length(max=64)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, MOST_ROWS),
        metadata=_ROW_IDS,
    )


class FieldSyncRunSchema(Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([*map(str, RunKind)]))
    state = fields.String(required=True, validate=validate.OneOf([*map(str, RunState)]))
    of_run = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
    looked = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    held = fields.Integer(
        required=True, metadata={"description": "Values that it took back and that are not written again as they are."}
    )
    started_at = fields.AwareDateTime(required=True)
    started_by = fields.String(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    row_ids = fields.List(fields.String(), required=True, allow_none=True, metadata=_ROW_IDS)


class FieldSyncRunsSchema(Schema):
    runs = fields.List(fields.Nested(FieldSyncRunSchema), required=True)


class FieldSyncUndoPreviewSchema(Schema):
    limits = fields.String(required=True, metadata={"description": "What undoing cannot promise."})
    writes = fields.Integer(required=True)
    calls_at_most = fields.Integer(required=True)


class FieldSyncKeptWishSchema(Schema):
    after = fields.String(load_default=None, validate=_ID)


class FieldSyncKeptFieldSchema(Schema):
    sobject = fields.String(required=True)
    record_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    field = fields.String(required=True)
    was_before = fields.String(required=True, allow_none=True)
    run_wrote = fields.String(required=True, allow_none=True)
    is_hidden = fields.Boolean(required=True)
    sentence = fields.String(required=True)


class FieldSyncKeptSchema(Schema):
    kept = fields.List(fields.Nested(FieldSyncKeptFieldSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class FieldSyncWroteSchema(Schema):
    at = fields.AwareDateTime(required=True)
    trigger = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    login = fields.String(
        required=True, allow_none=True, metadata={"description": "The username that wrote, where it was kept."}
    )
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)


class FieldSyncWhyFieldSchema(Schema):
    row_id = fields.String(required=True)
    datum_label = fields.String(required=True)
    target = fields.String(required=True)
    field_label = fields.String(required=True, allow_none=True)
    value = fields.String(required=True, allow_none=True)
    is_hidden = fields.Boolean(required=True)
    wrote = fields.Nested(FieldSyncWroteSchema, required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True, validate=_REASONS)
    sentence = fields.String(required=True, allow_none=True)


class FieldSyncWaitsSchema(Schema):
    reason = fields.String(required=True, validate=validate.OneOf([*map(str, SkipReason)]))
    sentence = fields.String(required=True)
    detail = fields.String(required=True, allow_none=True)
    until = fields.AwareDateTime(required=True, allow_none=True)


class FieldSyncWhyPlanSchema(Schema):
    enabled = fields.Boolean(required=True)
    fields_ = fields.List(fields.Nested(FieldSyncWhyFieldSchema), required=True, data_key="fields", attribute="fields")
    waits = fields.Nested(FieldSyncWaitsSchema, required=True, allow_none=True)


def _sentence(skip: FieldSkip | None) -> str | None:
    return None if skip is None else SENTENCES[skip]


def dry_run_json(run: DryRun) -> dict[str, Any]:
    return {
        "limits": DRY_RUN_LIMITS,
        "plans": [_tried_json(one) for one in run.plans],
        "next": run.after,
        "records_to_write": run.records,
        "fields_to_write": run.fields,
        "skipped": {str(reason): number for reason, number in run.skipped.items()},
        "calls": {"read": run.reads, "write": run.writes},
        "whole": {"plans": run.total, "calls_at_most": run.calls_at_most, "calls_left": run.calls_left},
    }


def _tried_json(plan: TriedPlan) -> dict[str, Any]:
    shown = [_field_json(one) for one in plan.fields]
    return {"plan_id": plan.plan_id, "opportunity_id": plan.opportunity_id, "fields": shown}


def _field_json(field: TriedField) -> dict[str, Any]:
    return {
        "row_id": field.row.id,
        "datum_label": field.row.label,
        "target": field.row.target,
        "field_label": field.row.facts.label if field.row.facts else None,
        "action": "write" if field.skip is None else "skip",
        "old": as_text(field.old),
        "new": as_text(field.new),
        "is_hidden": field.is_hidden,
        "reason": field.skip,
        "sentence": _sentence(field.skip),
    }


def run_json(shown: ShownRun) -> dict[str, Any]:
    run = shown.run
    names = ("id", "kind", "state", "of_run", "total", "looked", "changed", "kept", "started_at", "ended_at", "row_ids")
    return {**{name: getattr(run, name) for name in names}, "started_by": shown.started_by, "held": shown.held}


def preview_json(preview: UndoPreview) -> dict[str, Any]:
    return {"limits": UNDO_LIMITS, "writes": preview.writes, "calls_at_most": preview.calls_at_most}


def kept_json(kept: Sequence[KeptField], *, is_whole: bool) -> dict[str, Any]:
    return {"kept": [_kept_json(one) for one in kept], "next": None if is_whole or not kept else kept[-1].write.id}


def _kept_json(kept: KeptField) -> dict[str, Any]:
    change = kept.write.changes.get(kept.row_id)
    shown = None if kept.is_hidden else change
    return {
        "sobject": kept.write.sobject,
        "record_id": kept.write.record_id,
        "plan_id": kept.write.plan_id,
        "field": kept.write.names.get(kept.row_id, ""),
        "was_before": as_text(shown.old) if shown else None,
        "run_wrote": as_text(shown.new) if shown else None,
        "is_hidden": kept.is_hidden,
        "sentence": kept.sentence,
    }


def why_json(why: WhyPlan) -> dict[str, Any]:
    waits = None
    if why.waits is not None:
        sentence = DELIVERY_SENTENCES[why.waits.reason]
        waits = {"reason": why.waits.reason, "sentence": sentence, "detail": why.waits.detail, "until": why.waits.until}
    return {"enabled": why.enabled, "fields": [_why_json(one) for one in why.fields], "waits": waits}


def _wrote_json(wrote: Wrote) -> dict[str, Any]:
    return {
        "at": wrote.at,
        "trigger": wrote.trigger,
        "by": wrote.by,
        "sentence": cause_sentence(wrote.trigger, wrote.by),
        "login": wrote.login,
        "old": as_text(wrote.old),
        "new": as_text(wrote.new),
    }


def _why_json(field: WhyField) -> dict[str, Any]:
    wrote = field.wrote
    return {
        "row_id": field.row.id,
        "datum_label": field.row.label,
        "target": field.row.target,
        "field_label": field.row.facts.label if field.row.facts else None,
        "value": as_text(field.value),
        "is_hidden": field.is_hidden,
        "wrote": None if wrote is None else _wrote_json(wrote),
        "reason": field.skip,
        "sentence": _sentence(field.skip),
    }
