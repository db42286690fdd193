"""How the audit looks on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.ids import MemberId
from accord.features.audit.model import ShownLine
from accord.infra.audit import Action, Actor, LineFilter

MOST = 200
_ID = validate.Length(1, 36)


class AuditFilterSchema(Schema):
    kind = fields.String(load_default=None, validate=validate.Length(1, 60))
    subject = fields.String(
        load_default=None, validate=validate.Length(1, 120), metadata={"description": "The record or row."}
    )
    member_id = fields.String(load_default=None, validate=_ID)
    since = fields.AwareDateTime(load_default=None)
    until = fields.AwareDateTime(load_default=None)


class AuditPageSchema(AuditFilterSchema):
    before = fields.String(
        load_default=None, validate=_ID, metadata={"description": "`next_before` of the page before."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))


class AuditLineSchema(Schema):
    id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    action = fields.String(required=True, validate=validate.OneOf([str(each) for each in Action]))
    actor = fields.String(required=True, validate=validate.OneOf([str(each) for each in Actor]))
    by = fields.String(required=True, allow_none=True, metadata={"description": "The member's name."})
    member_id = fields.String(required=True, allow_none=True)
    subject = fields.String(required=True)
    old = fields.Raw(required=True, allow_none=True)
    new = fields.Raw(required=True, allow_none=True)
    can_put_back = fields.Boolean(
        required=True, metadata={"description": "It is about settings; whether they were changed since is found out."}
    )
    undoes = fields.String(required=True, allow_none=True, metadata={"description": "The line that it put back."})


class AuditLinesSchema(Schema):
    lines = fields.List(fields.Nested(AuditLineSchema), required=True)
    next_before = fields.String(required=True, allow_none=True)


class AuditOneLineSchema(Schema):
    line = fields.Nested(AuditLineSchema, required=True)


class AuditKindSchema(Schema):
    kind = fields.String(required=True)
    title = fields.String(required=True)
    can_put_back = fields.Boolean(required=True)


class AuditKindsSchema(Schema):
    kinds = fields.List(fields.Nested(AuditKindSchema), required=True)


def read_filter(given: dict[str, Any]) -> LineFilter:
    return LineFilter(
        kind=given["kind"],
        subject=given["subject"],
        member_id=MemberId(given["member_id"]) if given["member_id"] else None,
        since=given["since"],
        until=given["until"],
        before=given.get("before"),
    )


def line_json(shown: ShownLine) -> dict[str, Any]:
    entry = shown.line.entry
    return {
        "id": shown.line.id,
        "at": shown.line.at,
        "kind": entry.kind,
        "title": shown.title,
        "action": entry.action.value,
        "actor": entry.actor.value,
        "by": shown.by,
        "member_id": entry.member_id,
        "subject": entry.subject,
        "old": entry.old,
        "new": entry.new,
        "can_put_back": shown.can_put_back,
        "undoes": entry.undoes,
    }
