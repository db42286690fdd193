"""Where events are brought in, by whoever reads the org's bus."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.automation.events.intake import Intake
from accord.features.automation.events.schemas import (
    RequestEventsSchema,
    TakenEventsSchema,
    read_events,
    taken_json,
)
from accord.infra.http import access, identity, request_reference
from accord.infra.json_body import JsonBlueprint


def events_blueprint(intake: Intake) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "events", __name__, url_prefix="/events/v1", description="What a Salesforce org asks by platform events"
    )

    @blueprint.route("/requests")
    class RequestEvents(MethodView):
        @blueprint.doc(operationId="takeRequestEvents")
        @blueprint.arguments(RequestEventsSchema)
        @blueprint.response(200, TakenEventsSchema)
        @access(Role.FLOW)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Takes events of the org's bus, each once; as many answers, in the same order."""
            events = read_events(given["events"], reference=request_reference())
            return {"events": [taken_json(one) for one in intake.take(identity(), events)]}

    return blueprint
