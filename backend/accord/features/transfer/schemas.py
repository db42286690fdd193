"""How a file of settings looks."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.text import printable
from accord.features.transfer.model import FORMAT, VERSION, Comparison, SettingsFile

LONGEST_KIND = 60


class SettingsFileOrgSchema(Schema):
    name = fields.String(required=True)
    is_sandbox = fields.Boolean(required=True)


class SettingsFileSchema(Schema):
    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    version = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Equal(VERSION, error="This Accord reads files of version {other} alone."),
    )
    made_at = fields.AwareDateTime(load_default=None, allow_none=True)
    org = fields.Nested(SettingsFileOrgSchema, load_default=None, allow_none=True)
    settings = fields.Dict(
        keys=fields.String(validate=validate.Length(1, LONGEST_KIND)),
        values=fields.Raw(),
        required=True,
        metadata={"description": "By kind, in the form in which each is set."},
    )


class GivenFileSchema(Schema):
    file = fields.Nested(SettingsFileSchema, required=True)


class TakenFileSchema(GivenFileSchema):
    ticket = fields.String(
        required=True, validate=validate.Length(1, 64), metadata={"description": "What the comparison gave."}
    )


class SettingsChangeSchema(Schema):
    path = fields.String(required=True)
    old = fields.Raw(required=True, allow_none=True)
    new = fields.Raw(required=True, allow_none=True)


class SettingsDifferenceSchema(Schema):
    kind = fields.String(required=True)
    title = fields.String(required=True)
    changes = fields.List(fields.Nested(SettingsChangeSchema), required=True)


class SettingsLackSchema(Schema):
    kind = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    field = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)


class SettingsComparisonSchema(Schema):
    differences = fields.List(fields.Nested(SettingsDifferenceSchema), required=True)
    lacks = fields.List(
        fields.Nested(SettingsLackSchema), required=True, metadata={"description": "What this org has not."}
    )
    can_apply = fields.Boolean(required=True)
    ticket = fields.String(required=True)


class SettingsAppliedSchema(Schema):
    applied = fields.List(fields.String(), required=True, metadata={"description": "The kinds that were changed."})


def read_file(given: dict[str, Any]) -> SettingsFile:
    return SettingsFile(settings=given["settings"])


def file_json(file: SettingsFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": file.made_at,
        "org": {"name": file.org_name, "is_sandbox": file.is_sandbox},
        "settings": file.settings,
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    return {
        "differences": [
            {
                "kind": each.kind,
                "title": each.title,
                "changes": [{"path": one.path, "old": one.old, "new": one.new} for one in each.changes],
            }
            for each in found.differences
        ],
        "lacks": [
            {
                "kind": printable(each.kind),
                "key": each.problem.key,
                "field": each.problem.field,
                "message": each.problem.message,
            }
            for each in found.lacks
        ],
        "can_apply": bool(found.differences) and not found.lacks,
        "ticket": found.ticket,
    }
