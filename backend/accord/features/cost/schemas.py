"""How costs look on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.cost.model import Cost, Feature


class WantedCostSchema(Schema):
    feature = fields.Enum(Feature, by_value=True, load_default=Feature.ALL)


class CostSchema(Schema):
    feature = fields.String(required=True, validate=validate.OneOf([str(each) for each in Feature]))
    measured_days = fields.Float(required=True, metadata={"description": "0: there was nothing to measure."})
    records_a_day = fields.Float(required=True)
    calls_a_day = fields.Float(required=True)
    storage_mb_a_day = fields.Float(required=True)
    left_a_day = fields.Integer(required=True, allow_none=True, metadata={"description": "API calls of 24 hours."})
    share = fields.Float(required=True, allow_none=True, metadata={"description": "Of the org's calls of a day."})
    because = fields.String(required=True)


def cost_json(cost: Cost) -> dict[str, Any]:
    return {
        "feature": cost.feature.value,
        "measured_days": round(cost.days, 2),
        "records_a_day": round(cost.records_a_day, 1),
        "calls_a_day": round(cost.calls_a_day, 1),
        "storage_mb_a_day": round(cost.storage_mb_a_day, 2),
        "left_a_day": cost.left,
        "share": None if cost.share is None else round(cost.share, 4),
        "because": cost.because,
    }
