"""The sync of contacts on the wire."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.contacts.model import ContactSettings, LeftOut, LeftOutRow
from accord.features.contacts.rules import SENTENCES, reading_calls
from accord.features.contacts.setup import ContactsView
from accord.infra.json_body import SentBack, load_as

_REASON = validate.OneOf([one.value for one in LeftOut])


class NewContactSettingsSchema(SentBack):
    shown_only = frozenset(
        {"is_default", "changed_at", "changed_by", "waiting", "left_out", "plans", "reading_calls", "to_read"}
    )

    enabled = fields.Boolean(required=True, metadata={"description": "Sync Salesforce Contacts."})
    lead_source = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Length(1, 255),
        metadata={"description": "Given to new Contacts; null: none."},
    )


class ContactSettingsSchema(Schema):
    enabled = fields.Boolean(required=True)
    lead_source = fields.String(required=True, allow_none=True)
    waiting = fields.Integer(required=True, metadata={"description": "Members on their way to become Contacts."})
    left_out = fields.Integer(required=True, metadata={"description": "Contacts of deals that are no members."})
    plans = fields.Integer(required=True, metadata={"description": "Plans that have a deal."})
    reading_calls = fields.Integer(
        required=True,
        metadata={"description": "About how many Salesforce calls reading the contacts of all of them takes."},
    )
    to_read = fields.Integer(
        required=True, metadata={"description": "Plans still to be read since it was switched on."}
    )
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


class LeadSourceSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)


class LeadSourcesSchema(Schema):
    lead_sources = fields.List(fields.Nested(LeadSourceSchema), required=True)


class LeftOutOfSchema(Schema):
    after = fields.String(load_default=None, validate=[validate.Length(max=36), validate.Regexp("^[0-9a-f-]*$")])


class LeftOutSchema(Schema):
    plan_id = fields.String(required=True)
    opportunity_id = fields.String(required=True)
    contact_id = fields.String(required=True)
    reason = fields.String(required=True, validate=_REASON)
    sentence = fields.String(required=True)
    since = fields.AwareDateTime(required=True)


class LeftOutPageSchema(Schema):
    contacts = fields.List(fields.Nested(LeftOutSchema), required=True)
    next_after = fields.String(required=True, allow_none=True)


class LookAgainSchema(Schema):
    plan_id = fields.String(required=True)


def read_settings(given: Mapping[str, Any], *, version: int) -> ContactSettings:
    """The settings in a checked request, in the place of this version."""
    return ContactSettings(given["enabled"], given["lead_source"], version)


def read_values(values: Any, *, version: int) -> ContactSettings:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return read_settings(load_as(NewContactSettingsSchema(), values), version=version)


def settings_json(view: ContactsView) -> dict[str, Any]:
    settings = view.settings
    return {
        "enabled": settings.enabled,
        "lead_source": settings.lead_source,
        "waiting": view.waiting,
        "left_out": view.left_out,
        "plans": view.plans,
        "reading_calls": reading_calls(view.plans),
        "to_read": view.to_read,
        "is_default": settings.version == 0,
        "changed_at": settings.changed_at,
        "changed_by": view.changed_by,
    }


def left_out_json(rows: Sequence[LeftOutRow], *, page: int) -> dict[str, Any]:
    """No names: whoever may see the contact finds it by its id."""
    shown = [
        {
            "plan_id": row.plan_id,
            "opportunity_id": row.opportunity_id,
            "contact_id": row.contact_id,
            "reason": row.reason.value,
            "sentence": SENTENCES[row.reason],
            "since": row.since,
        }
        for row in rows
    ]
    return {"contacts": shown, "next_after": rows[-1].id if len(rows) == page else None}
