"""How what leaves the org looks on the wire."""

from typing import Any

from marshmallow import Schema, fields

from accord.features.privacy.leaving.model import Leaving


class LeavingFieldSchema(Schema):
    object = fields.String(required=True)
    field = fields.String(required=True)
    why = fields.String(required=True)
    copies = fields.List(
        fields.String(), required=True, metadata={"description": "Names of places; empty: it is passed on alone."}
    )


class LeavingPlaceSchema(Schema):
    place = fields.String(required=True)
    title = fields.String(required=True)
    what = fields.String(required=True)
    kept = fields.String(required=True, metadata={"description": "For how long."})
    seen_by = fields.String(required=True, metadata={"description": "Who can see it."})


class LeavingSchema(Schema):
    fields_ = fields.List(fields.Nested(LeavingFieldSchema), required=True, data_key="fields", attribute="fields")
    places = fields.List(fields.Nested(LeavingPlaceSchema), required=True)
    region = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Where all of it lies; null: whoever runs Accord has not said."},
    )


def leaving_json(leaving: Leaving) -> dict[str, Any]:
    return {
        "fields": [
            {"object": each.sobject, "field": each.field, "why": each.why, "copies": list(each.copies)}
            for each in leaving.reads
        ],
        "places": [
            {
                "place": each.name,
                "title": each.title,
                "what": each.what,
                "kept": each.kept,
                "seen_by": each.seen_by,
            }
            for each in leaving.places
        ],
        "region": leaving.region,
    }
