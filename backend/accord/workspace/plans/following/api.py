"""Following a plan over HTTP. The answer is the whole plan."""

from flask.views import MethodView

from accord.core.identity import Role
from accord.infra.etags import Tagged
from accord.infra.http import access
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.asking.api import ACTING, asked, shown
from accord.workspace.plans.following.service import Following
from accord.workspace.plans.schemas import WholePlanSchema


def following_blueprint(following: Following, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("following", __name__, url_prefix="/api/v1/plans/<plan_id>", description="Who follows")

    @blueprint.route("/following")
    class Follow(MethodView):
        @blueprint.doc(operationId="followPlan", parameters=[ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def put(self, plan_id: str) -> Tagged:
            """The caller follows the plan: Salesforce's bell tells him what becomes of it."""
            return shown(following.follow(asked(plan_id)), plans_url)

        @blueprint.doc(operationId="stopFollowingPlan", parameters=[ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str) -> Tagged:
            """The caller follows the plan no more."""
            return shown(following.stop(asked(plan_id)), plans_url)

    return blueprint
