"""Why a field holds what it holds, on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.ids import MemberId
from accord.core.written import Writer, Written
from accord.features.panels.why.model import Sight, Skipped, Why

NOBODY = "Somebody"
_WRITTEN = {
    Writer.PANEL: "{name} saved it in the panel.",
    Writer.FIELD_SYNC: "It shows data of the plan, which {name} changed.",
    Writer.TWO_WAY: "It runs both ways with the plan, where {name} changed it.",
}
_WRITTEN_BY_ITSELF = {
    Writer.PANEL: "It was saved in the panel.",
    Writer.FIELD_SYNC: "It shows data of the plan.",
    Writer.TWO_WAY: "It runs both ways with the plan.",
}


class WrittenSchema(Schema):
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    rule = fields.String(required=True, validate=validate.OneOf(list(Writer)))
    sentence = fields.String(required=True)
    login = fields.String(required=True, validate=validate.OneOf(["own", "integration"]))
    login_name = fields.String(
        required=True, allow_none=True, metadata={"description": "The integration owner's, where it was kept."}
    )
    old = fields.String(required=True, allow_none=True)
    old_is_read = fields.Boolean(
        required=True, metadata={"description": "False: the old value is what was known last, and may be older."}
    )
    new = fields.String(required=True, allow_none=True)


class SkippedSchema(Schema):
    at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "Of the try, if it was one."})
    by = fields.String(required=True, allow_none=True)
    reason = fields.String(
        required=True, metadata={"description": "Of a save, of a synced field, or of a value that runs both ways."}
    )
    sentence = fields.String(required=True)


class WhySchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    is_hidden = fields.Boolean(required=True, metadata={"description": "Values are null: the caller may not see them."})
    needs_login = fields.Boolean(
        required=True, metadata={"description": "They are hidden for want of a Salesforce login of the caller's own."}
    )
    changed_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When the record was changed last, as Salesforce says."},
    )
    wrote = fields.List(fields.Nested(WrittenSchema), required=True)
    skipped = fields.Nested(SkippedSchema, required=True, allow_none=True)


def why_json(why: Why, names: Mapping[MemberId, str]) -> dict[str, Any]:
    return {
        "key": why.key,
        "label": why.label,
        "is_hidden": why.sight is not Sight.SHOWN,
        "needs_login": why.sight is Sight.NO_LOGIN,
        "changed_at": why.changed_at,
        "wrote": [_written_json(one, names) for one in why.wrote],
        "skipped": None if why.skipped is None else _skipped_json(why.skipped, names),
    }


def _written_json(one: Written, names: Mapping[MemberId, str]) -> dict[str, Any]:
    name = None if one.member_id is None else names.get(one.member_id, NOBODY)
    return {
        "at": one.at,
        "by": name,
        "rule": str(one.writer),
        "sentence": _WRITTEN[one.writer].format(name=name) if name else _WRITTEN_BY_ITSELF[one.writer],
        "login": "own" if one.own_login else "integration",
        "login_name": one.login_name,
        "old": one.old,
        "old_is_read": one.old_is_read,
        "new": one.new,
    }


def _skipped_json(one: Skipped, names: Mapping[MemberId, str]) -> dict[str, Any]:
    by = None if one.member_id is None else names.get(one.member_id, NOBODY)
    return {"at": one.at, "by": by, "reason": one.reason, "sentence": one.sentence}
