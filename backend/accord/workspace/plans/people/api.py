"""Members and stakeholders of a plan over HTTP. Every answer is the whole plan as it is then."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from accord.core.identity import Role
from accord.infra.etags import IF_MATCH, Tagged, version_given
from accord.infra.http import access
from accord.infra.json_body import JsonBlueprint
from accord.infra.repeats import IDEMPOTENCY_KEY
from accord.workspace.plans.asking.api import ACTING, asked, shown, wish
from accord.workspace.plans.people.service import People
from accord.workspace.plans.schemas import MEMBER_ROLES, WholePlanSchema


class NewMemberSchema(Schema):
    role = fields.String(required=True, validate=validate.OneOf(MEMBER_ROLES))
    name = fields.String(load_default="")
    email = fields.String(load_default="", metadata={"description": "Of a customer or partner."})
    member_id = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "One of our own people: a member of the workspace."},
    )
    contact_id = fields.String(load_default=None, allow_none=True, metadata={"description": "Id of his Contact."})
    is_invited = fields.Boolean(load_default=True, metadata={"description": "False: added, and not yet invited."})


class NewStakeholderSchema(Schema):
    name = fields.String(required=True)
    title = fields.String(load_default="", metadata={"description": "His position."})
    email = fields.String(load_default="")


class ColleagueSchema(Schema):
    member_id = fields.String(required=True, metadata={"description": "By which he is invited."})
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(MEMBER_ROLES))


class ColleaguesSchema(Schema):
    colleagues = fields.List(fields.Nested(ColleagueSchema), required=True)


def people_blueprint(people: People, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("people", __name__, url_prefix="/api/v1/plans/<plan_id>", description="People of a plan")

    @blueprint.route("/members")
    class Members(MethodView):
        @blueprint.doc(operationId="inviteMember", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(NewMemberSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Invites somebody, or adds him to be invited later."""
            return shown(people.invite(asked(plan_id), given, wish()), plans_url, 201)

    @blueprint.route("/colleagues")
    class Colleagues(MethodView):
        @blueprint.doc(operationId="getColleagues", parameters=[ACTING])
        @blueprint.response(200, ColleaguesSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self, plan_id: str) -> dict[str, Any]:
            """Our own people who may be invited and do not take part yet: who has opened Accord before."""
            found = people.colleagues(asked(plan_id))
            people_json = [{"member_id": one.id, "name": one.name or one.email, "role": str(one.role)} for one in found]
            return {"colleagues": people_json}

    @blueprint.route("/members/<plan_member_id>")
    class OneMember(MethodView):
        @blueprint.doc(operationId="removeMember", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str, plan_member_id: str) -> Tagged:
            """Takes somebody out of the plan; If-Match is the plan's version."""
            return shown(people.remove(asked(plan_id), plan_member_id, version=version_given()), plans_url)

    @blueprint.route("/members/<plan_member_id>/accept")
    class Acceptance(MethodView):
        @blueprint.doc(operationId="acceptInvitation", parameters=[ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.SERVICE)
        def post(self, plan_id: str, plan_member_id: str) -> Tagged:
            """Says that somebody has come for the first time. A second time changes nothing."""
            return shown(people.accept(asked(plan_id), plan_member_id), plans_url)

    @blueprint.route("/stakeholders")
    class Stakeholders(MethodView):
        @blueprint.doc(operationId="addStakeholder", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(NewStakeholderSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Adds somebody who matters for the deal."""
            return shown(people.add_stakeholder(asked(plan_id), given, wish()), plans_url, 201)

    @blueprint.route("/stakeholders/<stakeholder_id>")
    class OneStakeholder(MethodView):
        @blueprint.doc(operationId="removeStakeholder", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str, stakeholder_id: str) -> Tagged:
            """Takes a stakeholder out of the plan; If-Match may be the plan's version."""
            return shown(people.remove_stakeholder(asked(plan_id), stakeholder_id, version=version_given()), plans_url)

    return blueprint
