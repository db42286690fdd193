"""How the list of writes looks on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from accord.core.ids import RecordId, widen
from accord.core.written import Before, Fate, WantedWrites
from accord.features.writes.model import MOST_ON_A_PAGE, Page, ShownLine
from accord.features.writes.rules import cause_of, rule_of


def _check_id(text: str) -> None:
    try:
        widen(text)
    except ValueError as problem:
        message = "Give the id of a record: 15 or 18 letters and digits, as in its address in Salesforce."
        raise ValidationError(message) from problem


class WritesFilterSchema(Schema):
    record = fields.String(
        load_default=None,
        validate=_check_id,
        metadata={"description": "The id of a record in Salesforce; all records when left out."},
    )


class WritesPageSchema(WritesFilterSchema):
    before = fields.UUID(
        load_default=None, metadata={"description": "`next_before` of the page before; the newest when left out."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=MOST_ON_A_PAGE))


class WriteValueSchema(Schema):
    field = fields.String(required=True)
    label = fields.String(
        required=True, allow_none=True, metadata={"description": "What Salesforce calls the field; null: not seen."}
    )
    old = fields.String(
        required=True, allow_none=True, metadata={"description": "null: it was empty, or see `before`."}
    )
    new = fields.String(required=True, allow_none=True)
    before = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Before]),
        metadata={
            "description": "`known`: `old` is what was there. `new_record`: the write made the record. `not_known`: it"
            " was written without a look at what was there."
        },
    )
    is_hidden = fields.Boolean(
        required=True, metadata={"description": "Salesforce does not show the reader this field, so no value is told."}
    )


class WriteLineSchema(Schema):
    id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    object = fields.String(required=True)
    record_id = fields.String(required=True, allow_none=True)
    values = fields.List(
        fields.Nested(WriteValueSchema),
        required=True,
        metadata={"description": "Empty until it is written, and where none are kept."},
    )
    fate = fields.String(required=True, validate=validate.OneOf([each.value for each in Fate]))
    rule = fields.String(required=True, metadata={"description": "Which of Accord's rules wrote it."})
    cause = fields.String(required=True, metadata={"description": "What set it off."})
    by = fields.String(required=True, allow_none=True, metadata={"description": "Who did; empty for nobody of ours."})
    login = fields.String(
        required=True, allow_none=True, metadata={"description": "By whose login, where it is known."}
    )
    own_login = fields.Boolean(required=True, metadata={"description": "False: the integration owner's."})
    reason = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it waits, or was not written."}
    )
    reference = fields.String(required=True, allow_none=True, metadata={"description": "For `GET /deliveries/…`."})


class WritesSchema(Schema):
    lines = fields.List(fields.Nested(WriteLineSchema), required=True)
    next_before = fields.String(required=True, allow_none=True)
    has_login = fields.Boolean(
        required=True, metadata={"description": "False: without a login of one's own no value is told."}
    )


def read_wanted(given: dict[str, Any], *, most: int) -> WantedWrites:
    before = given.get("before")
    record = RecordId(widen(given["record"])) if given["record"] is not None else None
    return WantedWrites(most, record, None if before is None else str(before))


def writes_json(page: Page) -> dict[str, Any]:
    return {
        "lines": [_line(shown) for shown in page.lines],
        "next_before": page.next_before,
        "has_login": page.has_login,
    }


def _line(shown: ShownLine) -> dict[str, Any]:
    line = shown.line
    values = []
    for value in line.values:
        hidden = value.field in shown.hidden
        old, new = (None, None) if hidden else (value.old, value.new)
        called = {"field": value.field, "label": shown.labels.get(value.field)}
        values.append({**called, "old": old, "new": new, "before": value.before.value, "is_hidden": hidden})
    return {
        "id": line.id,
        "at": line.at,
        "object": line.sobject,
        "record_id": line.record_id,
        "values": values,
        "fate": line.fate.value,
        "rule": rule_of(line),
        "cause": cause_of(line),
        "by": shown.by,
        "login": shown.login,
        "own_login": line.own_login,
        "reason": line.reason,
        "reference": line.reference,
    }
