"""How costs look on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.cost.model import Cost, Feature, Overview, Share


class WantedCostSchema(Schema):
    feature = fields.Enum(Feature, by_value=True, load_default=Feature.ALL)


class CostSchema(Schema):
    feature = fields.String(required=True, validate=validate.OneOf([str(each) for each in Feature]))
    measured_days = fields.Float(required=True, metadata={"description": "0: there was nothing to measure."})
    records_a_day = fields.Float(required=True)
    calls_a_day = fields.Float(required=True, metadata={"description": "API calls that write."})
    reads_a_day = fields.Float(
        required=True, metadata={"description": "API calls that look before and after those, at most."}
    )
    storage_mb_a_day = fields.Float(required=True)
    left_a_day = fields.Integer(required=True, allow_none=True, metadata={"description": "API calls of 24 hours."})
    share = fields.Float(required=True, allow_none=True, metadata={"description": "Of the org's calls of a day."})
    because = fields.String(required=True)
    is_estimated = fields.Boolean(
        required=True, metadata={"description": "It was off, and this is what it would have written."}
    )
    is_at_most = fields.Boolean(required=True, metadata={"description": "What it writes is an upper bound, too."})


class FeatureCostSchema(CostSchema):
    is_on = fields.Boolean(required=True, allow_none=True, metadata={"description": "null: it has no switch."})


class OrgShareSchema(Schema):
    most = fields.Integer(required=True)
    left = fields.Integer(required=True)


class OrgRoomSchema(Schema):
    """What the org has left for everybody; null where it is not told."""

    calls_a_day = fields.Nested(OrgShareSchema, required=True, allow_none=True)
    events_an_hour = fields.Nested(OrgShareSchema, required=True, allow_none=True)
    storage_mb = fields.Nested(OrgShareSchema, required=True, allow_none=True)
    not_known = fields.String(required=True, allow_none=True, metadata={"description": "Why the org was not asked."})


class CostOverviewSchema(Schema):
    features = fields.List(fields.Nested(FeatureCostSchema), required=True)
    total = fields.Nested(CostSchema, required=True)
    looking_calls_a_day = fields.Integer(
        required=True,
        metadata={
            "description": "Looking for changes in Salesforce: what is asked while nothing changes, and deals that were"
            " written to. One call more for each minute in which people change deals of plans."
        },
    )
    measured_calls = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "All API calls that Accord made in the last 24 hours, for whatever; null: none yet."},
    )
    room = fields.Nested(OrgRoomSchema, required=True)


def overview_json(overview: Overview) -> dict[str, Any]:
    def share(found: Share | None) -> dict[str, int] | None:
        return None if found is None else {"most": found.most, "left": found.left}

    room = overview.room
    return {
        "features": [{**cost_json(each.cost), "is_on": each.is_on} for each in overview.features],
        "total": cost_json(overview.total),
        "looking_calls_a_day": overview.looking_calls_a_day,
        "measured_calls": overview.measured_calls,
        "room": {
            "calls_a_day": share(room.calls_a_day),
            "events_an_hour": share(room.events_an_hour),
            "storage_mb": share(room.storage_mb),
            "not_known": room.not_known,
        },
    }


def cost_json(cost: Cost) -> dict[str, Any]:
    return {
        "feature": cost.feature.value,
        "measured_days": round(cost.days, 2),
        "records_a_day": round(cost.records_a_day, 1),
        "calls_a_day": round(cost.calls_a_day, 1),
        "reads_a_day": round(cost.reads_a_day, 1),
        "storage_mb_a_day": round(cost.storage_mb_a_day, 2),
        "left_a_day": cost.left,
        "share": None if cost.share is None else round(cost.share, 4),
        "because": cost.because,
        "is_estimated": cost.is_estimated,
        "is_at_most": cost.is_at_most,
    }
