"""Comments and resources over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from accord.core.identity import Role
from accord.infra.etags import IF_MATCH, Tagged, version_given
from accord.infra.http import access
from accord.infra.json_body import JsonBlueprint
from accord.infra.repeats import IDEMPOTENCY_KEY
from accord.workspace.plans.asking.api import ACTING, asked, shown, wish
from accord.workspace.plans.notes.service import Notes, SignedComment
from accord.workspace.plans.schemas import OUR_ID, WholePlanSchema


class NewCommentSchema(Schema):
    text = fields.String(required=True)
    is_internal = fields.Boolean(load_default=False)


class CommentSchema(Schema):
    id = fields.String(required=True)
    text = fields.String(required=True)
    is_internal = fields.Boolean(required=True)
    by_customer = fields.Boolean(required=True)
    author_name = fields.String(required=True)
    written_at = fields.AwareDateTime(required=True)


class CommentsPageSchema(Schema):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(load_default=None, validate=OUR_ID)


class CommentsSchema(Schema):
    comments = fields.List(fields.Nested(CommentSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class NewResourceSchema(Schema):
    title = fields.String(required=True)
    url = fields.String(required=True)
    is_internal = fields.Boolean(load_default=False)


def notes_blueprint(notes: Notes, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("notes", __name__, url_prefix="/api/v1/plans/<plan_id>", description="What people leave")

    @blueprint.route("/steps/<step_id>/comments")
    class Comments(MethodView):
        @blueprint.doc(operationId="getComments", parameters=[ACTING])
        @blueprint.arguments(CommentsPageSchema, location="query")
        @blueprint.response(200, CommentsSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self, given: dict[str, Any], plan_id: str, step_id: str) -> dict[str, Any]:
            """The comments on a step, the oldest first."""
            found, following = notes.comments(asked(plan_id), step_id, after=given["after"], limit=given["limit"])
            return {"comments": [_comment_json(one) for one in found], "next": following}

        @blueprint.doc(operationId="createComment", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(NewCommentSchema)
        @blueprint.response(201, CommentSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str, step_id: str) -> dict[str, Any]:
            """Comments on a step."""
            return _comment_json(notes.comment(asked(plan_id), step_id, given, wish()))

    @blueprint.route("/resources")
    class Resources(MethodView):
        @blueprint.doc(operationId="createResource", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(NewResourceSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Adds a link."""
            return shown(notes.add_resource(asked(plan_id), given, wish()), plans_url, 201)

    @blueprint.route("/resources/<resource_id>")
    class OneResource(MethodView):
        @blueprint.doc(operationId="deleteResource", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str, resource_id: str) -> Tagged:
            """Removes a link."""
            return shown(notes.remove_resource(asked(plan_id), resource_id, version=version_given()), plans_url)

    return blueprint


def _comment_json(one: SignedComment) -> dict[str, Any]:
    comment = one.comment
    return {
        "id": comment.id,
        "text": comment.text,
        "is_internal": comment.is_internal,
        "by_customer": comment.author_is_customer,
        "author_name": one.author_name,
        "written_at": comment.written_at,
    }
