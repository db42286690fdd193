"""What Flow Builder calls as actions (External Services). Operations are added here, never changed."""

import time
from typing import Any

from flask.views import MethodView

from accord.core.flow import ActivityItem, FlowResult, LogActivities
from accord.core.identity import Role
from accord.features.automation.schemas import (
    AccordActionResults,
    AccordActivityRequest,
    AccordError,
    FlowCallsSchema,
    WhichCallsSchema,
    read_items,
    record_of,
    result_json,
)
from accord.features.automation.service import FlowCalls
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def flow_blueprint(log_activities: LogActivities, calls: FlowCalls) -> JsonBlueprint:
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
            started = time.monotonic()
            items = read_items(given["items"])
            accepted = [item for item in items if isinstance(item, ActivityItem)]
            answers = iter(log_activities(identity(), accepted))
            results = [item if isinstance(item, FlowResult) else next(answers) for item in items]
            records = [record_of(item) for item in given["items"]]
            took = round((time.monotonic() - started) * 1000)
            calls.remember(
                identity(), "logAccordActivities", list(zip(records, results, strict=True)), milliseconds=took
            )
            return {"items": [result_json(result) for result in results]}

    return blueprint


def flow_calls_blueprint(calls: FlowCalls) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "flow_calls", __name__, url_prefix="/api/v1/flow-calls", description="What Flows called and what came of it"
    )

    @blueprint.route("")
    class FlowCallsView(MethodView):
        @blueprint.doc(operationId="getFlowCalls")
        @blueprint.arguments(WhichCallsSchema, location="query")
        @blueprint.response(200, FlowCallsSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, str]) -> dict[str, Any]:
            """The last 500 of this org, the newest first; those of one reference or one record when it is named."""
            found = calls.find(identity(), reference=given.get("reference"), record_id=given.get("record"))
            return {"calls": found}

    return blueprint
