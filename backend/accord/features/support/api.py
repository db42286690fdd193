"""The support bundle over HTTP, for admins."""

from flask import Response
from flask.views import MethodView

from accord.core.identity import Role
from accord.features.support.service import SupportBundle
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def support_blueprint(bundle: SupportBundle) -> JsonBlueprint:
    blueprint = JsonBlueprint("support", __name__, url_prefix="/api/v1", description="Help for who helps")

    @blueprint.route("/support-bundle")
    class Bundle(MethodView):
        @blueprint.doc(operationId="getSupportBundle")
        @blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
        @access(Role.ADMIN)
        def get(self) -> Response:
            """A zip for support: versions, settings in their shape, doctor, limits, backlog, the last errors.

            It holds no values of fields, no names and no secrets.
            """
            name = "attachment; filename=accord-support.zip"
            return Response(bundle.make(identity()), mimetype="application/zip", headers={"Content-Disposition": name})

    return blueprint
