"""The brakes over HTTP, for admins. They ask for no version: a stop is never refused because somebody was faster."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.safety.brakes.schemas import BrakesSchema, QuietSchema, WaiveSchema, brakes_json
from accord.features.safety.brakes.service import BrakeSwitches
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def brakes_blueprint(switches: BrakeSwitches) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "brakes", __name__, url_prefix="/api/v1/safety", description="Whether Accord writes to the org"
    )

    @blueprint.route("")
    class Brakes(MethodView):
        @blueprint.doc(operationId="getBrakes")
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What keeps Accord from writing to the org, and what would be written without it."""
            return brakes_json(switches.overview(identity()))

    @blueprint.route("/stop")
    class Stop(MethodView):
        @blueprint.doc(operationId="stopWriting")
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def post(self) -> dict[str, Any]:
            """Stops everything that Accord writes to the org, reps' saves through Accord too. What waits stays."""
            return brakes_json(switches.stop(identity()))

    @blueprint.route("/start")
    class Start(MethodView):
        @blueprint.doc(operationId="startWriting")
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def post(self) -> dict[str, Any]:
            """Goes on with what waits, in its order."""
            return brakes_json(switches.start(identity()))

    @blueprint.route("/observe")
    class Observe(MethodView):
        @blueprint.doc(operationId="observeOrg")
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def post(self) -> dict[str, Any]:
            """Seven days from now Accord only observes: everything runs, and nothing but reps' own saves is written."""
            return brakes_json(switches.observe(identity()))

    @blueprint.route("/observe/end")
    class EndObserving(MethodView):
        @blueprint.doc(operationId="endObserving")
        @blueprint.arguments(WaiveSchema)
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Ends the observing before its time; the org's name has to be typed. What waits goes out."""
            return brakes_json(switches.waive(identity(), given["org_name"]))

    @blueprint.route("/quiet")
    class Quiet(MethodView):
        @blueprint.doc(operationId="keepQuiet")
        @blueprint.arguments(QuietSchema)
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """While data is loaded nothing is written that nobody waits for; reps' saves go on."""
            return brakes_json(switches.keep_quiet(identity(), given["until"], given["time_zone"]))

        @blueprint.doc(operationId="endQuiet")
        @blueprint.response(200, BrakesSchema)
        @access(Role.ADMIN)
        def delete(self) -> dict[str, Any]:
            """Ends the quiet before its time."""
            return brakes_json(switches.end_quiet(identity()))

    return blueprint
