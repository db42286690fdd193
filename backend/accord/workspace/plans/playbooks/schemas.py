"""How playbooks look on the wire."""

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from accord.workspace.plans.playbooks.model import Content, Page, Shown
from accord.workspace.plans.playbooks.rules import content_json
from accord.workspace.plans.schemas import OUR_ID


class PlaybookPageSchema(Schema):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    after = fields.String(load_default=None, validate=OUR_ID, metadata={"description": "`next` of the page before."})


class PlaybookContentOfSchema(Schema):
    plan = fields.String(required=True, metadata={"description": "Id of a plan that the caller may see."})
    start = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "Due dates are kept as days after this day; null: after the plan was made."},
    )


class NewPlaybookSchema(PlaybookContentOfSchema):
    title = fields.String(required=True, metadata={"description": "At most 255 characters; no other one has it."})
    description = fields.String(load_default="", metadata={"description": "At most 1000 characters."})


class PlaybookChangesSchema(Schema):
    title = fields.String()
    description = fields.String()
    is_offered = fields.Boolean(metadata={"description": "Whether who starts a plan is shown it."})
    position = fields.Integer(strict=True, metadata={"description": "Among all playbooks, from 0."})


class PlaybookSchema(Schema):
    """A playbook at a glance; `version` is its ETag."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    is_offered = fields.Boolean(required=True)
    stages = fields.Integer(required=True, metadata={"description": "How many."})
    steps = fields.Integer(required=True)
    resources = fields.Integer(required=True)
    saved_at = fields.AwareDateTime(required=True)
    saved_by = fields.String(required=True, allow_none=True)
    rules = fields.List(
        fields.String(), required=True, metadata={"description": "For admins: the rules for plans that name it."}
    )
    version = fields.Integer(required=True)


class PlaybooksSchema(Schema):
    playbooks = fields.List(fields.Nested(PlaybookSchema), required=True)
    can_save = fields.Boolean(
        required=True, metadata={"description": "Whether the caller may save plans as playbooks."}
    )
    next = fields.String(required=True, allow_none=True)


class PlaybookStepSchema(Schema):
    title = fields.String(required=True)
    description = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    is_internal = fields.Boolean(required=True)
    due_after = fields.Integer(required=True, allow_none=True, metadata={"description": "Days after the start."})
    criteria = fields.List(
        fields.String(), required=True, metadata={"description": "Keys of the execution criteria that it fulfils."}
    )


class PlaybookStageSchema(Schema):
    title = fields.String(required=True)
    is_internal = fields.Boolean(required=True)
    steps = fields.List(fields.Nested(PlaybookStepSchema), required=True)


class PlaybookResourceSchema(Schema):
    title = fields.String(required=True)
    url = fields.String(required=True)
    is_internal = fields.Boolean(required=True)


class PlaybookContentSchema(Schema):
    stages = fields.List(fields.Nested(PlaybookStageSchema), required=True)
    resources = fields.List(fields.Nested(PlaybookResourceSchema), required=True)


class WholePlaybookSchema(PlaybookSchema):
    content = fields.Nested(PlaybookContentSchema, required=True)


def shown_json(shown: Shown) -> dict[str, Any]:
    one = shown.playbook
    words = {name: getattr(one, name) for name in ("id", "title", "description", "is_offered", "saved_at", "version")}
    return {**words, **asdict(one.counts), "saved_by": shown.saved_by, "rules": list(shown.rules)}


def whole_json(shown: Shown, content: Content) -> dict[str, Any]:
    return {**shown_json(shown), "content": content_json(content)}


def page_json(page: Page, *, can_save: bool) -> dict[str, Any]:
    return {"playbooks": [shown_json(one) for one in page.shown], "can_save": can_save, "next": page.next}
