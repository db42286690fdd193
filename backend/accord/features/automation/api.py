"""What Flow Builder calls as actions (External Services). Operations are added here, never changed."""

from typing import Any

from flask.views import MethodView

from accord.core.flow import ActivityItem, FlowResult, LogActivities
from accord.core.identity import Role
from accord.features.automation.schemas import (
    AccordActionResults,
    AccordActivityRequest,
    AccordError,
    read_items,
    result_json,
)
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def flow_blueprint(log_activities: LogActivities) -> JsonBlueprint:
    blueprint = JsonBlueprint("flow", __name__, url_prefix="/flow/v1", description="Actions for Flow Builder")

    @blueprint.route("/activities")
    class FlowActivities(MethodView):
        @blueprint.doc(operationId="logAccordActivities", summary="Log Accord Activity")
        @blueprint.arguments(AccordActivityRequest)
        @blueprint.response(200, AccordActionResults)
        @blueprint.alt_response(401, schema=AccordError, description="Sign in again.")
        @access(Role.FLOW)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Writes each activity as a Task on its Opportunity. Answers stand in the order of the items."""
            items = read_items(given["items"])
            accepted = [item for item in items if isinstance(item, ActivityItem)]
            answers = iter(log_activities(identity(), accepted))
            results = [item if isinstance(item, FlowResult) else next(answers) for item in items]
            return {"items": [result_json(result) for result in results]}

    return blueprint
