"""How leaving looks on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.uninstall.model import Receipt, Standing
from accord.features.uninstall.rules import PlaceOf, by_place, count_confirmed

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
