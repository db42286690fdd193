"""Why a field of the panel holds what it holds."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.panels.service import Panels
from accord.features.panels.why.schemas import WhySchema, members_of, why_json
from accord.features.panels.why.service import Tries
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def why_blueprint(panels: Panels, tries: Tries) -> JsonBlueprint:
    blueprint = JsonBlueprint("panel-why", __name__, url_prefix="/api/v1/panels", description="Why a field is as it is")

    @blueprint.route("/<record_id>/why/<key>")
    class WhyOne(MethodView):
        @blueprint.doc(operationId="explainPanelField")
        @blueprint.response(200, WhySchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, record_id: str, key: str) -> dict[str, Any]:
            """Who or what wrote a field of a deal, and why the last try to change it wrote nothing."""
            panel = panels.load(identity(), record_id, typed=[key])
            why = tries.explain(identity(), panel, key)
            return why_json(why, tries.names(identity(), members_of(why)))

    return blueprint
