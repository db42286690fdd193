"""What leaves the org over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.privacy.leaving.schemas import LeavingSchema, leaving_json
from accord.features.privacy.leaving.service import WhatLeaves
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def leaving_blueprint(leaving: WhatLeaves) -> JsonBlueprint:
    blueprint = JsonBlueprint("leaving", __name__, url_prefix="/api/v1", description="What leaves the org")

    @blueprint.route("/what-leaves")
    class Leaves(MethodView):
        @blueprint.doc(operationId="getWhatLeaves")
        @blueprint.response(200, LeavingSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Each field that Accord reads by the present settings, why, where copies lie and for how long."""
            return leaving_json(leaving.load(identity()))

    return blueprint
