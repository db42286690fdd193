"""How access looks on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.access.model import Access, Assigned, Kind, OurSet, Person, Preview

MOST = 200


class MissingAccessSchema(Schema):
    what = fields.String(required=True, validate=validate.OneOf(["licence", "permission_set", "user_permission"]))
    name = fields.String(required=True)
    why = fields.String(required=True)


class AccessPersonSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([str(each) for each in Kind]))
    rep = fields.Boolean(required=True)
    admin = fields.Boolean(required=True)
    flow = fields.Boolean(required=True, metadata={"description": "His flows may run Accord's actions."})
    missing = fields.List(fields.Nested(MissingAccessSchema), required=True)


class AccessSchema(Schema):
    people = fields.List(fields.Nested(AccessPersonSchema), required=True)
    can_assign = fields.Boolean(required=True)
    why_not = fields.String(required=True, allow_none=True)
    more = fields.Boolean(required=True, metadata={"description": "The org has more users than are listed."})


class WantedAccessSchema(Schema):
    user_ids = fields.List(
        fields.String(validate=validate.Length(1, 18)), required=True, validate=validate.Length(1, MOST)
    )
    permission_set = fields.Enum(OurSet, by_value=True, required=True)


class AssignAccessSchema(WantedAccessSchema):
    ticket = fields.String(
        required=True, validate=validate.Length(1, 64), metadata={"description": "What the preview gave."}
    )


class AccessGivenSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    permission_set = fields.String(required=True)


class AccessSkippedSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    why = fields.String(required=True)


class AccessPreviewSchema(Schema):
    gives = fields.List(fields.Nested(AccessGivenSchema), required=True)
    skips = fields.List(fields.Nested(AccessSkippedSchema), required=True)
    ticket = fields.String(required=True)


class AccessResultSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    ok = fields.Boolean(required=True)
    message = fields.String(required=True, metadata={"description": "Salesforce's own words where it refused."})


class AccessResultsSchema(Schema):
    results = fields.List(fields.Nested(AccessResultSchema), required=True)


def access_json(access: Access) -> dict[str, Any]:
    return {
        "people": [_person_json(each) for each in access.people],
        "can_assign": access.why_not is None,
        "why_not": access.why_not,
        "more": access.more,
    }


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "user_id": person.user.user_id,
        "name": person.user.name,
        "username": person.user.username,
        "kind": person.user.kind.value,
        "rep": person.rep,
        "admin": person.admin,
        "flow": person.flow,
        "missing": [{"what": each.what, "name": each.name, "why": each.why} for each in person.missing],
    }


def preview_json(preview: Preview) -> dict[str, Any]:
    given = preview.permission_set.value
    return {
        "gives": [{"user_id": one.user_id, "name": one.name, "permission_set": given} for one in preview.gives],
        "skips": [{"user_id": one.user_id, "name": one.name, "why": one.why} for one in preview.skips],
        "ticket": preview.ticket,
    }


def result_json(result: Assigned) -> dict[str, Any]:
    return {"user_id": result.user.user_id, "name": result.user.name, "ok": result.ok, "message": result.message}
