"""How leaving looks on the wire."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.uninstall.model import Receipt, Standing
from accord.features.uninstall.rules import PlaceOf, by_place, count_confirmed
from accord.features.uninstall.uses.model import Uses
from accord.features.uninstall.values.model import Sheet

LONGEST_NAME = 255


class UninstallCopiesSchema(Schema):
    place = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)


class UninstallSchema(Schema):
    org_name = fields.String(required=True, metadata={"description": "What has to be typed to disconnect."})
    unwritten = fields.Integer(
        required=True, metadata={"description": "Writes that would never be made: `waiting` and `parked` together."}
    )
    waiting = fields.Integer(required=True)
    parked = fields.Integer(required=True, metadata={"description": "Writes that wait for a person."})
    backfills = fields.Integer(required=True, metadata={"description": "Back-fills that are not over."})
    logins = fields.Integer(required=True, metadata={"description": "Members' own logins that would be ended."})
    plans = fields.Integer(required=True)
    copies = fields.List(fields.Nested(UninstallCopiesSchema), required=True)


class DisconnectOrgSchema(Schema):
    org_name = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_NAME),
        metadata={"description": "The name of the org as it stands in Accord, typed by a person."},
    )
    delete_plans = fields.Boolean(
        load_default=False, metadata={"description": "Plans, with everything that people wrote into them, go too."}
    )


class UninstallLoginSchema(Schema):
    whose = fields.String(required=True, validate=validate.OneOf(["integration_owner", "member", "panel"]))
    confirmed = fields.Boolean(
        required=True, metadata={"description": "Salesforce has ended it; otherwise end it there by hand."}
    )


class UninstallReceiptSchema(Schema):
    org_name = fields.String(required=True)
    started_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    logins = fields.List(fields.Nested(UninstallLoginSchema), required=True)
    logins_ended = fields.Integer(required=True)
    logins_not_confirmed = fields.Integer(required=True)
    unwritten = fields.Integer(required=True, metadata={"description": "Writes that will never be made."})
    plans_deleted = fields.Boolean(required=True)
    deleted = fields.List(fields.Nested(UninstallCopiesSchema), required=True)
    left = fields.Integer(required=True, metadata={"description": "Copies that a last look still found: 0."})


class UsedPartSchema(Schema):
    kind = fields.String(required=True, metadata={"description": "Salesforce's word: CustomField, ApexClass …"})
    name = fields.String(required=True)
    is_ours = fields.Boolean(required=True, metadata={"description": "The package brings it; else settings name it."})
    id = fields.String(required=True, allow_none=True, metadata={"description": "None: the org does not have it."})


class PartUserSchema(Schema):
    kind = fields.String(required=True, metadata={"description": "Salesforce's word: Flow, Layout, ValidationRule …"})
    name = fields.String(required=True)
    id = fields.String(required=True)
    parts = fields.List(fields.String(), required=True, metadata={"description": "What it uses."})


class PartsInUseSchema(Schema):
    users = fields.List(fields.Nested(PartUserSchema), required=True)
    parts = fields.List(fields.Nested(UsedPartSchema), required=True, metadata={"description": "What was looked for."})
    is_cut_off = fields.Boolean(
        required=True, metadata={"description": "There may be more: Salesforce tells 2,000 uses at once and no others."}
    )
    calls = fields.Integer(required=True, metadata={"description": "API calls that looking took."})
    address = fields.String(required=True, metadata={"description": "Of the org: an id behind it opens in Setup."})


class ValueSheetSchema(Schema):
    sobject = fields.String(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields")
    hidden = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Fields that the caller does not see, or that are gone."},
    )
    records = fields.Integer(required=True)
    calls = fields.Integer(required=True, metadata={"description": "API calls that reading them takes."})


class ValueSheetsSchema(Schema):
    sheets = fields.List(fields.Nested(ValueSheetSchema), required=True)


class ValuePageQuerySchema(Schema):
    sobject = fields.String(required=True, validate=validate.Length(1, 80))
    after = fields.String(
        load_default=None,
        validate=validate.Length(15, 18),
        metadata={"description": "`next_after` of the page before."},
    )


class ValuePageSchema(Schema):
    csv = fields.String(
        required=True, metadata={"description": "Lines of a CSV file; those of the first page begin it."}
    )
    count = fields.Integer(required=True)
    next_after = fields.String(required=True, allow_none=True)


def uses_json(uses: Uses, address: str) -> dict[str, Any]:
    found = [(one.part, one.id) for one in uses.found]
    parts = [*found, *((part, None) for part in uses.absent)]
    return {
        "users": [asdict(one) for one in uses.users],
        "parts": [{"kind": part.kind, "name": part.name, "is_ours": part.is_ours, "id": id_} for part, id_ in parts],
        "is_cut_off": uses.is_cut_off,
        "calls": uses.calls,
        "address": address,
    }


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    values = asdict(sheet)
    return {**values, "fields_": values.pop("fields")}


def standing_json(standing: Standing, org_name: str, place_of: PlaceOf) -> dict[str, Any]:
    return {
        "org_name": org_name,
        "unwritten": standing.unwritten,
        "waiting": standing.waiting,
        "parked": standing.parked,
        "backfills": standing.backfills,
        "logins": standing.logins,
        "plans": standing.plans,
        "copies": _places(standing.copies, place_of),
    }


def receipt_json(receipt: Receipt, org_name: str, place_of: PlaceOf) -> dict[str, Any]:
    confirmed, unconfirmed = count_confirmed(receipt)
    return {
        "org_name": org_name,
        "started_at": receipt.started_at,
        "finished_at": receipt.finished_at,
        "logins": [{"whose": one.whose, "confirmed": one.confirmed} for one in receipt.logins],
        "logins_ended": confirmed,
        "logins_not_confirmed": unconfirmed,
        "unwritten": receipt.unwritten,
        "plans_deleted": receipt.plans_deleted,
        "deleted": _places(receipt.deleted, place_of),
        "left": receipt.left,
    }


def _places(rows: Mapping[str, int], place_of: PlaceOf) -> list[dict[str, Any]]:
    return [{"place": one.place, "title": one.title, "count": one.count} for one in by_place(rows, place_of)]
