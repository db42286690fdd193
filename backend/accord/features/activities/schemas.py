"""The settings of activity as admins read and write them."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from accord.core.flow import ActivityItem
from accord.features.activities.model import ActivitySettings, Folding, Internal, Kind, KindSettings
from accord.features.activities.rules import TITLES
from accord.features.activities.settings_rules import LONGEST_TEMPLATE, MOST_MINUTES
from accord.features.activities.setup import Preview
from accord.infra.json_body import SentBack, load_as

MOST_TIMES = 1000


class KindSettingsSchema(SentBack):
    shown_only = frozenset({"prefix"})

    kind = fields.Enum(Kind, by_value=True, required=True)
    enabled = fields.Boolean(required=True)
    folding = fields.Enum(
        Folding,
        by_value=True,
        required=True,
        metadata={"description": "Repeats on a deal: each a Task, one Task a day, or one in so many minutes."},
    )
    minutes = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, MOST_MINUTES))
    text = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_TEMPLATE),
        metadata={"description": "What follows the fixed prefix; {text} is what happened."},
    )
    folded_text = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_TEMPLATE),
        metadata={"description": "The same for several; {count} is how many, {text} the newest."},
    )
    internal = fields.Enum(Internal, by_value=True, required=True)


class ShownKindSchema(KindSettingsSchema):
    prefix = fields.String(required=True, metadata={"description": "Fixed: every Task of this kind begins with it."})


class NewActivitySettingsSchema(Schema):
    enabled = fields.Boolean(required=True)
    owner_time_zone = fields.String(
        required=True,
        metadata={"description": "Where the integration owner's days begin and end, such as Europe/London."},
    )
    kinds = fields.List(fields.Nested(KindSettingsSchema), required=True)

    @validates_schema
    def _each_kind_once(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        if sorted(one["kind"] for one in data.get("kinds", [])) != sorted(Kind):
            raise ValidationError("Name each of the six kinds once.", "kinds")


class ActivitySettingsSchema(NewActivitySettingsSchema):
    kinds = fields.List(fields.Nested(ShownKindSchema), required=True)


class SampleSchema(Schema):
    """A sample activity; the settings are those that are not saved yet, or left out for the saved ones."""

    record_id = fields.String(required=True)
    kind = fields.String(required=True)
    subject_text = fields.String(required=True)
    description = fields.String(load_default=None, allow_none=True)
    occurred_at = fields.AwareDateTime(load_default=None, allow_none=True)
    actor_user_id = fields.String(load_default=None, allow_none=True)
    contact_id = fields.String(load_default=None, allow_none=True)
    is_internal = fields.Boolean(load_default=False)
    times = fields.Integer(load_default=1, validate=validate.Range(1, MOST_TIMES))
    settings = fields.Nested(NewActivitySettingsSchema, load_default=None, allow_none=True)


class PreviewSchema(Schema):
    outcome = fields.String(required=True, metadata={"description": "written, skipped or refused"})
    message = fields.String(required=True, metadata={"description": "Why no Task is written; empty when one is."})
    task = fields.Dict(
        keys=fields.String(), allow_none=True, metadata={"description": "The fields as Salesforce gets them."}
    )
    written_by = fields.String(allow_none=True, metadata={"description": "actor or integration_owner"})
    reason = fields.String(allow_none=True, metadata={"description": "Why that login writes it."})


def settings_json(settings: ActivitySettings) -> dict[str, Any]:
    return {
        "enabled": settings.enabled,
        "owner_time_zone": settings.owner_time_zone,
        "kinds": [
            {
                "kind": one.kind,
                "prefix": f"[Accord: {TITLES[one.kind]}]",
                "enabled": one.enabled,
                "folding": one.folding,
                "minutes": one.minutes,
                "text": one.text,
                "folded_text": one.folded_text,
                "internal": one.internal,
            }
            for one in settings.kinds.values()
        ],
    }


def read_settings(given: Mapping[str, Any], *, version: int) -> ActivitySettings:
    return ActivitySettings(
        version=version,
        enabled=given["enabled"],
        owner_time_zone=given["owner_time_zone"],
        kinds={one["kind"]: KindSettings(**one) for one in given["kinds"]},
    )


def read_values(values: Any, *, version: int) -> ActivitySettings:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return read_settings(load_as(NewActivitySettingsSchema(), values), version=version)


def read_sample(given: Mapping[str, Any]) -> ActivityItem:
    return ActivityItem(**{name: value for name, value in given.items() if name not in {"times", "settings"}})


def preview_json(preview: Preview) -> dict[str, Any]:
    refusal, author = preview.refusal, preview.author
    words = [] if refusal is None else [text for text in (refusal.error_message, refusal.what_to_do) if text]
    return {
        "outcome": "written" if refusal is None else str(refusal.outcome),
        "message": " ".join(words),
        "task": preview.task,
        "written_by": None if author is None else "actor" if author.member_id else "integration_owner",
        "reason": None if author is None else str(author.reason),
    }
