"""Why a field holds what it holds, on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.ids import MemberId
from accord.core.written import Writer, Written
from accord.features.panels.why.model import Outcome, Skipped, Why
from accord.features.panels.why.rules import SENTENCES

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
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)


class SkippedSchema(Schema):
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, validate=validate.OneOf([one for one in Outcome if one is not Outcome.SAVED]))
    sentence = fields.String(required=True)


class WhySchema(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    is_hidden = fields.Boolean(
        required=True, metadata={"description": "The caller may not see this field: values are null."}
    )
    changed_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When the record was changed last, as Salesforce says."},
    )
    wrote = fields.List(fields.Nested(WrittenSchema), required=True)
    skipped = fields.Nested(SkippedSchema, required=True, allow_none=True)


def members_of(why: Why) -> set[MemberId]:
    """Everybody whose name is told."""
    writers = {one.member_id for one in why.wrote if one.member_id is not None}
    return writers | ({why.skipped.member_id} if why.skipped else set())


def why_json(why: Why, names: Mapping[MemberId, str]) -> dict[str, Any]:
    return {
        "key": why.key,
        "label": why.label,
        "is_hidden": why.is_hidden,
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
        "old": one.old,
        "new": one.new,
    }


def _skipped_json(one: Skipped, names: Mapping[MemberId, str]) -> dict[str, Any]:
    sentence = SENTENCES[one.outcome]
    return {
        "at": one.at,
        "by": names.get(one.member_id, NOBODY),
        "reason": str(one.outcome),
        "sentence": f"{sentence} It said: {one.words}" if one.words else sentence,
    }
