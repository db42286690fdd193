"""Why a field of the panel holds what it holds."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.panels.service import deal_id_of
from accord.features.panels.why.schemas import WhySchema, why_json
from accord.features.panels.why.service import Whys
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def why_blueprint(whys: Whys) -> JsonBlueprint:
    blueprint = JsonBlueprint("panel-why", __name__, url_prefix="/api/v1/panels", description="Why a field is as it is")

    @blueprint.route("/<record_id>/why/<key>")
    class WhyOne(MethodView):
        @blueprint.doc(operationId="explainPanelField")
        @blueprint.response(200, WhySchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, record_id: str, key: str) -> dict[str, Any]:
            """Who or what wrote a field of a deal, and why the last try to change it wrote nothing."""
            why = whys.explain(identity(), deal_id_of(record_id), key)
            return why_json(why, whys.names(identity(), why))

    return blueprint
